"""The day it is in the home city, whose time zone stands in its release."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from metrics.release import Release


def today_at_home(release: Release, now: Callable[[ZoneInfo], datetime] = datetime.now) -> date:
    """Today where the home city is: late in the evening it is tomorrow there already."""
    return now(time_zone(release)).date()


@lru_cache(maxsize=4)
def time_zone(release: Release) -> ZoneInfo:
    """The time zone of the home city."""
    return ZoneInfo(release.tables["home"]["time_zone"].iloc[0])
