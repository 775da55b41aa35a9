"""The HTML document of every page: Streamlit's own with the language, our style sheet and preload hints added."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from languages import FALLBACK, LANGUAGES, language, preferred
from serving.assets import Content
from streamlit_internals import FRONTEND, INDEX

ELEMENTS = ("Html", "PageLink", "Button", "ButtonGroup", "DateInput", "MenuButton", "Multiselect", "BidiComponent")
"""Elements on most pages: Streamlit loads the script of each only when it renders the first one, a second later than possible."""
FONT = "./assets/fonts/dashboard-sans.woff2"
KINDS = {".js": 'rel="modulepreload"', ".svg": 'rel="preload" as="fetch"', ".woff2": 'rel="preload" as="font" type="font/woff2"'}
"""Attributes of the preload link by the file's suffix."""


class FrontPage:
    """Middleware: answers for the addresses of `pages` ("" is the first page); passes everything else on.

    `pages` names for each page the assets to preload. The document's language is that of the address, else of the browser, so that
    browsers offer no translation and screen readers pronounce it correctly; it is the first of `offered` where neither names one of them.
    `beginning` is HTML of ours, such as the style sheet: in the document itself it applies before the first element, which avoids
    layout shifts.
    """

    def __init__(
        self,
        app: ASGIApp,
        pages: Mapping[str, Iterable[str]],
        beginning: str = "",
        folder: Path = FRONTEND,
        offered: Callable[[], Sequence[str]] = lambda: (FALLBACK, *LANGUAGES),
    ) -> None:
        self._app, self._offered, self._beginning = app, offered, beginning
        self._index = (folder / INDEX).read_text(encoding="utf-8")
        scripts = [f"./static/js/{name}" for name in needed_by(ELEMENTS, folder / "static" / "js")]
        self._early = {f"/{name}": [*scripts, FONT, *(f".{file}" for file in ours)] for name, ours in pages.items()}
        self._pages: dict[tuple[str, str], Content] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = await self._page(scope)
        await (page.response(Headers(scope=scope)) if page else self._app)(scope, receive, send)

    async def _page(self, scope: Scope) -> Content | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"] not in self._early:
            return None
        offered = await run_in_threadpool(self._offered)
        return self._content(scope["path"], language_of(scope, offered[0], offered))

    def _content(self, path: str, lang: str) -> Content:
        """The document of a page, made once a language."""
        if (path, lang) not in self._pages:
            html = prepared(self._index, lang, self._early[path], self._beginning)
            # The document names hashed files, so browsers revalidate it each time.
            self._pages[path, lang] = Content(html.encode(), "text/html", "no-cache")
        return self._pages[path, lang]


def needed_by(elements: Iterable[str], folder: Path) -> list[str]:
    """The scripts of elements and all that they import in turn: a browser would load these one after the other."""
    scripts = [file.name for element in elements for file in folder.glob(f"{element}.*.js")]
    for name in scripts:  # grows meanwhile
        imported = re.findall(r'(?:from|import)"\./([^"]+\.js)"', (folder / name).read_text(encoding="utf-8"))
        scripts += [other for other in dict.fromkeys(imported) if other not in scripts]
    return scripts


def prepared(page: str, lang: str, early: Iterable[str], beginning: str = "") -> str:
    """Streamlit's document with a language, preload links and HTML of ours, without Streamlit's font, which is not used."""
    page = page.replace('<html lang="en">', f'<html lang="{lang.replace("_", "-")}" dir="{language(lang).direction}" class="opening">', 1)
    page = re.sub(r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*>', "", page)
    links = "".join(f'<link {KINDS[Path(file).suffix]} crossorigin href="{file}">' for file in early if f'href="{file}"' not in page)
    # Before Streamlit's own script, and so run before it: modules run in their order once the document is there.
    page = page.replace("<head>", '<head><script type="module" src="./assets/opening.js"></script>', 1)
    page = page.replace("</head>", f"{links}</head>", 1)
    return page.replace("</body>", f"{beginning}</body>", 1)  # after the styles that Streamlit adds to the head


class _PageName(StringConvertor):
    regex = "(?!oauth2callback$)[^/.]+"  # Streamlit's own redirect address of the sign-in


register_url_convertor("page_name", _PageName())


def other_pages_route(first: str) -> Route:
    """`GET /<name>` of an unknown page redirects to the first page, which shows a message; the first page's own name does so without one.

    Streamlit serves its first page at / only, and shows its own message, in English, for other names.
    """

    def redirect(request: Request) -> Response:
        name = request.path_params["name"]
        unknown = "" if name == first else f"not_found={quote(name[:100])}"
        query = "&".join(part for part in (request.url.query, unknown) if part)
        # Relative, so that it also holds behind a proxy that adds a folder to the address.
        return RedirectResponse(f"./?{query}" if query else "./")

    return Route("/{name:page_name}", redirect)


def language_of(scope: Scope, otherwise: str = FALLBACK, offered: Sequence[str] = ()) -> str:
    """The language of a request: by its address, else the first of the offered ones by its headers, else `otherwise`."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    lang = query.get("lang", [""])[0]
    if lang in LANGUAGES or lang in offered:
        return lang
    return preferred(Headers(scope=scope).get("accept-language", ""), otherwise, offered or LANGUAGES)
