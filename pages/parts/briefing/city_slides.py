"""A city as slides: the one for guests, its dossier, and that as a briefing of one page. Must not draw, nor read the address."""

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate

from charts.map import between
from charts.theme import length
from exports.slides import Briefing, Facts, Map, Piece, Slide, Table, Text, line_of
from metrics.counting.thresholds import threshold
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes.contacts import on_record
from pages.parts.city import lists
from pages.parts.city.city import OTHER, about, alt, figure, place, sentences
from pages.parts.city.follow_through import answers, commitments, payments
from pages.parts.elements.content import Listing, Nothing
from pages.parts.elements.map import home_of
from pages.parts.elements.row_text import act_line
from pages.parts.elements.slide_pieces import figure_slide, plain, points, slide, sources
from pages.parts.elements.ties import map_kinds
from pages.parts.shell.selection import View

KIND = "city"
ON_A_SHEET = 8
"""The most contacts or agreements on the one-page dossier, newest first; the page has all."""
NAMED = 440
"""Pixels of text (charts.theme.length) for the names of one fact: two lines of a slide."""


@cached_by_release(64)
def city_slide(view: View) -> Slide:
    """The slide of the city, with the registers for the notes."""
    return replace(short_slide(view), details=_details(view))


def short_slide(view: View) -> Slide:
    """The city on one slide: as what and since when, the map with the arc, the facts that a host asks for."""
    said = [plain(sentence) for sentence in sentences(view)]
    pieces: list[Piece] = [_map(view, said[0])] if view.home and about(view).row["lat"] == about(view).row["lat"] else []
    facts = tuple(fact for fact in (_last(view), _agreed(view), _exported(view), _next(view)) if fact)
    pieces += [Facts(facts)] if facts else []
    return Slide(KIND, said[0], tuple(pieces) or (Text(tuple(said)),), sources=sources(view, lists.cited(view)))


def _last(view: View) -> tuple[str, str, str] | None:
    words, last = view.words, about(view).last
    return None if last is None else (words.of("column", "last_contact"), words.edtf(last["date"]), words.name(last, "subject"))


def _agreed(view: View) -> tuple[str, str, str] | None:
    """How many agreements, with their areas, those of the newest first; None for one without a date or an area."""
    words, city = view.words, about(view)
    if not len(city.signed):
        return None
    areas = city.areas[city.areas["role"] == "primary"].sort_values("agreed", ascending=False, kind="stable")
    acts = city.signed.iloc[::-1].to_dict("records")
    newest, many = words.edtf(acts[0]["signed"]) if acts[0]["signed"] else "", len(acts)
    if many == 1 and not newest and not len(areas):
        return None
    answer = words.t("slide.agreed", n=many, when=newest) if many > 1 and newest else newest or words.n("city.n_agreements", many)
    names = [*words.names(areas, "area")] or [act_line(view, act) for act in acts]
    return words.t("slide.agreements"), answer, _first(view, names)


def _exported(view: View) -> tuple[str, str, str] | None:
    words, rows = view.words, about(view).exported
    rows = rows[rows["counted"] & rows["certain"]]
    names = [*words.names(rows, "project")]
    return (words.t("slide.projects"), words.n("slide.n_projects", len(names)), _first(view, names)) if names else None


def _next(view: View) -> tuple[str, str, str] | None:
    """The next anniversary, with its agreement unless that began the tie."""
    city = about(view)
    if city.following is None:
        return None
    item, own = lists.coming(view, city.following), city.tie is not None and city.tie["became"] == city.following["signed"]
    return view.words.of("column", "anniversary"), item.text, ", ".join((item.lead, *(() if own else item.facts)))


def _first(view: View, names: list[str]) -> str:
    """The first names, as many as have room, and how many more there are."""
    names = list(dict.fromkeys(names))
    many = max(1, sum(total <= NAMED for total in accumulate(length(f"{name}, ") for name in names)))
    more = [view.words.t("slide.and_more", n=len(names) - many)] if len(names) > many else []
    return ", ".join([*names[:many], *more])


