"""Open WebSockets by the sign-in cookie that opened them, so that signing out closes them. Checks no rights."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streamlit_internals import USER_COOKIE_NAME


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
