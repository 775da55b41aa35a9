"""What an uploaded file may weigh, unpack to and carry, looked at before anything in it is parsed.

Reads no cell; a refusal is a Problem that names the file.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator

from metrics.schema.problems import Problem

MEGABYTE = 2**20
FILE = 20 * MEGABYTE
"""Bytes of one file as it is uploaded."""
ROWS = 200_000
"""Rows of a CSV file or of a sheet, its header not counted."""
COLUMNS = 200
CELL = 32_767
"""Characters of a cell: what Excel can hold."""
CHARACTERS = 100_000_000
"""Characters of all cells of a workbook: one long text may be named by many cells."""
UNPACKED = 300 * MEGABYTE
"""Bytes of an archive or a workbook when unpacked."""
RATIO = 150
"""How many times its size a part of an archive may unpack to; text of a register packs to a fifth or a twentieth."""
SMALL = MEGABYTE
"""Bytes below which no ratio is asked for."""
MEMBERS = 1000
"""Files in an archive."""
WHOLE_PART = 16 * MEGABYTE
"""Bytes of a part of a workbook that is read in one piece, and of the longest stretch without a new row or text."""
ELEMENTS = 4_000_000
"""Rows of a sheet, and texts that the sheets share, as they are written: empty ones too."""

_CHUNK = MEGABYTE
_STREAMED = re.compile(r"xl/(worksheets/[^/]+|sharedstrings)\.xml", re.IGNORECASE)
_ELEMENT = re.compile(rb"[<:](?:row|si)[\s/>]")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_CARRIES = {
    "macros": re.compile(r"vbaproject|macrosheets/|activex/", re.IGNORECASE),
    "external_links": re.compile(r"externallinks/|xl/connections\.xml|querytables/", re.IGNORECASE),
}


def refusal(file: str, kind: str, **params: object) -> Problem:
    """A file that is not read at all, or not as a table: a Problem of no table."""
    return Problem("", None, "", "", kind, {"file": file, **params})


def size(file: str, content: bytes) -> Problem | None:
    """Why a file is refused for its size alone."""
    if not content.strip():
        return refusal(file, "empty_file")
    return refusal(file, "too_large", limit=FILE // MEGABYTE) if len(content) > FILE else None


def unpacking(file: str, archive: zipfile.ZipFile) -> Problem | None:
    """Why an archive is refused before it is unpacked. What it says of its sizes is kept to: zipfile reads no further."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return refusal(file, "encrypted")
    if len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED:
        return refusal(file, "unpacks_too_large", limit=UNPACKED // MEGABYTE)
    if any(part.file_size > max(SMALL, RATIO * part.compress_size) for part in parts):
        return refusal(file, "unpacks_too_large", limit=UNPACKED // MEGABYTE)
    return None


def carrying(file: str, archive: zipfile.ZipFile) -> Problem | None:
    """Why a workbook is refused for what it carries: macros, links to other files, or XML that no spreadsheet writes."""
    names = archive.namelist()
    for kind, carried in _CARRIES.items():
        if any(carried.search(name) for name in names):
            return refusal(file, kind)
    try:
        safe = all(_is_plain(archive, part) for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".vml")))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return refusal(file, "damaged_file")
    return None if safe else refusal(file, "unsafe_xml")


def _is_plain(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether XML holds no document type, no other encoding and nothing that would fill the memory when it is read."""
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
    """Pieces of a part, each beginning with the last bytes of the one before; and whether it is the first."""
    with archive.open(part) as opened:
        overlap, start = b"", True
        while read := opened.read(_CHUNK):
            yield start, overlap + read
            overlap, start = read[-16:], False
