"""Files held in memory, compressed once, found by exact name. Must not open a file that it did not list when it was made."""

import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from starlette.datastructures import Headers
from starlette.responses import Response

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
"""Only files that end like this are listed; all others stay where they are."""

ALREADY_SMALL = {".png", ".woff2"}


@dataclass(frozen=True)
class Packed:
    """A file ready to send: its bytes (gzip where `compressed`), a mark that changes with its content, its media type."""

    body: bytes
    compressed: bool
    etag: str
    media_type: str


class Shelf:
    """The files of a folder by their path inside it (`fonts/a.woff2`), packed when first asked for or by `fill`.

    `cache` is the Cache-Control that they are sent with, `level` the effort of gzip, 1 to 9.
    """

    def __init__(self, folder: Path, suffixes: Iterable[str] = MEDIA_TYPES, *, cache: str, level: int) -> None:
        self.cache, self._level = cache, level
        wanted = [file for file in sorted(folder.rglob("*")) if file.suffix in suffixes and file.is_file()]
        self._files = {file.relative_to(folder).as_posix(): file for file in wanted}
        self._packed: dict[str, Packed] = {}
        self._packing = Lock()

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def names(self) -> tuple[str, ...]:
        """Every name on the shelf, the largest file first: it gains most from being packed early."""
        return tuple(sorted(self._files, key=lambda name: -self._files[name].stat().st_size))

    def ready(self, name: str) -> bool:
        """Whether `take` answers at once."""
        return name in self._packed

    def take(self, name: str) -> Packed:
        """The packed file; packs it first where nobody has. Raises KeyError for a name that is not on the shelf."""
        with self._packing:
            if name not in self._packed:
                self._packed[name] = pack(self._files[name], self._level)
            return self._packed[name]

    def fill(self, first: Iterable[str] = ()) -> None:
        """Pack everything, beginning with `first`."""
        for name in (*first, *self.names()):
            if name in self:
                self.take(name)


def pack(file: Path, level: int) -> Packed:
    """Read a file and compress it, unless its format is compressed already."""
    content = file.read_bytes()
    compressed = file.suffix not in ALREADY_SMALL
    body = gzip.compress(content, level, mtime=0) if compressed else content
    # Weak, because the same mark stands for the plain and the compressed form.
    return Packed(body, compressed, f'W/"{hashlib.sha256(content).hexdigest()[:20]}"', MEDIA_TYPES[file.suffix])


def answer(packed: Packed, asked: Headers, cache: str) -> Response:
    """The response to a browser's headers: 304 where it has this content, else the bytes, plain where it does not take gzip."""
    headers = {"cache-control": cache, "etag": packed.etag, "vary": "Accept-Encoding", "x-content-type-options": "nosniff"}
    if has(asked.get("if-none-match", ""), packed.etag):
        return Response(status_code=304, headers=headers)
    if not packed.compressed:
        return Response(packed.body, headers=headers, media_type=packed.media_type)
    if takes_gzip(asked):
        return Response(packed.body, headers=headers | {"content-encoding": "gzip"}, media_type=packed.media_type)
    return Response(gzip.decompress(packed.body), headers=headers, media_type=packed.media_type)


def takes_gzip(asked: Mapping[str, str]) -> bool:
    """Whether Accept-Encoding names gzip and does not give it a weight of zero."""
    offers = asked.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return any(re.fullmatch(r"gzip(;q=(1(\.0*)?|0?\.\d*[1-9]\d*))?", offer) for offer in offers)


def has(if_none_match: str, etag: str) -> bool:
    """Whether a browser's If-None-Match names the mark of what would be sent."""
    return any(mark.strip() in ("*", etag) for mark in if_none_match.split(","))
