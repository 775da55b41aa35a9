"""Counting with a register that is incomplete and counts that are published at dates.

The latest published count up to a date (the benchmark), plus what the register certainly adds, less what ended or may have ended, is a
minimum: a register of press reports misses some starts. It is assumed to miss no end. Only a later count of a total that cannot fall, or a
count on its own day, is an upper bound. Works on keys and days, whatever is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.counting.reading import Benchmark
from metrics.schema.dates import BEGINNING, END, day, span

NEVER, ALWAYS = day(END), day(BEGINNING)


@dataclass(frozen=True)
class Nature:
    """Whether a total can fall unseen, and whether it is published which items a count includes."""

    falls: bool = False
    named: bool = True


PLAIN = Nature()


@dataclass(frozen=True)
class Estimate:
    """A count on a day by the record, and the row numbers of the register behind it.

    `lower` is certain. `explained` is the value with all rows whose dates allow it; it is no upper bound.
    """

    value: float
    lower: float
    explained: float
    added: np.ndarray
    possible: np.ndarray
    ended: np.ndarray


@dataclass(frozen=True)
class Break:
    """A benchmark that the register does not explain: the register gives `expected` up to `expected_upper`."""

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
    table = grouped.agg({"earliest": "min", "latest": "min", "end_earliest": "max", "end_latest": "max"})
    first = rows[[started, "source_id"]].iloc[grouped["latest"].idxmin()].reset_index(drop=True)
    table = table.assign(key=keys, when=first[started], source_id=first["source_id"])
    # Nothing ends before it begins, so the two vague dates narrow each other.
    latest, end_earliest = np.minimum(table["latest"], table["end_latest"]), np.maximum(table["earliest"], table["end_earliest"])
    table = table.assign(latest=latest, end_earliest=end_earliest)
    return table[["key", "earliest", "latest", "end_earliest", "end_latest", "when", "source_id"]]


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
    """The count on a day from one benchmark and the register of `spells`.

    An act on the benchmark's own day is included in it. A row is certainly added when its earliest day is after the benchmark and
    its latest day is reached; possibly added when it may begin between the benchmark and `on`. What may have ended since the
    benchmark's first possible day lowers the lower bound.
    """
    s1, s2, e1, e2 = (register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest"))
    t = day(on)
    b, f = (day(benchmark.day), day(benchmark.since)) if benchmark else (ALWAYS, ALWAYS)
    after = s1 > b if benchmark else np.ones(len(s1), bool)
    inside = ~after & (s2 <= b) if benchmark else np.zeros(len(s1), bool)
    added = after & (s2 <= t)
    ended = (added | inside) & (e2 <= t) & ((e1 > b) if benchmark else True)
    possible = ~added & ~inside & (s1 <= t) & (e2 > t)
    may_end = (added | ~after) & ~ended & (e1 <= t) & ((e2 > f) & (t > f) if benchmark else True)
    base = benchmark.value if benchmark else 0
    value = base + added.sum() - ended.sum()
    return Estimate(
        float(value), float(value - may_end.sum()), float(value + possible.sum()), *(np.flatnonzero(m) for m in (added, possible, ended))
    )


def limit(register: pd.DataFrame, benchmark: Benchmark, on: date, named: bool = True) -> float:
    """The upper bound that a later benchmark sets on a day, for a total that cannot fall unseen.

    Its value, less what certainly began between the day and its first possible day, where that is surely counted (`named`), plus
    what may have ended by its last.
    """
    return float(_limits(register, benchmark, np.array([day(on)]), named)[0])


def ceiling(register: pd.DataFrame, counts: Sequence[Benchmark], on: date, nature: Nature) -> float | None:
    """The upper bound of the count on a day, None without one: a count of a total that can fall bounds only its own day."""
    closing = [count for count in counts if (count.since == count.day == on if nature.falls else count.since >= on)]
    return min((limit(register, count, on, nature.named) for count in closing), default=None)


def floor(register: pd.DataFrame, counts: Sequence[Benchmark], mark: Benchmark | None, on: date) -> tuple[float, Benchmark] | None:
    """The highest lower bound from counts of an uncertain day, each after its last possible day, and the count that sets it.

    A count whose last day is before the benchmark's is superseded by it.
    """
    reached = [count for count in counts if count.day <= on and (mark is None or count.day > mark.day)]
    return max(((estimate(register, count, on).lower, count) for count in reached), key=lambda pair: pair[0], default=None)


def documented(register: pd.DataFrame, on: date) -> int:
    """How many keys of the register certainly count on the day: begun for certain and certainly not ended."""
    return int(((register["latest"] <= day(on)) & (register["end_earliest"] > day(on))).sum())


def without_start(register: pd.DataFrame, benchmarks: Sequence[Benchmark], since: date, until: date) -> pd.Series:
    """The days (sorted) after `since` and up to `until` on which keys without a known first day come on record while no benchmark is
    in force: the register grows, but nothing shows a start.
    """
    first = min([b.day for b in benchmarks], default=END)
    days = register.loc[register["earliest"] == ALWAYS, "latest"]
    return days[(days > day(since)) & (days <= day(until)) & (days < day(first))].sort_values(ignore_index=True)


def exceeds(register: pd.DataFrame, mark: Benchmark | None) -> bool:
    """Whether the register documents more on a benchmark's day than it counts."""
    return mark is not None and documented(register, mark.day) > mark.value


