"""Graceful shutdown on SIGTERM: new pages are refused, running work finishes, then connections close and the process exits with 0."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from publishing.files.measures import making
from streamlit_internals import SCRIPT_THREAD

LOG = logging.getLogger(__name__)
AT_LEAST, WITHIN = 1.0, 20.0
"""Seconds from SIGTERM until connections are closed: at least, so that health checks notice; at most, while work is unfinished."""
GRACE = 5
"""Seconds after that for responses under way."""


class Shutdown:
    """The state of the shutdown; `draining` is True from SIGTERM on."""

    def __init__(self, at_least: float = AT_LEAST, within: float = WITHIN, unfinished: Callable[[], int] = making) -> None:
        self.draining = False
        self._at_least, self._within, self._unfinished = at_least, within, unfinished

    def listen(self) -> None:
        """Handle SIGTERM instead of the web server, which would stop at once. On the main thread, at start."""
        original = signal.getsignal(signal.SIGTERM)
        signal.signal(signal.SIGTERM, lambda number, frame: self.begin(lambda: _stop(original, number, frame)))

    def begin(self, stop: Callable[[], object]) -> None:
        """Refuse new pages, and call `stop` when running work has finished; a second call stops at once."""
        if self.draining:
            stop()
            return
        self.draining = True
        pages = [thread for thread in threading.enumerate() if thread.name == SCRIPT_THREAD]
        threading.Thread(target=self._wait, args=(pages, stop), name="shutdown", daemon=True).start()

    def _wait(self, pages: list[threading.Thread], stop: Callable[[], object]) -> None:
        LOG.warning("Shutting down: %s pages are running, %s files are being made", len(pages), self._unfinished())
        start = time.monotonic()
        while (since := time.monotonic() - start) < self._within:
            if since >= self._at_least and not self._unfinished() and not any(page.is_alive() for page in pages):
                break
            time.sleep(0.1)
        stop()


def _stop(original: object, number: int, frame: FrameType | None) -> None:
    server: Any = getattr(original, "__self__", None)
    if hasattr(server, "should_exit"):  # uvicorn's handler would raise the signal again, and the process would not exit with 0
        server.config.timeout_graceful_shutdown = GRACE
        server.should_exit = True
    elif callable(original):
        original(number, frame)


class DrainMiddleware:
    """Middleware: during shutdown, 503 for health checks and new pages, so that a proxy chooses another server."""

    def __init__(self, app: ASGIApp, shutdown: Shutdown) -> None:
        self._app, self._shutdown = app, shutdown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        unavailable = PlainTextResponse("The server is stopping", status_code=503, headers={"cache-control": "no-store"})
        if not self._shutdown.draining:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await WebSocket(scope, receive, send).send_denial_response(unavailable)
        elif scope["type"] == "http" and scope["path"].endswith(("/healthz", "/readyz")):
            await unavailable(scope, receive, send)
        else:
            await self._app(scope, receive, send)
