"""What the front door lets in and what it sends along: rights, sizes, methods, rates, security headers, calm refusals.

Streamlit's own endpoints ask nobody for a right, so the right is asked for here, for HTTP and WebSocket alike. Decides nothing
itself about who may (publishing/access/rights.py does) and leaves what passes as it is.
"""

import base64
import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.session_manager import ClientContext

from publishing.access.rights import NO_SIGN_IN, Rules, SignedIn, Visitor, from_elsewhere, from_our_page, is_same_person
from serving.compression import FRONTEND, INDEX
from serving.doors import ASKS_THE_PROVIDER, UPLOADS, Buckets, door, is_page, is_private, refusal, session_of
from serving.front_page import language
from serving.sign_in import Entrance
from serving.streams import Streams
from wording import Words, words

LOG = logging.getLogger(__name__)
FILES = 30
"""Files that one person may give in a minute."""
SIGN_INS = 60
"""Requests in a minute from one address by which the provider of the sign-in may be asked; a whole office may stand behind it."""
LOGOUT = "/auth/logout"
AROUND_A_FILE = 2**20
"""Bytes of a body around the file itself; Streamlit allows the same."""
OTHERWISE = 2**16
"""Bytes of any other body: nothing else that is sent to us has one."""
LONGEST_LENGTH = 12
"""Digits of a content-length that is still looked at as a number."""
_ANCESTOR = re.compile(r"'none'|'self'|https?://(?:\*\.)?[\w.-]+(?::(?:[0-9]{1,5}|\*))?", re.ASCII)


class TooLarge(Exception):
    """A body grew above its limit while it was read."""


