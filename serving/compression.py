"""Streamlit's own scripts and styles, compressed once: it sends them plain. Must not touch any other answer of Streamlit's."""

import asyncio
import re
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.shelf import Shelf, answer, takes_gzip

FRONTEND = Path(streamlit.__file__).parent / "static"
# What Streamlit itself says about these files: their names carry a hash of their content.
FOREVER = "public, immutable, max-age=31536000"
# The page names those hashed files, so it is asked for each time.
ALWAYS_ASK = "no-cache"
INDEX = "index.html"


def frontend_shelf(folder: Path = FRONTEND) -> Shelf:
    """Scripts and styles; fonts and pictures are small already and stay with Streamlit. Level 6: 9 takes thrice as long for 1 %."""
    return Shelf(folder, {".js", ".css"}, cache=FOREVER, level=6)


def needed_first(folder: Path = FRONTEND) -> list[str]:
    """The scripts and styles that the page itself names, in its order: every visit begins with them."""
    page = (folder / INDEX).read_text(encoding="utf-8")
    return re.findall(r'"\./(static/[^"]+\.(?:js|css))"', page)


class Compressed:
    """Middleware: answers for the files on the shelf where the browser takes gzip; passes everything else on."""

    def __init__(self, app: ASGIApp, shelf: Shelf) -> None:
        self._app, self._shelf = app, shelf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._wanted(scope)
        if name is None:
            await self._app(scope, receive, send)
            return
        packed = self._shelf.take(name) if self._shelf.ready(name) else await asyncio.to_thread(self._shelf.take, name)
        await answer(packed, Headers(scope=scope), self._shelf.cache)(scope, receive, send)

    def _wanted(self, scope: Scope) -> str | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        name = scope["path"].removeprefix("/")
        return name if name in self._shelf and takes_gzip(Headers(scope=scope)) else None
