"""The schema's versions: what each change of metrics/schema/tables.py did, so that rows of before are read in today's columns.

The version of the schema is the number of steps. Steps change the columns of tables of text; they judge no cell and drop no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class TableAdded:
    """A new table; releases of before have no rows in it."""

    table: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows as they are."""
        return rows


@dataclass(frozen=True)
class ColumnAdded:
    """A new column; rows of before hold `filling` in it, which a required column needs."""

    table: str
    column: str
    filling: str = ""

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the column, where they do not have it."""
        return rows if self.column in rows else rows.assign(**{self.column: self.filling})


@dataclass(frozen=True)
class ColumnRenamed:
    """A column that was called `before`."""

    table: str
    before: str
    column: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the column under its new name."""
        return rows if self.column in rows else rows.rename(columns={self.before: self.column})


@dataclass(frozen=True)
class ColumnRemoved:
    """A column that no longer is; what stood in it stays in the releases of before and is not shown any more."""

    table: str
    column: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows without the column."""
        return rows.drop(columns=self.column, errors="ignore")


@dataclass(frozen=True)
class RuleChanged:
    """What a column may hold, or a rule over several, is another one. Cells stay; those that break the rule are told at the data desk."""

    table: str
    column: str

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows as they are."""
        return rows


Step = TableAdded | ColumnAdded | ColumnRenamed | ColumnRemoved | RuleChanged

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
]
"""Every change since the first store, the oldest first. Add at the end; a step that is in a version of the project stays as it is."""


def newest_schema() -> int:
    """The version of the schema that metrics/schema/tables.py declares."""
    return len(STEPS)


def steps_of(table: str, schema: int | None) -> Iterator[Step]:
    """The steps of a table after a version of the schema; all of them for None, where the version is not known."""
    return (step for step in STEPS[schema or 0 :] if step.table == table)


def in_todays_columns(table: str, rows: pd.DataFrame, schema: int | None) -> pd.DataFrame:
    """Rows of text that were written under a version of the schema, in the columns that the table has today; `rows` stays as it is."""
    for step in steps_of(table, schema):
        rows = step.apply(rows)
    return rows


def tables_added() -> frozenset[str]:
    """The tables that a release or a folder of before may not have."""
    return frozenset(step.table for step in STEPS if isinstance(step, TableAdded))


def former_names(table: str) -> dict[str, str]:
    """Today's name of each column that a table had under another name; "" for one that was removed."""
    names: dict[str, str] = {}
    for step in steps_of(table, None):
        if isinstance(step, ColumnRenamed | ColumnRemoved):
            before, today = (step.before, step.column) if isinstance(step, ColumnRenamed) else (step.column, "")
            names = {old: today if name == before else name for old, name in names.items()} | {before: today}
    return names
