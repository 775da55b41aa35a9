"""The two ways in which an indicator is measured: counted (benchmark and register) and observed (published values only)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.counting.counting import (
    ALWAYS,
    PLAIN,
    Break,
    Estimate,
    Nature,
    breaks,
    ceiling,
    documented,
    estimate,
    exceeds,
    floor,
    following,
    in_force,
    series,
    without_start,
)
from metrics.counting.progress import progress
from metrics.counting.published import benchmarks, latest_up_to, target
from metrics.counting.reading import Benchmark, Count, Formula, Money, Previous, Reading, Share, When
from metrics.schema.dates import bounds, day, years_before
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release


@dataclass(frozen=True)
class Indicator:
    """One indicator of the city: its id, how it is read, and the tables it needs.

    `read(release, on)` gives the Reading; `steps(release, since, until)` the frame of `metrics.counting.counting.series`, or is None
    where an indicator has no course of its own; `published(release)` gives the published values, by day; `register(release)`
    the spells whose keys (of the `entity`, see metrics.schema.names) a reading names as added, possible or ended; `total` is counted.
    `offered(release)` is whether the rows that it needs are there, beyond those of its theme.
    """

    id: str
    unit: str
    direction: str
    tables: tuple[str, ...]
    read: Callable[[Release, date], Reading]
    steps: Callable[[Release, date, date], pd.DataFrame] | None = None
    published: Callable[[Release], Sequence[Benchmark]] = lambda release: ()
    register: Callable[[Release], pd.DataFrame] | None = None
    entity: str = ""
    total: "Total | None" = None
    offered: Callable[[Release], bool] = lambda release: True


@dataclass(frozen=True, kw_only=True)
class Counted(Indicator):
    """An indicator that counts a total: what is optional in Indicator is required here."""

    read: Callable[[Release, date], Count]
    steps: Callable[[Release, date, date], pd.DataFrame]
    register: Callable[[Release], pd.DataFrame]
    total: "Total"


@dataclass(frozen=True)
class Total:
    """What is counted: its id, its unit, the spells of its register, and its nature, which decides what bounds it."""

    id: str
    unit: str
    register: Callable[[Release], pd.DataFrame]
    nature: Nature = PLAIN

    def counts(self, release: Release) -> Sequence[Benchmark]:
        """The published counts that serve as benchmarks, by day."""
        return tuple(mark for mark in benchmarks(release, self.id) if not mark.uncertain)

    def uncertain(self, release: Release) -> Sequence[Benchmark]:
        """The published counts of which the day is an interval."""
        return tuple(mark for mark in benchmarks(release, self.id) if mark.uncertain)

    @cached_by_release(512, at=1)
    def count(self, release: Release, on: date) -> Count:
        """The count on a date, from its own rows and counts."""
        return count_of(self, self.register(release), self.counts(release), self.uncertain(release), on)

    def steps(self, release: Release, since: date, until: date) -> pd.DataFrame:
        """The count over time, as `metrics.counting.counting.series` gives it."""
        return series(self.register(release), self.counts(release), since, until, self.nature, self.uncertain(release))


@dataclass(frozen=True)
class Agreement:
    """How the bounds of related totals (its whole, its parts) narrow the reading and the steps of a total."""

    reading: Callable[[Release, Count], Count] = lambda release, reading: reading
    steps: Callable[[Release, pd.DataFrame], pd.DataFrame] = lambda release, steps: steps


ALONE = Agreement()


def counted(total: Total, direction: str, tables: tuple[str, ...], entity: str, agreement: Agreement = ALONE) -> Counted:
    """An indicator that counts: the published counts of the total's id are its benchmarks."""
    id, register = total.id, total.register

    def count(release: Release, on: date) -> Count:
        return agreement.reading(release, total.count(release, on))

    def read(release: Release, on: date) -> Count:
        rows, published, reading = register(release), total.counts(release), count(release, on)
        known, aim = latest_up_to(published, on), target(release, id, on)

        def certain(day: date) -> float | None:
            bounded = reading if day == on else count(release, day)
            return bounded.upper if direction == "less" else bounded.lower

        def comparable(since: date, until: date) -> bool:
            return not_comparable(rows, published, since, until) is None

        before = count(release, years_before(on, 1))
        reason = not_comparable(rows, published, before.as_of, on)
        return replace(
            reading,
            previous=Previous(before.as_of, before.value, None if reason else reading.value - before.value, reason),
            target=aim,
            progress=progress(known, aim, direction, on, certain, comparable),
            conflicts=(*reading.conflicts, *published_otherwise(release, id, on)),
        )

    def steps(release: Release, since: date, until: date) -> pd.DataFrame:
        return agreement.steps(release, total.steps(release, since, until))

    needed = (*tables, "published_counts", "targets", "sources")
    return Counted(
        id, total.unit, direction, needed, published=total.counts, entity=entity, read=read, steps=steps, register=register, total=total
    )