def breaks(register: pd.DataFrame, benchmarks: Sequence[Benchmark], since: date, until: date) -> list[Break]:
    """The benchmarks after `since` and up to `until` whose value lies outside what the one before and the register allow."""
    unexplained = []
    for benchmark in benchmarks:
        if since < benchmark.day <= until:
            before = estimate(register, in_force(benchmarks, _day_before(benchmark.day)), benchmark.day)
            if not before.lower <= benchmark.value <= before.explained:
                unexplained.append(Break(benchmark, before.value, before.explained))
    return unexplained


def _day_before(on: date) -> date:
    return date.fromordinal(max(on.toordinal() - 1, 1))


def series(
    register: pd.DataFrame,
    counts: Sequence[Benchmark],
    since: date,
    until: date,
    nature: Nature = PLAIN,
    uncertain: Sequence[Benchmark] = (),
) -> pd.DataFrame:
    """The count as steps: day, value, lower, upper (NaN without a bound), segment; each row is valid until the next, the last is
    `until`. `counts` are the benchmarks, `uncertain` the counts whose day is an interval.

    A new segment begins at a benchmark that the register does not explain and where keys without a known start come on record; lines
    must not join segments.
    Sorting dominates: n log n in the rows of the register, once for each benchmark.
    """
    edges = sorted({b.day for b in counts if since < b.day <= until})
    unexplained = {b.benchmark.day for b in breaks(register, counts, since, until)}
    parts, segment = [], 0
    for first, last in zip([since, *edges], [*(_day_before(d) for d in edges), until], strict=True):
        segment += first in unexplained
        part = _stretch(register, counts, uncertain, first, last, nature)
        parts.append(part.assign(segment=segment))
    steps, listed = pd.concat(parts, ignore_index=True), without_start(register, counts, since, until)
    return steps.assign(segment=steps["segment"] + listed.searchsorted(steps["day"], side="right"))


def _stretch(
    register: pd.DataFrame, counts: Sequence[Benchmark], uncertain: Sequence[Benchmark], first: date, last: date, nature: Nature
) -> pd.DataFrame:
    """The steps between two benchmarks, where only the register and counts of an uncertain day change the count."""
    mark = in_force(counts, first)
    turns = [date.fromordinal(count.since.toordinal() + 1) for count in (*counts, *uncertain) if count.since < END]
    turns += [count.day for count in uncertain]
    moves = [first, last, *(d for d in turns if first < d < last), *_days_within(register, first, last)]
    days = np.unique(np.array(moves, dtype="datetime64[s]"))
    value, lower = _levels(register, mark, days)
    if not exceeds(register, mark):
        lower = np.maximum(lower, _documented_on(register, days))
    for count in uncertain:
        if mark is None or count.day > mark.day:
            lower = np.where(days >= day(count.day), np.maximum(lower, _levels(register, count, days)[1]), lower)
    upper = np.full(len(days), np.inf)
    for count in (*counts, *uncertain):
        closed = (days == day(count.day)) & (count.since == count.day) if nature.falls else days <= day(count.since)
        upper = np.where(closed, np.minimum(upper, _limits(register, count, days, nature.named)), upper)
    return settled(pd.DataFrame({"day": days, "value": value, "lower": lower, "upper": upper}))


def settled(steps: pd.DataFrame) -> pd.DataFrame:
    """Steps with `value` at the minimum and `upper` NaN where there is no upper bound; one below the minimum is ignored."""
    lower = steps["lower"].astype(float)
    upper = steps["upper"].astype(float).where(steps["upper"] >= np.maximum(lower, steps["value"])).replace(np.inf, np.nan)
    return steps.assign(value=np.maximum(lower, steps["value"].astype(float)).where(upper.notna(), lower), lower=lower, upper=upper)


def _levels(register: pd.DataFrame, mark: Benchmark | None, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`estimate`'s value and lower bound for many days at once, none of them before the benchmark."""
    s1, s2, e1, e2 = (register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest"))
    b, f = (day(mark.day), day(mark.since)) if mark else (None, None)
    after = s1 > b if mark else np.ones(len(s1), bool)
    known = after | (s2 <= b) if mark else after
    leaves = known & ((e1 > b) if mark else True)
    may_leave = (e2 > f) if mark else np.ones(len(s1), bool)
    ends = _up_to(e2[leaves], days)
    value = (mark.value if mark else 0) + _up_to(s2[after], days) - ends
    # On its first possible day the benchmark still includes what ends that day.
    out = np.where(days > f, _up_to(e1[~after & may_leave], days), 0) if mark else 0
    return value, value - (out + _up_to(np.maximum(s2, e1)[after], days) - ends)


def _documented_on(register: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """`documented` for many days at once."""
    s2, e1 = (register[c].to_numpy() for c in ("latest", "end_earliest"))
    return _up_to(s2, days) - _up_to(np.maximum(s2, e1), days)


def _days_within(register: pd.DataFrame, first: date, last: date) -> np.ndarray:
    everything = np.unique(np.concatenate([register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest")]))
    return everything[(everything > day(first)) & (everything < day(last))]


def _up_to(days_of_rows: np.ndarray, days: np.ndarray) -> np.ndarray:
    """How many of the rows' days lie on or before each of the days."""
    return np.searchsorted(np.sort(days_of_rows), days, side="right")


def _limits(register: pd.DataFrame, ahead: Benchmark, days: np.ndarray, named: bool) -> np.ndarray:
    """`limit` for many days at once."""
    s1, s2, e1, e2 = (register[c].to_numpy() for c in ("earliest", "latest", "end_earliest", "end_latest"))
    later, leaving = s1[(s2 <= day(ahead.since)) & named], e2[e1 <= day(ahead.day)]
    return ahead.value - (len(later) - _up_to(later, days)) + (len(leaving) - _up_to(leaving, days))
