"""A city as slides: in short, its dossier, and the dossier as a briefing that fits on one page. Must not draw, nor read the address."""

from collections.abc import Callable
from dataclasses import replace

from charts.map import legend
from exports.slides import Briefing, Map, Piece, Slide, Table, Text
from metrics.schema.dates import bounds
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import contacts
from metrics.themes.partnerships import documented_partners
from pages.parts.city import lists
from pages.parts.city.city import about, alt, figure, headline, place, sentences, world
from pages.parts.elements.content import Figure, Listing, Nothing
from pages.parts.elements.map import partners
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
    there = ("chart.map_home", f"chart.map_{city.tie['type']}" if city.tie is not None else "")
    kinds = tuple((words.t(key), colour, shape) for key, colour, shape in legend(view.palette) if key in there)
    return Map(city.name, place(view), world(view), alt(view), kinds, words.t("city.disclaimer"))


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
    notes, cited = (words.t("city.dormant_how", years=contacts.DORMANT_YEARS),), tuple(city.coming["source_id"])
    return Slide(f"{KIND}-ahead", title, tuple(map(points, parts)), explanations=notes, sources=sources(view, cited))


def of_city(part: Callable[[View], Slide | None]) -> Callable[[View], Slide]:
    """A part of the chosen city's dossier, or a notice that no city is chosen or nothing is recorded."""

    def made(view: View) -> Slide:
        words, city = view.words, view.selection.city
        if not city:
            return slide(view, Nothing("", words.t("slide.no_city"), words.t("slide.no_city_how")))
        missing = Nothing("", words.t("slide.no_part", city=names(view.release, "city", view.selection.lang)[city]), words.t("newest.none"))
        return part(view) or slide(view, missing)

    return made


def city_in_short(view: View) -> Slide:
    """The chosen city in short: its agreements, exported projects and tie, each with date and source."""
    words, tables, city_id = view.words, view.release.tables, view.selection.city
    city = tables["cities"].loc[tables["cities"]["city_id"] == city_id].iloc[0]
    country = names(view.release, "country", view.selection.lang)[city["country_code"]]
    places = tables["export_places"]
    exported = tables["policy_exports"]["export_id"].isin(places.loc[places["city_id"] == city_id, "export_id"])
    acts = _known(view, tables["agreements"][tables["agreements"]["city_id"] == city_id], "signed")
    projects = _known(view, tables["policy_exports"][exported], "started")
    ids = dict.fromkeys([*acts["source_id"], *projects["source_id"]])
    behind = sources(view, tuple(ids))
    line = {id: source.line for id, source in zip(ids, behind, strict=True)}
    signed = [
        (words.of("tie", row.type), words.edtf(row.signed), words.of("role", row.role), line[row.source_id]) for row in acts.itertuples()
    ]
    named = zip(words.names(projects, "project"), projects.itertuples(), strict=True)
    started = [(name, words.of("status", row.status), words.edtf(row.started), line[row.source_id]) for name, row in named]
    pieces = (
        *_table(view, "slide.agreements", ("column.tie", "column.signed", "slide.role", "column.source"), signed),
        *_table(view, "slide.projects", ("column.project", "column.status", "column.started", "column.source"), started),
        Text((_standing(view, city_id),)),
    )
    return Slide("", words.t("slide.city_headline", city=words.name(city), country=country), pieces, sources=behind)


def _table(view: View, title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[Table]:
    """A table as the only of a list; none without rows."""
    return [Table(view.words.t(title), tuple(map(view.words.t, heads)), tuple(rows))] if rows else []


def _standing(view: View, city_id: str) -> str:
    """The kind of tie and since when, or that none is documented."""
    known = documented_partners(view.release, view.selection.as_of)
    if not (known["city_id"] == city_id).any():
        return view.words.t("slide.no_tie")
    rows = partners(view, view.selection.as_of)
    row = rows[rows["city_id"] == city_id].iloc[0]
    return f"{row['line']}, {row['since']}"


def _known(view: View, rows, when: str):
    """Rows not certainly dated after the as-of date, the oldest first; undated rows stay."""
    day = view.selection.as_of
    known = rows[when].map(lambda text: not text or bounds(text)[0] <= day)
    return rows[known.astype(bool)].sort_values(when)