def count_of(total: Total, rows: pd.DataFrame, counts: Sequence[Benchmark], uncertain: Sequence[Benchmark], on: date) -> Count:
    """The count on a date from spells, benchmarks and counts of an uncertain day, each by day."""
    mark, ahead = in_force(counts, on), following(counts, on)
    by_record, known, named = estimate(rows, mark, on), floor(rows, uncertain, mark, on), documented(rows, on)
    limit = ceiling(rows, (*counts, *uncertain), on, total.nature)
    least = float(max(by_record.lower, known[0] if known else 0, 0 if exceeds(rows, mark) else named))
    value, lower, upper = settled_at(by_record.value, least, limit)
    above = known[1] if known and by_record.lower < known[0] == least else None
    moved = rows[["earliest", "latest", "end_earliest", "end_latest", "source_id"]].iloc[np.concatenate([by_record.added, by_record.ended])]
    return Count(
        total.id,
        on,
        value,
        total.unit,
        _formula(above or mark, estimate(rows, above, on) if above else by_record, value, named),
        lower=lower,
        upper=upper,
        documented=named,
        benchmark=mark,
        added=_keys(rows, by_record.added),
        possible=_keys(rows, by_record.possible),
        ended=_keys(rows, by_record.ended),
        newest=_newest(mark, moved, on),
        sources=tuple(dict.fromkeys([*(m.source_id for m in (above, mark) if m), *moved["source_id"].unique()])),
        conflicts=_contradictions(rows, mark, ahead, least, limit),
    )


def settled_at(value: float, lower: float, limit: float | None) -> tuple[float, float, float | None]:
    """Value, lower and upper bound: the value is the minimum without an upper bound; a limit below the minimum is ignored."""
    if limit is None or limit < max(value, lower):
        return lower, lower, None
    return max(value, lower), lower, limit


def _formula(mark: Benchmark | None, record: Estimate, value: float, named: int) -> Formula:
    """The explanation of the value: a published count and the changes since, or the named rows where they are more."""
    base = mark.value if mark else 0
    fields = {"value": value, "added": len(record.added), "ended": int(base + len(record.added) - value)}
    if mark is None:
        return Formula("register", fields)
    published = {"benchmark": mark.value, "as_of": When(mark.as_of)}
    if fields["ended"] < 0 and value == named:
        return Formula("named", {"value": value, **published})
    return Formula("uncertain_benchmark" if mark.uncertain else "benchmark", fields | published)


def _keys(rows: pd.DataFrame, at: np.ndarray) -> tuple[str, ...]:
    return tuple(rows["key"].iloc[at].to_numpy())


def _newest(mark: Benchmark | None, moved: pd.DataFrame, on: date) -> date | None:
    acts = [(moved["earliest"], moved["latest"]), (moved["end_earliest"], moved["end_latest"])]
    days = [newest_of(first, last, on) for first, last in acts] + ([mark.observed] if mark else [])
    return max((day for day in days if day), default=None)


def newest_of(first: pd.Series, last: pd.Series, on: date) -> date | None:
    """The newest certain event by a date, by earliest day; dates of the form "by then" are left out, they may be old."""
    days = first[(first > ALWAYS) & (last <= day(on))]
    return days.max().date() if len(days) else None


