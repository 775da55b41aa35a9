"""The open WebSockets by the sign-in that they were opened with, so that signing out ends them all. Asks for no right."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from streamlit_internals import USER_COOKIE_NAME


class Streams:
    """Runs WebSockets and ends those of a cookie. Of this process alone: another server of the same dashboard has its own."""

    def __init__(self) -> None:
        self._ends: dict[str, set[asyncio.Event]] = defaultdict(set)

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app talk until either side ends it, or `end` does."""
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
        """End what was opened with these cookies."""
        for end in self._ends.get(_sign_in(cookies), ()):
            end.set()


def _sign_in(cookies: Mapping[str, str]) -> str:
    """The cookies of a sign-in as one text; a long one comes in several."""
    return "; ".join(f"{name}={cookies[name]}" for name in sorted(cookies) if name.startswith(USER_COOKIE_NAME))


def _until(end: asyncio.Event, receive: Receive, send: Send) -> Receive:
    """The same messages; at the end the connection is closed and the app is told that the browser left."""

    async def received() -> Message:
        coming, ending = asyncio.ensure_future(receive()), asyncio.ensure_future(end.wait())
        try:
            await asyncio.wait((coming, ending), return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                return coming.result()
        finally:
            for one in (coming, ending):
                one.cancel()
        with suppress(RuntimeError):  # the browser may have left at the same moment
            await send({"type": "websocket.close", "code": 1008})
        return {"type": "websocket.disconnect", "code": 1008}

    return received
