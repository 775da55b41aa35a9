"""Rows of a table as text, one at a time: what a release holds, what somebody typed, and the table with that row in it.

A typed row is read exactly as a row of a file is (publishing/files/intake.py); nothing here judges it or keeps it.
"""

import csv
import io
from collections.abc import Mapping

import pandas as pd

from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.changes.review import BETWEEN
from publishing.files.intake import Taken, take
from publishing.files.table_text import as_text


def raw(release: Release, table: str) -> pd.DataFrame:
    """A release's table as text. Raises KeyError for a name that is no table."""
    return as_text(release.tables[table])


def keys(table: str, rows: pd.DataFrame) -> list[str]:
    """The key of each row as text, its parts one after the other, as publishing/changes/review.py tells it."""
    return [BETWEEN.join(parts) for parts in zip(*(rows[column] for column in TABLES[table].metadata["key"]), strict=True)]


def entered(table: str, cells: Mapping[str, str]) -> Taken:
    """What somebody typed into the fields of one row, read as a file of that one row. Problems stand in its row 2."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([list(cells), list(cells.values())])
    return take([(f"{table}.csv", buffer.getvalue().encode())])


def with_row(rows: pd.DataFrame, row: pd.DataFrame, place: int | None) -> pd.DataFrame:
    """A new frame with the one row of `row` at a place counted from 0, or at the end where that is None. `rows` stays as it is."""
    fitting = row.reindex(columns=rows.columns, fill_value="")
    parts = [rows, fitting] if place is None else [rows.iloc[:place], fitting, rows.iloc[place + 1 :]]
    return pd.concat(parts, ignore_index=True)


def without_row(rows: pd.DataFrame, place: int) -> pd.DataFrame:
    """A new frame without the row at a place counted from 0."""
    return rows.drop(rows.index[place]).reset_index(drop=True)