def _contradictions(
    rows: pd.DataFrame, mark: Benchmark | None, ahead: Benchmark | None, value: float, limit: float | None
) -> tuple[Formula, ...]:
    """Where register and published counts cannot both be right; reported, never clipped."""
    conflicts = []
    if mark and exceeds(rows, mark):
        fields = {"documented": documented(rows, mark.day), "benchmark": mark.value, "as_of": When(mark.as_of)}
        conflicts.append(Formula("register_exceeds_benchmark", fields))
    if ahead and limit is not None and limit < value:
        conflicts.append(Formula("later_benchmark_too_low", {"value": value, "benchmark": ahead.value, "as_of": When(ahead.as_of)}))
    return tuple(conflicts)


def not_comparable(rows: pd.DataFrame, published: Sequence[Benchmark], since: date, until: date) -> Formula | None:
    """Why two dates cannot be compared: a new count between them that the register does not explain; None if they can.

    The count must be explained step by step, and also from the value on `since` by what began after that day: earlier rows missing
    from the earlier count would otherwise look like a rise. Rows without a start that came on record in between are no rise either.
    """
    listed = without_start(rows, published, since, until)
    if len(listed):
        return Formula("without_start", {"value": float(len(listed)), "on": listed.iloc[-1].date()})
    unexplained = breaks(rows, published, since, until)
    mark = in_force(published, until)
    if not unexplained and mark and mark.day > since:
        first = Benchmark(estimate(rows, in_force(published, since), since).value, since.isoformat(), since, "")
        led = estimate(rows, first, mark.day)
        unexplained = [] if led.lower <= mark.value <= led.explained else [Break(mark, led.value, led.explained)]
    if not unexplained:
        return None
    last = unexplained[-1]
    fields = {"counted": last.benchmark.value, "as_of": When(last.benchmark.as_of), "expected": last.expected}
    return Formula("break", fields)


def observed(
    id: str, unit: str, direction: str, tables: tuple[str, ...], values: Callable[[Release], Sequence[Benchmark]] | None = None
) -> Indicator:
    """An indicator whose values are published ones only; nothing is ever added to them."""

    def marks(release: Release) -> Sequence[Benchmark]:
        return values(release) if values else benchmarks(release, id)

    def read(release: Release, on: date) -> Reading:
        known, aim = latest_up_to(marks(release), on), target(release, id, on, unit if is_currency(unit) else "")
        state = progress(known, aim, direction, on)
        conflicts = published_otherwise(release, id, on)
        if not known:
            return Reading(id, on, None, unit, Formula("nothing_published"), target=aim, progress=state, conflicts=conflicts)
        last, value = known[-1], in_unit(known[-1].value, unit)
        return Reading(
            id,
            on,
            last.value,
            unit,
            Formula("observation", {"value": value, "as_of": When(last.as_of)}),
            lower=last.value,
            upper=last.value,
            benchmark=last,
            newest=last.observed,
            previous=Previous(known[-2].day, known[-2].value, last.value - known[-2].value) if len(known) > 1 else None,
            target=aim,
            progress=state,
            sources=(last.source_id,),
            conflicts=conflicts,
        )

    def steps(release: Release, since: date, until: date) -> pd.DataFrame:
        return observed_steps(marks(release), since, until)

    return Indicator(id, unit, direction, (*tables, "targets", "sources"), read, steps, marks)


def observed_steps(values: Sequence[Benchmark], since: date, until: date) -> pd.DataFrame:
    """Published values as steps of which none is joined to the next, with the columns of `metrics.counting.counting.series`."""
    known = [m for m in values if since <= m.day <= until]
    frame = pd.DataFrame({"day": [m.day for m in known], "value": [m.value for m in known]})
    return frame.astype({"day": "datetime64[s]", "value": float}).assign(
        lower=lambda f: f["value"], upper=lambda f: f["value"], segment=range(len(frame))
    )


