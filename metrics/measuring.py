"""The two ways in which an indicator is measured: counted (benchmark and register) and observed (published values only).

Knows releases and readings; what is counted comes from the theme modules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from metrics.counting import ALWAYS, Break, breaks, documented, estimate, following, in_force, room, series, without_start
from metrics.dates import bounds, day, years_before
from metrics.progress import progress
from metrics.published import benchmarks, latest_up_to, target
from metrics.reading import Benchmark, Formula, Money, Previous, Reading, Share, When
from metrics.release import Release


@dataclass(frozen=True)
class Indicator:
    """One indicator of the city: what it is called by, how it is read, and what it needs.

    `read(release, on)` gives the Reading; `steps(release, since, until)` the frame of `metrics.counting.series`, or is None
    where an indicator has no course of its own; `published(release)` gives the published values, by day; `register(release)`
    the spells whose keys (of the `entity`, see metrics.names) a reading names as added, possible or ended.
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


def counted(
    id: str, unit: str, direction: str, tables: tuple[str, ...], register: Callable[[Release], pd.DataFrame], entity: str
) -> Indicator:
    """An indicator that counts: the published counts of the measure `id` are its benchmarks, `register` gives its spells."""

    def marks(release: Release) -> Sequence[Benchmark]:
        return benchmarks(release, id)

    def read(release: Release, on: date) -> Reading:
        rows, published = register(release), marks(release)
        reading = _count(id, unit, rows, published, on)
        known, aim = latest_up_to(published, on), target(release, id, on)

        def certain(day: date) -> float | None:
            count = reading if day == on else _count(id, unit, rows, published, day)
            return count.upper if direction == "less" else count.lower

        def comparable(since: date, until: date) -> bool:
            return not_comparable(rows, published, since, until) is None

        return replace(
            reading,
            previous=_a_year_before(reading, rows, published),
            target=aim,
            progress=progress(known, aim, direction, on, certain, comparable),
            conflicts=(*reading.conflicts, *published_otherwise(release, id, on)),
        )

    def steps(release: Release, since: date, until: date) -> pd.DataFrame:
        return series(register(release), marks(release), since, until)

    needed = (*tables, "published_counts", "targets", "sources")
    return Indicator(id, unit, direction, needed, read, steps, marks, register, entity)


def _count(id: str, unit: str, rows: pd.DataFrame, published: Sequence[Benchmark], on: date) -> Reading:
    mark, ahead = in_force(published, on), following(published, on)
    count = estimate(rows, mark, on)
    limit = room(rows, ahead, on) if ahead else np.inf
    moved = rows[["latest", "end_latest", "source_id"]].iloc[np.concatenate([count.added, count.ended])]
    kind = "benchmark" if mark else "register"
    fields = {"value": count.value, "added": len(count.added), "ended": len(count.ended)}
    if mark:
        fields |= {"benchmark": mark.value, "as_of": When(mark.as_of)}
    return Reading(
        id,
        on,
        count.value,
        unit,
        Formula(kind, fields),
        lower=count.lower,
        upper=max(count.value, min(count.upper, limit)),
        documented=documented(rows, on),
        benchmark=mark,
        added=_keys(rows, count.added),
        possible=_keys(rows, count.possible),
        ended=_keys(rows, count.ended),
        newest=_newest(mark, moved, on),
        sources=tuple(dict.fromkeys([*([mark.source_id] if mark else []), *moved["source_id"].unique()])),
        conflicts=_contradictions(rows, mark, ahead, count.value, limit, on),
    )


def _keys(rows: pd.DataFrame, at: np.ndarray) -> tuple[str, ...]:
    return tuple(rows["key"].iloc[at].to_numpy())


def _newest(mark: Benchmark | None, moved: pd.DataFrame, on: date) -> date | None:
    days = pd.concat([moved["latest"], moved["end_latest"]])
    days = days[days <= day(on)]
    known = [days.max().date()] if len(days) else []
    return max([*known, *([mark.day] if mark else [])], default=None)


