"""How long and how much a connection may keep the server waiting for the rest of what it began: a request, a message of a WebSocket.

The web server has no such limits of its own and no setting for them, so its protocols are watched here. Looks at no content.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MESSAGE = 25_000_000
"""Bytes of one message of a WebSocket, as .streamlit/config.toml has it; a longer one is refused when its first bytes are there."""


@dataclass(frozen=True)
class Limits:
    """Seconds for the head of a request, for silence within its body and for a whole message; bytes of all unfinished messages
    together, and the pieces that one may come in.
    """

    head: float = 20
    silence: float = 30
    message: float = 60
    unfinished: int = 4 * MESSAGE
    pieces: int = 1000


@dataclass(frozen=True)
class Wait:
    """What the server waits for, how long (s), whether each byte begins the time anew, and how many bytes are held meanwhile."""

    what: str
    seconds: float
    anew: bool = False
    held: int = 0


def limit_connections(limits: Limits = Limits()) -> None:
    """Watch every connection that the web server takes from now on. To be called once, before it listens."""
    watch(H11Protocol, lambda connection: request_wait(connection, limits), limits)
    watch(WebSocketsSansIOProtocol, lambda connection: message_wait(connection, limits), limits)


def request_wait(connection: H11Protocol, limits: Limits) -> Wait | None:
    """What is missing of a request: its head or the rest of its body; None where it is whole."""
    state = connection.conn.their_state
    if state is h11.IDLE:
        return Wait("head", limits.head)
    return Wait("body", limits.silence, anew=True) if state is h11.SEND_BODY else None


def message_wait(connection: WebSocketsSansIOProtocol, limits: Limits) -> Wait | None:
    """What is there of an unfinished message; None where nothing is."""
    held = len(connection.conn.reader.buffer) + (connection.conn.current_size or 0)
    if len(connection.frames) > limits.pieces:
        return Wait("message", 0, held=held)
    return Wait("message", limits.message, held=held) if held else None


def watch(protocol: type, waits: Callable[[Any], Wait | None], limits: Limits) -> None:
    """Make the connections of a protocol of the web server end where they keep it waiting too long, or hold too much."""
    watched = _Watched(waits, limits.unfinished)
    made, received, lost = protocol.connection_made, protocol.data_received, protocol.connection_lost

    def connection_made(self: Any, transport: asyncio.Transport) -> None:
        made(self, transport)
        watched.look(self)

    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        watched.look(self)

    def connection_lost(self: Any, fault: Exception | None) -> None:
        watched.forget(self)
        lost(self, fault)

    protocol.connection_made, protocol.data_received, protocol.connection_lost = connection_made, data_received, connection_lost


class _Watched:
    """The connections that something is awaited of, and when each is given up. Where all hold too much, the one that holds most ends."""

    def __init__(self, waits: Callable[[Any], Wait | None], most: int) -> None:
        self._waits, self._most = waits, most
        self._kept: dict[Any, tuple[Wait, asyncio.TimerHandle]] = {}

    def look(self, connection: Any) -> None:
        """See what is awaited of a connection now."""
        transport = connection.transport
        left = transport.is_closing() or transport.get_protocol() is not connection  # another protocol has it now, after an upgrade
        wait, (before, timer) = None if left else self._waits(connection), self._kept.get(connection, (None, None))
        if wait is None:
            self.forget(connection)
            return
        if before is None or before.what != wait.what or wait.anew or not wait.seconds:
            self.forget(connection)
            timer = connection.loop.call_later(wait.seconds, transport.abort)
        self._kept[connection] = wait, timer
        if sum(one.held for one, _ in self._kept.values()) > self._most:
            max(self._kept, key=lambda one: self._kept[one][0].held).transport.abort()

    def forget(self, connection: Any) -> None:
        """Nothing is awaited of a connection any more."""
        _, timer = self._kept.pop(connection, (None, None))
        if timer:
            timer.cancel()
