"""The registry of indicators, and reading them. To add one: its theme module, its theme in `THEME_OF` of coverage, its words in locale/."""

from datetime import date

from metrics.counting.coverage import THEME_OF, is_recorded, is_stated, within_coverage
from metrics.counting.measuring import Indicator
from metrics.counting.reading import Reading
from metrics.schema.release import Release, cached_by_release
from metrics.themes import contacts, events, follow_through, fund, networks, partnerships, plan, policy_exports, relation_states

THEMES = (partnerships, contacts, relation_states, follow_through, policy_exports, fund, networks, plan, events)
INDICATORS: dict[str, Indicator] = {indicator.id: indicator for theme in THEMES for indicator in theme.INDICATORS}
"""By id, in the order in which they are shown."""


@cached_by_release(512, at=1)
def read(id: str, release: Release, on: date) -> Reading:
    """The reading of one indicator on a date. Raises KeyError for an unknown id."""
    return within_coverage(INDICATORS[id].read(release, on), release)


@cached_by_release()
def recorded(release: Release) -> tuple[str, ...]:
    """The indicators of the themes that the city has on record, in the order of the registry; those of its partners always."""
    return tuple(id for id in INDICATORS if _is_of_city(release, id))


def _is_of_city(release: Release, id: str) -> bool:
    if id in partnerships.OF_CITIES_THAT_AIM:
        return is_stated(release, {id})
    return (THEME_OF[id] == "partnerships" or is_recorded(release, THEME_OF[id])) and INDICATORS[id].offered(release)


def readings(release: Release, on: date) -> tuple[Reading, ...]:
    """The readings of the city's indicators on a date, in the order of the registry."""
    return tuple(read(id, release, on) for id in recorded(release))
