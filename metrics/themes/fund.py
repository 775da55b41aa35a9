"""The cooperation fund: published balances, never adjusted by payments, against the path that the target requires."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd

from metrics.counting.measuring import Indicator, observed, observed_steps
from metrics.counting.published import amounts, balances, latest_day, latest_up_to, printed_on
from metrics.counting.reading import Formula, Money, Reading, Share
from metrics.schema.dates import bounds, day, years_before
from metrics.schema.fiscal_years import begins_on, last_day, whole_year, year_of
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import MEASURED_FUND

TABLES = ("fund", "targets", "sources")
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Required:
    """What a dated target requires from a balance on: even growth a year (a fraction), or an amount every year (`yearly`)."""

    base: float
    base_day: date
    target: float
    due_day: date
    years: float
    growth: float | None
    yearly: float


@dataclass(frozen=True)
class Arrival:
    """When a balance reaches a target: after so many years, on `day` (None beyond the calendar)."""

    years: float
    day: date | None


def currency(release: Release) -> str:
    """The home city's currency (ISO 4217)."""
    rows = release.tables["home"]
    return rows["currency"].iloc[0] if len(rows) else ""


@cached_by_release(512)
def _balance(release: Release, on: date) -> Reading:
    return observed("fund_balance", currency(release), "more", TABLES, balances).read(release, on)


def _steps(release: Release, since: date, until: date) -> pd.DataFrame:
    return observed_steps(balances(release), since, until)


def _share(release: Release, on: date) -> Reading:
    fund = _balance(release, on)
    aim, unit = fund.target, currency(release)
    reading = partial(Reading, newest=fund.newest, target=aim, progress=fund.progress, benchmark=fund.benchmark, conflicts=fund.conflicts)
    if fund.value is None or aim is None or not aim.value:
        return reading("fund_share_of_target", on, None, "share", Formula("no_whole"))
    value = fund.value / aim.value
    filled = Formula("share", {"part": Money(fund.value, unit), "whole": Money(aim.value, unit), "value": Share(value)})
    sources = tuple(dict.fromkeys([*fund.sources, aim.source_id]))
    return reading("fund_share_of_target", on, value, "share", filled, lower=value, upper=value, sources=sources)


def required_path(release: Release, on: date) -> pd.DataFrame:
    """The balances that even growth from the base to the target would have needed: columns day, value (home currency).

    Constant growth a year, at the end of each fiscal year; empty where no dated target or no balance before it is known.
    """
    way, begins = required(release, on), begins_on(release)
    if way is None or not way.base:
        return _amounts([])
    ends = (last_day(year, begins) for year in range(year_of(way.base_day, begins), way.due_day.year + 1))
    days = sorted({way.base_day, way.due_day, *(end for end in ends if way.base_day < end < way.due_day)})
    total, growth = (way.due_day - way.base_day).days, way.target / way.base
    return _amounts([(day(d), way.base * growth ** ((d - way.base_day).days / total)) for d in days])


def required(release: Release, on: date) -> Required | None:
    """What the target in force required of the fund from its base on; None where no dated target or no balance before it is known."""
    reading = _balance(release, on)
    aim, base = reading.target, reading.progress
    if not (aim and aim.due_day and base and base.base is not None and base.base_day and base.base_day < aim.due_day):
        return None
    years = (aim.due_day - base.base_day).days / DAYS_A_YEAR
    growth = (aim.value / base.base) ** (1 / years) - 1 if base.base else None
    return Required(base.base, base.base_day, aim.value, aim.due_day, years, growth, (aim.value - base.base) / years)


def required_on(way: Required, on: date) -> float:
    """The balance that even growth needed on a day from the base on; from the due day on the target itself."""
    if on >= way.due_day:
        return way.target
    passed = (on - way.base_day).days / (way.due_day - way.base_day).days
    return way.base * (way.target / way.base) ** passed if way.base else 0.0


def arrival(base: float, since: date, target: float, yearly: float) -> Arrival | None:
    """When a balance that grows by the same amount every year reaches the target; None for never.

    An assumption, no forecast: without payments and interest. A balance at the target arrives at once.
    """
    if base >= target:
        return Arrival(0.0, since)
    if yearly <= 0:
        return None
    years = (target - base) / yearly
    return Arrival(years, _years_after(since, round(years, 6)))


def _years_after(since: date, years: float) -> date | None:
    """The day so many years later: whole years by anniversaries, the rest in days."""
    whole = int(years)
    if since.year + whole >= date.max.year:
        return None
    return years_before(since, -whole) + timedelta(days=round((years - whole) * DAYS_A_YEAR))


