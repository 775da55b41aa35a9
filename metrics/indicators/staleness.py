"""The age of the newest observation of each indicator, when the next is due by its usual interval, and the table to add it to."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from metrics.counting.measuring import Indicator
from metrics.indicators.registry import INDICATORS, read, recorded
from metrics.schema.dates import BEGINNING, END, bounds
from metrics.schema.release import Release, cached_by_release

USUAL_FROM = 3
"""The fewest observations that give a usual interval: the median of the days between them."""
DEFAULT_DAYS = 365
"""The interval of a measure with fewer observations: a year, as cities report."""
LONGEST_DAYS = 3 * 365
"""The longest interval."""
STATES = ("never", "overdue", "fresh")


@dataclass(frozen=True)
class Due:
    """An indicator and its next observation.

    `newest` is that of its reading: the day of the newest observation up to the date, None where there is none. `observations` is
    how many values were published, or rows recorded where none are.
    `interval` (days) is the measure's own where `usual`, else the default. `documented` of `value` are documented, where rows are
    counted. `table` is the one that would fill it.
    """

    indicator: str
    as_of: date
    newest: date | None
    observations: int
    interval: int
    usual: bool
    value: float | None
    documented: int | None
    table: str

    @property
    def age(self) -> int | None:
        """Days from the newest observation to the date."""
        return (self.as_of - self.newest).days if self.newest else None

    @property
    def due(self) -> date | None:
        """The day on which the next observation is due; None where there was none, and beyond the calendar."""
        if self.newest is None or (END - self.newest).days < self.interval:
            return None
        return self.newest + timedelta(days=self.interval)

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.newest is None:
            return "never"
        return "overdue" if self.due and self.due < self.as_of else "fresh"

    @property
    def need(self) -> float:
        """How many intervals have passed since the newest observation; infinite without one."""
        return float("inf") if self.age is None else self.age / self.interval


@cached_by_release()
def due(release: Release, on: date) -> tuple[Due, ...]:
    """The city's indicators with their next observation, the neediest first; those of the same need in the order of the registry."""
    return tuple(sorted((_due(INDICATORS[id], release, on) for id in recorded(release)), key=lambda item: -item.need))


def _due(indicator: Indicator, release: Release, on: date) -> Due:
    reading = read(indicator.id, release, on)
    days = observed(indicator, release, on)
    interval = usual(days)
    counted = reading.documented if reading.unit != "share" else None
    shared = (indicator.id, on, reading.newest, len(days), interval or DEFAULT_DAYS, interval is not None)
    return Due(*shared, reading.value, counted, filled_by(indicator))


def observed(indicator: Indicator, release: Release, on: date) -> list[date]:
    """The days up to a date on which an indicator was observed: of its published values, or of its register where it has none."""
    published = {value.observed for value in indicator.published(release) if value.day <= on}
    if published or indicator.register is None:
        return sorted(published)
    known = (bounds(text) for text in indicator.register(release)["when"].unique())
    return sorted({first for first, last in known if first > BEGINNING and last <= on})


def usual(days: list[date]) -> int | None:
    """The usual days between two observations: the median, at most LONGEST_DAYS; None where there are too few."""
    if len(days) < USUAL_FROM:
        return None
    between = [(later - earlier).days for earlier, later in zip(days, days[1:], strict=False)]
    return min(max(1, round(median(between))), LONGEST_DAYS)


def filled_by(indicator: Indicator) -> str:
    """The table for the next observation: published counts where values are published, else its first."""
    is_published = indicator.steps is not None and "published_counts" in indicator.tables
    return "published_counts" if is_published else indicator.tables[0]
