"""Checks a pack of evidence: every file against its checksum, and the tables against the digest of their release.

Trusts nothing that a pack claims and writes nothing to disk. Faults are data; their sentences are in locale/.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exports.evidence.evidence import ABOUT, DATA, KIND, SUMS, release_digest

MEMBERS = 10_000
UNPACKED = 2 * 2**30
"""Bytes that all files of a pack may have when unpacked."""
RATIO, SMALL = 200, 2**20
"""How many times its packed size a file may have; smaller ones are not checked."""
LIST = 2**22
"""Bytes of the list of checksums, and of about.json: both are read whole."""
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_CLIMBS = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\\\0]")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for archives that are broken, encrypted or packed in ways it does not know."""


@dataclass(frozen=True)
class Fault:
    """A fault of a pack: its kind names a sentence of locale/, the fields fill it."""

    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verification:
    """The result of checking: `files` were looked at. `release` and `digest` are those that the tables give, 0 and "" where they do not."""

    faults: tuple[Fault, ...]
    files: int = 0
    release: int = 0
    digest: str = ""


class InvalidPack(Exception):
    """A file that is no pack, or one that is not safe to look into."""

    def __init__(self, kind: str, **fields: object) -> None:
        super().__init__(kind)
        self.fault = Fault(kind, fields)


def verify(file: Path) -> Verification:
    """Check a pack. Raises OSError where the file cannot be opened; everything else that is wrong with it is a fault."""
    with file.open("rb") as opened:
        try:
            with zipfile.ZipFile(opened) as archive:
                return _checked(archive)
        except InvalidPack as refused:
            return Verification((refused.fault,))
        except _DAMAGED:
            return Verification((Fault("archive"),))


def _checked(archive: zipfile.ZipFile) -> Verification:
    parts = _safe(archive)
    sums = _sums(archive, parts)
    digests = {name: _digest(archive, part) for name, part in parts.items() if name != SUMS}
    faults = [
        *(Fault("missing", {"file": name}) for name in sums if name not in digests),
        *(Fault("unlisted", {"file": name}) for name in digests if name not in sums),
        *(Fault("damaged", {"file": name}) for name, digest in digests.items() if not digest),
        *(Fault("changed", {"file": name}) for name, digest in digests.items() if digest and sums.get(name, digest) != digest),
    ]
    number, digest, counted = _release(archive, parts)
    if not counted:
        return Verification(tuple(faults), len(digests))
    tables = {name: digests.get(f"{DATA}{name}.csv", "") for name in counted}
    if release_digest(tables) != digest:
        return Verification((*faults, Fault("digest", {"number": str(number), "digest": digest})), len(digests))
    return Verification(tuple(faults), len(digests), number, digest)


def _safe(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name, if all of them are safe; zipfile enforces the sizes that they declare."""
    parts = [part for part in archive.infolist() if not part.is_dir()]
    for part in parts:
        if _CLIMBS.search(part.filename):
            raise InvalidPack("climbs", file=part.filename)
        if part.flag_bits & 1:
            raise InvalidPack("encrypted", file=part.filename)
        if part.file_size > max(SMALL, RATIO * part.compress_size):
            raise InvalidPack("bomb", file=part.filename)
    if len(parts) > MEMBERS or sum(part.file_size for part in parts) > UNPACKED:
        raise InvalidPack("huge")
    named = {part.filename: part for part in parts}
    if len(named) < len(parts):
        raise InvalidPack("twice")
    return named


def _sums(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The list of checksums: SHA-256 by file."""
    text = _text(archive, parts, SUMS, "sums")
    lines = text.splitlines()
    matches = [match for line in lines if (match := _LINE.fullmatch(line))]
    if not matches or len(matches) < len(lines):
        raise InvalidPack("sums")
    return {match[2]: match[1] for match in matches}


def _text(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], name: str, otherwise: str) -> str:
    part = parts.get(name)
    if part is None or part.file_size > LIST:
        raise InvalidPack(otherwise)
    try:
        return archive.read(part).decode()
    except _DAMAGED:
        raise InvalidPack(otherwise) from None


def _digest(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """The SHA-256 of a file, "" where it is damaged."""
    try:
        with archive.open(part) as opened:
            content: Any = opened  # a buffer, though declared as less
            return hashlib.file_digest(content, "sha256").hexdigest()
    except _DAMAGED:
        return ""


def _release(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> tuple[int, str, list[str]]:
    """The release that a pack says it is of: number, digest, and the tables that give the digest, none where it says none."""
    try:
        about = json.loads(_text(archive, parts, ABOUT, "about"))
        release = about["release"] if about["kind"] == KIND else {}
        number, digest, counted = int(release["number"]), str(release["digest"]), [str(name) for name in release["counted"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InvalidPack("about") from None
    return number, digest, counted