def assumed_path(base: float, since: date, target: float, yearly: float, until: date) -> pd.DataFrame:
    """The straight line of `arrival`, up to the target or to a day: columns day, value; empty where the day lies before."""
    reached = arrival(base, since, target, yearly)
    last = min(until, reached.day if reached and reached.day else until)
    if last <= since:
        return _amounts([])
    grown = min(target, base + max(yearly, 0) * (last - since).days / DAYS_A_YEAR)
    return _amounts([(day(since), base), (day(last), grown)])


def _amounts(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["day", "value"]).astype({"day": "datetime64[s]", "value": float})


@cached_by_release(512)
def legal_term(release: Release, on: date) -> str:
    """The day (EDTF) on which the fund's term ends by the law last known on a date; empty where none is known."""
    rows = release.tables["fund"]
    rows = rows[(rows["measure"] == "legal_term") & (rows["fund"] == MEASURED_FUND) & (rows["role"] == "primary")]
    printed = printed_on(release)
    known = [r for r in rows.itertuples() if bounds(printed.get(r.source_id, ""))[0] <= on]
    return max((r.date for r in known), default="", key=bounds) if known else ""


def recorded(release: Release, on: date) -> pd.DataFrame:
    """Every row of the table `fund`, of all roles, known on a date: undated, or its date had begun or its source was printed. Newest
    first, then undated; columns of the table with the dates of `metrics.counting.published.amounts`, and `certain_day`.
    """
    rows, printed = amounts(release), printed_on(release)
    began = [_begun(text) for text in rows["date"]]
    spans = [bounds(printed.get(source, "")) for source in rows["source_id"]]
    known = [first <= on or (source != (date.min, date.max) and source[1] <= on) for first, source in zip(began, spans, strict=True)]
    rows = rows.assign(certain_day=[bounds(text)[1] if text else date.min for text in rows["date"]]).loc[known]
    return rows.sort_values(["certain_day", "observation_id"], ascending=[False, True], kind="stable")


def _begun(text: str) -> date:
    """The first day of a date, the last of a date "by then"; date.min of none."""
    first, last = bounds(text)
    return last if text.startswith("../") else first


def yearly_flows(release: Release, on: date) -> pd.DataFrame:
    """Income and disbursement of the fund by fiscal year, of `flows_of_whole_years`: columns year (int, the one in which it begins),
    income, disbursement; NaN where a year has none.
    """
    wide = flows_of_whole_years(release, on).pivot(index="year", columns="measure", values="value")
    return wide.reindex(columns=FLOWS).astype(float).rename_axis(columns=None).reset_index()


def flows_of_whole_years(release: Release, on: date) -> pd.DataFrame:
    """The rows of the table `fund` with the income or disbursement of a whole fiscal year, known on a date; with its `year` (int).

    Amounts are never added up or spread: a year has a figure only where exactly one primary row of the home currency is dated to
    that year.
    """
    rows, printed, begins = amounts(release), printed_on(release), begins_on(release)
    of_fund = (rows["fund"] == MEASURED_FUND) & (rows["role"] == "primary") & (rows["currency"] == currency(release))
    rows = rows[of_fund & rows["measure"].isin(FLOWS) & rows["value"].notna()]
    years = pd.Series([whole_year(text, begins) for text in rows["date"]], index=rows.index, dtype="Int64")
    known = [latest_day(row.date, printed.get(row.source_id, "")) <= on for row in rows.itertuples()]
    rows = rows.assign(year=years).loc[known].dropna(subset="year").astype({"year": int})
    return rows.drop_duplicates(["year", "measure"], keep=False)


FLOWS = ["income", "disbursement"]


def is_series(release: Release, on: date) -> bool:
    """Whether there is a series: more than one balance, and contributions by year."""
    return len(known_balances(release, on)) > 1 and bool(yearly_flows(release, on)["income"].notna().any())


def known_balances(release: Release, on: date) -> pd.DataFrame:
    """The published balances up to a date: columns day, value (home currency), source_id."""
    known = latest_up_to(balances(release), on)
    frame = pd.DataFrame([(day(b.day), b.value, b.source_id) for b in known], columns=["day", "value", "source_id"])
    return frame.astype({"day": "datetime64[s]", "value": float})


INDICATORS = (
    Indicator("fund_balance", "currency", "more", TABLES, _balance, _steps, balances),
    Indicator("fund_share_of_target", "share", "more", TABLES, _share),
)
