"""The way in: the page that asks for a sign-in, the address that begins one, and what is noted when it is done.

The sign-in itself is Streamlit's (`/auth/login`, `/oauth2callback`). Holds no data and decides nothing; publishing/access/rights.py does.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token

from publishing.access.rights import SignedIn
from serving.doors import EXPORT
from serving.front_page import language
from wording import LANGUAGES, Words, words

LOGIN, BACK_FROM = "/auth/login", "/oauth2callback"
NAMES = {"ko": "한국어", "en": "English"}
"""Each language in its own words."""
BACK = '<script type="module" src="/assets/back.js"></script>'
"""Brings a reader back to the address where she began to sign in."""
STYLE = """
@font-face{font-family:Pretendard;src:url(/assets/fonts/dashboard-sans.woff2);font-weight:45 930}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);
font:400 16px/1.6 Pretendard,'Apple SD Gothic Neo','Malgun Gothic',sans-serif;word-break:keep-all}
header{display:flex;align-items:center;justify-content:space-between;gap:16px;padding:18px clamp(20px,4vw,56px);font-size:15px}
.brand{font-weight:700;display:flex;align-items:center;gap:13px}
.brand i{flex:none;width:11px;height:11px;border-radius:50%;background:var(--home);margin-left:4px;
box-shadow:0 0 0 4px color-mix(in srgb,var(--home) 22%,transparent)}
main{flex:1;display:flex;flex-direction:column;justify-content:center;align-items:flex-start;gap:18px;max-width:960px;
padding:24px clamp(20px,10vw,160px) 18vh;
box-sizing:content-box}
h1{font-size:clamp(26px,3vw,44px);line-height:1.25;letter-spacing:-.015em;font-weight:700;margin:0;text-wrap:balance}
p{margin:0;color:var(--muted);max-width:34em;text-wrap:pretty}
.doors{display:flex;flex-wrap:wrap;gap:10px;margin-top:10px}
.door{display:inline-block;padding:11px 22px;border-radius:8px;background:var(--ink);color:var(--paper);font-weight:600;
text-decoration:none}
.door:hover{opacity:.88}
a{color:inherit;text-underline-offset:3px}a:focus-visible{outline:2px solid var(--ink);outline-offset:3px;border-radius:8px}
"""


def sign_in_page(told: Words, colours: str, providers: Sequence[str], query: Mapping[str, str] | None = None) -> str:
    """The page that stands at every address for whoever may not read; `colours` is CSS that says --ink, --paper and the like."""
    other = next(lang for lang in LANGUAGES if lang != told.lang)
    elsewhere = urlencode({**(query or {}), "lang": other})
    doors = "".join(f'<a class="door" href="{escape(_start(name))}">{escape(_door(told, name, providers))}</a>' for name in providers)
    return (
        f'<!doctype html><html lang="{told.lang}" class="closed"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>{escape(told.t("sign_in.title"))}</title><link rel="icon" href="/favicon.png">'
        f"<style>{colours}{STYLE}</style></head><body>"
        f'<header><span class="brand"><i></i>{escape(told.t("sign_in.brand"))}</span>'
        f'<a href="?{escape(elsewhere)}" lang="{other}" hreflang="{other}">{NAMES[other]}</a></header>'
        f"<main><h1>{escape(told.t('sign_in.headline'))}</h1><p>{escape(told.t('sign_in.said'))}</p>"
        f'<div class="doors">{doors}</div></main>{BACK}</body></html>'
    )


def _start(name: str) -> str:
    return "sign-in?" + urlencode({"provider": name})


def _door(told: Words, name: str, providers: Sequence[str]) -> str:
    return told.t("sign_in.now") if len(providers) == 1 else told.t("sign_in.with", name=name.capitalize())


class Entrance:
    """Answers whoever has to sign in first, in her language: with the page where she asked for a page. `colours` as for the page."""

    def __init__(self, providers: Sequence[str], colours: str, speak: Callable[[str], Words] = words) -> None:
        self._providers, self._colours, self._speak = tuple(providers), colours, speak

    def page(self, scope: Scope, status: int = 401) -> Response:
        """The page that asks for a sign-in."""
        asked = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        html = sign_in_page(self._speak(language(scope)), self._colours, self._providers, asked)
        return HTMLResponse(html, status, {"cache-control": "no-store", "vary": "Accept-Language, Cookie"})

    def route(self) -> Route:
        """`GET /sign-in` begins a sign-in with Streamlit; of several providers one is chosen. `again` asks for a new proof."""

        def begin(request: Request) -> Response:
            asked = request.query_params
            named = asked.get("provider") or (self._providers[0] if len(self._providers) == 1 else "")
            if not self._providers:
                return RedirectResponse("./", 303, {"cache-control": "no-store"})
            if named not in self._providers:
                return self.page(request.scope, 200)
            again = {"again": "1"} if "again" in asked else {}
            # Relative, so that it also holds behind a proxy that adds a folder to the address.
            login = f"{LOGIN.removeprefix('/')}?{urlencode({'provider': encode_provider_token(named), **again})}"
            return RedirectResponse(login, 303, {"cache-control": "no-store"})

        return Route("/sign-in", begin)


class Arrivals:
    """Middleware inside the guard: asks the provider for a new proof where one is due, tells who came in, and who took whole tables.

    `signed` reads the cookies of a request, `arrived` gets whoever they name, `took` gets her with the name of the file.
    """

    def __init__(
        self,
        app: ASGIApp,
        signed: Callable[[Mapping[str, str]], SignedIn | None],
        arrived: Callable[[SignedIn], None],
        took: Callable[[SignedIn, str], None],
    ) -> None:
        self._app, self._signed, self._arrived, self._took = app, signed, arrived, took

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        watched = self._watched(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None

        async def seen(message: Message) -> None:
            if watched and message["type"] == "http.response.start":
                watched(scope, message)
            await send(message)

        await self._app(scope, receive, seen)

    def _watched(self, path: str) -> Callable[[Scope, Message], None] | None:
        return self._export if EXPORT.fullmatch(path) else {LOGIN: self._anew, BACK_FROM: self._came}.get(path)

    def _anew(self, scope: Scope, message: Message) -> None:
        """Who signs in again because the last time is too long ago is asked for her password, even where the provider knows her still."""
        headers = MutableHeaders(scope=message)
        target = urlsplit(headers.get("location", ""))
        if "again" in parse_qs(scope["query_string"].decode("latin-1")) and target.netloc:
            headers["location"] = target._replace(query=urlencode(dict(parse_qsl(target.query)) | {"prompt": "login"})).geturl()

    def _came(self, _scope: Scope, message: Message) -> None:
        signed = self._signed(set_cookies(Headers(scope=message)))
        if signed is not None:
            self._arrived(signed)

    def _export(self, scope: Scope, message: Message) -> None:
        signed = self._signed(HTTPConnection(scope).cookies) if message["status"] == 200 else None
        if signed is not None:
            named = Headers(scope=message).get("content-disposition", "")
            self._took(signed, named.partition('filename="')[2].removesuffix('"'))


def set_cookies(headers: Headers) -> dict[str, str]:
    """The cookies that an answer sets, by name; those that it deletes are left out."""
    found: dict[str, str] = {}
    for line in headers.getlist("set-cookie"):
        try:
            found |= {name: part.value for name, part in SimpleCookie(line).items() if part.value}
        except CookieError:
            continue
    return found
