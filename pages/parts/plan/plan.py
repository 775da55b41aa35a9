"""The page of the plan: headline, outcomes, the board of measures with their evidence, open questions, the index of companionship."""

from html import escape

from charts import outcomes as outcomes_chart
from charts.bars import across
from charts.marks import colour, mark
from charts.theme import drawn
from metrics.counting.coverage import covered_until
from metrics.counting.reading import When
from metrics.indicators.outcomes import OUTCOMES, Measure, counted, evidence, frame, items, measures
from metrics.schema.release import cached_by_release
from metrics.themes.plan import MEASURE, Year, compared_with, newest, years
from pages.parts.elements.content import Figure, Headline, Html, Item, Listing, Nothing
from pages.parts.elements.reading_text import paragraphs
from pages.parts.elements.row_text import content, first_items, fold_html, source_line, standing, standing_item, subject, title_html
from pages.parts.elements.slide_pieces import plain
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
    words, plan_measures, city = view.words, known(view), escape(view.home_name)
    if not plan_measures:
        return Headline(words.t("plan.said_none", city=city, as_of=view.selection.as_of))
    many, plan = counted(plan_measures), items(view.release, view.selection.as_of)
    strong = {outcome: f"<b>{words.t('plan.many', n=many[outcome])}</b>" for outcome in OUTCOMES}
    whole = f"<b>{words.n('plan.measures', len(plan_measures))}</b>"
    due = next(filter(None, plan.loc[plan["level"] == "vision", "due"]), "")
    sentences = [words.n("plan.said", many["reached"], city=city, due=When(due), whole=whole, **strong)]
    until = covered_until(view.release, "plan")
    sentences += [words.t(f"plan.said_{outcome}", until=until, **strong) for outcome in ("not_reached", "open", "silent") if many[outcome]]
    return Headline(" ".join(sentences))


@cached_by_release()
def tiles(view: View) -> Html:
    """The count of each outcome with its mark and meaning; `open` only where its count is not 0."""
    words, many = view.words, counted(known(view))
    counts = "".join(
        f'<div class="outcome {outcome}">{mark_of(view, outcome)}<b>{words.number(many[outcome])}</b>'
        f"<span>{escape(words.of('outcome', outcome))}</span><small>{escape(words.of('outcome_means', outcome))}</small></div>"
        for outcome in OUTCOMES
        if many[outcome] or outcome != "open"
    )
    return Html("", f'<div class="outcomes">{counts}</div>')


def mark_of(view: View, outcome: str) -> str:
    """The mark of an outcome as HTML."""
    return picture(mark(MARKS[outcome], view.palette), "mark")


@cached_by_release()
def glance(view: View) -> Figure | Nothing:
    """Every measure as a mark, by direction; without a plan, which tables to upload."""
    words, plan_measures = view.words, known(view)
    if not plan_measures:
        return Nothing("plan-none", words.t("plan.none_title"), words.t("plan.none"), "data_desk", words.t("plan.none_door"))
    titles = words.names(items(view.release, view.selection.as_of), "title")
    rows = frame(plan_measures).assign(
        group=[titles.get(measure.direction, words.t("plan.no_direction")) for measure in plan_measures],
        label=[f"{title(view, measure)}: {words.of('outcome', measure.outcome)}" for measure in plan_measures],
    )
    drawing = outcomes_chart.figure(rows, view.palette, words)
    concluded = sum(measure.outcome in ("reached", "partly", "not_reached") for measure in plan_measures)
    finding, measure = words.n("plan.glance_title", concluded, whole=len(plan_measures)), words.t("plan.glance_measure")
    sources = tuple(measure.row["source_id"] for measure in plan_measures)
    return Figure("plan-glance", "", finding, measure, drawn(drawing), lambda: ledger(view), sources)


def title(view: View, measure: Measure) -> str:
    """The name of a measure."""
    return view.words.name(measure.row, "title")


def last_known(view: View, measure: Measure) -> str:
    """The last known fact of a measure: its last published number, or the date of its newest evidence."""
    words, reading = view.words, measure.reading
    if reading and reading.benchmark:
        fields = {"value": words.amount(reading.benchmark.value, reading.unit), "as_of": When(reading.benchmark.as_of)}
        if reading.target:
            return words.t("plan.of_target", target=words.amount(reading.target.value, reading.target.unit), **fields)
        return words.t("plan.value", **fields)
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
    sources = tuple(source for year in reversed(editions) for source in year.sources)
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
    mean, key = None if year.mean is None else round(year.mean, 1), "plan.index_title"
    if year.whole is None or year.mean is None:
        return words.t("plan.index_title_one", year=str(year.year), value=mean if year.whole is None else year.whole)
    key = "plan.index_title_same" if abs(year.whole - year.mean) < 0.05 else "plan.index_title"
    return words.t(key, year=str(year.year), whole=year.whole, mean=mean)


