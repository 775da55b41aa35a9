"""Limits on size, unpacked size and content of uploaded files, checked before anything is parsed.

Reads no cell; a refusal is a Problem that names the file.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator

from metrics.schema.problems import Problem

MEGABYTE = 2**20
FILE = 20 * MEGABYTE
"""Bytes of an uploaded file."""
ROWS = 200_000
"""Rows of a CSV file or a sheet, without the header."""
COLUMNS = 200
CELL = 32_767
"""Characters of a cell: Excel's limit."""
CHARACTERS = 100_000_000
"""Characters of all cells of a workbook: many cells may refer to one long shared text."""
UNPACKED = 300 * MEGABYTE
"""Unpacked bytes of an archive or a workbook."""
RATIO = 150
"""Highest compression ratio of a part of an archive; tables of text reach 5 to 20."""
SMALL = MEGABYTE
"""Bytes below which the ratio is not checked."""
MEMBERS = 1000
"""Files in an archive."""
WHOLE_PART = 16 * MEGABYTE
"""Bytes of a part of a workbook that is not streamed, and between two rows or texts of one that is."""
ELEMENTS = 4_000_000
"""Rows of a sheet, or shared texts of a workbook, including empty ones."""

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for archives that are damaged, encrypted or in an unknown compression."""
_CHUNK = MEGABYTE
_STREAMED = re.compile(r"xl/(worksheets/[^/]+|sharedstrings)\.xml", re.IGNORECASE)
_ELEMENT = re.compile(rb"[<:](?:row|si)[\s/>]")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_CARRIES = {
    "macros": re.compile(r"vbaproject|macrosheets/|activex/", re.IGNORECASE),
    "external_links": re.compile(r"externallinks/|xl/connections\.xml|querytables/", re.IGNORECASE),
}


def refusal(file: str, kind: str, **params: object) -> Problem:
    """The Problem of a file that is not read."""
    return Problem("", None, "", "", kind, {"file": file, **params})


def size(file: str, content: bytes) -> Problem | None:
    """The problem with a file's size, if any."""
    if not content.strip():
        return refusal(file, "empty_file")
    return refusal(file, "too_large", limit=FILE // MEGABYTE) if len(content) > FILE else None


def unpacking(file: str, archive: zipfile.ZipFile) -> Problem | None:
    """The problem with an archive's unpacked size, if any. Declared sizes can be trusted: zipfile reads no further."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return refusal(file, "encrypted")
    dense = any(part.file_size > max(SMALL, RATIO * part.compress_size) for part in parts)
    too_large = dense or len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED
    return refusal(file, "unpacks_too_large", limit=UNPACKED // MEGABYTE) if too_large else None


def carrying(file: str, archive: zipfile.ZipFile) -> Problem | None:
    """The problem with a workbook's content, if any: macros, external links, or XML that no spreadsheet writes."""
    names = archive.namelist()
    for kind, carried in _CARRIES.items():
        if any(carried.search(name) for name in names):
            return refusal(file, kind)
    try:
        safe = all(_is_plain(archive, part) for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".vml")))
    except DAMAGED:
        return refusal(file, "damaged_file")
    return None if safe else refusal(file, "unsafe_xml")


def _is_plain(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether XML has no DOCTYPE, is in UTF-8 and is small enough to parse."""
    streamed = _STREAMED.fullmatch(part.filename)
    if not streamed and part.file_size > WHOLE_PART:
        return False
    elements, since = 0, 0
    for start, chunk in _chunks(archive, part):
        if b"\0" in chunk or b"<!DOCTYPE" in chunk or (start and _OTHER_ENCODING.search(chunk[:1000])):
            return False
        starts = [match.start() for match in _ELEMENT.finditer(chunk)] if streamed else []
        elements, since = elements + len(starts), (len(chunk) - starts[-1] if starts else since + len(chunk))
        if elements > ELEMENTS or since > WHOLE_PART:
            return False
    return True


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bool, bytes]]:
    """Chunks of a part, each with the last bytes of the previous one in front; and whether it is the first."""
    with archive.open(part) as opened:
        overlap, start = b"", True
        while read := opened.read(_CHUNK):
            yield start, overlap + read
            overlap, start = read[-16:], False
