"""Opens uploaded files (CSV, workbooks, archives of these) as raw sheets.

Raises nothing for any name or content: what cannot be opened is a Problem. Knows no table.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from metrics.schema.problems import Problem
from publishing.files import decoding, workbooks
from publishing.files.limits import carrying, refusal, size, unpacking
from publishing.files.raw_sheet import Progress, RawSheet

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for archives that are damaged, encrypted or in an unknown compression."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Signature of old workbooks (.xls) and of encrypted new ones."""
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
        yield refusal(name, "encrypted")
    elif content.startswith(_ZIP):
        yield from _unzipped(name, content, progress)
    else:
        yield decoding.read(name, content, progress)


def _unzipped(name: str, content: bytes, progress: Progress) -> Iterator[RawSheet | Problem]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED:
        yield refusal(name, "damaged_file")
        return
    with archive:
        if refused := unpacking(name, archive):
            yield refused
        elif "[Content_Types].xml" not in archive.namelist():
            yield from _members(name, archive, progress)
        elif refused := carrying(name, archive):
            yield refused
        else:
            yield from workbooks.read(name, content, progress)


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
    if content.startswith(_ZIP) and not part.filename.lower().endswith(".xlsx"):
        yield refusal(name, "unknown_table")
    else:
        yield from open_file(name, content, progress)
