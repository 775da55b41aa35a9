"""Reads the sheets of an OpenDocument spreadsheet (.ods) as rows of text: what each cell shows, which the file states.

Evaluates nothing: a formula is a fault. publishing/files/limits.py checks the archive before; a document type is refused here.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from metrics.schema.dates import is_date
from metrics.schema.problems import Problem
from publishing.files.headings import Place, RawSheet, span
from publishing.files.limits import CELL, CHARACTERS, COLUMNS, DAMAGED, ROWS, WHOLE_PART, refusal

_BESIDE = "₩$€£¥ \N{NO-BREAK SPACE}"
_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ROW, _CELL, _SHEET = f"{_TABLE}table-row", (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"), f"{_TABLE}table"


def is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Whether an archive says that it is an OpenDocument spreadsheet."""
    return "mimetype" in archive.namelist() and archive.getinfo("mimetype").file_size < 200 and archive.read("mimetype").startswith(_TYPE)


def read(file: str, archive: zipfile.ZipFile) -> Iterator[RawSheet | Problem]:
    """The sheets that are not empty, or the problem. Raises nothing for any content."""
    try:
        content = archive.read("content.xml")
        if b"<!DOCTYPE" in content or len(content) > 4 * WHOLE_PART:
            yield refusal(file, "unsafe_xml")
            return
        tree = etree.parse(BytesIO(content), etree.XMLParser(resolve_entities=False, no_network=True))
        grids = [_grid(file, sheet) for sheet in tree.iter(_SHEET)]  # ValueError, of DAMAGED, where a number in it is none
    except (*DAMAGED, KeyError, etree.XMLSyntaxError):
        yield refusal(file, "damaged_file")
        return
    yield from (grid for grid in grids if isinstance(grid, Problem) or grid.rows)


def _grid(file: str, sheet: etree._Element) -> RawSheet | Problem:
    rows: list[list[str]] = []
    origins: dict[Place, tuple[str, str]] = {}
    faults: dict[Place, tuple[str, dict]] = {}
    merged: list[str] = []
    left, empty = CHARACTERS, 0  # empty rows count where a filled one follows: programs end a sheet with a million of them
    for row in sheet.iter(_ROW):
        texts = _row(row, len(rows) + empty, origins, faults, merged)
        times = _times(row, "rows")
        if not texts:
            empty += times
            continue
        left -= times * (1 + sum(map(len, texts)))
        if len(texts) > COLUMNS:
            return refusal(file, "too_many_columns", limit=COLUMNS)
        if len(rows) + empty + times > ROWS + 1 or left < 0:
            return refusal(file, "too_many_rows", limit=ROWS)
        rows += [[] for _ in range(empty)] + [list(texts) for _ in range(times)]
        empty = 0
    return RawSheet(file, rows, sheet=sheet.get(f"{_TABLE}name", ""), merged=tuple(merged), origins=origins, faults=faults)


def _row(row: etree._Element, at: int, origins: dict, faults: dict, merged: list[str]) -> list[str]:
    """The texts of a row up to its last filled cell."""
    texts: list[str] = []
    empty = 0
    for cell in row.iterchildren(*_CELL):
        place = at, len(texts) + empty
        text = _text(cell, place, origins, faults)
        spans = [int(cell.get(f"{_TABLE}number-{along}-spanned", 1)) for along in ("columns", "rows")]
        if max(spans) > 1:
            merged.append(span(place, *spans))
        times = _times(cell, "columns")
        if not text:
            empty += times
            continue
        texts += [""] * min(empty, COLUMNS + 1) + [text] * min(times, COLUMNS + 1)
        empty = 0
        if len(texts) > COLUMNS:
            break
    return texts


def _times(element: etree._Element, along: str) -> int:
    """How many rows or columns an element stands for."""
    times = int(element.get(f"{_TABLE}number-{along}-repeated", 1))
    if times < 1:
        raise ValueError(times)
    return times


def _text(cell: etree._Element, place: Place, origins: dict, faults: dict) -> str:
    """What a cell shows. Where that is no date or number, what it holds, with what it shows under its place."""
    shown = "\n".join(_paragraph(part) for part in cell.iterchildren(f"{_TEXT}p"))
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if cell.get(f"{_TABLE}formula"):
        faults[place] = "formula", {}
        return cell.get(f"{_TABLE}formula")
    if kind == "date":
        day = cell.get(f"{_OFFICE}date-value", "")[:10]
        origins[place] = "date_cell", shown
        return shown if is_date(shown) and day.startswith(shown) else day
    if kind not in ("float", "currency") or (amount := _amount(shown)) is None:
        return shown
    if abs(amount - float(value)) > 0.5 * 10 ** -_places(shown):
        faults[place] = "scaled_number", {"holds": value}
        return shown
    if shown.replace(",", "") != value:
        origins[place] = "number_format", shown
    return value


def _amount(shown: str) -> float | None:
    """The number that is shown, with a currency's sign or grouping at most."""
    try:
        return float(shown.strip(_BESIDE).replace(",", "").replace(" ", ""))
    except ValueError:
        return None


def _places(shown: str) -> int:
    return len(shown.strip(_BESIDE).partition(".")[2])


def _paragraph(part: etree._Element) -> str:
    """The text of a paragraph, of one that no cell may hold only the beginning."""
    text = ""
    for piece in _pieces(part):
        text += piece
        if len(text) > CELL:
            break
    return text


def _pieces(part: etree._Element) -> Iterator[str]:
    """The texts in a paragraph; repeated spaces, tabs and line breaks are elements of their own."""
    letters = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
    yield part.text or ""
    for child in part:
        inner = letters.get(child.tag)
        yield from [inner * min(int(child.get(f"{_TEXT}c", 1)), CELL + 1)] if inner else _pieces(child)
        yield child.tail or ""
