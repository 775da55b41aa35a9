"""The page that a slide is taken from, to filter before an audience: its address at the release, day and choices of the slide."""

from urllib.parse import urlencode

from pages.parts.briefing.slides import COVER, KINDS, selection_of, usable
from pages.parts.shell.navigation import FIRST
from pages.parts.shell.selection import View
from publishing.desk.briefings import CLOSING, Outline, SlideRequest
from publishing.store.release_cache import pin

DOSSIER = "city"
OF_BRIEFING = {"title": FIRST, DOSSIER: DOSSIER, CLOSING: "sources"}
"""The pages of the kinds that belong to no page."""


def page_addresses(view: View, outline: Outline) -> list[str]:
    """Of each slide, as `slides_of` has them, the address of its page; "" in a preview, which no address selects."""
    return [_address(view, request) for request in outline.slides if request.kind in KINDS]


def dossier_address(view: View) -> str:
    """The address of a dossier, to which the city is added."""
    return _address(view, SlideRequest(DOSSIER))


def _address(view: View, request: SlideRequest) -> str:
    if view.standing == "preview":
        return ""
    page = KINDS[request.kind].page or OF_BRIEFING[request.kind]
    chosen = {name: value for name, value in usable(request).items() if name not in COVER}
    chosen |= {"as_of": selection_of(view, request).as_of.isoformat(), "release": pin(view.release), "lang": view.selection.lang}
    return f"{'./' if page == FIRST else page}?{urlencode(chosen)}"
