"""Converts typed tables to text and to stored bytes, and back. Validates no cell, knows no release."""

import csv
import io
import json
import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from metrics.schema.checks import parsed
from metrics.schema.migrations import in_todays_columns
from metrics.schema.tables import schema_for


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with every cell as text: "" if empty, numbers without a trailing ".0" and never as 1e-07."""
    return pd.DataFrame({name: texts(rows[name]) for name in rows}, columns=rows.columns, dtype="str")


def texts(cells: pd.Series) -> list[str]:
    """The cells of a column as text."""
    return [cell if isinstance(cell, str) else _number(cell) for cell in cells.tolist()]


def _number(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"


def canonical(table: str, rows: pd.DataFrame) -> bytes:
    """A typed table as stored and as in the data package: technical names, exact cells, UTF-8, "\\n" at line ends.

    `from_canonical` is its exact inverse.
    """
    columns = list(schema_for(table, rows.columns).columns)
    return csv_text([columns, *zip(*(texts(rows[name]) for name in columns), strict=True)]).encode()


def from_canonical(table: str, content: bytes, schema: int | None) -> pd.DataFrame:
    """The typed table, in today's columns, of bytes written by `canonical` under a schema version (None: unknown).

    Not validated: published data stay readable when a rule changes. Raises ValueError for other bytes.
    """
    # The line terminator is explicit so that a lone "\r" stays in its cell.
    rows = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False, lineterminator="\n", encoding="utf-8", index_col=False)
    return parsed(table, in_todays_columns(table, rows, schema))


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV whose lines end in "\\n"."""
    return "".join(map(_line, rows))


def _line(cells: Iterable[str]) -> str:
    # The writer quotes a lone "\r", at which readers would end the row, only if its own line terminator has one.
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def packed(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Tables of text as drafts are stored, faults and duplicate columns included."""
    plain = {name: {"columns": list(rows.columns), "rows": rows.to_numpy().tolist()} for name, rows in tables.items()}
    return zlib.compress(json.dumps(plain).encode())


def unpacked(content: bytes) -> dict[str, pd.DataFrame]:
    """The tables that were packed."""
    plain = json.loads(zlib.decompress(content))
    return {name: pd.DataFrame(table["rows"], columns=table["columns"], dtype="str") for name, table in plain.items()}
