"""Methods that look a claim up in the record: events, agreements, networks, the plan and annotations.

As in metrics/verification/recomputing.py, each sees the record without the claim's own paper.
"""

import re
from dataclasses import replace

import pandas as pd

from languages import FALLBACK
from metrics.counting.reading import Formula, When
from metrics.schema.dates import bounds
from metrics.schema.names import text
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from metrics.verification.evidence import NEAR_DAYS, days_apart
from metrics.verification.recomputing import METHODS, Case, Result, counted, dated, takes

__all__ = ["METHODS"]

STATED = ("primary", "alternate", "conflict")
"""The roles of rows that each report what their source states of a fact."""
SIGNED = (*STATED, "superseded", "other")
"""The roles of rows that each report a signed act."""
PEOPLE = ("cities", "countries", "participants")
"""The columns of an event that count who took part."""


@takes(2)
def _event(case: Case) -> tuple[Result, ...]:
    """EVENT COLUMN: cities, countries or participants of an event by its primary rows, else by all."""
    key, column = case.claim.inputs
    if column not in PEOPLE:
        return ()
    rows = case.record.tables["events"]
    rows = rows[(rows["event_key"] == key) & rows[column].notna()]
    counted = rows["participants_kind"] if column == "participants" else pd.Series("", index=rows.index)
    results = []
    for unit, group in rows.groupby(counted, sort=False):
        used = in_use(group)
        lower, upper = float(used[column].min()), float(used[column].max())
        single, span = Formula("claim_event", {"value": upper}), Formula("claim_event_span", {"lower": lower, "upper": upper})
        result = Result(single, upper) if lower == upper else Result(span)
        results.append(_from_rows(replace(result, lower=lower, upper=upper, unit=unit), "events", used))
    return tuple(results)


def in_use(rows: pd.DataFrame) -> pd.DataFrame:
    """The primary rows; all of them where none is."""
    primary = rows[rows["role"] == "primary"]
    return primary if len(primary) else rows


def _from_rows(result: Result, table: str, rows: pd.DataFrame) -> Result:
    """A result with its rows and their sources."""
    keys = rows[TABLES[table].metadata["key"][0]]
    return replace(result, rows=tuple((table, key) for key in keys), sources=tuple(dict.fromkeys(rows["source_id"])))


@takes(1)
def _event_days(case: Case) -> tuple[Result, ...]:
    """EVENT: how many days it lasted."""
    for row in _event_rows(case):
        first, last = bounds(row["start"])
        if row["end"] and first == last:
            days = float((bounds(row["end"])[1] - first).days + 1)
            fields = {"start": When(row["start"]), "end": When(row["end"]), "value": days}
            return (counted(Formula("claim_days", fields), days, "events", row),)
    return ()


def _event_rows(case: Case) -> list[pd.Series]:
    rows = case.record.tables["events"]
    rows = in_use(rows[(rows["event_key"] == case.claim.inputs[0]) & (rows["start"] != "")])
    return [row for _, row in rows.iterrows()]


@takes(1)
def _event_start(case: Case) -> tuple[Result, ...]:
    """EVENT: the day on which it began."""
    return tuple(_when("claim_event_start", row, "start", "events") for row in _event_rows(case)[:1])


@takes(1)
def _event_end(case: Case) -> tuple[Result, ...]:
    """EVENT: the day on which it ended."""
    return tuple(_when("claim_event_end", row, "end", "events") for row in _event_rows(case)[:1] if row["end"])


def _when(kind: str, row: pd.Series, column: str, table: str, unit: str = "") -> Result:
    return dated(kind, row[column], ((table, row.iloc[0]),), row["source_id"], unit=unit)


@takes(2)
def _agreement(case: Case) -> tuple[Result, ...]:
    """CITY TYPE: when the act of the claim was signed; an act of another type has a unit of its own.

    Acts more than a year apart are different ones, so the claim is compared with those near its date. Only where the record, the
    claim's own paper included, has none there, it is compared with the nearest.
    """
    city, kind = case.claim.inputs
    rows = _acts(case.record, city, case.claim.stated)
    near = rows[rows["apart"] <= NEAR_DAYS]
    if near.empty and (_acts(case.whole, city, case.claim.stated)["apart"] > NEAR_DAYS).all():
        near = rows[rows["apart"] == rows["apart"].min()]
    acts = [row for _, same in near.groupby("type", sort=False) for _, row in in_use(same).iterrows()]
    return tuple(_when("claim_signed", row, "signed", "agreements", "" if row["type"] == kind else row["type"]) for row in acts)


