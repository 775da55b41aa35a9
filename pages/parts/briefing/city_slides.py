"""A dossier as slides, and as a short briefing that fits on one page. Must not draw."""

from dataclasses import replace

from charts.map import legend
from exports.slides import Briefing, Map, Piece, Slide
from metrics.schema.release import cached_by_release
from metrics.themes import contacts
from pages.parts.city import lists
from pages.parts.city.city import about, alt, figure, headline, place, sentences, world
from pages.parts.elements.content import Figure, Listing, Nothing
from pages.parts.elements.slide_pieces import chart, plain, points, slide, sources
from pages.parts.shell.selection import View

KIND = "city"
ON_A_SHEET = 8
"""The most contacts or agreements on the one-page dossier, newest first; the page has all."""


@cached_by_release(16)
def city_slide(view: View) -> Slide:
    """The dossier on one slide: its sentence, history, map, areas of the agreements, and last contacts."""
    history, city, signed = figure(view), about(view), lists.agreements(view)
    pieces: list[Piece] = [chart(view, history)] if isinstance(history, Figure) else []
    if view.home and city.row["lat"] == city.row["lat"]:
        pieces.append(_map(view))
    pieces.append(points(signed if isinstance(signed, Listing) and signed.items else lists.missing(view)))
    return Slide(KIND, plain(headline(view).html), tuple(pieces), sources=sources(view, lists.cited(view)))


@cached_by_release(16)
def dossier(view: View) -> Briefing:
    """The dossier for a one-page PDF: light colours, the newest rows of each list."""
    light, words = replace(view, scheme="light"), view.words
    chosen, title = view.selection, words.t("city.dossier", city=about(view).name)
    parts = (city_slide(light), agreements(light, ON_A_SHEET), met(light, ON_A_SHEET), ahead(light))
    slides = tuple(part for part in parts if part)
    return Briefing(title, view.home_name, chosen.as_of, view.release.number, chosen.lang, light.palette, slides)


def _map(view: View) -> Map:
    words, city = view.words, about(view)
    kinds = tuple((words.t(key), colour, shape) for key, colour, shape in legend(view.palette) if _is_on_map(key, city.tie))
    return Map(city.name, place(view), world(view), alt(view), kinds, words.t("city.disclaimer"))


def _is_on_map(key: str, tie) -> bool:
    return key == "chart.map_home" or (tie is not None and key == f"chart.map_{tie['type']}")


def agreements(view: View, most: int | None = None) -> Slide | None:
    """The agreements with their areas, or the newest of them."""
    return _register(view, "agreements", lists.agreements(view), most)


def met(view: View, most: int | None = None) -> Slide | None:
    """The recorded contacts, or the newest of them."""
    return _register(view, "contacts", lists.met(view), most)


def _register(view: View, name: str, part: Listing | Nothing, most: int | None) -> Slide | None:
    if isinstance(part, Nothing) or not part.items:
        return None
    first = replace(part, groups=(("", part.items[:most]),))
    return replace(slide(view, first), kind=f"{KIND}-{name}")


def ahead(view: View) -> Slide:
    """Coming dates, exported projects, and what is not recorded."""
    words, city = view.words, about(view)
    parts = [lists.ahead(view), *([lists.exported(view)] if len(city.exported) else []), lists.missing(view)]
    parts = [part for part in parts if part.items]
    title = plain(sentences(view)[-1]) if city.following is not None else parts[0].title
    notes = (words.t("city.dormant_how", years=contacts.DORMANT_YEARS),)
    return Slide(f"{KIND}-ahead", title, tuple(map(points, parts)), told=notes, sources=sources(view, tuple(city.coming["source_id"])))
