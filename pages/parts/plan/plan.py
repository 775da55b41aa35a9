"""The page of the plan: the headline, the counts of outcomes, a mark for each measure, and the index of companionship."""

from html import escape

from charts import outcomes as outcomes_chart
from charts.bars import across
from charts.marks import colour, mark
from charts.theme import drawn
from metrics.counting.coverage import covered_until
from metrics.counting.reading import When
from metrics.indicators.outcomes import OUTCOMES, Measure, counted, frame, items, measures
from metrics.schema.release import cached_by_release
from metrics.themes.plan import MEASURE, Year, compared_with, newest, years
from pages.parts.elements.content import Figure, Headline, Html, Nothing
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import picture

NUMBERS = ("fund_balance", "international_organisations", "policy_manuals", "advisory_group")
"""The readings of the plan's targets with a number."""
MARKS = {
    "reached": "target_achieved",
    "partly": "acceleration_needed",
    "not_reached": "deterioration",
    "open": "too_few_observations",
    "silent": "outcome_not_published",
}
"""The state of progress whose mark is drawn for each outcome."""


def known(view: View) -> tuple[Measure, ...]:
    """The measures of the plan known by the date."""
    return measures(view.release, view.selection.as_of)


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many measures are known, and how many have each outcome."""
    words, plan_measures = view.words, known(view)
    city = escape(view.home_name)
    if not plan_measures:
        return Headline(words.t("plan.said_none", city=city, as_of=view.selection.as_of))
    many = counted(plan_measures)
    strong = {outcome: f"<b>{words.t('plan.many', n=many[outcome])}</b>" for outcome in OUTCOMES}
    whole = f"<b>{words.n('plan.measures', len(plan_measures))}</b>"
    sentences = [words.n("plan.said", many["reached"], city=city, due=When(_due(view)), whole=whole, **strong)]
    until = covered_until(view.release, "plan")
    sentences += [words.t(f"plan.said_{outcome}", until=until, **strong) for outcome in ("not_reached", "open", "silent") if many[outcome]]
    return Headline(" ".join(sentences))


def _due(view: View) -> str:
    """The date of the whole plan (EDTF)."""
    plan = items(view.release, view.selection.as_of)
    return next((due for due in plan.loc[plan["level"] == "vision", "due"] if due), "")


@cached_by_release()
def tiles(view: View) -> Html:
    """The count of each outcome with its mark and meaning; `open` only where its count is not 0."""
    many = counted(known(view))
    outcomes = [outcome for outcome in OUTCOMES if many[outcome] or outcome != "open"]
    return Html("", f'<div class="outcomes">{"".join(_tile(view, outcome, many[outcome]) for outcome in outcomes)}</div>')


def _tile(view: View, outcome: str, many: int) -> str:
    words = view.words
    means = escape(words.of("outcome_means", outcome))
    return (
        f'<div class="outcome {outcome}">{mark_of(view, outcome)}<b>{words.number(many)}</b>'
        f"<span>{escape(words.of('outcome', outcome))}</span><small>{means}</small></div>"
    )


def mark_of(view: View, outcome: str) -> str:
    """The mark of an outcome as HTML."""
    return picture(mark(MARKS[outcome], view.palette), "mark")


def tint(view: View, outcome: str) -> str:
    """The colour of an outcome."""
    return colour(MARKS[outcome], view.palette)


@cached_by_release()
def glance(view: View) -> Figure | Nothing:
    """Every measure as a mark, by direction; without a plan, which tables to upload."""
    words, plan_measures = view.words, known(view)
    if not plan_measures:
        return Nothing("plan-none", words.t("plan.none_title"), words.t("plan.none"), "data_desk", words.t("plan.none_door"))
    plan = items(view.release, view.selection.as_of)
    titles = words.names(plan, "title")
    rows = frame(plan_measures).assign(
        group=[titles.get(measure.direction, words.t("plan.no_direction")) for measure in plan_measures],
        label=[f"{title(view, measure)}: {words.of('outcome', measure.outcome)}" for measure in plan_measures],
    )
    drawing = outcomes_chart.figure(rows, view.palette, words)
    sources = tuple(dict.fromkeys(measure.row["source_id"] for measure in plan_measures))
    return Figure("plan-glance", "", _finding(view), words.t("plan.glance_measure"), drawn(drawing), lambda: ledger(view), sources)


def _finding(view: View) -> str:
    """The chart's title: how many measures have a known outcome."""
    words, plan_measures = view.words, known(view)
    concluded = sum(measure.outcome in ("reached", "partly", "not_reached") for measure in plan_measures)
    return words.n("plan.glance_title", concluded, whole=len(plan_measures))


