"""To take along: the overview as a PDF; dossiers of one city, or of several for a visit, as a PDF and as a briefing.

The chosen cities are in the address.
"""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from exports.pdf.handout import one_page
from exports.slides import file_name
from metrics.schema.names import names
from pages.parts.briefing.city_slides import agreements, ahead, dossier, follow, met
from pages.parts.briefing.downloads import pdf
from pages.parts.briefing.opened_briefing import encoded
from pages.parts.briefing.overview_sheet import overview_sheet
from pages.parts.briefing.since_slide import last_meeting
from pages.parts.city.relations import relations
from pages.parts.city.show_city import shown_cities
from pages.parts.shell import blocks
from pages.parts.shell.address import choose
from pages.parts.shell.links import link
from pages.parts.shell.parameters import not_usable
from pages.parts.shell.selection import View, of_city
from publishing.desk.briefings import SLIDES, Outline, SlideRequest
from publishing.store.errors import StoreUnreachable

PARTS = {"city.follow": follow, "city.agreements": agreements, "city.contacts": met, "city.ahead": ahead}
"""The slides of a dossier after its first, each with what makes it; one that is empty is left out."""


def outline(view: View, cities: Sequence[str], most: int | None = None) -> Outline:
    """The dossiers of some cities as a briefing; with `most` slides shorter, first of all their later parts, then their last cities."""
    kinds = {city: _kinds(view, city) for city in cities}
    for many in range(len(PARTS) + 1, 0, -1):
        slides = [SlideRequest(kind, {"city": city}) for city in cities for kind in kinds[city][:many]]
        if most is None or len(slides) + 2 <= most:
            break
    slides = slides if most is None else slides[: most - 2]
    return Outline(title(view, cities), (SlideRequest("title"), *slides, SlideRequest("closing")))


def _kinds(view: View, city: str) -> list[str]:
    own = of_city(view, city)
    return ["city", *(kind for kind, part in PARTS.items() if part(own) is not None)]


def title(view: View, cities: Sequence[str]) -> str:
    """The title of the dossiers: the first cities, and how many more."""
    named, first = names(view.release, "city", view.selection.lang), cities[:3]
    listed = ", ".join(named[city] for city in first)
    more = len(cities) - len(first)
    return view.words.t("visit.title_more", cities=listed, n=more) if more else view.words.t("visit.title", cities=listed)


def overview_file(view: View) -> None:
    """The overview as a PDF of one page."""
    words, options = view.words, {"type": "tertiary", "icon": ":material/picture_as_pdf:", "key": "overview-pdf"}
    file = file_name(overview_sheet(view), "pdf")
    blocks.download(words.t("overview.pdf"), file, "application/pdf", lambda: one_page(overview_sheet(view), words), **options)


def dossier_files(view: View) -> None:
    """The dossier of the chosen city as a PDF of one page, and as a briefing."""
    words, chosen = view.words, view.selection
    file = f"{chosen.city}_{chosen.as_of.isoformat()}_r{view.release.number}_{chosen.lang}.pdf"
    with st.container(horizontal=True, vertical_alignment="center", key="take-along"):
        options = {"type": "primary", "icon": ":material/picture_as_pdf:", "key": "city-pdf"}
        blocks.download(words.t("city.pdf"), file, "application/pdf", lambda: one_page(dossier(view), words), **options)
        link(view, "briefing", words.t("visit.briefing"), slides=encoded(outline(view, (chosen.city,), SLIDES)))
        _since_met(view)
        st.button(words.t("city.all"), key="city-all", type="tertiary", on_click=choose, kwargs={"city": ""})


def _since_met(view: View) -> None:
    """The link to what changed since the last meeting, where something did."""
    with suppress(StoreUnreachable):
        if day := last_meeting(view):
            link(view, "releases", view.words.t("city.since_met"), since=day)


def prepare_visit(view: View) -> None:
    """The choice of cities, by hand or as the list is filtered, and their dossiers in one PDF and one briefing."""
    words = view.words
    with st.popover(words.t("visit.prepare"), icon=":material/flight_takeoff:", type="tertiary", key="visit"):
        blocks.sentence(words.t("visit.how"), "subtitle")
        cities = _chosen(view)
        if not cities:
            return
        pdf(view, outline(view, cities), title(view, cities))
        fitted = outline(view, cities, SLIDES)
        link(view, "briefing", words.t("visit.briefing"), slides=encoded(fitted))


def _chosen(view: View) -> tuple[str, ...]:
    """The cities of the address, with the controls that change them."""
    words, named = view.words, relations(view).set_index("city_id")["name"].to_dict()
    asked = [city for city in st.query_params.get("visit", "").split(",") if city]
    if any(city not in named for city in asked):
        not_usable(view, "visit")
    st.session_state["control-visit"] = [city for city in asked if city in named]
    options = {"placeholder": words.t("city.choose"), "on_change": _write, "format_func": named.get}
    chosen = st.multiselect(words.t("visit.cities"), list(named), key="control-visit", **options)
    listed = shown_cities(view)
    if len(listed) < len(named):
        st.button(
            words.n("visit.add", len(listed)), key="visit-add", on_click=_add, args=(chosen, listed), disabled=set(listed) <= set(chosen)
        )
    return tuple(chosen)


def _write() -> None:
    choose(visit=",".join(st.session_state["control-visit"]))


def _add(chosen: Sequence[str], listed: Sequence[str]) -> None:
    choose(visit=",".join(dict.fromkeys((*chosen, *listed))))
