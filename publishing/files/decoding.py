"""Decodes CSV files into rows of text; encoding and separator are detected in a fixed order.

Validates no cell. Deterministic: nothing is guessed by frequency.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from metrics.schema.problems import Problem
from metrics.schema.tables import TABLES
from publishing.files.headings import columns
from publishing.files.limits import COLUMNS, ROWS, refusal
from publishing.files.raw_sheet import Progress, RawSheet

SEPARATORS = (",", ";", "\t")
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


def separated_by(text: str) -> str:
    """The separator that gives the first record most titles of one table, then most cells; a comma by default."""
    return max(SEPARATORS, key=lambda separator: _fits(_first(text, separator)))


def _first(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def _fits(header: list[str]) -> tuple[int, int]:
    return max(len(set(columns(table, header[:COLUMNS])) - {""}) for table in TABLES), len(header)


def read(file: str, content: bytes, progress: Progress) -> RawSheet | Problem:
    """The rows of a CSV file, including empty lines, or the problem. Raises nothing for any content."""
    try:
        text, codec = decoded(content)
    except UnicodeDecodeError as error:
        return refusal(file, "unknown_encoding", line=content.count(b"\n", 0, error.start) + 1)
    separator = separated_by(text)
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
