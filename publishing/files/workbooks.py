"""Reads the sheets of a workbook as rows of text: what each cell shows, dates to the precision of their format.

Evaluates nothing: a formula is a fault. publishing/files/limits.py checks the workbook before.
"""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from metrics.schema.problems import Problem
from publishing.files.downloads import RELEASE
from publishing.files.headings import Place, Progress, RawSheet
from publishing.files.limits import CHARACTERS, COLUMNS, ROWS, refusal
from publishing.files.number_formats import BY_LOCALE, shown_day, shown_number

SHEETS = 100
_HIGHEST = 1_048_576
"""Excel's last row."""
_PROGRESS_EVERY = 5000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character as OOXML escapes it (ECMA-376, 22.4.2.4)."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')


class _Refused(Exception):
    """A limit is exceeded while a sheet is read; used only in this module."""


def read(file: str, content: bytes, progress: Progress) -> Iterator[RawSheet | Problem]:
    """The sheets of a workbook that are not empty, hidden ones too, or the problem. Raises nothing for any content."""
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
        sheets = list(book.worksheets)[: SHEETS + 1]
        merged = {sheet.title: _merged(content, sheet._worksheet_path) for sheet in sheets}
    except Exception:
        return [refusal(file, "damaged_file")]
    # A sheet need not declare its length, so progress is the position in the file.
    reading = _Reading(file, book.epoch, _release(book), lambda: progress(buffer.tell() / len(content)))
    try:
        return [grid for sheet in sheets if (grid := reading.grid(sheet, merged[sheet.title])).rows]
    except _Refused as refused:
        return [refused.args[0]]
    finally:
        book.close()


def _release(book: Any) -> int | None:
    """The release that the workbook was downloaded from, None where it does not say."""
    numbers = [item.value for item in book.custom_doc_props.props if item.name == RELEASE]
    return numbers[0] if numbers and isinstance(numbers[0], int) else None


def _merged(content: bytes, part: str) -> tuple[str, ...]:
    """The merged ranges of a sheet, as `A2:A5`; openpyxl leaves them out when it streams."""
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(part) as opened:
        tail = b""
        while chunk := opened.read(1 << 20):
            # They stand after the cells.
            tail = tail[-1000:] + chunk if b"<mergeCell" not in tail else tail + chunk
    return tuple(match.decode() for match in _MERGED.findall(tail))


class _Reading:
    """Reads a workbook and enforces the limits of a file."""

    def __init__(self, file: str, epoch: datetime, release: int | None, report: Callable[[], None]) -> None:
        self.file, self.epoch, self.release, self.report = file, epoch, release, report
        self.passed = self.rows = self.characters = 0

    def grid(self, sheet: Any, merged: tuple[str, ...]) -> RawSheet:
        rows: list[list[str]] = []
        origins: dict[Place, tuple[str, str]] = {}
        faults: dict[Place, tuple[str, dict]] = {}
        self.rows = 0
        for at, cells in enumerate(self._passing(sheet)):
            texts = [_text(cell, (at, column), self.epoch, origins, faults) for column, cell in enumerate(cells)]
            rows.append(texts if any(texts) else [])
            self._weigh(texts)
        while rows and not any(rows[-1]):
            rows.pop()
        hidden = sheet.sheet_state != "visible"
        about = {"sheet": sheet.title, "epoch": self.epoch, "release": self.release, "hidden": hidden, "merged": merged}
        return RawSheet(self.file, rows, origins=origins, faults=faults, **about)

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


def _text(cell: Any, place: Place, epoch: datetime, origins: dict[Place, tuple[str, str]], faults: dict[Place, tuple[str, dict]]) -> str:
    """What a cell shows as text. What it holds otherwise, formulas and errors are recorded under its place."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        faults[place] = "formula", {}
        text = getattr(value, "text", value)
        return text if isinstance(text, str) else "="
    if cell.data_type == "e":
        faults[place] = "error_value", {}
        return str(value)
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, date):
        origins[place] = "date_cell", str(value)
        return shown_day(value, cell.number_format or "")
    if isinstance(value, bool | timedelta) or not isinstance(value, int | float):
        return _plain(value)
    if cell.style_array.numFmtId in BY_LOCALE:
        return _by_locale(value, place, epoch, faults)
    return _number(value, cell.number_format, place, origins, faults)


def _by_locale(value: float, place: Place, epoch: datetime, faults: dict[Place, tuple[str, dict]]) -> str:
    """A day in a format that shows it as a month in some languages: ambiguous on the first of a month."""
    day = f"{epoch + timedelta(days=int(value)):%Y-%m-%d}" if 0 < value < 100_000 else _plain(value)
    if day.endswith("-01"):
        faults[place] = "ambiguous_date", {"readings": [day[:-3], day]}
    return day


def _number(value: float, number_format: str, place: Place, origins: dict, faults: dict) -> str:
    text, way = shown_number(value, number_format)
    if way == "scaled_number":
        faults[place] = way, {"holds": _plain(value)}
    elif way == "number":
        origins[place] = "number_format", text
    return text if way in ("text", "scaled_number") else _plain(value)


def _plain(value: object) -> str:
    """Numbers in full; booleans as Excel displays them."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**15
        return str(int(value)) if whole else f"{Decimal(repr(value)):f}"
    return str(value)
