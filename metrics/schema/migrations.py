"""Schema migrations: one step for each change of metrics/schema/tables.py, so that older rows are read in today's columns.

The version of the schema is the number of steps. Steps change the columns of tables of text; they check no cell and drop no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import pandas as pd


@dataclass(frozen=True)
class Step:
    """A change of a table."""

    table: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the change, where they do not have it."""
        return rows


@dataclass(frozen=True)
class TableAdded(Step):
    """A new table; older releases and folders have `rows` in it, as CSV with a header."""

    rows: str = ""


@dataclass(frozen=True)
class ColumnAdded(Step):
    """A new column; older rows get `filling`, which a required column needs."""

    column: str
    filling: str = ""

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the column."""
        return rows if self.column in rows else rows.assign(**{self.column: self.filling})


@dataclass(frozen=True)
class ColumnRenamed(Step):
    """A column that was called `before`."""

    before: str
    column: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the column under its new name."""
        return rows if self.column in rows else rows.rename(columns={self.before: self.column})


@dataclass(frozen=True)
class ColumnRemoved(Step):
    """A removed column; its cells stay in older releases and are not shown."""

    column: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows without the column."""
        return rows.drop(columns=self.column, errors="ignore")


@dataclass(frozen=True)
class RuleChanged(Step):
    """A changed rule of a column or of several. Cells stay; the data desk reports those that break the rule."""

    column: str


_TIE_KINDS = """\
kind_code,label_en,label_ko,colour,counts,becomes
sister,,,blue,yes,
friendship,,,gold,yes,sister
memorandum,,,grey,no,
unclear,,,grey,no,
"""
_LEVELS = """\
level_code,label_en,label_ko,counts_as_city
city,,,yes
province,,,no
state,,,no
prefecture,,,no
region,,,no
"""


def _words(key: str, *codes: str) -> str:
    return f"{key},label_en,label_ko\n" + "".join(f"{code},,\n" for code in codes)


STEPS: list[Step] = [
    TableAdded("agreement_areas"),
    TableAdded("contacts"),
    TableAdded("claims"),
    TableAdded("annotations"),
    TableAdded("plan_items"),
    TableAdded("plan_evidence"),
    ColumnRenamed("plan_evidence", before="event_key", column="event_id"),
    RuleChanged("claims", "method"),
    RuleChanged("policy_exports", "status"),
    TableAdded("coverage"),
    RuleChanged("home", "currency"),
    RuleChanged("home", "time_zone"),
    RuleChanged("policy_exports", "currency"),
    RuleChanged("published_counts", "unit"),
    RuleChanged("fund", "currency"),
    RuleChanged("targets", "unit"),
    RuleChanged("claims", "unit"),
    ColumnAdded("agreements", "valid_until"),
    ColumnAdded("agreements", "renews"),
    ColumnAdded("fund", "city_id"),
    TableAdded("relation_states"),
    TableAdded("commitments"),
    TableAdded("area_evidence"),
    TableAdded("owners"),
    TableAdded("thresholds"),
    RuleChanged("coverage", "theme"),
    ColumnAdded("home", "borders"),
    ColumnAdded("home", "fiscal_year_begins"),
    TableAdded("tie_kinds", _TIE_KINDS),
    TableAdded("levels", _LEVELS),
    TableAdded("regions", _words("region_code", "Asia", "Europe", "North America", "Latin America", "Africa", "Oceania", "Middle East")),
    TableAdded(
        "sectors",
        _words(
            "sector_code",
            *("transport_card", "transport", "urban_railway", "waterworks", "e_government", "urban_planning", "environment"),
            *("fire_and_rescue", "not_stated"),
        ),
    ),
    TableAdded(
        "funds",
        _words(
            "fund_code", "cooperation_fund", "regional_exchange_fund", "development_fund", "city_budget", "all_city_funds", "not_stated"
        ),
    ),
    RuleChanged("agreements", "type"),
    RuleChanged("agreements", "role"),
    RuleChanged("cities", "region"),
    RuleChanged("cities", "level"),
    RuleChanged("policy_exports", "sector"),
    RuleChanged("fund", "fund"),
    ColumnAdded("home", "languages"),
    RuleChanged("agreements", "ended"),
    RuleChanged("policy_exports", "finished"),
    RuleChanged("network_memberships", "end"),
    RuleChanged("events", "end"),
    RuleChanged("annotations", "end"),
    TableAdded("peer_places"),
    TableAdded("peer_ties"),
    TableAdded("peer_counts"),
]
"""Every change, the oldest first. Add at the end; never change a step that was released."""


def newest_schema() -> int:
    """The version of the schema that metrics/schema/tables.py declares."""
    return len(STEPS)


def steps_of(table: str, schema: int | None) -> Iterator[Step]:
    """The steps of a table after a version of the schema; all of them for None (version unknown)."""
    return (step for step in STEPS[schema or 0 :] if step.table == table)


def in_todays_columns(table: str, rows: pd.DataFrame, schema: int | None) -> pd.DataFrame:
    """Rows of text of a schema version in today's columns; `rows` is not changed."""
    for step in steps_of(table, schema):
        rows = step.apply(rows)
    return rows


def tables_added() -> frozenset[str]:
    """The tables that an older release or folder may lack."""
    return frozenset(step.table for step in STEPS if isinstance(step, TableAdded))


def columns_added(table: str) -> list[str]:
    """The columns that an older file of a table may lack and that may be empty."""
    return [step.column for step in steps_of(table, None) if isinstance(step, ColumnAdded) and not step.filling]


def rows_of_missing(table: str) -> pd.DataFrame:
    """The rows of text of a table that a release or folder of before it lacks."""
    added = next((step.rows for step in STEPS if isinstance(step, TableAdded) and step.table == table), "")
    rows = pd.read_csv(StringIO(added), dtype="str", keep_default_na=False) if added else pd.DataFrame()
    return in_todays_columns(table, rows, None)


def former_names(table: str) -> dict[str, str]:
    """Today's name of each column that a table had under another name; "" for one that was removed."""
    names: dict[str, str] = {}
    for step in steps_of(table, None):
        if isinstance(step, ColumnRenamed | ColumnRemoved):
            before, today = (step.before, step.column) if isinstance(step, ColumnRenamed) else (step.column, "")
            names = {old: today if name == before else name for old, name in names.items()} | {before: today}
    return names
