"""Rows of a table as text: entered, inserted, removed; those of a draft merged with a newer release, cell by cell (three-way merge).

Entered rows are read like rows of a file (publishing/files/intake.py). If draft and release changed a cell, the draft wins and the
cell is reported. Validates and stores nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.schema.release import Release
from metrics.schema.tables import TABLES, schema_for
from publishing.changes.review import keys
from publishing.files.intake import Intake, take
from publishing.files.table_text import as_text, csv_text

ENOUGH = 5
"""The rows that a table needs before a short file is taken for some of its rows."""


def raw(release: Release, table: str) -> pd.DataFrame:
    """A release's table as text. Raises KeyError for an unknown table."""
    return as_text(release.tables[table])


def entered(table: str, cells: Mapping[str, str]) -> Intake:
    """The fields of a form, read as a file of one row; its problems are in row 2."""
    return take([(f"{table}.csv", csv_text([cells, cells.values()]).encode())])


def with_row(rows: pd.DataFrame, row: pd.DataFrame, place: int | None) -> pd.DataFrame:
    """A new frame with `row` at a position from 0, or at the end for None; a column of the row that the others lack is empty there."""
    rows = rows.assign(**{column: "" for column in row if column not in rows})
    fitting = row.reindex(columns=rows.columns, fill_value="")
    parts = [rows, fitting] if place is None else [rows.iloc[:place], fitting, rows.iloc[place + 1 :]]
    return pd.concat(parts, ignore_index=True)


def lacking_most(tables: Mapping[str, pd.DataFrame], base: Release) -> tuple[str, ...]:
    """The tables (text) of files that lack more than half of the rows of a release, as a file of new rows does."""
    return tuple(name for name, rows in tables.items() if _has_key(name, rows) and _lacks_most(name, rows, base))


def _has_key(name: str, rows: pd.DataFrame) -> bool:
    return set(TABLES[name].metadata["key"]) <= set(rows)


def _lacks_most(name: str, rows: pd.DataFrame, base: Release) -> bool:
    before = keys(name, base.tables[name])
    return len(before) >= ENOUGH and 2 * len(set(before) & set(keys(name, rows))) < len(before)


def added_to(base: Release, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables (text) whose rows are added to those of a release or replace those of the same key: the given rows first, as in their file."""
    return {name: _added_to(name, rows, raw(base, name)) if _has_key(name, rows) else rows for name, rows in tables.items()}


def _added_to(name: str, rows: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    others = before[~pd.Series(keys(name, before), index=before.index).isin(keys(name, rows))]
    return pd.concat([rows, others.reindex(columns=rows.columns, fill_value="")], ignore_index=True)


def in_order_of(base: Release, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables (text) in the order of a release, new rows last: the order of a table of words is that of its rows."""
    return {name: _in_order_of(name, rows, base) for name, rows in tables.items()}


def _in_order_of(name: str, rows: pd.DataFrame, base: Release) -> pd.DataFrame:
    place = {key: at for at, key in enumerate(keys(name, base.tables[name]))}
    order = pd.Series([place.get(key, len(place)) for key in keys(name, rows)], dtype=int).sort_values(kind="stable").index
    return rows.iloc[order].reset_index(drop=True)


def without_row(rows: pd.DataFrame, place: int) -> pd.DataFrame:
    """A new frame without the row at a position from 0."""
    return rows.drop(rows.index[place]).reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Rebased:
    """The rebased tables (text), and what they overwrite in the newer release.

    `overwritten`: columns table, key, column, theirs, ours, all text. A row that one side removed and the other changed is a
    single line with an empty column, and "" for the side that removed it.
    """

    tables: Mapping[str, pd.DataFrame]
    overwritten: pd.DataFrame


def rebased(base: Release, draft: Release, newer: Release, tables: Iterable[str]) -> Rebased:
    """The named tables of a draft on `base`, merged into `newer`. Changes of only one side are taken from that side."""
    merged = {name: _merged(name, raw(base, name), raw(draft, name), raw(newer, name)) for name in tables}
    empty = pd.DataFrame(columns=["table", "key", "column", "theirs", "ours"], dtype="str")
    lost = pd.concat([empty, *(over for _, over in merged.values())], ignore_index=True)
    return Rebased({name: rows for name, (rows, _) in merged.items()}, lost)


def _merged(table: str, old: pd.DataFrame, mine: pd.DataFrame, new: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = list(schema_for(table, (*old, *mine, *new)).columns)
    old, mine, new = (rows.reindex(columns=columns, fill_value="").set_axis(keys(table, rows), axis=0) for rows in (old, mine, new))
    # The rows of the newer release in its order, then those of the draft only; a row missing on a side is empty there.
    every = new.index.append([mine.index.difference(new.index, sort=False), old.index.difference(new.index.union(mine.index), sort=False)])
    was, ours, theirs = (rows.reindex(every) for rows in (old, mine, new))
    changed = _differ(ours, was)
    result = theirs.where(~changed, ours)
    removed_there = changed.any(axis=1) & theirs.isna().all(axis=1) & ours.notna().all(axis=1)
    result[removed_there] = ours[removed_there]
    lost = changed & _differ(theirs, was) & _differ(ours, theirs)
    return result.dropna(how="any").reset_index(drop=True), _overwritten(table, lost, theirs, ours)


def _differ(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    return (left != right) & ~(left.isna() & right.isna())


def _overwritten(table: str, lost: pd.DataFrame, theirs: pd.DataFrame, ours: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for place in lost.to_numpy().any(axis=1).nonzero()[0]:
        key, there, here = lost.index[place], theirs.iloc[place], ours.iloc[place]
        if there.isna().any() or here.isna().any():
            lines.append((table, key, "", "" if there.isna().any() else key, "" if here.isna().any() else key))
        else:
            lines += [(table, key, column, there[column], here[column]) for column in lost.columns[lost.iloc[place]]]
    return pd.DataFrame(lines, columns=["table", "key", "column", "theirs", "ours"], dtype="str")
