"""Schema migrations: one step for each change of metrics/schema/tables.py, so that older rows are read in today's columns.

The version of the schema is the number of steps. Steps change the columns of tables of text; they check no cell and drop no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    """A new table; older releases have no rows in it."""


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


def former_names(table: str) -> dict[str, str]:
    """Today's name of each column that a table had under another name; "" for one that was removed."""
    names: dict[str, str] = {}
    for step in steps_of(table, None):
        if isinstance(step, ColumnRenamed | ColumnRemoved):
            before, today = (step.before, step.column) if isinstance(step, ColumnRenamed) else (step.column, "")
            names = {old: today if name == before else name for old, name in names.items()} | {before: today}
    return names
