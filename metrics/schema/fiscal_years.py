"""Fiscal years: those by which a city keeps its books, each known by the calendar year in which it begins.

`begins` is the first day as month and day (`04-01`), empty for 1 January, as the table `home` has it.
"""

import re
from datetime import date, timedelta

from metrics.schema.dates import BEGINNING, END, bounds
from metrics.schema.release import Release

BEGINS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
"""The days on which a fiscal year may begin: every day of the year but 29 February."""
_NEW_YEAR, _YEAR = "01-01", "[0-9]{4}"


def begins_on(release: Release) -> str:
    """The first day of the home city's fiscal years; "" for 1 January, and where the release holds no such day."""
    rows = release.tables["home"]
    begins = rows["fiscal_year_begins"].iloc[0] if len(rows) else ""
    return begins if begins != _NEW_YEAR and re.fullmatch(BEGINS, begins) else ""


def interval(year: int, begins: str) -> str:
    """A fiscal year as EDTF: `2023`, or `2023-04-01/2024-03-31` where it does not begin on 1 January."""
    return f"{_first(year, begins)}/{last_day(year, begins)}" if begins else f"{year:04d}"


def last_day(year: int, begins: str) -> date:
    """The day on which a fiscal year ends."""
    return _first(year + 1, begins) - timedelta(days=1) if year < END.year else END


def year_of(day: date, begins: str) -> int:
    """The fiscal year that a day lies in."""
    return day.year - (f"{day:%m-%d}" < begins)


def whole_year(text: str, begins: str) -> int | None:
    """The fiscal year that a date (EDTF) covers exactly, `2023-04/2024-03` too; None for any other date."""
    first, last = bounds(text)
    if BEGINNING in (first, last) or END in (first, last):
        return None
    year = year_of(first, begins)
    return year if (first, last) == (_first(year, begins), last_day(year, begins)) else None


def of_amount(text: str, begins: str) -> str:
    """The date (EDTF) of an amount of money: a bare year is the fiscal year that begins in it."""
    return interval(int(text), begins) if begins and re.fullmatch(_YEAR, text) else text


def _first(year: int, begins: str) -> date:
    return date.fromisoformat(f"{year:04d}-{begins or _NEW_YEAR}") if year >= BEGINNING.year else BEGINNING
