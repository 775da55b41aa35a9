"""Reads the sheets of a workbook as rows of text, dates to the precision of their format.

Evaluates nothing: a formula is a fault. publishing/files/limits.py checks the workbook before.
"""

import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from metrics.schema.problems import Problem
from publishing.files.headings import Progress, RawSheet
from publishing.files.limits import CHARACTERS, COLUMNS, ROWS, refusal
from publishing.files.normalize_cell import precise

Places = dict[tuple[int, int], str]
SHEETS = 100
_HIGHEST = 1_048_576
"""Excel's last row."""
_PROGRESS_EVERY = 5000


class _Refused(Exception):
    """A limit is exceeded while a sheet is read; used only in this module."""


def read(file: str, content: bytes, progress: Progress) -> Iterator[RawSheet | Problem]:
    """The sheets of a workbook that are not empty, or the problem. Raises nothing for any content."""
    with warnings.catch_warnings():
        # openpyxl warns of what it skips: newer drop-downs, dates out of range (reported as faults).
        warnings.simplefilter("ignore")
        sheets = _sheets(file, content, progress)
    yield from sheets


def _sheets(file: str, content: bytes, progress: Progress) -> list[RawSheet | Problem]:
    from openpyxl import load_workbook

    # openpyxl may raise anything for a malformed workbook: the file counts as damaged.
    buffer = BytesIO(content)
    try:
        book = load_workbook(buffer, read_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][: SHEETS + 1]
    except Exception:
        return [refusal(file, "damaged_file")]
    # A sheet need not declare its length, so progress is the position in the file.
    reading = _Reading(file, book.epoch, lambda: progress(buffer.tell() / len(content)))
    try:
        return [grid for sheet in sheets if (grid := reading.grid(sheet)).rows]
    except _Refused as refused:
        return [refused.args[0]]
    finally:
        book.close()


class _Reading:
    """Reads a workbook and enforces the limits of a file."""

    def __init__(self, file: str, epoch: datetime, report: Callable[[], None]) -> None:
        self.file, self.epoch, self.report = file, epoch, report
        self.passed = self.rows = self.characters = 0

    def grid(self, sheet: Any) -> RawSheet:
        rows: list[list[str]] = []
        dates: Places = {}
        faults: Places = {}
        self.rows = 0
        for at, cells in enumerate(self._passing(sheet)):
            texts = [_text(cell, (at, column), dates, faults) for column, cell in enumerate(cells)]
            rows.append(texts if any(texts) else [])
            self._weigh(texts)
        while rows and not any(rows[-1]):
            rows.pop()
        return RawSheet(self.file, rows, sheet=sheet.title, epoch=self.epoch, dates=dates, faults=faults)

    def _passing(self, sheet: Any) -> Iterator[tuple]:
        sheet.reset_dimensions()
        for cells in _cells(self.file, sheet):
            self.passed += 1
            if self.passed % _PROGRESS_EVERY == 0:
                self.report()
            if len(cells) > COLUMNS:
                raise _Refused(refusal(self.file, "too_many_columns", limit=COLUMNS))
            yield cells

    def _weigh(self, texts: list[str]) -> None:
        self.rows += any(texts)
        self.characters += sum(map(len, texts))
        if self.rows > ROWS + 1 or self.passed > 2 * _HIGHEST:
            raise _Refused(refusal(self.file, "too_many_rows", limit=ROWS))
        if self.characters > CHARACTERS:
            raise _Refused(refusal(self.file, "unpacks_too_large", limit=CHARACTERS // 1_000_000))


def _cells(file: str, sheet: Any) -> Iterator[tuple]:
    try:
        yield from sheet.iter_rows()
    except Exception as error:
        raise _Refused(refusal(file, "damaged_file")) from error


def _text(cell: Any, place: tuple[int, int], dates: Places, faults: Places) -> str:
    """A cell as text; dates, formulas and errors are recorded under its place."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults[place] = "formula"
        text = getattr(value, "text", value)
        return text if isinstance(text, str) else "="
    if cell.data_type == "e":
        faults[place] = "error_value"
        return str(value)
    if isinstance(value, str):
        return value.replace("_x000D_", "\r")
    if isinstance(value, date):
        dates[place] = str(value)
        has_time = isinstance(value, datetime) and value.time() != time()
        return str(value) if has_time else precise(value, cell.number_format or "")
    return _plain(value)


def _plain(value: object) -> str:
    """Numbers in full; booleans as Excel displays them."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**15
        return str(int(value)) if whole else f"{Decimal(repr(value)):f}"
    return str(value)
