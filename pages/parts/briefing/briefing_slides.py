"""The slides that only a briefing has: its title, a city, and the sources at its end. Must not draw, nor read the address."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from exports.slides import Slide, Table, Text
from metrics.schema.dates import bounds
from metrics.schema.names import names
from metrics.themes.partnerships import documented_partners
from pages.parts.elements.map import partners
from pages.parts.elements.slide_pieces import sources
from pages.parts.shell.selection import View


def title(view: View) -> Slide:
    """The first slide: the home city and the chosen city, the as-of date and the release."""
    words, home = view.words, view.home_name
    lines = [words.t("slide.as_of", day=view.selection.as_of)]
    if view.release.number:
        lines.append(words.t("slide.release", number=str(view.release.number)))
    headline = words.t("frame.title", city=home)
    if view.selection.city:
        headline = words.t("slide.title_city", home=home, city=_names(view)[view.selection.city])
    return Slide("", headline, (Text(tuple(lines)),))


def _names(view: View):
    return names(view.release, "city", view.selection.lang)


def closing(view: View) -> Slide:
    """The last slide; `with_sources` gives it the sources of the others."""
    return Slide("", view.words.t("slide.closing_headline"), ())


def with_sources(view: View, slide: Slide, others: Iterable[Slide]) -> Slide:
    """A closing slide with the sources of the other slides, each once, in order of appearance."""
    words = view.words
    all_sources = tuple(dict.fromkeys(source for other in others for source in other.sources))
    lines = tuple((source.line,) for source in all_sources)
    if not lines:
        return replace(slide, pieces=(Text((words.t("slide.no_sources"),)),))
    heading = words.n("slide.sources", len(lines))
    return replace(slide, pieces=(Table("", (heading,), lines), *title(view).pieces), sources=all_sources)


def of_city(part: Callable[[View], Slide | None]) -> Callable[[View], Slide]:
    """A part of the chosen city's dossier, or a notice that no city is chosen or nothing is recorded."""

    def made(view: View) -> Slide:
        if not view.selection.city:
            return Slide("", view.words.t("slide.no_city"), (Text((view.words.t("slide.no_city_how"),)),))
        missing = Text((view.words.t("newest.none"),))
        return part(view) or Slide("", view.words.t("slide.no_part", city=_names(view)[view.selection.city]), (missing,))

    return made


def city_in_short(view: View) -> Slide:
    """The chosen city in short: its agreements, exported projects and tie, each with date and source."""
    words, lang, city_id = view.words, view.selection.lang, view.selection.city
    cities = view.release.tables["cities"]
    city = cities[cities["city_id"] == city_id].iloc[0]
    country = names(view.release, "country", lang)[city["country_code"]]
    acts, projects = _agreements(view, city_id), _projects(view, city_id)
    ids = [*acts["source_id"], *projects["source_id"]]
    line = {source: entry.line for source in dict.fromkeys(ids) for entry in sources(view, (source,))}
    signed = [
        (words.of("tie", row["type"]), words.edtf(row["signed"]), words.of("role", row["role"]), line[row["source_id"]])
        for _, row in acts.iterrows()
    ]
    started = [
        (words.name(row, "project"), words.of("status", row["status"]), words.edtf(row["started"]), line[row["source_id"]])
        for _, row in projects.iterrows()
    ]
    pieces = [Text((_standing(view, city_id),))]
    if signed:
        pieces.insert(0, _table(view, "slide.agreements", ("column.tie", "column.signed", "slide.role", "column.source"), signed))
    if started:
        columns = ("column.project", "column.status", "column.started", "column.source")
        pieces.insert(len(pieces) - 1, _table(view, "slide.projects", columns, started))
    return Slide("", words.t("slide.city_headline", city=words.name(city), country=country), tuple(pieces), sources=sources(view, ids))


def _table(view: View, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    return Table(view.words.t(title), tuple(view.words.t(column) for column in columns), tuple(rows))


def _standing(view: View, city_id: str) -> str:
    """The kind of tie and since when, or that none is documented."""
    known = documented_partners(view.release, view.selection.as_of)
    if not (known["city_id"] == city_id).any():
        return view.words.t("slide.no_tie")
    rows = partners(view, view.selection.as_of)
    row = rows[rows["city_id"] == city_id].iloc[0]
    return f"{row['line']}, {row['since']}"


def _agreements(view: View, city_id: str):
    """The agreements with a city known by the as-of date, oldest first."""
    rows = view.release.tables["agreements"]
    return _known(view, rows[rows["city_id"] == city_id], "signed")


def _projects(view: View, city_id: str):
    """The projects exported to a city known by the as-of date, oldest first."""
    places, rows = view.release.tables["export_places"], view.release.tables["policy_exports"]
    return _known(view, rows[rows["export_id"].isin(places.loc[places["city_id"] == city_id, "export_id"])], "started")


def _known(view: View, rows, when: str):
    """Rows not certainly dated after the as-of date; undated rows stay."""
    day = view.selection.as_of
    known = rows[when].map(lambda text: not text or bounds(text)[0] <= day)
    return rows[known.astype(bool)].sort_values(when)
