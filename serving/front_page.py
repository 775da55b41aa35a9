"""The HTML that every page begins with: Streamlit's own, told which language it is in, how it looks and what it will need first.

Changes a few words in Streamlit's file and nothing else; must not know what a page shows.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, quote

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.content import Content
from streamlit_internals import FRONTEND, INDEX
from wording import LANGUAGES

ELEMENTS = ("Html", "PageLink", "Button", "ButtonGroup", "DateInput", "Multiselect", "BidiComponent")
"""Streamlit's scripts for what stands on most pages: it asks for each only when it draws the first one, a second after it could."""
FONT = "./assets/fonts/dashboard-sans.woff2"
KINDS = {".js": 'rel="modulepreload"', ".svg": 'rel="preload" as="fetch"', ".woff2": 'rel="preload" as="font" type="font/woff2"'}
"""How a page asks for a file before it needs it, by the file's ending."""


class FrontPage:
    """Middleware: answers for the addresses of `pages` ("" is the first); passes everything else on.

    `pages` names for each page the files of ours that it needs first. The HTML is in the language of the address, else of the
    browser, so that browsers offer no translation of a Korean page and screen readers speak it as Korean. `beginning` is HTML of
    ours, such as the style sheet: in the page itself it is there before the first element, so that none moves when it comes.
    """

    def __init__(self, app: ASGIApp, pages: Mapping[str, Iterable[str]], beginning: str = "", folder: Path = FRONTEND) -> None:
        self._app = app
        page = (folder / INDEX).read_text(encoding="utf-8")
        scripts = [f"./static/js/{name}" for name in needed_by(ELEMENTS, folder / "static" / "js")]
        # The page names files by a hash of their content, so it is asked for each time.
        self._pages = {
            (f"/{name}", lang): Content(
                prepared(page, lang, [*scripts, FONT, *(f".{file}" for file in ours)], beginning).encode(), "text/html", "no-cache"
            )
            for name, ours in pages.items()
            for lang in LANGUAGES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self._wanted(scope)
        await (page.response(Headers(scope=scope)) if page else self._app)(scope, receive, send)

    def _wanted(self, scope: Scope) -> Content | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        return self._pages.get((scope["path"], language(scope)))


def needed_by(elements: Iterable[str], folder: Path) -> list[str]:
    """The script of each element and all that they import in turn, by name: a browser would ask for these one after the other."""
    found = [file.name for element in elements for file in folder.glob(f"{element}.*.js")]
    for name in found:  # grows meanwhile
        imported = re.findall(r'(?:from|import)"\./([^"]+\.js)"', (folder / name).read_text(encoding="utf-8"))
        found += [other for other in dict.fromkeys(imported) if other not in found]
    return found


def prepared(page: str, lang: str, early: Iterable[str], beginning: str = "") -> str:
    """Streamlit's page in a language, with HTML of ours, without its own font, which we do not use, and with what it will need."""
    page = page.replace('<html lang="en">', f'<html lang="{lang}" class="opening">', 1)
    page = re.sub(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*>', "", page)
    links = "".join(f'<link {KINDS[Path(file).suffix]} crossorigin href="{file}">' for file in early if f'href="{file}"' not in page)
    page = page.replace("</head>", f"{links}</head>", 1)
    ours = f'{beginning}<script type="module" src="./assets/opening.js"></script>'
    return page.replace("</body>", f"{ours}</body>", 1)  # behind those that Streamlit adds to the head


class _Name(StringConvertor):
    regex = "(?!oauth2callback$)[^/.]+"  # where a sign-in comes back to Streamlit


register_url_convertor("page_name", _Name())


def other_pages_route(first: str) -> Route:
    """`GET /<name>` of no page leads to the first page, which says so; the first page's own name leads there without a word.

    Streamlit keeps its first page at the bare address, and says of any other name, in English, that it was not found.
    """

    def to_the_start(request: Request) -> Response:
        name = request.path_params["name"]
        unknown = "" if name == first else f"not_found={quote(name[:100])}"
        query = "&".join(part for part in (request.url.query, unknown) if part)
        # Relative, so that it also holds behind a proxy that adds a folder to the address.
        return RedirectResponse(f"./?{query}" if query else "./")

    return Route("/{name:page_name}", to_the_start)


def language(scope: Scope) -> str:
    """The language that a request asks for in its address, else in its headers."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    lang = query.get("lang", [""])[0]
    if lang in LANGUAGES:
        return lang
    return "ko" if Headers(scope=scope).get("accept-language", "").lower().startswith("ko") else "en"
