"""Today's date in the time zone of the home city; in UTC if the zone is unknown."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from metrics.schema.checks import unknown_codes
from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from publishing.store.codes import known_codes


def today_at_home(release: Release, now: Callable[[ZoneInfo], datetime] = datetime.now) -> date:
    """Today's date in the home city."""
    return now(time_zone(release)).date()


@cached_by_release()
def time_zone(release: Release) -> ZoneInfo:
    """The time zone of the home city; UTC if the store has an unknown one."""
    try:
        return ZoneInfo(release.tables["home"]["time_zone"].iloc[0])
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@cached_by_release()
def unknown_at_home(release: Release) -> tuple[Problem, ...]:
    """Unknown codes in the home city's row, which older releases may have."""
    return tuple(unknown_codes("home", release.tables["home"], known_codes()))
