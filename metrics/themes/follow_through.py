"""What follows an agreement: its term, the commitments made with it, the areas that were followed up, and payments to the relation.

Nothing is concluded from silence: without a term on record an agreement is open-ended, without evidence a commitment is open.
"""

from datetime import date

import numpy as np
import pandas as pd

from metrics.counting.measuring import Indicator, newest_of
from metrics.counting.reading import Formula, Reading, Share
from metrics.counting.thresholds import threshold
from metrics.schema.dates import day, earliest, latest
from metrics.schema.release import Release, cached_by_release
from metrics.themes import contacts, networks

PAYMENTS = ("disbursement", "commitment")
"""Measures of the table `fund` that are made for somebody."""


def _soon(release: Release, on: date) -> np.datetime64:
    return day(on) + np.timedelta64(threshold(release, "due_days"), "D")


@cached_by_release(16)
def terms(release: Release, on: date) -> pd.DataFrame:
    """The agreements in use that had certainly been signed by a date: columns of `contacts.acts`, with term and perhaps.

    `term`: ended; expired; due (ends within the days of the threshold, or perhaps did); running (ends later); renews (by itself);
    open (no term on record). `perhaps` (bool): due, and its vague last day may have passed.
    """
    rows = contacts.acts(release, on)
    rows = rows[rows["certain"] & (rows["role"] != "superseded")]
    first, last = earliest(rows["valid_until"]), latest(rows["valid_until"])
    dated, soon = rows["valid_until"] != "", _soon(release, on)
    cases = [
        (rows["ended"] != "") & (latest(rows["ended"]) <= day(on)),
        rows["renews"] == "yes",
        dated & (last < day(on)),
        dated & (first <= soon),
        dated,
    ]
    term = np.select([case.to_numpy() for case in cases], ["ended", "renews", "expired", "due", "running"], "open")
    return rows.assign(term=term, perhaps=(term == "due") & (first < day(on)))


@cached_by_release(16)
def seats(release: Release, on: date) -> pd.DataFrame:
    """The leading seats in networks that end within the days of the threshold or ended so long ago: columns of `network_memberships`, term.

    `term`: due (held, and ends soon or perhaps did); expired (certainly over, and no other seat is held there). The soonest first.
    """
    rows = networks.roles(release, on)
    rows = rows[rows["membership"].isin(networks.LEADS)]
    past = day(on) - np.timedelta64(threshold(release, "due_days"), "D")
    first, last, dated = earliest(rows["end"]), latest(rows["end"]), rows["end"] != ""
    held = ~dated | (last >= day(on))
    due = dated & held & (first <= _soon(release, on))
    expired = dated & ~held & (first >= past) & ~rows["network_id"].isin(rows.loc[held, "network_id"])
    rows = rows.assign(term=np.where(due, "due", "expired")).loc[due | expired, [*release.tables["network_memberships"].columns, "term"]]
    return rows.sort_values(["end", "membership_id"], kind="stable")


@cached_by_release(16)
def commitments(release: Release, on: date) -> pd.DataFrame:
    """The commitments in use that were made by a date, the earliest due first: columns of `commitments`, with standing and perhaps.

    `standing`: done or dropped (by the date, or on an unknown day), overdue, open. `perhaps` (bool): open, and its vague due date may
    have passed.
    """
    rows = release.tables["commitments"]
    rows = rows[(rows["role"] == "primary") & (earliest(rows["agreed"]) <= day(on))]
    settled = (rows["state"] != "open") & ((rows["settled"] == "") | (latest(rows["settled"]) <= day(on)))
    first, last = earliest(rows["due"]), latest(rows["due"])
    late = (rows["due"] != "") & (last < day(on))
    standing = rows["state"].where(settled, pd.Series(np.where(late, "overdue", "open"), index=rows.index)).astype("str")
    perhaps = (standing == "open") & (rows["due"] != "") & (first < day(on))
    rows = rows.assign(standing=standing, perhaps=perhaps, last=last)
    return rows.sort_values(["last", "commitment_id"], kind="stable").drop(columns="last")


@cached_by_release()
def areas_followed(release: Release) -> bool:
    """Whether the release links any area of cooperation to what served it."""
    return len(release.tables["area_evidence"]) > 0 or bool((release.tables["commitments"]["area_id"] != "").any())


@cached_by_release(16)
def areas(release: Release, on: date) -> pd.DataFrame:
    """The areas of cooperation in use that were agreed by a date: columns of `agreement_areas`, with contacts, projects, commitments
    (how many served it since, by the date) and served (bool: any did).
    """
    rows, links = release.tables["agreement_areas"], release.tables["area_evidence"]
    rows = rows[(rows["role"] == "primary") & (earliest(rows["agreed"]) <= day(on))]
    met, made = contacts.recorded(release, on), commitments(release, on)
    met, projects = met.loc[met["held"], ["contact_id", "last"]], _started(release, on)
    counts = {
        "contacts": _since(rows, links[links["contact_id"] != ""].merge(met, on="contact_id")),
        "projects": _since(rows, links[links["export_id"] != ""].merge(projects, on="export_id")),
        "commitments": rows["area_id"].map(made.loc[made["standing"] == "done", "area_id"].value_counts()),
    }
    numbers = {name: many.fillna(0).astype(int) for name, many in counts.items()}
    return rows.assign(**numbers, served=sum(numbers.values(), pd.Series(0, index=rows.index)) > 0)


