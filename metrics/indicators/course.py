"""The course of an indicator over time as frames: its steps, its published values, and the breaks between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.counting.counting import ALWAYS, breaks, estimate, in_force
from metrics.counting.coverage import THEME_OF, covered_until
from metrics.counting.measuring import Indicator
from metrics.counting.published import latest_up_to, undated
from metrics.counting.reading import Benchmark
from metrics.indicators.registry import INDICATORS
from metrics.schema.dates import day
from metrics.schema.release import Release, cached_by_release


@dataclass(frozen=True)
class Course:
    """Four frames up to a date.

    `steps`: day, value, lower, upper, segment (see `metrics.counting.counting.series`), up to the last day that is known. `published`: day,
    value, as_of (EDTF), source_id, segment. `breaks`: day, before (the value by the register), after (the published one),
    documented (register rows of the rise since the benchmark before), as_of (EDTF). `undated`: since, until (the days that a published
    count without a date of its own allows), value, as_of (EDTF), source_id.
    """

    steps: pd.DataFrame
    published: pd.DataFrame
    breaks: pd.DataFrame
    undated: pd.DataFrame


@cached_by_release()
def course(release: Release, id: str, on: date) -> Course:
    """The course of a counted or observed indicator from its first known day to a date."""
    indicator = INDICATORS[id]
    assert indicator.steps, f"{id} has no course"
    known = latest_up_to(indicator.published(release), on)
    rows = indicator.register(release) if indicator.register else None
    since, until = _first_day(rows, known, on), _last_day(release, indicator, on)
    jumps = breaks(rows, indicator.published(release), since, on) if rows is not None else []
    published = pd.DataFrame(
        [(day(m.day), m.value, m.as_of, m.source_id, sum(b.benchmark.day <= m.day for b in jumps)) for m in known],
        columns=["day", "value", "as_of", "source_id", "segment"],
    )
    gaps = pd.DataFrame(
        [(day(b.benchmark.day), b.expected, b.benchmark.value, _documented(rows, known, b.benchmark), b.benchmark.as_of) for b in jumps],
        columns=["day", "before", "after", "documented", "as_of"],
    )
    steps = indicator.steps(release, since, until)
    return Course(
        steps.iloc[:0] if _is_empty(indicator, release) else steps,  # no data is not zero
        published.astype({"day": "datetime64[s]", "value": float}),
        gaps.astype({"day": "datetime64[s]", "before": float, "after": float}),
        _undated(release, id, on),
    )


def _is_empty(indicator: Indicator, release: Release) -> bool:
    """Whether a counted indicator has neither a row nor a published count."""
    return indicator.register is not None and indicator.register(release).empty and not indicator.published(release)


def _undated(release: Release, id: str, on: date) -> pd.DataFrame:
    rows = [(day(c.since), day(min(c.day, on)), c.value, c.as_of, c.source_id) for c in undated(release, id, on)]
    frame = pd.DataFrame(rows, columns=["since", "until", "value", "as_of", "source_id"])
    return frame.astype({"since": "datetime64[s]", "until": "datetime64[s]", "value": float})


def _first_day(rows: pd.DataFrame | None, known: Sequence[Benchmark], on: date) -> date:
    """The first day of the first year with a date; without dates the day on which the first row is on record."""
    days = [m.day for m in known]
    if rows is not None and len(rows):
        dated = rows.loc[rows["earliest"] > ALWAYS, "earliest"]
        days += [d.date() for d in (dated.min(), rows["latest"].min()) if d == d]
        if dated.empty and not known:
            return min(*days, on)
    return date(min([*days, on]).year, 1, 1)


def _last_day(release: Release, indicator: Indicator, on: date) -> date:
    """The last day up to a date on which the course is known: covered, published, or changed by a row."""
    if indicator.register is None:
        return on
    rows, covered = indicator.register(release), covered_until(release, THEME_OF[indicator.id])
    moved = pd.concat([rows["latest"], rows["end_latest"]])
    days = [mark.day for mark in latest_up_to(indicator.published(release), on)] + list(moved[moved <= day(on)].nlargest(1).dt.date)
    return min(on, max([*days, *([covered] if covered else [])], default=on))


def _documented(rows: pd.DataFrame, known: Sequence[Benchmark], mark: Benchmark) -> int:
    """How many register rows certainly began between the benchmark before and this one."""
    before = in_force([m for m in known if m.day < mark.day], mark.day)
    return len(estimate(rows, before, mark.day).added)
