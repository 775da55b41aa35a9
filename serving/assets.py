"""Content compressed once, and static files from memory: ours at /assets, and Streamlit's scripts and styles, which it sends uncompressed.

Starlette's StaticFiles with starlette-compress was measured beside it: the same bytes, three times the processor time of a first visit
(338 to 112 ms), because each request reads its file and compresses it anew. Opens no file that was not listed at start.
"""

import gzip
import hashlib
import re
from collections.abc import Container, Mapping
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from streamlit_internals import FRONTEND

SMALL_ALREADY = ("image/png", "font/woff2")
"""Media types whose format is compressed."""
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
"""What is served of our assets; nothing else in their folder is."""
ASSETS = "/assets/"
# The names stay the same when the content changes, so a browser asks again after an hour and meanwhile draws with what it has.
HOUR = "public, max-age=3600, stale-while-revalidate=604800"
# Streamlit's own rule: the names of these files hold a hash of their content.
FOREVER = "public, immutable, max-age=31536000"


class Content:
    """Bytes that are sent again and again, with their media type, their Cache-Control and an ETag."""

    def __init__(self, body: bytes, media_type: str, cache_control: str) -> None:
        self._compressed, self._media_type = media_type not in SMALL_ALREADY, media_type
        self._body = gzip.compress(body, 6, mtime=0) if self._compressed else body
        # Weak, because the same tag stands for the plain and the compressed form.
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
        self._headers = {"cache-control": cache_control, "etag": etag, "vary": "Accept-Encoding"}

    def response(self, request: Mapping[str, str]) -> Response:
        """The answer to a request's headers."""
        if is_current(request, self._headers["etag"]):
            return Response(status_code=304, headers=self._headers)
        if self._compressed and accepts_gzip(request):
            return Response(self._body, headers=self._headers | {"content-encoding": "gzip"}, media_type=self._media_type)
        return Response(gzip.decompress(self._body) if self._compressed else self._body, headers=self._headers, media_type=self._media_type)


def is_current(request: Mapping[str, str], etag: str) -> bool:
    """Whether If-None-Match names the tag of what would be sent."""
    return any(tag.strip() in ("*", etag) for tag in request.get("if-none-match", "").split(","))


def accepts_gzip(request: Mapping[str, str]) -> bool:
    """Whether Accept-Encoding names gzip with a weight above zero."""
    offers = request.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return any(re.fullmatch(r"gzip(;q=(1(\.0*)?|0?\.\d*[1-9]\d*))?", offer) for offer in offers)


class FileCache:
    """Middleware: answers for the listed addresses, and 404 for others below /assets/; passes everything else on."""

    def __init__(self, app: ASGIApp, assets: Path, frontend: Path = FRONTEND) -> None:
        self._app = app
        self._files = {
            **{f"{ASSETS}{name}": (file, HOUR) for name, file in _files(assets, MEDIA_TYPES).items()},
            **{f"/{name}": (file, FOREVER) for name, file in _files(frontend, (".css", ".js")).items()},
            "/favicon.png": (assets / "logo.png", HOUR),  # else a browser shows Streamlit's until the page has run
        }
        self.get = lru_cache(maxsize=None)(self._read)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else ""
        if path in self._files:
            await self.get(path).response(Headers(scope=scope))(scope, receive, send)
        elif path.startswith(ASSETS):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _read(self, path: str) -> Content:
        file, cache_control = self._files[path]
        return Content(file.read_bytes(), MEDIA_TYPES[file.suffix], cache_control)


def _files(folder: Path, suffixes: Container[str]) -> dict[str, Path]:
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.suffix in suffixes and file.is_file()}