class Guard:
    """Middleware: the outermost, so that each HTTP answer bears its headers and no fault gets out as a traceback.

    `listening` is what serving.settings tells, `largest` the bytes of an uploaded file, `ancestors` the sites that may frame
    the dashboard, as in a content security policy. `rules` say who may what, `signed` tells who signed in by the cookies of a
    request, `entrance` is what nobody sees, and `tell` hears whom which door was refused. `hosts` are the names by which readers ask
    where no sign-in is set up, `opener` tells by a session's id the connection that opened it. Raises ValueError where `ancestors` is
    not that.
    """

    def __init__(
        self,
        app: ASGIApp,
        listening: str,
        largest: int,
        ancestors: str = "'self'",
        folder: Path = FRONTEND,
        speak: Callable[[str], Words] = words,
        rules: Rules = NO_SIGN_IN,
        signed: Callable[[Mapping[str, str]], SignedIn | None] = lambda _cookies: None,
        entrance: Entrance | None = None,
        tell: Callable[[Visitor, str], None] = lambda _visitor, _path: None,
        hosts: Sequence[str] = (),
        opener: Callable[[str], ClientContext | None] = lambda _session: None,
    ) -> None:
        self._app, self._listening, self._largest, self._speak = app, listening, largest, speak
        self._rules, self._signed, self._entrance, self._tell = rules, signed, entrance, tell
        self._hosts, self._opener = tuple(hosts), opener
        self._files, self._sign_ins, self._streams = Buckets(FILES), Buckets(SIGN_INS), Streams()
        self._headers = security_headers((folder / INDEX).read_text(encoding="utf-8"), ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

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
        # Streamlit would let in pages of every port of this machine, and asks other addresses whether a foreign one is its own.
        if from_elsewhere(visitor) or refusal(visitor, self._rules, scope["path"], False, self._hosts):
            self._tell(visitor, door(scope["path"]))
            await receive()  # the request to open it; closed unopened, the browser is told 403
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._streams.run(self._app, scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun: list[bool] = []
        marked = self._with_headers(scope, send, begun)
        try:
            await self._app(scope, _limited(receive, self._limit(scope)), marked)
        except Exception as fault:
            if begun:
                raise  # half an answer is out: the server breaks it off and writes the log
            if isinstance(fault, TooLarge):
                fitting = self._say(scope, 413, "door.too_large")
            else:
                LOG.exception("A request failed: %r", scope["path"])  # %r, since a path may hold the end of a line
                fitting = self._say(scope, 500, "frame.failed")
            await fitting(scope, receive, marked)

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further, None for one that does."""
        writes = scope["method"] in ("PUT", "DELETE") and UPLOADS in scope["path"]
        if not writes and scope["method"] not in ("GET", "HEAD"):
            return self._say(scope, 405, "door.only_read")
        visitor = self._visitor(scope)
        refused = refusal(visitor, self._rules, scope["path"], writes, self._hosts)
        if refused:
            if self._entrance and refused[0] == 401 and not writes and is_page(scope["path"]):
                return self._entrance.page(scope)
            self._tell(visitor, door(scope["path"]))
            return self._say(scope, *refused)
        if writes and self._is_anothers(visitor, session_of(scope["path"])):
            self._tell(visitor, door(scope["path"]))
            return self._say(scope, 403, "rights.another")
        length = Headers(scope=scope).get("content-length", "0")
        if len(length) > LONGEST_LENGTH or (length.isdecimal() and int(length) > self._limit(scope)):
            return self._say(scope, 413, "door.too_large")
        wait = self._wait(visitor, scope)
        return self._say(scope, 429, "door.too_often", {"retry-after": str(wait)}) if wait else None

    def _wait(self, visitor: Visitor, scope: Scope) -> int:
        """The seconds after which this may be asked again; 0 where it may be now."""
        if scope["method"] == "PUT":
            return self._files.take(visitor.signed.id if visitor.signed else visitor.peer)
        return self._sign_ins.take(visitor.peer) if ASKS_THE_PROVIDER.fullmatch(scope["path"]) else 0

    def _visitor(self, scope: Scope) -> Visitor:
        peer = scope.get("client") or ("",)
        visitor = Visitor(self._listening, peer[0], tuple(Headers(scope=scope).items()))
        # A page of another site may make a browser send its cookies along; for what changes something, or talks, they count for nothing.
        counts = scope.get("method") in ("GET", "HEAD") or from_our_page(visitor)
        return replace(visitor, signed=self._signed(HTTPConnection(scope).cookies)) if counts else visitor

    def _is_anothers(self, visitor: Visitor, session: str) -> bool:
        """Whether an open page is somebody else's; of one that is not there Streamlit itself says so."""
        context = self._opener(session)
        if context is None:
            return False
        opener = Visitor(self._listening, context.remote_ip or "", tuple(context.headers), self._signed(context.cookies))
        return not is_same_person(visitor, opener, self._rules)

    def _limit(self, scope: Scope) -> int:
        return self._largest + AROUND_A_FILE if scope["method"] == "PUT" else OTHERWISE

    def _say(self, scope: Scope, status: int, key: str, more: Mapping[str, str] | None = None) -> Response:
        headers = {"cache-control": "no-store"} | ({"allow": "GET, HEAD"} if status == 405 else {}) | (more or {})
        return PlainTextResponse(self._speak(language(scope)).t(key), status_code=status, headers=headers)

    def _with_headers(self, scope: Scope, send: Send, begun: list[bool]) -> Send:
        private = is_private(scope["path"], self._rules)

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(True)
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if private and headers.get("cache-control") != "no-store":
                    headers["cache-control"] = "private, no-cache"  # whoever signed out is asked again
                    headers.add_vary_header("Cookie")
            await send(message)

        return marked


def _limited(receive: Receive, limit: int) -> Receive:
    """The same body, broken off by TooLarge as soon as more has come than the limit, whatever content-length says."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > limit:
            raise TooLarge
        return message

    return counted


def security_headers(page: str, ancestors: str) -> dict[str, str]:
    """The headers of every answer, for the HTML that pages begin with and the sites that may frame it.

    No policy names a host. Raises ValueError for `ancestors` that are no sources of a content security policy.
    """
    sites = ancestors.split()
    if not sites or not all(_ANCESTOR.fullmatch(site) for site in sites) or ("'none'" in sites and len(sites) > 1):
        raise ValueError(f"DASHBOARD_FRAME_ANCESTORS must be 'self', 'none' or sites like https://city.example, not {ancestors!r}")
    return {
        "content-security-policy": "; ".join(f"{name} {' '.join(given)}" for name, given in _policy(page, sites).items()),
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }


def _policy(page: str, ancestors: list[str]) -> dict[str, list[str]]:
    """What a page may load and from where; each exception is one that Streamlit, plotly or deck.gl asks for."""
    return {
        "default-src": ["'self'"],
        # Scripts of our components are handed over as blobs; Streamlit's protobuf and deck.gl compile WebAssembly.
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *_inline_scripts(page)],
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


def _inline_scripts(page: str) -> list[str]:
    """Streamlit's own few lines inside the page, by their digest: no other inline script runs."""
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
