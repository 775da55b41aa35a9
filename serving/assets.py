"""Static files from memory, by exact address: ours at /assets, and Streamlit's scripts and styles, which it would send uncompressed.

Starlette's StaticFiles with starlette-compress was measured beside it: the same bytes, three times the processor time of a first visit
(338 to 112 ms), because each request reads its file and compresses it anew. Opens no file that was not listed at start.
"""

from collections.abc import Container
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.content import Content
from streamlit_internals import FRONTEND

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
