"""The day it is in the home city, whose time zone stands in its release; that of UTC where no such zone is known."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from metrics.schema.problems import Problem
from metrics.schema.release import Release
from metrics.schema.tables import unknown_codes
from publishing.store.codes import known_codes


def today_at_home(release: Release, now: Callable[[ZoneInfo], datetime] = datetime.now) -> date:
    """Today where the home city is: late in the evening it is tomorrow there already."""
    return now(time_zone(release)).date()


@lru_cache(maxsize=4)
def time_zone(release: Release) -> ZoneInfo:
    """The time zone of the home city; UTC where a store still holds one that nobody knows."""
    try:
        return ZoneInfo(release.tables["home"]["time_zone"].iloc[0])
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=4)
def unknown_at_home(release: Release) -> tuple[Problem, ...]:
    """What of the home city's row no list of codes knows; a release of before may hold it."""
    return tuple(unknown_codes("home", release.tables["home"], known_codes()))
