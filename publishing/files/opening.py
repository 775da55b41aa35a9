"""Opens uploaded files (CSV, workbooks, archives of these) as raw sheets.

Raises nothing for any name or content: what cannot be opened is a Problem. Validates no cell. The encoding and the separator of
a CSV file are detected in a fixed order: nothing is guessed by frequency.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from metrics.schema.problems import Problem
from metrics.schema.tables import TABLES
from publishing.files import opendocument, workbooks
from publishing.files.headings import Progress, RawSheet, columns
from publishing.files.limits import COLUMNS, DAMAGED, ROWS, carrying, refusal, size, unpacking

SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp949": "CP949",
}
"""Codecs tried, with their display names."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PROGRESS_EVERY = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Signature of old workbooks (.xls) and of encrypted new ones."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table|head|meta|workbook)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
"""The line in which Excel is told the separator; a spreadsheet does not show it."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ACCOMPANYING = (".json", ".md")
"""Files of a data package without a table."""


def opened(files: Sequence[tuple[str, bytes]], progress: Progress) -> Iterator[tuple[str, Iterator[RawSheet | Problem]]]:
    """The name and the sheets of each file (name, content). `progress` is reported by bytes."""
    whole, behind = sum(len(content) for _, content in files) or 1, 0
    for name, content in files:
        yield name, open_file(name, content, _part(progress, behind / whole, len(content) / whole))
        behind += len(content)
        progress(behind / whole)


def _part(progress: Progress, start: float, share: float) -> Progress:
    return lambda done: progress(start + share * min(max(done, 0.0), 1.0))


def open_file(name: str, content: bytes, progress: Progress = lambda share: None) -> Iterator[RawSheet | Problem]:
    """The sheets of a file, or the problem."""
    if refused := size(name, content):
        yield refused
    elif content.startswith(_OLE):
        yield refusal(name, "encrypted" if _ENCRYPTED in content else "old_workbook")
    elif _MARKUP.match(content[:200]):
        yield refusal(name, "markup")
    elif content.startswith(_ZIP):
        yield from _unzipped(name, content, progress)
    else:
        yield _decoded_rows(name, content, progress)


def _unzipped(name: str, content: bytes, progress: Progress) -> Iterator[RawSheet | Problem]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED:
        yield refusal(name, "damaged_file")
        return
    with archive:
        if refused := unpacking(name, archive):
            yield refused
        elif opendocument.is_spreadsheet(archive):
            yield from opendocument.read(name, archive)
        elif "[Content_Types].xml" not in archive.namelist():
            yield from _members(name, archive, progress)
        elif _is_strict(archive):
            yield refusal(name, "strict_workbook")
        elif refused := carrying(name, archive):
            yield refused
        else:
            yield from workbooks.read(name, content, progress)


def _is_strict(archive: zipfile.ZipFile) -> bool:
    """Whether a workbook is in the strict variant of OOXML, whose namespaces differ from those that Excel writes by default."""
    try:
        return b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml")
    except (*DAMAGED, KeyError):
        return False


def _members(name: str, archive: zipfile.ZipFile, progress: Progress) -> Iterator[RawSheet | Problem]:
    parts = [part for part in archive.infolist() if not part.is_dir() and not _is_passed_over(part.filename)]
    if not parts:
        yield refusal(name, "empty_file")
    for at, part in enumerate(parts):
        yield from _member(f"{name} › {part.filename}", archive, part, _part(progress, at / len(parts), 1 / len(parts)))


def _is_passed_over(name: str) -> bool:
    return name.lower().endswith(_ACCOMPANYING) or name.startswith("__MACOSX/") or name.split("/")[-1].startswith(".")


def _member(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, progress: Progress) -> Iterator[RawSheet | Problem]:
    try:
        content = archive.read(part)
    except DAMAGED:
        yield refusal(name, "damaged_file")
        return
    if content.startswith(_ZIP) and not part.filename.lower().endswith((".xlsx", ".ods")):
        yield refusal(name, "unknown_table")
    else:
        yield from open_file(name, content, progress)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the codec: by byte order mark, by zero bytes (UTF-16), else UTF-8, else CP949, which Excel in Korea writes.

    Raises the UnicodeDecodeError of UTF-8 if none fits.
    """
    for codec in _codecs(content):
        try:
            return content.decode(codec), codec
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8"), "utf-8"


def _codecs(content: bytes) -> tuple[str, ...]:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return (codec,)
    if b"\0" in content[:1000]:
        # In little-endian UTF-16, ASCII separators and line ends have their zero byte second.
        return ("utf-16-le",) if content[1:1000:2].count(0) >= content[:1000:2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp949")


def _separator(text: str) -> str:
    """The separator that gives the first record most titles of one table, then most cells; a comma by default."""
    return max(SEPARATORS, key=lambda separator: _fits(_first(text, separator)))


def _first(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def _fits(header: list[str]) -> tuple[int, int]:
    return max(len(set(columns(table, header[:COLUMNS])) - {""}) for table in TABLES), len(header)


def _decoded_rows(file: str, content: bytes, progress: Progress) -> RawSheet | Problem:
    """The rows of a CSV file, including empty lines, or the problem. Raises nothing for any content."""
    try:
        text, codec = decoded(content)
    except UnicodeDecodeError as error:
        return refusal(file, "unknown_encoding", line=content.count(b"\n", 0, error.start) + 1)
    stated = _SEPARATOR.match(text)
    # Some programs end a line twice: CR CR LF.
    text = text[stated.end() if stated else 0 :].replace("\r\r\n", "\r\n")
    separator = stated[1] if stated else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = _within_limits(file, reader, text.count("\n") + 1, progress)
    except csv.Error:
        return refusal(file, "broken_line", line=max(reader.line_num, 1))
    return rows if isinstance(rows, Problem) else RawSheet(file, rows, codec, separator)


def _within_limits(file: str, reader: Iterator[list[str]], lines: int, progress: Progress) -> list[list[str]] | Problem:
    rows: list[list[str]] = []
    for row in reader:
        if len(row) > COLUMNS:
            return refusal(file, "too_many_columns", limit=COLUMNS)
        rows.append(row)
        if len(rows) > ROWS + 1:
            return refusal(file, "too_many_rows", limit=ROWS)
        if len(rows) % _PROGRESS_EVERY == 0:
            progress(len(rows) / lines)
    return rows
