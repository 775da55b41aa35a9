"""The outermost middleware: authorisation, methods, size and rate limits, security headers, error responses.

Streamlit's own endpoints check no rights, so every HTTP request and WebSocket is checked here, by serving/access_policy.py. Leaves what
passes unchanged.
"""

import asyncio
import base64
import hashlib
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from publishing.access.rights import NO_SIGN_IN, Rules, SignedIn, Visitor, from_elsewhere, from_our_page, is_same_person
from serving.access_policy import ASKS_THE_PROVIDER, UPLOADS, RateLimiter, endpoint, is_page, is_private, refusal, session_of
from serving.front_page import language_of
from serving.sign_in import SignInPage
from streamlit_internals import FRONTEND, INDEX, USER_COOKIE_NAME, ClientContext
from wording import Words, words

LOG = logging.getLogger(__name__)
FILES = 30
"""Uploads a minute and user."""
SIGN_INS = 60
"""Requests a minute and network address that reach the identity provider; an office may share one address."""
LOGOUT = "/auth/logout"
AROUND_A_FILE = 2**20
"""Bytes of an upload's body beside the file; Streamlit allows the same."""
OTHERWISE = 2**16
"""Bytes of any other body: no other request has one."""
LONGEST_LENGTH = 12
"""Digits of a Content-Length that are parsed as a number."""
_ANCESTOR = re.compile(r"'none'|'self'|https?://(?:\*\.)?[\w.-]+(?::(?:[0-9]{1,5}|\*))?", re.ASCII)


class TooLarge(Exception):
    """A body exceeded its limit while it was read."""


