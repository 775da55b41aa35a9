"""The HTML that every page begins with: Streamlit's own, told which language it is in and what it will need first.

Changes a few words in Streamlit's file and nothing else; must not know what a page shows.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.compression import ALWAYS_ASK, FRONTEND, INDEX
from serving.shelf import MEDIA_TYPES, Packed, answer
from wording import LANGUAGES

CHARTS = ("PlotlyChart", "DeckGlJsonChart")
"""Streamlit's scripts for charts and maps: it asks for them only when it draws the first one, a second after it could."""


class FrontPage:
    """Middleware: answers for the addresses of `pages` ("" is the first); passes everything else on.

    The HTML is in the language of the address, else of the browser, so that browsers offer no translation of a Korean page and
    screen readers speak it as Korean.
    """

    def __init__(self, app: ASGIApp, pages: Iterable[str], folder: Path = FRONTEND) -> None:
        self._app, self._paths = app, {f"/{page}" for page in pages}
        page = (folder / INDEX).read_text(encoding="utf-8")
        early = [f"./{file.relative_to(folder).as_posix()}" for name in CHARTS for file in folder.glob(f"static/js/{name}.*.js")]
        self._packed = {lang: _packed(prepared(page, lang, early)) for lang in LANGUAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        await answer(self._packed[language(scope)], asked, ALWAYS_ASK)(scope, receive, send)


def prepared(page: str, lang: str, early: Iterable[str]) -> str:
    """Streamlit's page in a language, without its own font, which we do not use, and with the scripts that charts will need."""
    page = page.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    page = re.sub(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*>', "", page)
    links = "".join(f'<link rel="modulepreload" crossorigin href="{script}">' for script in early)
    return page.replace("</head>", f"{links}</head>", 1)


def language(scope: Scope) -> str:
    """The language that a request asks for in its address, else in its headers."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    lang = query.get("lang", [""])[0]
    if lang in LANGUAGES:
        return lang
    return "ko" if Headers(scope=scope).get("accept-language", "").lower().startswith("ko") else "en"


def _packed(page: str) -> Packed:
    content = page.encode()
    return Packed(gzip.compress(content, 9, mtime=0), True, f'W/"{hashlib.sha256(content).hexdigest()[:20]}"', MEDIA_TYPES[".html"])