def in_unit(value: float, unit: str) -> Share | Money | float:
    """A value typed by its unit: a share (fraction or per cent), money, or a plain number."""
    if unit in ("share", "percent"):
        return Share(value if unit == "share" else value / 100)
    return Money(value, unit) if is_currency(unit) else value


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency code and no word."""
    return len(unit) == 3 and unit.isupper()


def published_otherwise(release: Release, measure: str, on: date) -> tuple[Formula, ...]:
    """Published figures of the measure that contradict the ones used, up to the date."""
    rows = release.tables["published_counts"]
    rows = rows[(rows["measure"] == measure) & (rows["role"] == "conflict") & (rows["dimension"] == "")]
    notes = columns(rows, "note")
    return tuple(
        Formula(
            "published_otherwise",
            {"value": row["value"], "as_of": When(row["as_of"]), "source": row["source_id"], **{note: row[note] for note in notes}},
        )
        for row in rows.to_dict("records")
        if bounds(row["as_of"])[0] <= on
    )


def window(on: date) -> date:
    """The first day of "the last five years": the date's year and the four before."""
    return date(max(on.year - 4, 1), 1, 1)


def begun(id: str, unit: str, rows: pd.DataFrame, on: date, most: float | None = None) -> Reading:
    """What began in the last five years: at least what the register dates inside the window; `most` is the upper bound.

    Rows without a known first day are counted apart: they may be old. None where no start at all is known.
    """
    if len(rows) and (rows["earliest"] == ALWAYS).all():
        return Reading(id, on, None, unit, Formula("no_start"))
    since = window(on)
    first, last = day(since), day(on)
    s1, s2 = rows["earliest"].to_numpy(), rows["latest"].to_numpy()
    certain = (s1 >= first) & (s2 <= last)
    open_start = (s1 == ALWAYS) & (s2 >= first)
    possible = ~certain & ~open_start & (s2 >= first) & (s1 <= last)
    sure = rows[["key", "source_id"]].iloc[np.flatnonzero(certain)]
    undated = {"without_start": int(open_start.sum())} if open_start.any() else {}
    fields = {"value": len(sure), "since": since, "until": on, "possible": int(possible.sum())}
    formula = Formula("window_without_start" if undated else "window", fields | undated)
    upper = most if most is not None and most >= len(sure) else None
    newest, perhaps = newest_of(rows["earliest"], rows["latest"], on), _keys(rows, np.flatnonzero(possible))
    return tally(id, on, unit, formula, sure, possible=perhaps, newest=newest, upper=upper)


def tally(id: str, on: date, unit: str, formula: Formula, sure: pd.DataFrame, **more: Any) -> Reading:
    """The reading of what certainly lies in a period: at least the rows `sure` (key, source_id)."""
    value, sources = float(len(sure)), tuple(sure["source_id"].unique())
    return Reading(id, on, value, unit, formula, lower=value, documented=len(sure), added=tuple(sure["key"]), sources=sources, **more)


def most_begun(whole: Counted, release: Release, on: date) -> float | None:
    """The most that can have begun in the last five years: the whole's upper bound, less what was certain before, plus what may have
    ended since; None where the whole has no upper bound.
    """
    before = date.fromordinal(max(window(on).toordinal() - 1, 1))
    last, first, rows = whole.read(release, on), whole.read(release, before), whole.register(release)
    if last.upper is None:
        return None
    gone = (rows["end_earliest"] <= day(on)) & (rows["end_latest"] > day(before))
    return last.upper - first.lower + float(gone.sum())


def share(id: str, part: Reading, whole: Count) -> Reading:
    """The reading of part / whole as a fraction; bounds divide least by most and never pass 1. None without a part.

    Where the whole has no upper bound the share has no bounds: it is that of the record.
    """
    if part.value is None:
        return Reading(id, part.as_of, None, "share", part.formula)
    value = part.value / whole.value if whole.value else None
    filled = Formula("no_whole") if value is None else Formula("share", {"part": part.value, "whole": whole.value, "value": Share(value)})
    return Reading(
        id,
        part.as_of,
        value,
        "share",
        filled,
        lower=part.lower / whole.upper if part.lower is not None and whole.value and whole.upper else None,
        upper=min(1.0, part.upper / whole.lower) if whole.value and whole.lower and part.upper is not None else None,
        documented=part.documented,
        benchmark=whole.benchmark,
        added=part.added,
        possible=part.possible,
        newest=max([d for d in (part.newest, whole.newest) if d], default=None),
        sources=tuple(dict.fromkeys([*whole.sources, *part.sources])),
        conflicts=whole.conflicts,
    )
