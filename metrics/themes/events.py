"""International events that the city hosted; those only expected never count as held."""

from datetime import date

import numpy as np
import pandas as pd

from metrics.counting.counting import spells
from metrics.counting.measuring import Indicator, newest_of
from metrics.counting.published import printed_on
from metrics.counting.reading import Formula, Previous, Reading, When
from metrics.schema.dates import bounds, day, earliest, latest, years_before
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release


def past_events(release: Release) -> pd.DataFrame:
    """The events that took place: columns of `events`, primary rows."""
    rows = release.tables["events"]
    return rows[(rows["kind"] == "event") & (rows["status"] == "held") & (rows["role"] == "primary")]


def _within_year(rows: pd.DataFrame, on: date) -> tuple[np.ndarray, np.ndarray]:
    first, last = earliest(rows["start"]), latest(rows["start"])
    begin, end = day(date(on.year, 1, 1)), day(on)
    certain = (first >= begin) & (last <= end)
    return certain.to_numpy(), (~certain & (last >= begin) & (first <= end)).to_numpy()


def _hosted(release: Release, on: date) -> Reading:
    rows = past_events(release)
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
        documented=int(value),
        added=tuple(chosen["event_id"]),
        possible=tuple(rows["event_id"][possible]),
        newest=newest_of(earliest(rows["start"]), latest(rows["start"]), on),
        previous=Previous(before, earlier, value - earlier),
        sources=tuple(dict.fromkeys(chosen["source_id"])),
    )


def register(release: Release) -> pd.DataFrame:
    """Spells by event_id, from the day each began."""
    return spells(past_events(release), "event_id", "start")


FIGURES = ("cities", "countries", "participants")


@cached_by_release(16)
def hosted(release: Release, on: date) -> pd.DataFrame:
    """One row an event of the city that had begun by a date, newest first: event_id, event_key, names, start (EDTF), source_id, took_place,

    each of FIGURES with `_low` and `_high` as reported, NaN where none was, and with `_expected` as first announced, and `moved`: the
    announced start that differs from the actual one, "" without one.
    """
    rows = known_events(release, on)
    rows = rows[rows["kind"] == "event"]
    keys = rows.loc[rows["role"] == "primary", ["event_id", "event_key", *columns(rows, "name"), "start", "source_id"]]
    keys = keys.loc[[text != "" and bounds(text)[0] <= on for text in keys["start"]]].drop_duplicates("event_key")
    reported, expected = rows[rows["status"] == "held"], rows[rows["status"] == "expected"]
    counted = reported[reported["participants_kind"].isin(PEOPLE)]
    groups = {f: (counted if f == "participants" else reported).groupby("event_key")[f] for f in FIGURES}
    ahead = expected.groupby("event_key")[list(FIGURES)].first()
    of = keys["event_key"]
    figures = {f"{f}_{end}": of.map(groups[f].agg(how)) for f in FIGURES for end, how in (("low", "min"), ("high", "max"))}
    figures |= {f"{f}_expected": of.map(ahead[f]) for f in FIGURES}
    moved = [_moved(expected.loc[expected["event_key"] == key, "start"], start) for key, start in zip(of, keys["start"], strict=True)]
    table = keys.assign(took_place=of.isin(reported["event_key"]), moved=moved, day=earliest(keys["start"]), **figures)
    return table.sort_values(["day", "event_key"], ascending=[False, True], kind="stable", ignore_index=True).drop(columns="day")


PEOPLE = ("people", "delegates", "officials", "visitors")
"""Kinds of participants that include everybody; guests and speakers are only some of them."""


def _moved(announced: pd.Series, start: str) -> str:
    """The first announced start that does not match the actual one; "" without one."""
    (first, last) = bounds(start)
    return next((text for text in announced if text and (bounds(text)[1] < first or bounds(text)[0] > last)), "")


def known_events(release: Release, on: date) -> pd.DataFrame:
    """The rows of `events` known on a date: begun, or announced by a source printed by then."""
    return _known(release, release.tables["events"], "start", on)


PART = "event:"
"""The prefix of an event's key in the column `dimension` of a published count."""


@cached_by_release(16)
def other_figures(release: Release, on: date) -> pd.DataFrame:
    """Published figures of events other than FIGURES, known on a date: columns of `published_counts`, with event_key."""
    rows = release.tables["published_counts"]
    rows = rows[rows["dimension"].str.startswith(PART)]
    rows = rows.assign(event_key=rows["dimension"].str.removeprefix(PART))
    return _known(release, rows, "as_of", on)


def _known(release: Release, rows: pd.DataFrame, column: str, on: date) -> pd.DataFrame:
    printed = printed_on(release)
    known = [
        (text != "" and bounds(text)[0] <= on) or bounds(printed.get(source, ""))[1] <= on
        for text, source in zip(rows[column], rows["source_id"], strict=True)
    ]
    return rows.loc[known]


INDICATORS = (Indicator("events_hosted", "events", "neither", ("events", "sources"), _hosted, register=register, entity="event"),)
