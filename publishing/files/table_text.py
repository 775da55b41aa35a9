"""A typed table as text, and as the bytes that the store keeps; and back. Judges no cell and knows no release."""

import csv
import io
import json
import zlib
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from metrics.schema.migrations import in_todays_columns
from metrics.schema.tables import TABLES, parsed


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows with every cell as text: "" where it is empty, numbers without a needless ".0" and never as 1e-07."""
    return pd.DataFrame({name: texts(rows[name]) for name in rows}, columns=rows.columns, dtype="str")


def texts(cells: pd.Series) -> list[str]:
    """The cells of a column as text."""
    return [cell if isinstance(cell, str) else _number(cell) for cell in cells.tolist()]


def _number(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"


def canonical(table: str, rows: pd.DataFrame) -> bytes:
    """A typed table as the store keeps it and the data package holds it: technical names, every cell as it is, UTF-8, "\\n" at line ends.

    `from_canonical` gives the same table back, and that the same bytes.
    """
    columns = list(TABLES[table].columns)
    return csv_text([columns, *zip(*(texts(rows[name]) for name in columns), strict=True)]).encode()


def from_canonical(table: str, content: bytes, schema: int | None) -> pd.DataFrame:
    """The typed table, in today's columns, of what was written by `canonical` under a version of the schema (None: not known).

    Nothing is checked: what was published stays readable when a rule changes. Raises ValueError for bytes that are no such table.
    """
    # Where the lines end is said, so that a lone "\r" stays in its cell.
    rows = pd.read_csv(io.BytesIO(content), dtype="str", keep_default_na=False, lineterminator="\n", encoding="utf-8", index_col=False)
    return parsed(table, in_todays_columns(table, rows, schema))


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV whose lines end in "\\n"."""
    return "".join(map(_line, rows))


def _line(cells: Iterable[str]) -> str:
    # The writer quotes a lone "\r" only where its own line ends hold one, and a reader would end the row there.
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def packed(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Tables of text as the store keeps what is not published, faults and doubled columns included."""
    plain = {name: {"columns": list(rows.columns), "rows": rows.to_numpy().tolist()} for name, rows in tables.items()}
    return zlib.compress(json.dumps(plain).encode())


def unpacked(content: bytes) -> dict[str, pd.DataFrame]:
    """The tables that were packed."""
    plain = json.loads(zlib.decompress(content))
    return {name: pd.DataFrame(table["rows"], columns=table["columns"], dtype="str") for name, table in plain.items()}
