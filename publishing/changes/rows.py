"""Single rows of a table as text: read, entered, inserted, removed.

Entered rows are read like rows of a file (publishing/files/intake.py). Validates and stores nothing.
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
    """A release's table as text. Raises KeyError for an unknown table."""
    return as_text(release.tables[table])


def keys(table: str, rows: pd.DataFrame) -> list[str]:
    """The key of each row as text, in the form of publishing/changes/review.py."""
    return [BETWEEN.join(parts) for parts in zip(*(rows[column] for column in TABLES[table].metadata["key"]), strict=True)]


def entered(table: str, cells: Mapping[str, str]) -> Taken:
    """The fields of a form, read as a file of one row; its problems are in row 2."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([list(cells), list(cells.values())])
    return take([(f"{table}.csv", buffer.getvalue().encode())])


def with_row(rows: pd.DataFrame, row: pd.DataFrame, place: int | None) -> pd.DataFrame:
    """A new frame with `row` at a position from 0, or at the end for None."""
    fitting = row.reindex(columns=rows.columns, fill_value="")
    parts = [rows, fitting] if place is None else [rows.iloc[:place], fitting, rows.iloc[place + 1 :]]
    return pd.concat(parts, ignore_index=True)


def without_row(rows: pd.DataFrame, place: int) -> pd.DataFrame:
    """A new frame without the row at a position from 0."""
    return rows.drop(rows.index[place]).reset_index(drop=True)
