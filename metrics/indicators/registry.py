"""The registry of indicators, and reading them. To add one: its theme module and its words in locale/."""

from datetime import date

from metrics.counting.coverage import within_coverage
from metrics.counting.measuring import Indicator
from metrics.counting.reading import Reading
from metrics.schema.release import Release, cached_by_release
from metrics.themes import contacts, events, fund, networks, partnerships, plan, policy_exports

THEMES = (partnerships, contacts, policy_exports, fund, networks, plan, events)
INDICATORS: dict[str, Indicator] = {indicator.id: indicator for theme in THEMES for indicator in theme.INDICATORS}
"""By id, in the order in which they are shown."""


@cached_by_release(512, at=1)
def read(id: str, release: Release, on: date) -> Reading:
    """The reading of one indicator on a date. Raises KeyError for an unknown id."""
    return within_coverage(INDICATORS[id].read(release, on), release)


def readings(release: Release, on: date) -> tuple[Reading, ...]:
    """The readings of all indicators on a date, in the order of the registry."""
    return tuple(read(id, release, on) for id in INDICATORS)
