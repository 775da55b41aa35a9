"""A strip of time around a day for each row of a list: what lies behind it and what lies ahead, as places in percent of its width.

Without words and colours: the style sheet draws the marks, the page writes the texts.
"""

from dataclasses import dataclass
from datetime import date

from metrics.schema.dates import months_after

BACK, AHEAD, STEP = 15, 5, 5
"""Years before and after the day, and between two ticks."""
VAGUE = 1.0
"""A date that may lie within more of the strip than this, in percent, is a band and no mark."""


@dataclass(frozen=True)
class Mark:
    """Where a date lies on a strip: `at` the middle, `width` of what the date allows (0 for a mark), both in percent.

    `before` is True for a date that lies wholly before the strip; its mark stands at the edge.
    """

    at: float
    width: float
    before: bool


def place(day: date, on: date) -> float:
    """The place of a day on the strip around `on`, in percent; outside of 0 to 100 beyond its ends."""
    first, last = months_after(on, -12 * BACK), months_after(on, 12 * AHEAD)
    return 100 * (day - first).days / (last - first).days


def mark(since: date, until: date, on: date) -> Mark:
    """The mark of a date that lies between two days."""
    low, high = (min(100.0, max(0.0, place(day, on))) for day in (since, until))
    width = high - low if high - low > VAGUE else 0.0
    return Mark(round((low + high) / 2, 2), round(width, 2), place(until, on) < 0)


def ticks(on: date) -> list[tuple[int, float]]:
    """The years divisible by STEP whose beginning lies on the strip, each with its place."""
    years = range(on.year - BACK, on.year + AHEAD + 1)
    return [(year, at) for year in years if year % STEP == 0 and 0 <= (at := round(place(date(year, 1, 1), on), 2)) <= 100]