def _acts(record: Release, city: str, stated: str) -> pd.DataFrame:
    """What was signed with a city, the nearest to a date first: columns of `agreements`, with apart (int, days)."""
    rows = record.tables["agreements"]
    rows = rows[(rows["city_id"] == city) & (rows["signed"] != "") & rows["role"].isin(SIGNED)]
    apart = [days_apart(stated, signed) if stated else NEAR_DAYS for signed in rows["signed"]]
    return rows.assign(apart=pd.Series(apart, rows.index, dtype=int)).sort_values("apart", kind="stable")


@takes(2)
def _anniversary(case: Case) -> tuple[Result, ...]:
    """CITY TYPE: years from the signing of the agreement to the year of the claim."""
    city, kind = case.claim.inputs
    rows = case.record.tables["agreements"]
    rows = rows[(rows["city_id"] == city) & (rows["type"] == kind) & (rows["signed"] != "") & (rows["role"] == "primary")]
    if rows.empty:
        return ()
    row, year = rows.iloc[0], bounds(case.claim.as_of)[1].year
    first = bounds(row["signed"])[1].year
    formula = Formula("claim_anniversary", {"year": str(year), "signed": str(first), "value": float(year - first)})
    return (counted(formula, float(year - first), "agreements", row),)


@takes(3)
def _membership(case: Case) -> tuple[Result, ...]:
    """NETWORK PART COLUMN: when a role of the city in a network began or ended (start, end)."""
    network, part, column = case.claim.inputs
    rows = case.record.tables["network_memberships"]
    rows = rows[(rows["network_id"] == network) & (rows["membership"] == part) & (rows["role"] == "primary")]
    known = rows[rows[column] != ""] if column in ("start", "end") else rows.head(0)
    return tuple(_when(f"claim_membership_{column}", row, column, "network_memberships") for _, row in known.head(1).iterrows())


@takes(1)
def _annotation(case: Case) -> tuple[Result, ...]:
    """ANNOTATION: when it was or began."""
    rows = case.record.tables["annotations"]
    rows = rows[rows["annotation_id"] == case.claim.inputs[0]]
    return tuple(_when("claim_annotation", row, "start", "annotations") for _, row in rows.iterrows())


@takes(1)
def _areas(case: Case) -> tuple[Result, ...]:
    """CITY: the areas agreed on the day of the claim by each source; a source may not name them all."""
    rows = case.record.tables["agreement_areas"]
    rows = rows[(rows["city_id"] == case.claim.inputs[0]) & rows["role"].isin(STATED)]
    rows = rows.loc[[days_apart(agreed, case.claim.as_of) == 0 for agreed in rows["agreed"]]]
    rows = rows.sort_values("role", key=lambda roles: roles != "primary", kind="stable")
    return tuple(
        _at_least("claim_areas", areas, len(areas), "agreement_areas") for _, areas in rows.groupby(["agreed", "source_id"], sort=False)
    )


@takes(1)
def _plan_items(case: Case) -> tuple[Result, ...]:
    """LEVEL: the items of the plan that sources name, at least those in their own words, without unnamed placeholders."""
    rows = case.record.tables["plan_items"]
    rows = rows[(rows["level"] == case.claim.inputs[0]) & (rows["wording"] != "not_named")]
    return (_at_least("claim_items", rows, int((rows["wording"] == "published").sum()), "plan_items"),) if len(rows) else ()


@takes(1)
def _plan_item(case: Case) -> tuple[Result, ...]:
    """ITEM: the figure, where the title of a plan item contains it."""
    rows = case.record.tables["plan_items"]
    rows, value = rows[rows["item_id"] == case.claim.inputs[0]], case.claim.value
    if value is None:
        return ()
    named = [row for _, row in rows.iterrows() if value in map(float, re.findall("[0-9]+", text(row, "title", FALLBACK)))]
    return tuple(counted(Formula("claim_named", {"value": value}), value, "plan_items", row) for row in named)


def _at_least(kind: str, rows: pd.DataFrame, sure: int, table: str) -> Result:
    """The number of rows, of which some are sure; without an upper bound, as there may be more."""
    value = float(len(rows))
    return _from_rows(Result(Formula(kind, {"value": value, "sure": float(sure)}), value, float(sure), least=True), table, rows)
