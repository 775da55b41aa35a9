"""What was published: counts that serve as benchmarks, observations of amounts, targets, and when each source was printed.

Takes primary rows only; a count without any date is shown among the sources and used for nothing.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from metrics.counting.reading import Benchmark, Target
from metrics.schema.dates import BEGINNING, END, bounds, day, span
from metrics.schema.fiscal_years import begins_on, of_amount
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import MEASURED_FUND


@cached_by_release(128)
def benchmarks(release: Release, measure: str, dimension: str = "") -> tuple[Benchmark, ...]:
    """The primary, dated counts of a measure, by day; a count dated to an interval takes its last day."""
    rows = release.tables["published_counts"]
    chosen = rows[(rows["measure"] == measure) & (rows["dimension"] == dimension) & (rows["role"] == "primary") & (rows["as_of"] != "")]
    return _counts(release, chosen)


@cached_by_release()
def balances(release: Release) -> tuple[Benchmark, ...]:
    """The primary, dated balances of the cooperation fund in the home city's currency, by day; payments are not balances.

    Balances in another currency are no part of the series: nothing on record converts them.
    """
    rows = amounts(release)
    counted = (rows["measure"] == "balance") & (rows["fund"] == MEASURED_FUND) & (rows["role"] == "primary") & (rows["date"] != "")
    chosen = rows[counted & rows["currency"].isin(release.tables["home"]["currency"])]
    return _by_day(release, chosen["value"], chosen["date"], chosen["source_id"], chosen["currency"])


@cached_by_release()
def amounts(release: Release) -> pd.DataFrame:
    """The table `fund`, in which an amount that is dated to a bare year has the fiscal year that begins in it as its date (EDTF)."""
    rows, begins = release.tables["fund"], begins_on(release)
    dates = [of_amount(text, begins) if value == value else text for text, value in zip(rows["date"], rows["value"], strict=True)]
    return rows.assign(date=pd.Series(dates, index=rows.index, dtype="str"))


@cached_by_release(128)
def undated(release: Release, measure: str, on: date) -> tuple[Benchmark, ...]:
    """The counts of a measure, of all roles, without an exact date, that were known by a date: those dated to an interval, by its last
    day, then those without any date (`as_of` empty, from the day that their source was printed).
    """
    rows = release.tables["published_counts"]
    vague = (rows["as_of"] == "") | rows["as_of"].str.contains("/", regex=False)
    chosen = rows[(rows["measure"] == measure) & (rows["dimension"] == "") & vague]
    counts = _counts(release, chosen)
    return tuple(count for count in counts if (count.since if count.as_of else count.day) <= on or count.day == END)


def _counts(release: Release, rows: pd.DataFrame) -> tuple[Benchmark, ...]:
    notes = rows[columns(rows, "note")].to_dict("records")
    return _by_day(release, rows["value"], rows["as_of"], rows["source_id"], rows["unit"], notes)


def _by_day(release: Release, values: pd.Series, dates: pd.Series, sources: pd.Series, *more: Sequence) -> tuple[Benchmark, ...]:
    printed = printed_on(release)
    counts = (
        Benchmark(float(value), as_of, latest_day(as_of, printed.get(source, "")), source, *rest)
        for value, as_of, source, *rest in zip(values, dates, sources, *more, strict=True)
    )
    return tuple(sorted(counts, key=lambda b: (b.day, b.as_of, b.value)))


@cached_by_release()
def printed_on(release: Release) -> dict[str, str]:
    """When each source was printed (EDTF), by source id."""
    rows = release.tables["sources"]
    return dict(zip(rows["source_id"], rows["published"], strict=True))


def latest_day(as_of: str, printed: str) -> date:
    """The last possible day of a count: its period's end, or the day it was printed if earlier.

    A count announced ahead for a day ("becomes the 22nd tomorrow") counts for that day.
    """
    first, last = bounds(as_of)
    return max(first, min(last, bounds(printed)[1]))


def latest_up_to(observations: Sequence[Benchmark], on: date) -> tuple[Benchmark, ...]:
    """The observations known for the day."""
    return tuple(o for o in observations if o.day <= on)


def target(release: Release, indicator: str, on: date, currency: str = "") -> Target | None:
    """The primary target in force on a day: the one that was set last on or before it; of amounts only one in the same currency, due
    by the city's fiscal years.
    """
    rows = release.tables["targets"]
    chosen = rows[(rows["indicator"] == indicator) & (rows["role"] == "primary") & (rows["unit"].isin([currency]) | (currency == ""))]
    if currency:
        chosen = chosen.assign(due=[of_amount(due, begins_on(release)) for due in chosen["due"]])
    targets = [
        Target(float(value), unit, set_on, due, bounds(due)[1] if due else None, source)
        for value, unit, set_on, due, source in chosen[["value", "unit", "set_on", "due", "source_id"]].itertuples(index=False)
        if bounds(set_on)[1] <= on
    ]
    return max(targets, key=lambda t: bounds(t.set_on), default=None)


def printed_by(release: Release, rows: pd.DataFrame, *columns: str) -> pd.Series:
    """The day on which the first of a row's sources was printed (datetime64[s], on the index of `rows`); END where none has a date.

    `columns` name sources.
    """
    days = [_printed(release).reindex(rows[column]).set_axis(rows.index).fillna(day(END)) for column in columns]
    return pd.concat(days, axis=1).min(axis=1)


def listed_by(release: Release, rows: pd.DataFrame, *columns: str) -> pd.Series:
    """As `printed_by`; where no source has a date, the day of the newest source: the release was compiled no earlier."""
    printed = printed_by(release, rows, *columns)
    return printed.where(printed < day(END), _compiled_on(release))


@cached_by_release()
def _printed(release: Release) -> pd.Series:
    """The latest day that the date of each source allows, by source_id."""
    return span(pd.Series(printed_on(release), dtype="str"))[1]


@cached_by_release()
def _compiled_on(release: Release) -> np.datetime64:
    days = _printed(release)
    days = days[days < day(END)]
    return np.datetime64(days.max(), "s") if len(days) else day(BEGINNING)
