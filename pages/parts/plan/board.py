"""The board of the plan: a column for each direction with its tasks and measures; and the open questions."""

from html import escape

from metrics.counting.reading import When
from metrics.indicators.outcomes import Measure, evidence, items
from metrics.schema.release import cached_by_release
from pages.parts.elements.content import Html, Item, Listing
from pages.parts.elements.row_text import content, standing, standing_item, subject
from pages.parts.elements.slide_pieces import plain
from pages.parts.elements.source_text import first_items, source_line
from pages.parts.plan.plan import known, last_known, mark_of, tint
from pages.parts.plan.plan import title as name_of
from pages.parts.shell.selection import View


@cached_by_release()
def board(view: View) -> Html:
    """Directions side by side, each measure with its mark and, when opened, its evidence."""
    head = f'<h2 class="title">{escape(_vision(view))}</h2><div class="subtitle">{escape(view.words.t("plan.board_how"))}</div>'
    return Html("plan-board", head + _columns(view))


def _vision(view: View) -> str:
    plan = items(view.release, view.selection.as_of)
    vision = plan[plan["level"] == "vision"]
    return view.words.t("plan.vision", title=view.words.name(vision.iloc[0], "title")) if len(vision) else view.words.t("plan.board")


def _columns(view: View) -> str:
    """The board as HTML."""
    plan, measures = items(view.release, view.selection.as_of), known(view)
    directions = plan[plan["level"] == "direction"]
    body = "".join(_direction(view, number, row, measures) for number, (_, row) in enumerate(directions.iterrows(), 1))
    loose = [measure for measure in measures if measure.direction not in directions.index]
    body += "".join(_task(view, measure.task, [measure]) for measure in loose)
    return f'<div class="board">{body}</div>'


def _direction(view: View, number: int, row, measures: tuple[Measure, ...]) -> str:
    plan, name = items(view.release, view.selection.as_of), escape(view.words.name(row, "title"))
    tasks = plan[(plan["level"] == "task") & (plan["parent"] == row["item_id"])]
    body = "".join(_task(view, task, [measure for measure in measures if measure.task == task]) for task in tasks.index)
    return f"<section><h3><i>{number}</i>{name}</h3><div>{body}</div></section>"


def _task(view: View, task: str, measures: list[Measure]) -> str:
    plan, words = items(view.release, view.selection.as_of), view.words
    name = words.t("plan.not_named") if task not in plan.index else words.name(plan.loc[task], "title") or words.t("plan.not_named")
    wording = plan.loc[task, "wording"] if task in plan.index else "our_reading"
    tag = f"<small>{escape(words.of('wording', wording))}</small>" if wording != "published" else ""
    text = words.name(plan.loc[task], "note") if task in plan.index else ""
    note = f'<p class="when">{escape(text)}</p>' if text else ""
    return f'<div class="task"><h4>{escape(name)} {tag}</h4>{note}{"".join(_measure(view, measure) for measure in measures)}</div>'


def _measure(view: View, measure: Measure) -> str:
    """One measure: its mark, name and last known fact; when opened, its records with sources."""
    words, quiet = view.words, [last_known(view, measure)]
    quiet += [words.t("plan.due", due=When(measure.due))] if measure.row["due"] else []
    word = f'<em style="color:{tint(view, measure.outcome)}">{escape(words.of("outcome", measure.outcome))}</em>'
    details = " · ".join([word, *(escape(text) for text in quiet)])
    return (
        f'<details class="measure"><summary>{mark_of(view, measure.outcome)}<span>{escape(name_of(view, measure))}'
        f'<small>{details}</small></span></summary><div class="proof">{_proof(view, measure)}</div></details>'
    )


def _proof(view: View, measure: Measure) -> str:
    """The records of a measure: its note, its reading, its evidence, and its source in the plan."""
    words, row = view.words, measure.row
    paragraphs = [f"<p>{escape(text)}</p>"] if (text := words.name(row, "note")) else []
    if measure.reading:
        state = measure.reading.progress.state if measure.reading.progress else ""
        meaning = escape(words.of("state_means", state)) if state else ""
        paragraphs.append(f"<p>{escape(words.formula(measure.reading.formula))}. {meaning}</p>")
    lines = [f"<li>{_evidence(view, piece)}</li>" for _, piece in measure.evidence.iterrows()]
    paragraphs += [f"<ul>{first_items(view, lines)}</ul>"] if lines else []
    paragraphs += [] if lines or measure.reading else [f"<p>{escape(words.t('plan.nothing_long'))}</p>"]
    paragraphs.append(f'<p class="when">{words.t("plan.said_in", source=source_line(view, row["source_id"]))}</p>')
    return "".join(paragraphs)


def _evidence(view: View, row) -> str:
    """One piece of evidence: its event or count, what it shows, its note and source."""
    words = view.words
    shows = escape(words.of("shows", row["shows"]))
    return f"{_what(view, row)} <em>{shows}</em>{standing(view, row)}"


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
    read = int((tasks["wording"] == "our_reading").sum())
    notes = [words.n("plan.tasks_read", len(tasks), read=read)] if read else []
    notes += filter(None, words.names(plan[plan["level"] == "vision"], "note"))
    title = words.n("plan.open", len(unnamed)) if len(unnamed) else words.t("plan.open_none")
    rows = evidence(view.release, view.selection.as_of)
    rows = rows[rows["item_id"].isin(plan.loc[plan["level"] != "measure", "item_id"])].sort_values("holds", ascending=False, kind="stable")
    whole = [standing_item(view, row, plain(_what(view, row))) for _, row in rows.iterrows()]
    return Listing("plan-open", title, "", (("", (*map(Item, notes), *whole)),), "")
