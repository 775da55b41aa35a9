"""Partial dates in EDTF (Extended Date/Time Format, ISO 8601-2:2019) and the earliest and latest day that each allows.

Years, months, days and intervals with either end open; never more precise than the text.
"""

import calendar
import re
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

BEGINNING, END = date.min, date.max
"""No earliest day known, no latest day known."""

FIRST_SHOWN = date(1900, 1, 1)
"""The first day of readings; the oldest tie is far younger."""

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_date(text: str) -> bool:
    """Whether the text is a date of the forms `2012`, `2012-05`, `2012-05-14`, `A/B` with `..` for an open end."""
    try:
        bounds(text)
    except ValueError:
        return False
    return text != ""


@lru_cache(maxsize=65536)
def bounds(text: str) -> tuple[date, date]:
    """The earliest and the latest day that the date allows; an empty text allows every day.

    Raises ValueError for any other text that is no date, and for an interval that ends before it begins.
    """
    if text == "":
        return BEGINNING, END
    first, slash, last = text.partition("/")
    if not slash:
        return _point(text)
    if first == last == "..":
        raise ValueError(f"{text!r} says nothing: leave an unknown date empty")
    earliest = BEGINNING if first == ".." else _point(first)[0]
    latest = END if last == ".." else _point(last)[1]
    if earliest > latest:
        raise ValueError(f"{text!r} ends before it begins")
    return earliest, latest


def observed_on(text: str, by: date = BEGINNING) -> date:
    """The day from which age is counted: the earliest; `by` where none is known, as in "by then"."""
    first = bounds(text)[0]
    return first if first > BEGINNING else by


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date of the form 2012, 2012-05 or 2012-05-14")
    year, month, day = match.groups()
    if day:
        return date(int(year), int(month), int(day)), date(int(year), int(month), int(day))
    if month:
        return date(int(year), int(month), 1), date(int(year), int(month), calendar.monthrange(int(year), int(month))[1])
    return date(int(year), 1, 1), date(int(year), 12, 31)


def earliest(column: pd.Series) -> pd.Series:
    """The earliest day of each EDTF text: a series of datetime64[s] on the same index."""
    return span(column)[0]


def latest(column: pd.Series) -> pd.Series:
    """The latest day of each EDTF text: a series of datetime64[s] on the same index."""
    return span(column)[1]


def span(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The earliest and the latest day of each EDTF text: two series of datetime64[s] on the same index."""
    # A register repeats its dates, so each distinct text is read once.
    codes, texts = pd.factorize(column)
    days = np.array([bounds(text) for text in texts], dtype="datetime64[s]").reshape(-1, 2)
    return tuple(pd.Series(days[codes, side], index=column.index) for side in (0, 1))


def day(value: date) -> np.datetime64:
    """A calendar day as a scalar comparable with the columns of `earliest` and `latest`."""
    return np.datetime64(value, "s")


def months_after(on: date, months: int) -> date:
    """The same day so many months later (earlier where negative), or the last of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    return months_after(on, -12 * years)


def days_within(text: str) -> int:
    """How many days a date allows beside the first."""
    first, last = bounds(text)
    return (last - first).days