def _details(view: View) -> tuple[Text, ...]:
    """What the slide has no room for: the other sentences of the dossier, agreements with their areas, contacts, projects."""
    words, city = view.words, about(view)
    areas = city.areas[city.areas["role"] == "primary"]
    named = {act: words.names(rows, "area") for act, rows in areas.groupby("agreement_id", sort=False)}
    acts = [(act_line(view, act), named.get(act["agreement_id"], ())) for act in city.signed.iloc[::-1].to_dict("records")]
    met = [f"{words.edtf(row['date'])}: {words.name(row, 'subject')}" for row in city.met[city.met["held"]].to_dict("records")]
    registers = {
        city.name: [plain(sentence) for sentence in sentences(view)[1:]],
        words.t("slide.agreements"): [f"{act}: {', '.join(names)}" if len(names) else act for act, names in acts],
        words.t("slide.city.contacts"): met,
        words.t("slide.projects"): list(words.names(city.exported[city.exported["counted"]], "project")),
    }
    return tuple(Text(tuple(lines), title, listed=True) for title, lines in registers.items() if lines)


@cached_by_release(16)
def dossier(view: View) -> Briefing:
    """The dossier for a one-page PDF: light colours, the newest rows of each list."""
    light, words = replace(view, scheme="light"), view.words
    chosen, title = view.selection, words.t("city.dossier", city=about(view).name)
    parts = (short_slide(light), history(light), follow(light), agreements(light, ON_A_SHEET), met(light, ON_A_SHEET), ahead(light))
    slides = tuple(part for part in parts if part)
    return Briefing(title, view.home_name, chosen.as_of, view.release.number, chosen.lang, light.palette, slides)


def _map(view: View, title: str) -> Map:
    """The map of home and the city, both of them named on it, so that it needs no legend."""
    city, kinds = about(view), {kind.type: kind for kind in (*map_kinds(view.release), OTHER)}
    kind = kinds[OTHER.type if city.tie is None else city.tie["type"]]
    line = "" if city.tie is None else view.words.of("tie", city.tie["type"])
    row = {"city_id": view.selection.city, "name": city.name, "country": city.country, "line": line, "since": ""}
    drawn = between(row | {"lon": float(city.row["lon"]), "lat": float(city.row["lat"])}, home_of(view), view.palette, kind)
    return Map(title, place(view), drawn, alt(view), (), view.words.t("city.disclaimer"))


def history(view: View) -> Slide | None:
    """The dated records of the city as a chart."""
    drawn = figure(view)
    return replace(figure_slide(view, drawn), kind=f"{KIND}-history") if drawn else None


def agreements(view: View, most: int | None = None) -> Slide | None:
    """The agreements with their areas, or the newest of them."""
    return _register(view, "agreements", lists.agreements(view), most)


def met(view: View, most: int | None = None) -> Slide | None:
    """The recorded contacts, or the newest of them."""
    return _register(view, "contacts", lists.met(view), most)


def contacts(view: View) -> Slide | None:
    """The recorded contacts over time, their list in the notes; the list where no date can be drawn."""
    drawn, listed = history(view), met(view)
    if drawn is None or listed is None:
        return listed
    (table,) = (piece for piece in listed.pieces if isinstance(piece, Table))
    rows = Text(tuple(map(line_of, table.rows)), table.title, listed=True)
    return replace(listed, pieces=drawn.pieces, details=(rows,))


def _register(view: View, name: str, part: Listing | Nothing, most: int | None) -> Slide | None:
    if isinstance(part, Nothing) or not part.items:
        return None
    first = replace(part, groups=(("", part.items[:most]),))
    return replace(slide(view, first), kind=f"{KIND}-{name}")


def follow(view: View) -> Slide | None:
    """What was agreed, what is open or late, what came of it and what is next, with commitments and payments."""
    parts = [part for part in (answers(view), commitments(view), payments(view)) if part is not None]
    if not parts:
        return None
    return Slide(f"{KIND}-follow", view.words.t("follow.title"), tuple(map(points, parts)), sources=sources(view, lists.cited(view)))


def ahead(view: View) -> Slide:
    """Coming dates, exported projects, and what is not recorded."""
    words, city = view.words, about(view)
    parts = [lists.ahead(view), *([lists.exported(view)] if len(city.exported) else []), lists.missing(view)]
    parts = [part for part in parts if part.items]
    title = plain(sentences(view)[-1]) if city.following is not None else parts[0].title
    notes = (words.t("city.quiet_how", years=threshold(view.release, "quiet_years")),) if on_record(view.release) else ()
    cited = tuple(city.coming["source_id"])
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
