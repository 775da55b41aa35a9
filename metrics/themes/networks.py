"""International organisations in the city and the networks that the city has joined."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.counting.counting import NEVER, Nature, spells
from metrics.counting.coverage import declared_until, last_covered
from metrics.counting.measuring import Total, counted
from metrics.counting.published import latest_day, listed_by, printed_by, printed_on
from metrics.schema.dates import BEGINNING, END, bounds, day, latest, observed_on, span
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release

NOT_ORGANISATIONS = ("building",)
LEADS = ("president", "chair", "steering", "champion")
"""Roles in which a city leads a network."""


@cached_by_release()
def organisation_register(release: Release) -> pd.DataFrame:
    """Spells by organisation_id: from its opening in the city to its departure; an expected opening is none."""
    kinds = release.tables["organisations"][["organisation_id", "kind"]]
    acts = release.tables["organisation_events"]
    acts = acts.loc[acts["role"] == "primary", ["organisation_id", "event", "date", "source_id"]].merge(kinds, on="organisation_id")
    acts = acts[~acts["kind"].isin(NOT_ORGANISATIONS)]
    first, last = span(acts["date"])
    dated, opening = acts["date"] != "", acts["event"] == "opening"
    by = listed_by(release, acts, "source_id").where(opening, printed_by(release, acts, "source_id"))
    acts = acts.assign(first=first, last=last.where(dated, by))
    rows = spells(acts[opening], "organisation_id", "date", listed="last")
    # An undated departure happened on any day since the opening, at the latest when its source was printed.
    gone = acts[acts["event"] == "departure"].drop_duplicates("organisation_id").set_index("organisation_id")[["first", "last"]]
    gone = gone.reindex(rows["key"]).set_axis(rows.index).fillna(NEVER)
    return rows.assign(end_earliest=np.maximum(gone["first"], rows["earliest"]), end_latest=gone["last"])


@cached_by_release()
def membership_register(release: Release) -> pd.DataFrame:
    """Spells by network_id: the networks of which the city is a member, from its joining to its leaving."""
    rows = release.tables["network_memberships"]
    rows = rows[(rows["membership"] == "member") & (rows["role"] == "primary")]
    by = latest(rows["start"]).where(rows["start"] != "", listed_by(release, rows, "source_id"))
    return spells(rows.assign(by=by), "network_id", "start", "end", "by")


@cached_by_release(16)
def roles(release: Release, on: date) -> pd.DataFrame:
    """The roles of the city in each network that had begun by a date: columns of `network_memberships` (primary rows), and

    `first`, `sure` (days: it may have begun, it certainly had), `known` (the last day that a source supports, where no end is on
    record), `may_end`, `over` (it may have ended, it certainly had; never after the date), `running` (begun for certain, and by a source
    not over on the date, nor on an unknown day).
    """
    rows = release.tables["network_memberships"]
    supported = _supported(release)
    rows = rows[(rows["role"] == "primary") & (rows["membership"] != "founded") & (rows["start"] != "")]
    days = [_days_of(row, supported, on) for row in rows.itertuples()]
    names = ["first", "sure", "known", "may_end", "over", "running"]
    table = pd.concat([rows, pd.DataFrame(days, rows.index, names, dtype=object).astype({"running": bool})], axis=1)
    return table.loc[[first <= on for first in table["first"]]]


def _days_of(row: Any, supported: dict[tuple[str, str], date], on: date) -> tuple[date, date, date, date, date, bool]:
    """The columns that `roles` adds to a row."""
    (start, sure), (first_end, last_end) = bounds(row.start), bounds(row.end)
    known = min(on, max(sure, supported.get((row.network_id, row.membership), sure)))
    first = max(start, _floor(sure))
    if not row.end:
        return first, sure, known, known, on, sure <= on and known == on
    over = min(last_end, on)
    return first, sure, known, min(max(first_end, start), on), over, sure <= on < last_end and first_end > BEGINNING


def _supported(release: Release) -> dict[tuple[str, str], date]:
    """The last day on which a source supports a role in a network, by network and role: when its newest source was printed, at least
    the last day covered by the table `coverage`.
    """
    rows, printed = release.tables["network_memberships"], printed_on(release)
    rows = rows[rows["role"].isin(["primary", "alternate"])]
    declared = declared_until(release, "networks") or BEGINNING
    days: dict[tuple[str, str], date] = {}
    for row in rows[["network_id", "membership", "source_id"]].itertuples(index=False):
        key = row.network_id, row.membership
        days[key] = max(days.get(key, declared), observed_on(printed.get(row.source_id, "")))
    return days


def _floor(sure: date) -> date:
    """The first drawn day of a start known only as "by then": at most ten years earlier."""
    return date(max(sure.year - UNKNOWN_YEARS, 1), 1, 1)


UNKNOWN_YEARS = 10


@cached_by_release(16)
def members(release: Release, on: date) -> pd.DataFrame:
    """The published numbers of members of each network by a date: network_id, day, value, as_of (EDTF), used, source_id, notes.

    By network and day; `used` is False for a contradicting or planned figure. Undated figures are left out.
    """
    rows, printed = release.tables["published_counts"], printed_on(release)
    rows = rows[(rows["measure"] == "network_members") & rows["dimension"].str.startswith("network:") & (rows["as_of"] != "")]
    days = [latest_day(as_of, printed.get(source, "")) for as_of, source in zip(rows["as_of"], rows["source_id"], strict=True)]
    named, used = rows["dimension"].str.removeprefix("network:"), rows["role"].isin(["primary", "alternate"])
    table = rows.assign(network_id=named, day=[day(d) for d in days], used=used)
    table = table.loc[[d <= on for d in days]].astype({"day": "datetime64[s]"})
    names = ["network_id", "day", "value", "as_of", "used", "source_id", *columns(rows, "note")]
    return table[names].sort_values(["network_id", "day", "used"], kind="stable", ignore_index=True)


@cached_by_release(16)
def present(release: Release, on: date) -> pd.DataFrame:
    """The organisations that may have opened by a date: key, kind, when (EDTF), source_id, earliest, latest, may_leave, left (days), sure
    (bool: opened by the date for certain), there (bool: that, and certainly not gone by then).

    By the day from which they certainly were there; of those of which no end is on record, `left` is the date itself, and `may_leave`
    the last day that is covered.
    No day is later than the date. `earliest` is never more than ten years before `latest`, where only "by then" is known.
    """
    rows = organisation_register(release).merge(
        release.tables["organisations"][["organisation_id", "kind"]], left_on="key", right_on="organisation_id"
    )
    rows = rows[rows["earliest"] <= day(on)].sort_values(["latest", "key"], kind="stable", ignore_index=True)
    since, until, known = rows["latest"].dt.date, day(on), day(last_covered(release, "organisations", on))
    floors = pd.Series([day(_floor(d)) if d < END else until for d in since], index=rows.index, dtype="datetime64[s]")
    return rows.assign(
        sure=rows["latest"] <= until,
        there=(rows["latest"] <= until) & (rows["end_earliest"] > until),
        earliest=rows["earliest"].where(rows["earliest"] > floors, floors),
        latest=rows["latest"].where(rows["latest"] < until, until),
        may_leave=rows["end_earliest"].where(rows["end_earliest"] < known, known),
        left=rows["end_latest"].where(rows["end_latest"] < until, until),
    ).drop(columns=["organisation_id", "end_earliest", "end_latest"])


_ORGANISATIONS = Total("international_organisations", "organisations", organisation_register, Nature(falls=True))
_MEMBERSHIPS = Total("network_memberships", "networks", membership_register, Nature(falls=True))
INDICATORS = (
    counted(_ORGANISATIONS, "more", ("organisations", "organisation_events"), "organisation"),
    counted(_MEMBERSHIPS, "more", ("networks", "network_memberships"), "network"),
)
