"""The release that readers look at, and the day it is there. Must not look inside a table but for the home city's time zone."""

import os
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from metrics.release import Release
from publishing.releases import read_folder

PROJECT = Path(__file__).parents[1]
_READING = Lock()


def current_release() -> Release:
    """The release in the data folder, read once a process. Raises UnreadableRelease; a folder that failed is tried again next time."""
    with _READING:
        return _read(data_folder())


def data_folder() -> Path:
    """The folder named by DASHBOARD_DATA, else the project's own data/."""
    return Path(os.environ.get("DASHBOARD_DATA") or PROJECT / "data")


def today_at_home(release: Release, now: Callable[[ZoneInfo], datetime] = datetime.now) -> date:
    """Today where the home city is: late in the evening it is tomorrow there already."""
    return now(ZoneInfo(release.tables["home"]["time_zone"].iloc[0])).date()


@cache
def _read(folder: Path) -> Release:
    return read_folder(folder)
