"""The cooperation fund: published balances against the target; payments never adjust it.

Values are published ones only. The path that the target required is worked out, the balances between are not.
"""

from datetime import date

import pandas as pd

from metrics.dates import bounds, day
from metrics.measuring import Indicator, observed
from metrics.published import balances, latest_up_to
from metrics.reading import Formula, Money, Reading, Share, Target
from metrics.release import Release

TABLES = ("fund", "targets", "sources")


def currency(release: Release) -> str:
    """The home city's currency (ISO 4217)."""
    rows = release.tables["home"]
    return rows["currency"].iloc[0] if len(rows) else ""


def _in_home_currency(release: Release) -> Indicator:
    return observed("fund_balance", currency(release), "more", TABLES, balances)


def _balance(release: Release, on: date) -> Reading:
    return _in_home_currency(release).read(release, on)


def _steps(release: Release, since: date, until: date) -> pd.DataFrame:
    return _in_home_currency(release).steps(release, since, until)


def _share(release: Release, on: date) -> Reading:
    fund = _balance(release, on)
    aim, unit = fund.target, currency(release)
    known = dict(newest=fund.newest, target=aim, progress=fund.progress, benchmark=fund.benchmark, conflicts=fund.conflicts)
    if fund.value is None or aim is None or not aim.value:
        return Reading("fund_share_of_target", on, None, "share", Formula("no_whole"), **known)
    value = fund.value / aim.value
    filled = Formula("share", {"part": Money(fund.value, unit), "whole": Money(aim.value, unit), "value": Share(value)})
    sources = tuple(dict.fromkeys([*fund.sources, aim.source_id]))
    return Reading("fund_share_of_target", on, value, "share", filled, lower=value, upper=value, sources=sources, **known)


def required_path(release: Release, on: date) -> pd.DataFrame:
    """The balances that even growth from the base to the target would have needed: columns day, value (home currency).

    Constant growth a year, at each year's end; empty where no dated target or no balance before it is known.
    """
    reading = _balance(release, on)
    aim, base = reading.target, reading.progress
    if not (aim and aim.due_day and base and base.base and base.base_day < aim.due_day):
        return pd.DataFrame({"day": pd.Series(dtype="datetime64[s]"), "value": pd.Series(dtype=float)})
    ends = [date(y, 12, 31) for y in range(base.base_day.year, aim.due_day.year + 1)]
    days = sorted({base.base_day, aim.due_day, *(d for d in ends if base.base_day < d < aim.due_day)})
    total = (aim.due_day - base.base_day).days
    values = [base.base * (aim.value / base.base) ** ((d - base.base_day).days / total) for d in days]
    return pd.DataFrame({"day": pd.Series([day(d) for d in days]), "value": values})


def legal_term(release: Release, on: date) -> str:
    """The day (EDTF) on which the fund's term ends by the law last known on a date; empty where none is known."""
    rows = release.tables["fund"]
    rows = rows[(rows["measure"] == "legal_term") & (rows["fund"] == "cooperation_fund") & (rows["role"] == "primary")]
    printed = dict(release.tables["sources"][["source_id", "published"]].itertuples(index=False))
    known = [r for r in rows.itertuples() if bounds(printed.get(r.source_id, ""))[0] <= on]
    return max((r.date for r in known), default="", key=bounds) if known else ""


def target_of(release: Release, on: date) -> Target | None:
    """The target of the fund in force on a date."""
    return _balance(release, on).target


def known_balances(release: Release, on: date) -> pd.DataFrame:
    """The published balances up to a date: columns day, value (home currency), source_id."""
    known = latest_up_to(balances(release), on)
    frame = pd.DataFrame([(day(b.day), b.value, b.source_id) for b in known], columns=["day", "value", "source_id"])
    return frame.astype({"day": "datetime64[s]", "value": float})


INDICATORS = (
    Indicator("fund_balance", "currency", "more", TABLES, _balance, _steps, balances),
    Indicator("fund_share_of_target", "share", "more", TABLES, _share),
)
