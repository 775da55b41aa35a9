"""The sign-in page, the address that begins a sign-in, and the audit of sign-ins and downloads.

The sign-in itself is Streamlit's (`/auth/login`, `/oauth2callback`); rights are decided in publishing/access/rights.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from languages import FALLBACK, LANGUAGES, language
from publishing.access.rights import SignedIn
from serving.access_policy import EXPORT
from serving.front_page import language_of
from streamlit_internals import encode_provider_token
from wording import Words, words

LOGIN, BACK_FROM = "/auth/login", "/oauth2callback"
FAILED = "failed"
"""The parameter of /sign-in by which it says that a sign-in could not begin."""
BACK = '<script type="module" src="/assets/back.js"></script>'
"""Returns the reader to the address where the sign-in began."""
STYLE = """
@font-face{font-family:Pretendard;src:url(/assets/fonts/dashboard-sans.woff2);font-weight:45 930;unicode-range:U+0-303F,U+3100-10FFFF}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);
font:400 16px/1.6 Pretendard,sans-serif;word-break:keep-all}
:lang(ja){word-break:normal;line-break:strict}
header{display:flex;align-items:center;justify-content:space-between;gap:16px;padding:18px clamp(20px,4vw,56px);font-size:15px}
.brand{font-weight:700;display:flex;align-items:center;gap:13px}
.brand i{flex:none;width:11px;height:11px;border-radius:50%;background:var(--home);margin-left:4px;
box-shadow:0 0 0 4px color-mix(in srgb,var(--home) 22%,transparent)}
main{flex:1;display:flex;flex-direction:column;justify-content:center;align-items:flex-start;gap:18px;max-width:960px;
padding:24px clamp(20px,10vw,160px) 18vh;
box-sizing:content-box}
h1{font-size:clamp(26px,3vw,44px);line-height:1.25;letter-spacing:-.015em;font-weight:700;margin:0;text-wrap:balance}
p{margin:0;color:var(--muted);max-width:34em;text-wrap:pretty}
.providers{display:flex;flex-wrap:wrap;gap:10px;margin-top:10px}
.provider{display:inline-block;padding:11px 22px;border-radius:8px;background:var(--ink);color:var(--paper);font-weight:600;
text-decoration:none}
.provider:hover{opacity:.88}
a{color:inherit;text-underline-offset:3px}a:focus-visible{outline:2px solid var(--ink);outline-offset:3px;border-radius:8px}
"""


def sign_in_page(
    texts: Words, colours: str, providers: Sequence[str], query: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> str:
    """The HTML for visitors without the right to read; `colours` is CSS for --ink and the like; `failed` in the query has its sentence.

    `offered` are the languages to choose from, those of the interface for none.
    """
    query = query or {}
    note = texts.t("sign_in.failed" if FAILED in query else "sign_in.said")
    starts = {f"sign-in?{urlencode({'provider': name})}": texts.t("sign_in.with", name=name.capitalize()) for name in providers}
    if len(providers) == 1:
        starts = dict.fromkeys(starts, texts.t("sign_in.now"))
    links = "".join(f'<a class="provider" href="{escape(start)}">{escape(label)}</a>' for start, label in starts.items())
    others = {lang: escape(urlencode({**query, "lang": lang})) for lang in offered or LANGUAGES if lang != texts.lang}
    langs = [f'<a href="?{address}" lang="{lang}" hreflang="{lang}">{escape(language(lang).label)}</a>' for lang, address in others.items()]
    return (
        f'<!doctype html><html lang="{texts.lang}" dir="{texts.language.direction}" class="closed"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>{escape(texts.t("sign_in.title"))}</title><link rel="icon" href="/favicon.png">'
        f"<style>{colours}{STYLE}</style></head><body>"
        f'<header><span class="brand"><i></i>{escape(texts.t("sign_in.brand"))}</span>'
        f"<span>{' '.join(langs)}</span></header>"
        f"<main><h1>{escape(texts.t('sign_in.headline'))}</h1><p>{escape(note)}</p>"
        f'<div class="providers">{links}</div></main>{BACK}</body></html>'
    )


class SignInPage:
    """The sign-in page in the visitor's language, and the route that begins a sign-in. `colours` as for `sign_in_page`.

    `offered` gives the languages to choose from, the first for visitors of other languages; none are those of the interface.
    """

    def __init__(self, providers: Sequence[str], colours: str, offered: Callable[[], Sequence[str]] = tuple) -> None:
        self._providers, self._colours, self._offered = tuple(providers), colours, offered

    def page(self, scope: Scope, status: int = 401) -> Response:
        """The response with the sign-in page."""
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        offered = tuple(dict.fromkeys(self._offered()))
        texts = words(language_of(scope, next(iter(offered), FALLBACK), offered))
        html = sign_in_page(texts, self._colours, self._providers, query, offered)
        return HTMLResponse(html, status, {"cache-control": "no-store", "vary": "Accept-Language, Cookie"})

    def route(self) -> Route:
        """`GET /sign-in` begins a sign-in by Streamlit, with a choice of several providers. `again` requires a new authentication."""

        def begin(request: Request) -> Response:
            query = request.query_params
            named = query.get("provider") or (self._providers[0] if len(self._providers) == 1 else "")
            if not self._providers:
                return RedirectResponse("./", 303, {"cache-control": "no-store"})
            if named not in self._providers or FAILED in query:
                return self.page(request.scope, 200)
            again = {"again": "1"} if "again" in query else {}
            # Relative, so that it also holds behind a proxy that adds a folder to the address.
            login = f"{LOGIN.removeprefix('/')}?{urlencode({'provider': encode_provider_token(named), **again})}"
            return RedirectResponse(login, 303, {"cache-control": "no-store"})

        return Route("/sign-in", begin)


@dataclass
class SignInAudit:
    """Middleware inside the guard: audits sign-ins and downloads of tables by name, and requires a new authentication where one is due."""

    app: ASGIApp
    signed: Callable[[Mapping[str, str]], SignedIn | None]
    on_sign_in: Callable[[SignedIn], None]
    on_download: Callable[[SignedIn, str], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" and scope["method"] == "GET" else ""
        audits = {LOGIN: self._require_authentication, BACK_FROM: self._signed_in}
        audit = self._export if EXPORT.fullmatch(path) else audits.get(path)

        async def send_and_audit(message: Message) -> None:
            if audit and message["type"] == "http.response.start":
                audit(scope, message)
            await send(message)

        await self.app(scope, receive, send_and_audit)

    def _require_authentication(self, scope: Scope, message: Message) -> None:
        """Make the provider ask for the password, although its own session may still be valid.

        Where the provider cannot be asked, Streamlit answers with an English word or two; our page says it in the reader's language.
        """
        headers = MutableHeaders(scope=message)
        if message["status"] >= 400:
            message["status"] = 303
            headers["location"] = f"../sign-in?{FAILED}=1"
            return
        target = urlsplit(headers.get("location", ""))
        if "again" in parse_qs(scope["query_string"].decode("latin-1")) and target.netloc:
            headers["location"] = target._replace(query=urlencode(dict(parse_qsl(target.query)) | {"prompt": "login"})).geturl()

    def _signed_in(self, _scope: Scope, message: Message) -> None:
        signed = self.signed(set_cookies(Headers(scope=message)))
        if signed is not None:
            self.on_sign_in(signed)

    def _export(self, scope: Scope, message: Message) -> None:
        signed = self.signed(HTTPConnection(scope).cookies) if message["status"] == 200 else None
        if signed is not None:
            named = Headers(scope=message).get("content-disposition", "")
            self.on_download(signed, named.partition('filename="')[2].removesuffix('"'))


def set_cookies(headers: Headers) -> dict[str, str]:
    """The cookies that a response sets, by name, without those that it deletes."""
    cookies: dict[str, str] = {}
    for line in headers.getlist("set-cookie"):
        try:
            cookies |= {name: part.value for name, part in SimpleCookie(line).items() if part.value}
        except CookieError:
            continue
    return cookies