def _contradictions(
    rows: pd.DataFrame, mark: Benchmark | None, ahead: Benchmark | None, value: float, limit: float, on: date
) -> tuple[Formula, ...]:
    """Where register and published counts cannot both be right; said, never clipped away."""
    found = []
    if mark and documented(rows, mark.day) > mark.value:
        fields = {"documented": documented(rows, mark.day), "benchmark": mark.value, "as_of": When(mark.as_of)}
        found.append(Formula("register_exceeds_benchmark", fields))
    elif documented(rows, on) > value:
        found.append(Formula("register_exceeds_value", {"documented": documented(rows, on), "value": value}))
    if ahead and limit < value:
        found.append(Formula("later_benchmark_too_low", {"value": value, "benchmark": ahead.value, "as_of": When(ahead.as_of)}))
    return tuple(found)


def _a_year_before(reading: Reading, rows: pd.DataFrame, published: Sequence[Benchmark]) -> Previous:
    before = years_before(reading.as_of, 1)
    mark = in_force(published, before)
    value = estimate(rows, mark, before).value
    reason = not_comparable(rows, published, before, reading.as_of)
    return Previous(before, value, None if reason else reading.value - value, reason)


def not_comparable(rows: pd.DataFrame, published: Sequence[Benchmark], since: date, until: date) -> Formula | None:
    """Why two dates cannot be compared: a new count between them that the register does not explain; None if they can.

    The count must be explained step by step, and also from the value on `since` by what began after that day: rows that were
    there before and not in the earlier count would otherwise be taken for a rise. Rows without a start that came on record in between
    are no rise either.
    """
    listed = without_start(rows, published, since, until)
    if len(listed):
        return Formula("without_start", {"value": float(len(listed)), "on": listed.iloc[-1].date()})
    found = breaks(rows, published, since, until)
    mark = in_force(published, until)
    if not found and mark and mark.day > since:
        first = Benchmark(estimate(rows, in_force(published, since), since).value, since.isoformat(), since, "")
        led = estimate(rows, first, mark.day)
        found = [] if led.lower <= mark.value <= led.upper else [Break(mark, led.value, led.upper)]
    if not found:
        return None
    last = found[-1]
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
        last, shown = known[-1], in_unit(known[-1].value, unit)
        return Reading(
            id,
            on,
            last.value,
            unit,
            Formula("observation", {"value": shown, "as_of": When(last.as_of)}),
            lower=last.value,
            upper=last.value,
            benchmark=last,
            newest=last.day,
            previous=_observed_before(known),
            target=aim,
            progress=state,
            sources=(last.source_id,),
            conflicts=conflicts,
        )

    def steps(release: Release, since: date, until: date) -> pd.DataFrame:
        known = [m for m in marks(release) if since <= m.day <= until]
        frame = pd.DataFrame({"day": [m.day for m in known], "value": [m.value for m in known]})
        return frame.astype({"day": "datetime64[s]", "value": float}).assign(
            lower=lambda f: f["value"], upper=lambda f: f["value"], segment=range(len(frame))
        )

    return Indicator(id, unit, direction, (*tables, "targets", "sources"), read, steps, marks)


def _observed_before(known: Sequence[Benchmark]) -> Previous | None:
    if len(known) < 2:
        return None
    return Previous(known[-2].day, known[-2].value, known[-1].value - known[-2].value)


def in_unit(value: float, unit: str) -> object:
    """A value as the kind of figure that its unit asks for: a share (a fraction), per cent, money, or a plain number."""
    if unit in ("share", "percent"):
        return Share(value if unit == "share" else value / 100)
    return Money(value, unit) if is_currency(unit) else value


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency code and no word."""
    return len(unit) == 3 and unit.isupper()


def published_otherwise(release: Release, measure: str, on: date) -> tuple[Formula, ...]:
    """The figures printed for the same measure that contradict the ones used, up to the date."""
    rows = release.tables["published_counts"]
    rows = rows[(rows["measure"] == measure) & (rows["role"] == "conflict") & (rows["dimension"] == "")]
    return tuple(
        Formula(
            "published_otherwise",
            {"value": row.value, "as_of": When(row.as_of), "source": row.source_id, "note_en": row.note_en, "note_ko": row.note_ko},
        )
        for row in rows.itertuples()
        if bounds(row.as_of)[0] <= on
    )


def window(on: date) -> date:
    """The first day of "the last five years": the date's year and the four before."""
    return date(max(on.year - 4, 1), 1, 1)


