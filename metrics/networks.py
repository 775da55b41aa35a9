"""International organisations in the city and the networks that the city has joined."""

from functools import lru_cache

import pandas as pd

from metrics.counting import NEVER, spells
from metrics.dates import span
from metrics.measuring import counted
from metrics.release import Release

NOT_ORGANISATIONS = ("building",)


@lru_cache(maxsize=4)
def organisation_register(release: Release) -> pd.DataFrame:
    """Spells by organisation_id: from its opening in the city to its departure; an expected opening is none."""
    kinds = release.tables["organisations"][["organisation_id", "kind"]]
    acts = release.tables["organisation_events"]
    acts = acts.loc[acts["role"] == "primary", ["organisation_id", "event", "date", "source_id"]].merge(kinds, on="organisation_id")
    acts = acts[~acts["kind"].isin(NOT_ORGANISATIONS)]
    rows = spells(acts[acts["event"] == "opening"], "organisation_id", "date")
    gone = acts[acts["event"] == "departure"].drop_duplicates("organisation_id")
    left = rows[["key"]].merge(gone, left_on="key", right_on="organisation_id", how="left")["date"]
    # A departure without a date did happen: the organisation may have left on any day since it opened.
    first, last = span(left.fillna(""))
    ends = pd.DataFrame({"end_earliest": first.where(left.notna(), NEVER), "end_latest": last.where(left.notna(), NEVER)})
    ends["end_earliest"] = ends["end_earliest"].where(ends["end_earliest"] > rows["earliest"], rows["earliest"])
    return rows.assign(**ends)


@lru_cache(maxsize=4)
def membership_register(release: Release) -> pd.DataFrame:
    """Spells by network_id: the networks of which the city is a member, from its joining to its leaving."""
    rows = release.tables["network_memberships"]
    return spells(rows[(rows["membership"] == "member") & (rows["role"] == "primary")], "network_id", "start", "end")


INDICATORS = (
    counted(
        "international_organisations",
        "organisations",
        "more",
        ("organisations", "organisation_events"),
        organisation_register,
        "organisation",
    ),
    counted("network_memberships", "networks", "more", ("networks", "network_memberships"), membership_register, "network"),
)
