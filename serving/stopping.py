"""A calm end on SIGTERM: nobody new comes in, what runs is finished, then open pages are sent elsewhere and the process ends with 0.

Stops nothing itself: the web server does, as soon as it is told to.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from publishing.files.measures import making

LOG = logging.getLogger(__name__)
AT_LEAST, WITHIN = 1.0, 20.0
"""Seconds from SIGTERM until pages are sent away: so that whoever asks /healthz has seen it, and while something is unfinished."""
STRAGGLERS = 5
"""Seconds after that for answers that are still on their way."""
_PAGES = "ScriptRunner.scriptThread"
"""What Streamlit calls a thread that runs a page, from the control that was used, such as Publish, to the last element."""


class Ending:
    """Whether this server is coming to its end, and what makes it do so calmly. `draining` is True from SIGTERM on."""

    def __init__(self, at_least: float = AT_LEAST, within: float = WITHIN, unfinished: Callable[[], int] = making) -> None:
        self.draining = False
        self._at_least, self._within, self._unfinished = at_least, within, unfinished

    def listen(self) -> None:
        """A step of the start, on the main thread: take SIGTERM over from the web server, which would break off at once."""
        theirs = signal.getsignal(signal.SIGTERM)
        signal.signal(signal.SIGTERM, lambda number, frame: self.begin(lambda: _stop(theirs, number, frame)))

    def begin(self, stop: Callable[[], object]) -> None:
        """Take nobody new, and `stop` when what runs now has come to its end; the second time at once."""
        if self.draining:
            stop()
            return
        self.draining = True
        pages = [thread for thread in threading.enumerate() if thread.name == _PAGES]
        threading.Thread(target=self._wait, args=(pages, stop), name="ending", daemon=True).start()

    def _wait(self, pages: list[threading.Thread], stop: Callable[[], object]) -> None:
        LOG.warning("The server comes to its end; %s pages are running, %s files in the making", len(pages), self._unfinished())
        begun = time.monotonic()
        while (since := time.monotonic() - begun) < self._within:
            if since >= self._at_least and not self._unfinished() and not any(page.is_alive() for page in pages):
                break
            time.sleep(0.1)
        stop()


def _stop(theirs: object, number: int, frame: FrameType | None) -> None:
    server = getattr(theirs, "__self__", None)
    if hasattr(server, "should_exit"):  # uvicorn's own handler would also end the process by the signal, as if it had been killed
        server.config.timeout_graceful_shutdown = STRAGGLERS
        server.should_exit = True
    elif callable(theirs):
        theirs(number, frame)


class Door:
    """Middleware: while the server comes to its end, health and new pages are answered with 503, so that a proxy asks another one."""

    def __init__(self, app: ASGIApp, ending: Ending) -> None:
        self._app, self._ending = app, ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        closed = PlainTextResponse("The server is stopping", status_code=503, headers={"cache-control": "no-store"})
        if not self._ending.draining:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await WebSocket(scope, receive, send).send_denial_response(closed)
        elif scope["type"] == "http" and scope["path"].endswith(("/healthz", "/readyz")):
            await closed(scope, receive, send)
        else:
            await self._app(scope, receive, send)