@dataclass(frozen=True)
class Arrivals:
    """What began in a window: row numbers of the certain and of the possible ones, how many a benchmark counts beyond them, and how many
    came on record in it without a known start: nothing says that those are new.
    """

    certain: np.ndarray
    possible: np.ndarray
    undocumented: float
    without_start: int = 0

    @property
    def most(self) -> float:
        """The possible count."""
        return len(self.certain) + len(self.possible) + self.without_start + self.undocumented


def arrivals(rows: pd.DataFrame, published: Sequence[Benchmark], since: date, until: date) -> Arrivals:
    """What began from `since` to `until`.

    The rows that the register dates inside the window are certain, those that their dates allow there are possible; rows without a
    known first day are neither. What the benchmark in force counts and the register does not document may have begun in the window too,
    unless the benchmark is older than the window.
    """
    first, last = day(since), day(until)
    s1, s2 = rows["earliest"].to_numpy(), rows["latest"].to_numpy()
    certain = (s1 >= first) & (s2 <= last)
    open_start = (s1 == ALWAYS) & (s2 >= first)
    possible = ~certain & ~open_start & (s2 >= first) & (s1 <= last)
    mark = in_force(published, until)
    hidden = max(0.0, mark.value - documented(rows, mark.day)) if mark and mark.day >= since else 0.0
    return Arrivals(np.flatnonzero(certain), np.flatnonzero(possible), hidden, int(open_start.sum()))


def begun(id: str, unit: str, rows: pd.DataFrame, published: Sequence[Benchmark], on: date) -> Reading:
    """What began in the last five years: certain as the value, possible as the upper bound; None where no start at all is known."""
    if len(rows) and (rows["earliest"] == ALWAYS).all():
        return Reading(id, on, None, unit, Formula("no_start"))
    since = window(on)
    found = arrivals(rows, published, since, on)
    sure, mark = rows[["latest", "source_id"]].iloc[found.certain], in_force(published, on)
    fields = {"value": len(sure), "since": since, "until": on, "possible": len(found.possible), "undocumented": found.undocumented}
    undated = {"without_start": found.without_start} if found.without_start else {}
    return Reading(
        id,
        on,
        float(len(sure)),
        unit,
        Formula("window_without_start" if undated else "window", fields | undated),
        lower=float(len(sure)),
        upper=found.most,
        documented=len(sure),
        benchmark=mark if mark and mark.day >= since else None,
        added=_keys(rows, found.certain),
        possible=_keys(rows, found.possible),
        newest=sure["latest"].max().date() if len(sure) else None,
        sources=tuple(sure["source_id"].unique()),
    )


def share(id: str, part: Reading, whole: Reading) -> Reading:
    """The reading of part / whole as a fraction; the bounds set the least against the most, and never pass 1. None without a part."""
    if part.value is None:
        return Reading(id, part.as_of, None, "share", part.formula)
    value = part.value / whole.value if whole.value else None
    filled = Formula("share", {"part": part.value, "whole": whole.value, "value": Share(value)}) if whole.value else Formula("no_whole")
    return Reading(
        id,
        part.as_of,
        value,
        "share",
        filled,
        lower=part.lower / whole.upper if whole.value else None,
        upper=min(1.0, part.upper / whole.lower if whole.lower else 1.0) if whole.value else None,
        documented=part.documented,
        benchmark=whole.benchmark,
        added=part.added,
        possible=part.possible,
        newest=max([d for d in (part.newest, whole.newest) if d], default=None),
        sources=tuple(dict.fromkeys([*whole.sources, *part.sources])),
        conflicts=whole.conflicts,
    )