def _started(release: Release, on: date) -> pd.DataFrame:
    """The projects that may have started by a date: export_id, last (datetime64: the latest day that the date allows)."""
    rows = release.tables["policy_exports"]
    rows = rows[(rows["role"] == "primary") & (earliest(rows["started"]) <= day(on))]
    return pd.DataFrame({"export_id": rows["export_id"], "last": latest(rows["started"])})


def _since(areas: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """How many links of each area are not certainly older than it."""
    agreed = areas.assign(agreed_first=earliest(areas["agreed"]))[["area_id", "agreed_first"]]
    links = links.merge(agreed, on="area_id")
    return areas["area_id"].map(links.loc[links["last"] >= links["agreed_first"], "area_id"].value_counts())


@cached_by_release(16)
def payments(release: Release, on: date) -> pd.DataFrame:
    """The payments for a city and what was promised to it, up to a date, newest first: columns of `fund` with a city_id, of all roles.

    Amounts of different currencies and kinds stand side by side and are never added.
    """
    rows = release.tables["fund"]
    rows = rows[(rows["city_id"] != "") & rows["measure"].isin(PAYMENTS) & (earliest(rows["date"]) <= day(on))]
    rows = rows.assign(last=latest(rows["date"]))
    return rows.sort_values(["last", "observation_id"], ascending=[False, True], kind="stable").drop(columns="last")


@cached_by_release()
def owners(release: Release) -> pd.DataFrame:
    """Who answers for what: columns of `owners`, with about (the indicator, the city_id or the commitment_id of the row)."""
    rows = release.tables["owners"]
    about = rows["indicator"].where(rows["indicator"] != "", rows["commitment_id"].where(rows["commitment_id"] != "", rows["city_id"]))
    return rows.assign(about=about)


def _has_terms(release: Release) -> bool:
    return bool((release.tables["agreements"]["valid_until"] != "").any())


def _has_due(release: Release) -> bool:
    return bool((release.tables["commitments"]["due"] != "").any())


def _counted(id: str, release: Release, on: date, sure: pd.DataFrame, most: int) -> Reading:
    """A count of agreements: those that are certain, and at most so many."""
    if id != "agreements_in_force" and not _has_terms(release):
        return Reading(id, on, None, "agreements", Formula("no_terms"))
    rows, value = terms(release, on), float(len(sure))
    newest = newest_of(earliest(rows["signed"]), latest(rows["signed"]), on)
    dated = int((rows["valid_until"] != "").sum())
    fields = {"value": value, "dated": dated, "all": len(rows), "days": threshold(release, "due_days")}
    return Reading(
        id,
        on,
        value,
        "agreements",
        Formula(id, fields),
        lower=value,
        upper=float(most),
        documented=len(sure),
        newest=newest,
        sources=tuple(sure["source_id"].unique()),
    )


def _in_force(release: Release, on: date) -> Reading:
    rows = terms(release, on)
    lasting = rows[rows["term"].isin(["running", "renews", "open", "due"])]
    may_be_over = lasting["perhaps"] | ((lasting["ended"] != "") & (earliest(lasting["ended"]) <= day(on)))
    return _counted("agreements_in_force", release, on, lasting[~may_be_over], len(lasting))


def _expiring(release: Release, on: date) -> Reading:
    rows = terms(release, on)
    due = rows[rows["term"] == "due"]
    sure = ~due["perhaps"] & (latest(due["valid_until"]) <= _soon(release, on))
    return _counted("agreements_expiring", release, on, due[sure], len(due))


def _expired(release: Release, on: date) -> Reading:
    rows = terms(release, on)
    over = rows["term"] == "expired"
    return _counted("agreements_expired", release, on, rows[over], int((over | rows["perhaps"]).sum()))


def _on_time(release: Release, on: date) -> Reading:
    """Commitments whose due day has passed that were done by it, as a share of all of them."""
    rows = commitments(release, on)
    rows = rows[(rows["due"] != "") & (latest(rows["due"]) < day(on)) & (rows["standing"] != "dropped")]
    if not len(rows):
        return Reading("commitments_on_time", on, None, "share", Formula("nothing_due"))
    done, due = rows["standing"] == "done", latest(rows["due"])
    sure = done & (rows["settled"] != "") & (latest(rows["settled"]) <= due)
    perhaps = done & ~sure & ((rows["settled"] == "") | (earliest(rows["settled"]) <= due))
    value = float(sure.sum()) / len(rows)
    fields = {"part": float(sure.sum()), "whole": float(len(rows)), "value": Share(value)}
    return Reading(
        "commitments_on_time",
        on,
        value,
        "share",
        Formula("share", fields),
        lower=value,
        upper=float((sure | perhaps).sum()) / len(rows),
        documented=int(sure.sum()),
        newest=newest_of(earliest(rows["agreed"]), latest(rows["agreed"]), on),
        sources=tuple(rows["source_id"].unique()),
    )


_AGREEMENTS = ("agreements", "cities", "sources")
INDICATORS = (
    Indicator("agreements_in_force", "agreements", "neither", _AGREEMENTS, _in_force),
    Indicator("agreements_expiring", "agreements", "less", _AGREEMENTS, _expiring, offered=_has_terms),
    Indicator("agreements_expired", "agreements", "less", _AGREEMENTS, _expired, offered=_has_terms),
    Indicator("commitments_on_time", "share", "more", ("commitments", "sources"), _on_time, offered=_has_due),
)
