"""International events that the city hosted; those only expected are kept apart and never counted as held."""

from datetime import date

import numpy as np
import pandas as pd

from metrics.counting import spells
from metrics.dates import day, earliest, latest, years_before
from metrics.measuring import Indicator
from metrics.reading import Formula, Previous, Reading, When
from metrics.release import Release


def held(release: Release) -> pd.DataFrame:
    """The events that took place: columns of `events`, primary rows."""
    rows = release.tables["events"]
    return rows[(rows["kind"] == "event") & (rows["status"] == "held") & (rows["role"] == "primary")]


def _within_year(rows: pd.DataFrame, on: date) -> tuple[np.ndarray, np.ndarray]:
    first, last = earliest(rows["start"]), latest(rows["start"])
    begin, end = day(date(on.year, 1, 1)), day(on)
    certain = (first >= begin) & (last <= end)
    return certain.to_numpy(), (~certain & (last >= begin) & (first <= end)).to_numpy()


def _hosted(release: Release, on: date) -> Reading:
    rows = held(release)
    certain, possible = _within_year(rows, on)
    before = years_before(on, 1)
    earlier = float(_within_year(rows, before)[0].sum())
    chosen, value = rows[certain], float(certain.sum())
    return Reading(
        "events_hosted",
        on,
        value,
        "events",
        Formula("events", {"value": value, "year": When(str(on.year)), "until": on}),
        lower=value,
        upper=value + float(possible.sum()),
        documented=int(value),
        added=tuple(chosen["event_id"]),
        possible=tuple(rows["event_id"][possible]),
        newest=latest(chosen["start"]).max().date() if len(chosen) else None,
        previous=Previous(before, earlier, value - earlier),
        sources=tuple(dict.fromkeys(chosen["source_id"])),
    )


def register(release: Release) -> pd.DataFrame:
    """Spells by event_id, from the day each began."""
    return spells(held(release), "event_id", "start")


INDICATORS = (Indicator("events_hosted", "events", "neither", ("events", "sources"), _hosted, register=register, entity="event"),)
