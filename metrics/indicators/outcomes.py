"""The outcome of each measure of the city's plan, computed from readings and evidence, never entered by hand.

A measure with an indicator follows the method of `metrics.counting.progress`; any other its rows of evidence. A measure without a
record after its date is `silent`: nobody published whether it was done, which is no failure.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.counting.published import printed_on
from metrics.counting.reading import Reading
from metrics.indicators.registry import INDICATORS, read
from metrics.schema.dates import BEGINNING, bounds
from metrics.schema.release import Release, cached_by_release

OUTCOMES = ("reached", "partly", "not_reached", "open", "silent")
"""Reached; partly on record; date passed and a later figure falls short; date ahead; never published."""
OUTCOME_OF = {"done": "reached", "not_done": "not_reached", "partly": "partly"}
"""The outcome by kind of evidence, the strongest first."""


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure of the plan on a date: its row of `plan_items`, its parents, and its outcome.

    `due` is its own date or that of the item above it (EDTF); `reading` is that of its indicator; `evidence` has the columns of
    `evidence`, newest first.
    """

    row: pd.Series
    task: str
    direction: str
    due: str
    outcome: str
    reading: Reading | None
    evidence: pd.DataFrame

    @property
    def id(self) -> str:
        """Its item_id."""
        return self.row["item_id"]


@cached_by_release()
def items(release: Release, on: date) -> pd.DataFrame:
    """The items of the plan that a source had published by a date: columns of `plan_items`, by item_id, in order."""
    rows, printed = release.tables["plan_items"], printed_on(release)
    published = [bounds(printed.get(source, ""))[0] <= on for source in rows["source_id"]]
    return rows.loc[published].set_index("item_id", drop=False)


@cached_by_release()
def evidence(release: Release, on: date) -> pd.DataFrame:
    """The evidence about the plan by a date, newest first: columns of `plan_evidence`, `when` (EDTF) and `holds`.

    `when` is the date of the event or count where a row refers to one; `holds` is whether the row is used: primary, and of an event
    that took place.
    """
    rows, printed = release.tables["plan_evidence"], printed_on(release)
    events = release.tables["events"].set_index("event_id")
    counts = release.tables["published_counts"].set_index("count_id")["as_of"]
    when = rows["date"].where(rows["event_id"] == "", rows["event_id"].map(events["start"]))
    when = when.where(rows["count_id"] == "", rows["count_id"].map(counts)).fillna("")
    took_place = rows["event_id"].map(events["status"]).eq("held") | (rows["event_id"] == "")
    dated = rows.assign(when=when, holds=took_place & (rows["role"] == "primary"), day=[_last(text) for text in when])
    known = [_is_known(text, printed.get(source, ""), on) for text, source in zip(when, dated["source_id"], strict=True)]
    return dated.loc[known].sort_values(["day", "evidence_id"], ascending=[False, True], kind="stable").drop(columns="day")


def _last(when: str) -> date:
    return bounds(when)[1] if when else BEGINNING


def _is_known(when: str, printed: str, on: date) -> bool:
    """Whether it was knowable by the date: it had happened, or its source was printed."""
    return (when != "" and bounds(when)[1] <= on) or (printed != "" and bounds(printed)[1] <= on)


@cached_by_release()
def measures(release: Release, on: date) -> tuple[Measure, ...]:
    """Every measure of the plan that was published by a date, in the plan's order."""
    plan, known = items(release, on), evidence(release, on)
    rows = [row for _, row in plan.iterrows() if row["level"] == "measure"]
    return tuple(_measure(release, on, plan, row, known[known["item_id"] == row["item_id"]]) for row in rows)


def _measure(release: Release, on: date, plan: pd.DataFrame, row: pd.Series, known: pd.DataFrame) -> Measure:
    above = _above(plan, row)
    due = next((item["due"] for item in [row, *above] if item["due"]), "")
    reading = read(row["indicator"], release, on) if row["indicator"] in INDICATORS else None
    levels = {item["level"]: item["item_id"] for item in above}
    outcome = _measured(reading, due, on) if reading else _on_record(known, due, on)
    return Measure(row, levels.get("task", ""), levels.get("direction", ""), due, outcome, reading, known)


def _above(plan: pd.DataFrame, row: pd.Series) -> list[pd.Series]:
    """The parents of an item, the nearest first; a cycle of parents ends."""
    above, seen = [], {row["item_id"]}
    while row["parent"] in plan.index and row["parent"] not in seen:
        row = plan.loc[row["parent"]]
        seen.add(row["item_id"])
        above.append(row)
    return above


def _measured(reading: Reading, due: str, on: date) -> str:
    """The outcome of a measure with numbers: reached, reached late (partly), or by what was published from its due day on."""
    progress = reading.progress
    if progress and progress.state in ("target_achieved", "reached_late"):
        return "reached" if progress.state == "target_achieved" else "partly"
    if not _passed(due, on):
        return "open"
    return "not_reached" if progress and progress.latest_day and progress.latest_day >= bounds(due)[1] else "silent"


def _on_record(known: pd.DataFrame, due: str, on: date) -> str:
    """The outcome of a measure without numbers: the strongest evidence by the date."""
    rows = zip(known["shows"], known["when"], known["holds"], strict=True)
    passed = [shows for shows, when, holds in rows if holds and _last(when) <= on]
    outcome = next((OUTCOME_OF[shows] for shows in OUTCOME_OF if shows in passed), None)
    return outcome or ("silent" if _passed(due, on) else "open")


def _passed(due: str, on: date) -> bool:
    return due != "" and bounds(due)[1] < on


def counted(plan: tuple[Measure, ...]) -> dict[str, int]:
    """How many measures have each outcome, in the order of OUTCOMES."""
    return {outcome: sum(measure.outcome == outcome for measure in plan) for outcome in OUTCOMES}


def frame(plan: tuple[Measure, ...]) -> pd.DataFrame:
    """The measures as rows: item_id, direction, task, outcome, due (EDTF) and source_id."""
    rows = [(m.id, m.direction, m.task, m.outcome, m.due, m.row["source_id"]) for m in plan]
    return pd.DataFrame(rows, columns=["item_id", "direction", "task", "outcome", "due", "source_id"])