@cached_by_release()
def board(view: View) -> Html:
    """Directions side by side, each measure with its mark and, when opened, its evidence."""
    words, plan = view.words, items(view.release, view.selection.as_of)
    vision, directions = plan[plan["level"] == "vision"], plan[plan["level"] == "direction"]
    head = words.t("plan.vision", title=words.name(vision.iloc[0], "title")) if len(vision) else words.t("plan.board")
    body = "".join(_direction(view, number, row) for number, (_, row) in enumerate(directions.iterrows(), 1))
    loose = [measure for measure in known(view) if measure.direction not in directions.index]
    body += "".join(_task(view, measure.task, [measure]) for measure in loose)
    return Html("plan-board", f'{title_html(head, _board_measure(view, plan))}<div class="board">{body}</div>')


def _board_measure(view: View, plan) -> str:
    """What the board shows, and once that the grouping into tasks is ours where the summary gives no list."""
    tasks = plan[plan["level"] == "task"]
    read = int((tasks["wording"] == "our_reading").sum())
    ours = view.words.n("plan.tasks_read", len(tasks), read=read) if read else ""
    return f"{view.words.t('plan.board_how')}. {ours}".rstrip()


def _direction(view: View, number: int, row) -> str:
    plan, name = items(view.release, view.selection.as_of), escape(view.words.name(row, "title"))
    tasks = plan[(plan["level"] == "task") & (plan["parent"] == row["item_id"])]
    body = "".join(_task(view, task, [measure for measure in known(view) if measure.task == task]) for task in tasks.index)
    return f"<section><h3><i>{number}</i>{name}</h3>{fold_html(view, 'list')}<div>{body}</div></section>"


def _task(view: View, task: str, measures: list[Measure]) -> str:
    plan, words = items(view.release, view.selection.as_of), view.words
    row = plan.loc[task].to_dict() if task in plan.index else {}
    name = words.name(row, "title") or words.t("plan.not_named")
    note = f'<p class="when">{escape(text)}</p>' if (text := words.name(row, "note")) else ""
    return f'<div class="task"><h4>{escape(name)}</h4>{note}{"".join(_measure(view, measure) for measure in measures)}</div>'


def _measure(view: View, measure: Measure) -> str:
    """One measure: its mark, name and last known fact; when opened, its records with sources."""
    words, quiet = view.words, [last_known(view, measure)]
    quiet += [words.t("plan.due", due=When(measure.due))] if measure.row["due"] else []
    word = f'<em style="color:{colour(MARKS[measure.outcome], view.palette)}">{escape(words.of("outcome", measure.outcome))}</em>'
    details = " · ".join([word, *(escape(text) for text in quiet)])
    return (
        f'<details class="measure"><summary>{mark_of(view, measure.outcome)}<span>{escape(title(view, measure))}'
        f'<small>{details}</small></span></summary><div class="proof">{_proof(view, measure)}</div></details>'
    )


def _proof(view: View, measure: Measure) -> str:
    """The records of a measure: its note, its reading, its evidence, and its source in the plan."""
    words, row, sentences = view.words, measure.row, []
    if measure.reading:
        meaning = words.of("state_means", measure.reading.progress.state) if measure.reading.progress else ""
        sentences.append(f"{words.formula(measure.reading.formula)}. {meaning}")
    lines = [
        f"<li>{_what(view, piece)} <em>{escape(words.of('shows', piece['shows']))}</em>{standing(view, piece)}</li>"
        for _, piece in measure.evidence.iterrows()
    ]
    records = f"<ul>{first_items(view, lines)}</ul>" if lines else ""
    nothing = "" if lines or measure.reading else words.t("plan.nothing_long")
    source = f'<p class="when">{words.t("plan.said_in", source=source_line(view, row["source_id"]))}</p>'
    return paragraphs([words.name(row, "note"), *sentences]) + records + paragraphs([nothing]) + source


def _what(view: View, row) -> str:
    """The linked event or count, else the date."""
    link = next((column for column in LINKS if row[column]), "")
    if not link:
        return escape(view.words.edtf(row["when"]))
    table, rows = LINKS[link], view.release.tables[LINKS[link]]
    record = rows[rows[link] == row[link]].iloc[0].to_dict()
    return f"{subject(view, table, record)}: {escape(content(view, table, record))}"


LINKS = {"event_id": "events", "count_id": "published_counts"}
"""Foreign keys of evidence and their tables; the key has the same name in both."""


def open_questions(view: View) -> Listing:
    """Tasks that the plan's summary does not name, and the evidence about the plan itself."""
    words, plan = view.words, items(view.release, view.selection.as_of)
    tasks = plan[plan["level"] == "task"]
    unnamed = tasks[tasks["wording"] == "not_named"]
    notes = filter(None, words.names(plan[plan["level"] == "vision"], "note"))
    title = words.n("plan.open", len(unnamed)) if len(unnamed) else words.t("plan.open_none")
    rows = evidence(view.release, view.selection.as_of)
    rows = rows[rows["item_id"].isin(plan.loc[plan["level"] != "measure", "item_id"])].sort_values("holds", ascending=False, kind="stable")
    whole = [standing_item(view, row, plain(_what(view, row))) for _, row in rows.iterrows()]
    return Listing("plan-open", title, "", (("", (*map(Item, notes), *whole)),), "")
