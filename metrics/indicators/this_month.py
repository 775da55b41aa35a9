"""What needs a decision now: terms that end, late commitments, anniversaries, long silences, overdue figures; at most four, each dated.

Nothing is concluded from silence alone: a relation is silent by the years of the threshold, a figure overdue by its usual interval.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, zip_longest

import pandas as pd

from metrics.counting.thresholds import threshold
from metrics.indicators.staleness import due
from metrics.schema.dates import bounds, day, earliest, latest, months_after
from metrics.schema.release import Release, cached_by_release
from metrics.themes import contacts, follow_through
from metrics.themes.partnerships import documented_partners
from metrics.themes.relation_states import states

MOST = 4
_SHARP_DAYS = 31
"""A date that allows more days than a month's is too vague to be reminded of."""


@dataclass(frozen=True)
class Matter:
    """Something to be settled: what it is about, and its date.

    `kind`: seat (in networks `ids`, ends), due or expired (an agreement with the city), overdue (a commitment to the city, `detail` its
    id), anniversary (of the tie with the city, `years`), quiet (the city's last contact on record), never (the city has none on
    record; its date is that of the tie), figure (the indicator `ids`, filled from the table `detail`). `when` is EDTF; that of a figure
    is the day on which the next was due.
    """

    kind: str
    when: str
    ids: tuple[str, ...]
    detail: str = ""
    years: int = 0


@cached_by_release(16)
def this_month(release: Release, on: date) -> tuple[Matter, ...]:
    """At most MOST matters: the first of each sort, then the second of each; those of a sort together."""
    sorts = [sort(release, on) for sort in _SORTS]
    chosen = [matter for turn in zip_longest(*sorts) for matter in turn if matter][:MOST]
    return tuple(matter for matter in chain(*sorts) if matter in chosen)


def _ending(release: Release, on: date) -> list[Matter]:
    """Seats, agreements and commitments whose end is near or just past, the earliest first."""
    days = timedelta(days=threshold(release, "due_days"))
    seats = follow_through.seats(release, on).groupby(["end", "membership"], sort=False)["network_id"]
    matters = [Matter("seat", str(end), tuple(ids), str(membership)) for (end, membership), ids in seats]
    acts = follow_through.terms(release, on)
    just = (acts["term"] == "expired") & (latest(acts["valid_until"]) >= day(on - days))
    matters += [Matter(row.term, row.valid_until, (row.city_id,)) for row in acts[just | (acts["term"] == "due")].itertuples()]
    late = follow_through.commitments(release, on).query("standing == 'overdue'")
    matters += [Matter("overdue", row.due, (row.city_id,), row.commitment_id) for row in late.itertuples()]
    return sorted(matters, key=lambda matter: bounds(matter.when)[1])


def known_days(release: Release, on: date) -> tuple[tuple[Matter, date], ...]:
    """What ends, returns or is due on a known day, with that day: terms and commitments, the anniversaries ahead, every figure.

    Of a figure that is not yet overdue the kind is update.
    """
    ahead = anniversaries(release, on)
    ahead = ahead[ahead["after"] <= day(months_after(on, contacts.AHEAD_MONTHS))]
    matters = _ending(release, on) + [Matter("anniversary", row.when, (row.city_id,), years=int(row.years)) for row in ahead.itertuples()]
    figures = [entry for entry in due(release, on) if entry.due]
    matters += [Matter("figure" if entry.state == "overdue" else "update", str(entry.due), (entry.indicator,)) for entry in figures]
    days = [(matter, bounds(matter.when)) for matter in matters]
    return tuple((matter, first) for matter, (first, last) in days if first == last)


@cached_by_release(16)
def anniversaries(release: Release, on: date) -> pd.DataFrame:
    """The round anniversaries of partners' first ties that a date or a later day has, the nearest first, as
    `metrics.themes.contacts.next_anniversaries` gives them.
    """
    rows, partners = contacts.next_anniversaries(release, on - timedelta(days=1)), documented_partners(release, on)
    return rows[rows["first"] & rows["city_id"].isin(partners.loc[partners["certain"], "city_id"])]


def next_anniversary(release: Release, on: date) -> tuple[Matter, date, bool] | None:
    """The next anniversary on a known day, that day, and whether none of a vaguer date can come before; None within the time of
    `metrics.themes.contacts.AHEAD_MONTHS` without one.
    """
    rows = anniversaries(release, on)
    known = rows[(rows["after"] == rows["until"]) & (rows["after"] <= day(months_after(on, contacts.AHEAD_MONTHS)))]
    if known.empty:
        return None
    row = known.iloc[0]
    matter = Matter("anniversary", row["when"], (row["city_id"],), years=int(row["years"]))
    return matter, row["after"].date(), bool((rows["after"] >= row["after"]).all())


def _coming(release: Release, on: date) -> list[Matter]:
    """The anniversaries of a known month or day that may fall within the days of the threshold."""
    rows = anniversaries(release, on)
    soon = rows["after"] <= day(on + timedelta(days=threshold(release, "due_days")))
    rows = rows[soon & (rows["until"] - rows["after"] < pd.Timedelta(days=_SHARP_DAYS))].sort_values(["until", "city_id"], kind="stable")
    return [Matter("anniversary", row.when, (row.city_id,), years=int(row.years)) for row in rows.itertuples()]


def _silent(release: Release, on: date) -> list[Matter]:
    """The partners without a contact in the years of the threshold, longest first; those without any on record last, by their tie.

    A relation that was declared ended or suspended is no longer asked about.
    """
    rows = states(release, on)
    rows = rows[rows["quiet"] & ~rows["recorded"].isin(["suspended", "ended"])]
    met, never = rows[rows["contact_date"] != ""], rows[(rows["contact_date"] == "") & (rows["since"] != "")]
    never = never.assign(first=earliest(never["since"])).sort_values(["first", "city_id"], kind="stable")
    quiet = [Matter("quiet", row.contact_date, (row.city_id,)) for row in met.sort_values(["last", "city_id"], kind="stable").itertuples()]
    return quiet + [Matter("never", row.since, (row.city_id,)) for row in never.itertuples()]


def _overdue(release: Release, on: date) -> list[Matter]:
    """The figures whose next observation is overdue, the neediest first; of those that one table fills the first."""
    late = {entry.table: entry for entry in reversed(due(release, on)) if entry.state == "overdue" and entry.due}
    return [Matter("figure", str(entry.due), (entry.indicator,), table) for table, entry in reversed(late.items())]


_SORTS: tuple[Callable[[Release, date], list[Matter]], ...] = (_ending, _coming, _silent, _overdue)
