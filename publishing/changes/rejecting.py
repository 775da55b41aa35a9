"""Single changes of a draft, and the draft without some of them. Validates and stores nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.schema.release import Release
from publishing.changes.review import differences, keys
from publishing.changes.rows import in_order_of, raw
from publishing.files.table_text import as_text

ADDED, REMOVED, CHANGED, REKEYED = "added", "removed", "changed", "rekeyed"


@dataclass(frozen=True)
class Change:
    """One change of a table: a row that is ADDED, REMOVED or REKEYED, or a cell of `column` that is CHANGED.

    `key` is that of the row in the draft, of a removed row in its base. `before` and `after` are the cell, or the key of a rekeyed row.
    """

    table: str
    kind: str
    key: str
    column: str = ""
    before: str = ""
    after: str = ""


def single_changes(base: Release, made: Release) -> tuple[Change, ...]:
    """What a release changes in its base, row by row and cell by cell, in the order of the tables."""
    every: list[Change] = []
    for diff in differences(base, made):
        for kind, rows in ((ADDED, diff.added), (REMOVED, diff.removed)):
            every += [Change(diff.table, kind, key) for key in keys(diff.table, as_text(rows))]
        every += [Change(diff.table, CHANGED, *cells) for cells in diff.changed.itertuples(index=False, name=None)]
        every += [
            Change(diff.table, REKEYED, after, "", before, after) for before, after in diff.rekeyed.itertuples(index=False, name=None)
        ]
    return tuple(every)


def without(base: Release, tables: Mapping[str, pd.DataFrame], rejected: Collection[Change]) -> dict[str, pd.DataFrame]:
    """The tables (text) of a draft on a release, some changes taken back; the frames passed in are not changed."""
    concerned = {change.table for change in rejected}
    return {
        name: _without(base, name, rows, [change for change in rejected if change.table == name]) if name in concerned else rows
        for name, rows in tables.items()
    }


def _without(base: Release, table: str, rows: pd.DataFrame, rejected: Iterable[Change]) -> pd.DataFrame:
    before = raw(base, table)
    columns = [*rows, *(column for column in before if column not in rows)]
    old = before.reindex(columns=columns, fill_value="").set_axis(keys(table, before), axis=0)
    new = rows.reindex(columns=columns, fill_value="").set_axis(keys(table, rows), axis=0)
    for change in rejected:
        if change.kind == CHANGED and change.key in new.index:
            new.loc[change.key, change.column] = change.before
        elif change.kind in (ADDED, REKEYED):
            new = new.drop(index=change.key, errors="ignore")
        if change.kind in (REMOVED, REKEYED):
            new = pd.concat([new, old.loc[[change.before or change.key]]])
    return in_order_of(base, {table: new.reset_index(drop=True)})[table]
