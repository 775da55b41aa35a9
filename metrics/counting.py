"""Counting with a register that is incomplete and counts that are published at dates.

Value at a date = the latest published count on or before it (the benchmark) + what the register certainly adds after it
- what certainly ended; without a benchmark, the register alone. Knows keys and days; must not know what is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.dates import BEGINNING, END, day, span
from metrics.reading import Benchmark

NEVER, ALWAYS = day(END), day(BEGINNING)


@dataclass(frozen=True)
class Estimate:
    """A count on a day with its bounds, and the row numbers of the register that it rests on."""

    value: float
    lower: float
    upper: float
    added: np.ndarray
    possible: np.ndarray
    ended: np.ndarray


@dataclass(frozen=True)
class Break:
    """A benchmark whose step the register does not explain: the register leads to `expected`, `counted` was published."""

    benchmark: Benchmark
    expected: float
    expected_upper: float


def spells(rows: pd.DataFrame, key: str, started: str, ended: str | None = None, listed: str | None = None) -> pd.DataFrame:
    """One row a key: from its first act to its last end.

    `started` and `ended` name EDTF columns of `rows`; an empty `ended` means that the key still counts. `listed` names a column of
    days (datetime64[s]) by which an act had happened whatever its date allows. Columns of the result: key, earliest, latest,
    end_earliest, end_latest (datetime64[s]), when (EDTF) and source_id of the first act; a key without an end has both ends at END,
    one without a known first day its earliest at BEGINNING.
    """
    # Grouped by numbers: long columns of text are slow to sort and to group.
    codes, keys = pd.factorize(rows[key], sort=True)
    (s1, s2), (e1, e2) = span(rows[started]), _ends(rows, ended)
    s2 = s2 if listed is None else np.minimum(s2, rows[listed])
    acts = pd.DataFrame({"earliest": s1, "latest": s2, "end_earliest": e1, "end_latest": e2}).reset_index(drop=True)
    grouped = acts.groupby(codes, sort=True)
    one = grouped.agg({"earliest": "min", "latest": "min", "end_earliest": "max", "end_latest": "max"})
    first = rows[[started, "source_id"]].iloc[grouped["latest"].idxmin()].reset_index(drop=True)
    one = one.assign(key=keys, when=first[started], source_id=first["source_id"])
    # Nothing ends before it began, so each end of a vague date sharpens the other.
    sharper = {"latest": np.minimum(one["latest"], one["end_latest"]), "end_earliest": np.maximum(one["earliest"], one["end_earliest"])}
    return one.assign(**sharper)[["key", "earliest", "latest", "end_earliest", "end_latest", "when", "source_id"]]


def _ends(rows: pd.DataFrame, ended: str | None) -> tuple[pd.Series, pd.Series]:
    """The earliest and the latest end of each act; END where it has none."""
    if ended is None:
        never = pd.Series(NEVER, index=rows.index)
        return never, never
    first, last = span(rows[ended])
    return first.where(rows[ended] != "", NEVER), last


def in_force(benchmarks: Sequence[Benchmark], on: date) -> Benchmark | None:
    """The latest of the benchmarks (sorted by day) on or before the day."""
    return next((b for b in reversed(benchmarks) if b.day <= on), None)


def following(benchmarks: Sequence[Benchmark], on: date) -> Benchmark | None:
    """The first of the benchmarks (sorted by day) after the day."""
    return next((b for b in benchmarks if b.day > on), None)


def estimate(register: pd.DataFrame, benchmark: Benchmark | None, on: date) -> Estimate:
    """The count on a day from one benchmark and the register of `spells`, before any later benchmark narrows it.

    An act on the benchmark's own day is inside it. A row is certainly added when even its earliest day lies after the
    benchmark and even its latest day is reached; it is possibly added when some day after the benchmark and up to `on`
    is left for it.
    """
    s1, s2, e1, e2 = (register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest"))
    t, b = day(on), day(benchmark.day) if benchmark else None
    after = s1 > b if benchmark else np.ones(len(s1), bool)
    inside = ~after & (s2 <= b) if benchmark else np.zeros(len(s1), bool)
    added = after & (s2 <= t)
    ended = (added | inside) & (e2 <= t) & ((e1 > b) if benchmark else True)
    possible = ~added & ~inside & (s1 <= t) & (e2 > t)
    may_end = (added | ~after) & ~ended & (e1 <= t) & ((e2 > b) if benchmark else True)
    base = benchmark.value if benchmark else 0
    value = base + added.sum() - ended.sum()
    return Estimate(
        float(value), float(value - may_end.sum()), float(value + possible.sum()), *(np.flatnonzero(m) for m in (added, possible, ended))
    )


def room(register: pd.DataFrame, benchmark: Benchmark, on: date) -> float:
    """The most that a later benchmark leaves for the day: itself, less what was certainly added in between, plus what may have ended."""
    s1, s2, e1, e2 = (register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest"))
    t, b = day(on), day(benchmark.day)
    return float(benchmark.value - ((s1 > t) & (s2 <= b)).sum() + ((e1 <= b) & (e2 > t)).sum())


def documented(register: pd.DataFrame, on: date) -> int:
    """How many keys of the register certainly count on the day: begun for sure, and not one that may have ended."""
    return int(((register["latest"] <= day(on)) & (register["end_earliest"] > day(on))).sum())


def without_start(register: pd.DataFrame, benchmarks: Sequence[Benchmark], since: date, until: date) -> pd.Series:
    """The days (sorted) after `since` and up to `until` on which keys without a known first day come on record while no benchmark is
    in force: the register then holds more, and nothing says that anything began.
    """
    first = min([b.day for b in benchmarks], default=END)
    days = register.loc[register["earliest"] == ALWAYS, "latest"]
    return days[(days > day(since)) & (days <= day(until)) & (days < day(first))].sort_values(ignore_index=True)


def breaks(register: pd.DataFrame, benchmarks: Sequence[Benchmark], since: date, until: date) -> list[Break]:
    """The benchmarks after `since` and up to `until` whose value lies outside what the one before and the register allow."""
    found = []
    for benchmark in benchmarks:
        if since < benchmark.day <= until:
            before = estimate(register, in_force(benchmarks, _day_before(benchmark.day)), benchmark.day)
            if not before.lower <= benchmark.value <= before.upper:
                found.append(Break(benchmark, before.value, before.upper))
    return found


def _day_before(on: date) -> date:
    return date.fromordinal(max(on.toordinal() - 1, 1))


def series(register: pd.DataFrame, benchmarks: Sequence[Benchmark], since: date, until: date) -> pd.DataFrame:
    """The count as steps: day, value, lower, upper, segment; each row holds until the next, the last is `until`.

    A new segment begins where the way of counting changes without the register explaining it, and where keys without a known start
    come on record, so no line may join two.
    Sorting dominates: n log n in the rows of the register, once for each benchmark.
    """
    edges = sorted({b.day for b in benchmarks if since < b.day <= until})
    unexplained = {b.benchmark.day for b in breaks(register, benchmarks, since, until)}
    parts, segment = [], 0
    for first, last in zip([since, *edges], [*(_day_before(d) for d in edges), until], strict=True):
        segment += first in unexplained
        part = _stretch(register, benchmarks, first, last)
        parts.append(part.assign(segment=segment))
    steps, listed = pd.concat(parts, ignore_index=True), without_start(register, benchmarks, since, until)
    return steps.assign(segment=steps["segment"] + listed.searchsorted(steps["day"], side="right"))


def _stretch(register: pd.DataFrame, benchmarks: Sequence[Benchmark], first: date, last: date) -> pd.DataFrame:
    """The steps between two benchmarks, where only the register moves the count."""
    benchmark, ahead = in_force(benchmarks, first), following(benchmarks, last)
    s1, s2, e1, e2 = (register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest"))
    b = day(benchmark.day) if benchmark else None
    after = s1 > b if benchmark else np.ones(len(s1), bool)
    inside = ~after & (s2 <= b) if benchmark else np.zeros(len(s1), bool)
    known = after | inside
    leaves = known & ((e1 > b) if benchmark else True)
    may_leave = (e2 > b) if benchmark else np.ones(len(s1), bool)
    base = benchmark.value if benchmark else 0
    moves = [first, last, *(d for d in _days_within((s1, s2, e1, e2), first, last))]
    days = np.unique(np.array(moves, dtype="datetime64[s]"))
    adds, ends = _up_to(s2[after], days), _up_to(e2[leaves], days)
    value = base + adds - ends
    may_add = _up_to(s1[~inside], days) - adds - _up_to(e2[~inside & ~after], days)
    out = _up_to(e1[~after & may_leave], days) + _up_to(np.maximum(s2, e1)[after], days) - ends
    upper = value + may_add
    if ahead:
        upper = np.maximum(value, np.minimum(upper, _rooms(ahead, s1, s2, e1, e2, days)))
    return pd.DataFrame({"day": days, "value": value, "lower": value - out, "upper": upper}).astype(
        {"value": float, "lower": float, "upper": float}
    )


def _days_within(columns: Sequence[np.ndarray], first: date, last: date) -> np.ndarray:
    everything = np.unique(np.concatenate(columns))
    return everything[(everything > day(first)) & (everything < day(last))]


def _up_to(days_of_rows: np.ndarray, days: np.ndarray) -> np.ndarray:
    """How many of the rows' days lie on or before each of the days."""
    return np.searchsorted(np.sort(days_of_rows), days, side="right")


def _rooms(ahead: Benchmark, s1: np.ndarray, s2: np.ndarray, e1: np.ndarray, e2: np.ndarray, days: np.ndarray) -> np.ndarray:
    """`room` for many days at once."""
    b = day(ahead.day)
    later, leaving = s1[s2 <= b], e2[e1 <= b]
    return ahead.value - (len(later) - _up_to(later, days)) + (len(leaving) - _up_to(leaving, days))
