"""Reads an uploaded or stored CSV file as text, cell by cell.

Does not judge what the cells hold (metrics.tables does) and guesses no types, encodings or separators.
"""

import csv
import io

import pandas as pd

from metrics.problems import Problem


def read_csv(table: str, content: bytes) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells of a UTF-8 CSV file, all text and as they stand (Namibia's `NA` too), and what is wrong with the file.

    One column per cell of the header, one row per record, empty lines included, so that row i of the frame is row i + 2 of the
    spreadsheet. Nothing is raised for the content; where there are problems, the frame holds only what could be read.
    """
    records: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        records.extend(reader)
    except UnicodeDecodeError as error:
        return pd.DataFrame(), [_unreadable(table, content.count(b"\n", 0, error.start) + 1)]
    except csv.Error:
        return pd.DataFrame(), [_unreadable(table, reader.line_num)]
    if not records or not any(records[0]):
        return pd.DataFrame(), [_unreadable(table, 1)]
    return _frame(table, records[0], records[1:])


def _unreadable(table: str, line: int) -> Problem:
    return Problem(table, None, "", "", "unreadable", {"line": line})


def _frame(table: str, header: list[str], records: list[list[str]]) -> tuple[pd.DataFrame, list[Problem]]:
    problems = [
        Problem(table, row, "", "", "broken_row", {"found": len(cells), "expected": len(header)})
        for row, cells in enumerate(records, start=2)
        if cells and len(cells) != len(header)
    ]
    rows = [(cells + [""] * len(header))[: len(header)] for cells in records]
    return pd.DataFrame(rows, columns=header, dtype="str"), problems
