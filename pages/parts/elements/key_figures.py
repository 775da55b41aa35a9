"""The three charts of the overview, and the annotations of charts over time."""

from html import escape

from charts import exports as exports_chart
from charts import fund as fund_chart
from charts import growth as growth_chart
from charts.annotated import Note, annotated
from charts.theme import Drawing, drawn
from metrics.counting.coverage import last_covered
from metrics.counting.measuring import in_unit
from metrics.counting.reading import Reading, Share, When
from metrics.indicators.course import Course, course
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import exports_by
from metrics.themes.annotations import Noted, kinds, noted
from metrics.themes.fund import currency, known_balances, required_path
from metrics.themes.partnerships import register
from metrics.themes.policy_exports import without_year
from pages.parts.elements.content import Figure, Nothing
from pages.parts.elements.reading_text import bullets, reading_of, section
from pages.parts.elements.row_text import content, standing, subject
from pages.parts.shell.selection import View
from wording import Words

USUAL = ("term",)
"""The default kind: the terms of office, in a strip above the figure. Rules and bands through it are shown when chosen."""
NONE = "none"
STRIP = "term"
"""Annotations of this kind follow each other, so they are drawn in a strip."""
LONGEST = 40
"""Characters of a name that are drawn."""


def note_kinds(view: View, text: str) -> tuple[str, ...]:
    """The kinds of the release that the `notes` parameter lists; the usual ones for an empty text."""
    names = text.split(",") if text else USUAL
    return tuple(kind for kind in kinds(view.release) if kind in names)


@cached_by_release()
def notes(view: View, chosen: tuple[str, ...]) -> tuple[Note, ...]:
    """The annotations of some kinds for a chart."""
    labels = view.words.names(view.release.tables["annotations"].set_index("annotation_id"), "label")
    rows = noted(view.release, view.selection.as_of, chosen)
    return tuple(Note(note.first, note.last, escape(labels[note.id][:LONGEST]), note.kind == STRIP, note.perhaps) for note in rows)


@cached_by_release(16)
def notes_html(view: View, chosen: tuple[str, ...]) -> str:
    """The annotations as HTML: each with its dates, note and source, by kind and day."""
    rows = view.release.tables["annotations"].set_index("annotation_id", drop=False)
    ordered = sorted(noted(view.release, view.selection.as_of, chosen), key=lambda note: note.first)
    items = {kind: bullets((_noted_item(view, rows, note) for note in ordered if note.kind == kind), "list") for kind in chosen}
    parts = "".join(section(view.words.of("annotation_kind", kind), inside) for kind, inside in items.items())
    return f'<div class="scroll drawer" tabindex="0">{parts}</div>'


def _noted_item(view: View, rows, annotation: Noted) -> str:
    row = rows.loc[annotation.id].to_dict()
    return f"{subject(view, 'annotations', row)}, {escape(content(view, 'annotations', row))}{standing(view, row)}"


EXPORTS_LIFT = 18
"""Pixels over the chart of exports that the name of its upper panel takes."""


@cached_by_release()
def growth(view: View, chosen: tuple[str, ...] = ()) -> Figure | Nothing:
    """Partner cities over time, with the band of what is certain and the published counts, and notes of some kinds."""
    words, on = view.words, view.selection.as_of
    reading, run = reading_of(view, "partner_cities"), course(view.release, "partner_cities", on)
    if reading.value and run.published.empty and run.undated.empty and run.steps["day"].nunique() < 2:
        return Nothing("growth", _partners(view, reading), words.t("growth.needs_dates"))
    drawing = growth_chart.figure(
        run.steps.assign(joined=_joined(view, run)), published(view, run), run.breaks, view.palette, words, on, undated(view, run)
    )
    drawing, measure = with_notes(view, drawing, chosen), words.t("growth.measure")
    return Figure(
        "growth", reading.indicator, _partners(view, reading), measure, drawing, lambda: steps_table(run), sources_of(run, reading)
    )


def _joined(view: View, run: Course) -> list[str]:
    """Who joined on each day of a course, with the date as far as it is known: the first of those of one day, and how many more."""
    words, rows = view.words, register(view.release)
    called = names(view.release, "city", words.lang)
    by_day = {day: group for day, group in rows.groupby("latest") if day in set(run.steps["day"])}
    return [_newcomers(words, called, by_day[day]) if day in by_day else "" for day in run.steps["day"]]


def _newcomers(words: Words, called, rows) -> str:
    first, more = rows.iloc[0], len(rows) - 1
    name = words.n("chart.joined_more", more, city=called[first["key"]]) if more else called[first["key"]]
    return words.t("chart.joined", city=name, when=When(first["when"])) if first["when"] else name


def with_notes(view: View, figure: dict, chosen: tuple[str, ...], lift: int = 4) -> Drawing:
    """A figure over time, drawn with the annotations of some kinds; `lift` as in `charts.annotated`."""
    return drawn(annotated(figure, notes(view, chosen), view.palette, lift=lift))


def sources_of(run: Course, reading: Reading) -> tuple[str, ...]:
    """The sources of a chart of a course, the newest published value first."""
    return (*reversed(run.published["source_id"]), *reading.sources)