def title(view: View, measure: Measure) -> str:
    """The name of a measure."""
    return view.words.name(measure.row, "title")


def last_known(view: View, measure: Measure) -> str:
    """The last known fact of a measure: its last published number, or the date of its newest evidence."""
    words, reading = view.words, measure.reading
    if reading and reading.benchmark:
        value = words.amount(reading.benchmark.value, reading.unit)
        if reading.target:
            aim = words.amount(reading.target.value, reading.target.unit)
            return words.t("plan.of_target", value=value, target=aim, as_of=When(reading.benchmark.as_of))
        return words.t("plan.value", value=value, as_of=When(reading.benchmark.as_of))
    if len(measure.evidence):
        proven = measure.outcome not in ("silent", "open")
        return words.t("plan.last" if proven else "plan.related", when=When(measure.evidence["when"].iloc[0]))
    return words.t("plan.nothing")


def ledger(view: View):
    """The table of the plan: a row for each measure."""
    words, plan_measures = view.words, known(view)
    titles = words.names(items(view.release, view.selection.as_of), "title")
    publisher = view.release.tables["sources"].set_index("source_id")["publisher"]
    table = frame(plan_measures).assign(
        direction=[titles.get(measure.direction, "") for measure in plan_measures],
        task=[titles.get(measure.task, "") for measure in plan_measures],
        measure=[title(view, measure) for measure in plan_measures],
        due=[words.edtf(measure.due) for measure in plan_measures],
        outcome=[words.of("outcome", measure.outcome) for measure in plan_measures],
        last_known=[last_known(view, measure) for measure in plan_measures],
        cited=[publisher.get(measure.row["source_id"], "") for measure in plan_measures],
    )
    return table[["direction", "task", "measure", "due", "outcome", "last_known", "cited"]]


@cached_by_release()
def companion(view: View) -> Figure | None:
    """The newest year of the index of companionship: the published total, the mean of its domains, each domain."""
    words, editions = view.words, years(view.release, view.selection.as_of)
    if not editions:
        return None
    year, rows = editions[-1], newest(editions)
    hues = {"whole": view.palette.ink, "mean": view.palette.muted, "domain": view.palette.faint}
    rows = rows.assign(
        label=[_domain(view, row.domain) if row.domain else words.t(f"plan.index_{row.kind}") for row in rows.itertuples()],
        colour=rows["kind"].map(hues),
        text=[_value(view, row.value, row.before, compared_with(editions)) for row in rows.itertuples()],
    )
    drawing = across(rows[["label", "value", "colour", "text"]], view.palette, words, ordered=True)
    sources = tuple(dict.fromkeys(source for year in reversed(editions) for source in year.sources))
    measure = words.t("plan.index_measure", name=words.of("measure", MEASURE), year=str(year.year), base=str(editions[0].year))
    twin = rows[["label", "value", "before"]].set_axis(["domain", "value", "before"], axis=1).round(1)
    return Figure("plan-index", "", _index_title(view, year), measure, drawn(drawing), lambda: twin, sources)


def _domain(view: View, domain: str) -> str:
    """The name of a domain; its key where it is not translated."""
    name = view.words.of("part", domain)
    return domain.replace("_", " ") if name == f"part.{domain}" else name


def _value(view: View, value: float, before: float, year: int | None) -> str:
    """The label of a bar: the value, and that of the year before."""
    words, text = view.words, view.words.number(round(value, 1))
    if year is None or before != before:
        return text
    return words.t("plan.index_before", value=text, before=words.number(round(before, 1)), year=str(year))


def _index_title(view: View, year: Year) -> str:
    words = view.words
    if year.whole is None or year.mean is None:
        return words.t("plan.index_title_one", year=str(year.year), value=year.whole if year.whole is not None else round(year.mean, 1))
    fields = {"year": str(year.year), "whole": year.whole, "mean": round(year.mean, 1)}
    same = abs(year.whole - year.mean) < 0.05
    return words.t("plan.index_title_same" if same else "plan.index_title", **fields)