@dataclass
class Guard:
    """Middleware: the outermost, so that every response has the security headers and no traceback leaves the server.

    `listening` is the address of serving.startup, `largest` the bytes of an uploaded file, `ancestors` the sites that may frame the
    dashboard, as in a content security policy; other values raise ValueError. `rules` are the access settings, `signed` reads the user
    from a request's cookies, `sign_in` is the page for visitors without a sign-in, and `on_refusal` is called with the visitor and address
    of each refusal. `hosts` are the accepted host names where no sign-in is set up, `opener` gives the connection of a session.
    """

    app: ASGIApp
    _: KW_ONLY
    listening: str
    largest: int
    ancestors: str = "'self'"
    folder: Path = FRONTEND
    speak: Callable[[str], Words] = words
    rules: Rules = NO_SIGN_IN
    signed: Callable[[Mapping[str, str]], SignedIn | None] = lambda _cookies: None
    sign_in: SignInPage | None = None
    on_refusal: Callable[[Visitor, str], None] = lambda _visitor, _path: None
    hosts: Sequence[str] = ()
    opener: Callable[[str], ClientContext | None] = lambda _session: None

    def __post_init__(self) -> None:
        self._files, self._sign_ins, self._streams = RateLimiter(FILES), RateLimiter(SIGN_INS), Streams()
        self._headers = security_headers((self.folder / INDEX).read_text(encoding="utf-8"), self.ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope)
        if refused:
            await refused(scope, receive, self._with_headers(scope, send, []))
            return
        await self._answer(scope, receive, send)
        if scope["path"] == LOGOUT:
            self._streams.end(HTTPConnection(scope).cookies)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = self._visitor(scope)
        # Streamlit would accept pages of every port of this machine, and would look up its own address for a foreign origin.
        if from_elsewhere(visitor) or refusal(visitor, self.rules, scope["path"], False, self.hosts):
            self.on_refusal(visitor, endpoint(scope["path"]))
            await receive()  # the handshake; closing before accepting answers it with 403
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._streams.run(self.app, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        started: list[bool] = []
        send = self._with_headers(scope, send, started)
        try:
            await self.app(scope, _limited(receive, self._limit(scope)), send)
        except Exception as fault:
            if started:
                raise  # the headers are sent: the server closes the connection and logs the error
            if isinstance(fault, TooLarge):
                response = self._error(scope, 413, "request.too_large")
            else:
                LOG.exception("A request failed: %r", scope["path"])  # %r escapes line breaks in the path
                response = self._error(scope, 500, "frame.failed")
            await response(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        """The response that refuses a request; None where it may pass."""
        writes = scope["method"] in ("PUT", "DELETE") and UPLOADS in scope["path"]
        if not writes and scope["method"] not in ("GET", "HEAD"):
            return self._error(scope, 405, "request.only_read")
        visitor = self._visitor(scope)
        refused = refusal(visitor, self.rules, scope["path"], writes, self.hosts)
        if refused:
            if self.sign_in and refused[0] == 401 and not writes and is_page(scope["path"]):
                return self.sign_in.page(scope)
            self.on_refusal(visitor, endpoint(scope["path"]))
            return self._error(scope, *refused)
        if writes and self._is_other_users(visitor, session_of(scope["path"])):
            self.on_refusal(visitor, endpoint(scope["path"]))
            return self._error(scope, 403, "rights.another")
        length = Headers(scope=scope).get("content-length", "0")
        if len(length) > LONGEST_LENGTH or (length.isdecimal() and int(length) > self._limit(scope)):
            return self._error(scope, 413, "request.too_large")
        wait = self._wait(visitor, scope)
        return self._error(scope, 429, "request.too_often", {"retry-after": str(wait)}) if wait else None

    def _wait(self, visitor: Visitor, scope: Scope) -> int:
        """Seconds until the request is within its rate limit; 0 where it is."""
        if scope["method"] == "PUT":
            return self._files.take(visitor.signed.id if visitor.signed else visitor.peer)
        return self._sign_ins.take(visitor.peer) if ASKS_THE_PROVIDER.fullmatch(scope["path"]) else 0

    def _visitor(self, scope: Scope) -> Visitor:
        peer = scope.get("client") or ("",)
        visitor = Visitor(self.listening, peer[0], tuple(Headers(scope=scope).items()))
        # Cross-site requests carry cookies too, so cookies are ignored for uploads and WebSockets from other origins.
        trusted = scope.get("method") in ("GET", "HEAD") or from_our_page(visitor)
        return replace(visitor, signed=self.signed(HTTPConnection(scope).cookies)) if trusted else visitor

    def _is_other_users(self, visitor: Visitor, session: str) -> bool:
        """Whether a session belongs to another user; Streamlit itself refuses a session that does not exist."""
        context = self.opener(session)
        if context is None:
            return False
        opener = Visitor(self.listening, context.remote_ip or "", tuple(context.headers), self.signed(context.cookies))
        return not is_same_person(visitor, opener, self.rules)

    def _limit(self, scope: Scope) -> int:
        return self.largest + AROUND_A_FILE if scope["method"] == "PUT" else OTHERWISE

    def _error(self, scope: Scope, status: int, key: str, more: Mapping[str, str] | None = None) -> Response:
        headers = {"cache-control": "no-store"} | ({"allow": "GET, HEAD"} if status == 405 else {}) | dict(more or {})
        return PlainTextResponse(self.speak(language_of(scope)).t(key), status_code=status, headers=headers)

    def _with_headers(self, scope: Scope, send: Send, started: list[bool]) -> Send:
        private = is_private(scope["path"], self.rules)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(True)
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if private and headers.get("cache-control") != "no-store":
                    headers["cache-control"] = "private, no-cache"  # revalidated after signing out
                    headers.add_vary_header("Cookie")
            await send(message)

        return send_with_headers


class Streams:
    """The WebSockets of this process; other servers of the same dashboard have their own."""

    def __init__(self) -> None:
        self._ends: dict[str, set[asyncio.Event]] = defaultdict(set)

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Run a WebSocket until either side closes it, or `end` does."""
        cookie = _sign_in(HTTPConnection(scope).cookies)
        if not cookie:
            await app(scope, receive, send)
            return
        end = asyncio.Event()
        self._ends[cookie].add(end)
        try:
            await app(scope, _until(end, receive, send), send)
        finally:
            self._ends[cookie].discard(end)
            if not self._ends[cookie]:
                del self._ends[cookie]

    def end(self, cookies: Mapping[str, str]) -> None:
        """Close the WebSockets that were opened with these cookies."""
        for end in self._ends.get(_sign_in(cookies), ()):
            end.set()


def _sign_in(cookies: Mapping[str, str]) -> str:
    """The sign-in cookie as one text; a long one is split into several cookies."""
    return "; ".join(f"{name}={cookies[name]}" for name in sorted(cookies) if name.startswith(USER_COOKIE_NAME))


def _until(end: asyncio.Event, receive: Receive, send: Send) -> Receive:
    """The same messages; at `end` the connection is closed and the app receives a disconnect."""

    async def receive_until_end() -> Message:
        message, ended = asyncio.ensure_future(receive()), asyncio.ensure_future(end.wait())
        try:
            await asyncio.wait((message, ended), return_when=asyncio.FIRST_COMPLETED)
            if message.done():
                return message.result()
        finally:
            for task in (message, ended):
                task.cancel()
        with suppress(RuntimeError):  # the browser may have disconnected meanwhile
            await send({"type": "websocket.close", "code": 1008})
        return {"type": "websocket.disconnect", "code": 1008}

    return receive_until_end


def _limited(receive: Receive, limit: int) -> Receive:
    """The same body; raises TooLarge as soon as it exceeds the limit, whatever Content-Length says."""
    size = 0

    async def receive_limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise TooLarge
        return message

    return receive_limited


def security_headers(page: str, ancestors: str) -> dict[str, str]:
    """The security headers of every response, for the HTML document and the sites that may frame it.

    The policy allows no other host. Raises ValueError for `ancestors` that are no sources of a content security policy.
    """
    sites = ancestors.split()
    if not sites or not all(_ANCESTOR.fullmatch(site) for site in sites) or ("'none'" in sites and len(sites) > 1):
        raise ValueError(f"DASHBOARD_FRAME_ANCESTORS must be 'self', 'none' or sites like https://city.example, not {ancestors!r}")
    return {
        "content-security-policy": "; ".join(f"{name} {' '.join(sources)}" for name, sources in _policy(page, sites).items()),
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }


def _policy(page: str, ancestors: list[str]) -> dict[str, list[str]]:
    """The content security policy; each exception is needed by Streamlit, plotly or deck.gl. Of inline scripts only Streamlit's run."""
    digests = [hashlib.sha256(script.encode()).digest() for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)]
    inline = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    return {
        "default-src": ["'self'"],
        # Component scripts are blobs; Streamlit's protobuf and deck.gl compile WebAssembly.
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline],
        "worker-src": ["'self'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "blob:", "data:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", "blob:", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ancestors,
    }