def published(view: View, run: Course):
    """The published values with their hover labels."""
    labels = [view.words.t("published.label", value=row.value, as_of=When(row.as_of)) for row in run.published.itertuples()]
    return run.published.assign(label=labels)


def undated(view: View, run: Course):
    """The published counts without a date of their own, with their hover labels."""
    labels = [view.words.t("published.undated", value=row.value, as_of=When(row.as_of)) for row in run.undated.itertuples()]
    return run.undated.assign(label=labels)


def _partners(view: View, reading: Reading) -> str:
    words, fields = view.words, reading.formula.fields
    many = words.counted("count.partner_cities", reading)
    if reading.benchmark is None:
        return words.t("growth.title_register", partners=many) if reading.value else words.t("growth.title_none")
    if reading.formula.kind != "benchmark":
        return many
    mark = {"partners": many, "benchmark": fields["benchmark"], "as_of": fields["as_of"]}
    if not fields["added"] and not fields["ended"]:
        return words.t("growth.title_counted", **mark)
    return words.t("growth.title", added=words.n("count.signed", fields["added"]), **mark)


def steps_table(run: Course):
    """The table of a course: each day on which it moves, its bounds, and the published value of that day."""
    published = run.published[["day", "value"]].rename(columns={"value": "published"}).drop_duplicates("day", keep="last")
    steps = run.steps.drop(columns="segment").merge(published, on="day", how="left")
    return steps.assign(day=steps["day"].dt.strftime("%Y-%m-%d"))


@cached_by_release()
def exports(view: View, chosen: tuple[str, ...] = ()) -> Figure:
    """Exported projects: published totals above, documented starts a year below, and notes of some kinds."""
    words, on = view.words, view.selection.as_of
    reading, run, years = (
        reading_of(view, "exported_projects"),
        course(view.release, "exported_projects", on),
        exports_by.by_year(exports_by.projects(view.release, on), last_covered(view.release, "exports", on)),
    )
    drawing = exports_chart.figure(years, published(view, run), view.palette, words, undated(view, run))
    drawing, measure = with_notes(view, drawing, chosen, EXPORTS_LIFT), words.n("exports.measure", without_year(view.release, on))
    title, sources = exports_title(view, reading), sources_of(run, reading)
    return Figure("exports", reading.indicator, title, measure, drawing, lambda: _by_year(run, years), sources)


def exports_title(view: View, reading: Reading) -> str:
    """What the city last published, beside what is documented; by the register alone before any count."""
    words, mark = view.words, reading.benchmark
    if mark:
        projects = words.n("count.projects", mark.value)
        return words.t("exports.title", projects=projects, as_of=When(mark.as_of), documented=reading.documented)
    many = words.counted("count.projects", reading)
    return words.t("exports.title_register", projects=many) if reading.value else words.t("exports.title_none")


def _by_year(run: Course, years):
    """The table of the exports chart: a row a year, with the last count published in it."""
    published = run.published.assign(year=run.published["day"].dt.year).drop_duplicates("year", keep="last")
    return years.merge(published[["year", "value"]].rename(columns={"value": "published"}), on="year", how="outer")


@cached_by_release()
def fund(view: View, chosen: tuple[str, ...] = ()) -> Figure:
    """The fund: its known balances, its target, the path that the target requires, and notes of some kinds."""
    reading, on = reading_of(view, "fund_balance"), view.selection.as_of
    balances, path, target = known_balances(view.release, on), required_path(view.release, on), reading.target
    aim = (target.value, target.due_day) if target and target.due_day else None
    drawing = fund_chart.figure(balances, aim, path, view.palette, view.words, as_of=on, currency=currency(view.release))
    drawing, sources = with_notes(view, drawing, chosen), (*reading.sources, *([target.source_id] if target else []))
    measure, table = view.words.t("fund.measure"), lambda: path_table(balances, path)
    return Figure("fund", "fund_balance", fund_title(view, reading), measure, drawing, table, sources)


def fund_title(view: View, reading: Reading) -> str:
    """The last balance, with its share of the target where there is one."""
    words, target = view.words, reading.target
    if reading.value is None:
        return words.t("fund.title_none")
    fields = {"balance": in_unit(reading.value, reading.unit), "as_of": When(reading.benchmark.as_of)}
    if target is None:
        return words.t("fund.title_balance", **fields)
    fields |= {"target": in_unit(target.value, target.unit), "share": Share(reading.value / target.value), "due": When(target.due)}
    if reading.progress.state == "outcome_not_published":
        return words.t("fund.title_silent", **fields)
    return words.t("fund.title" if target.due else "fund.title_undated", **fields)


def path_table(balances, path):
    """The table of a chart of the fund: a row a day, with the published balance and the one that the target requires."""
    known = balances[["day", "value"]].rename(columns={"value": "balance"})
    both = known.merge(path.rename(columns={"value": "required"}), on="day", how="outer").sort_values("day")
    return both.assign(day=both["day"].dt.strftime("%Y-%m-%d"))
