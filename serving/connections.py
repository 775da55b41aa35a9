"""Timeouts and size limits for incomplete requests and WebSocket messages, against slow or endless senders.

uvicorn has no settings for them, so its protocol classes are wrapped here. Does not inspect content.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MESSAGE = 25_000_000
"""Bytes of a WebSocket message, as in .streamlit/config.toml; a longer message is refused by its header."""


@dataclass(frozen=True)
class Limits:
    """Seconds for a request's headers, between two parts of its body, and for a whole message; bytes of all incomplete messages
    together, and fragments of a message.
    """

    head: float = 20
    idle: float = 30
    message: float = 60
    incomplete: int = 4 * MESSAGE
    fragments: int = 1000


@dataclass(frozen=True)
class Wait:
    """What the server waits for, the timeout (s), whether each byte restarts it, and how many bytes are buffered meanwhile."""

    what: str
    seconds: float
    restarts: bool = False
    buffered: int = 0


def limit_connections(limits: Limits = Limits()) -> None:
    """Apply the limits to every connection from now on. To be called once, before the server listens."""
    watch(H11Protocol, lambda connection: request_wait(connection, limits), limits)
    watch(WebSocketsSansIOProtocol, lambda connection: message_wait(connection, limits), limits)


def request_wait(connection: H11Protocol, limits: Limits) -> Wait | None:
    """The missing part of a request, its headers or the rest of its body; None where it is complete."""
    state = connection.conn.their_state
    if state is h11.IDLE:
        return Wait("head", limits.head)
    return Wait("body", limits.idle, restarts=True) if state is h11.SEND_BODY else None


def message_wait(connection: WebSocketsSansIOProtocol, limits: Limits) -> Wait | None:
    """The rest of an incomplete message; None where there is none."""
    buffered = len(connection.conn.reader.buffer) + (connection.conn.current_size or 0)
    if len(connection.frames) > limits.fragments:
        return Wait("message", 0, buffered=buffered)
    return Wait("message", limits.message, buffered=buffered) if buffered else None


def watch(protocol: type[Any], waits: Callable[[Any], Wait | None], limits: Limits) -> None:
    """Close connections of a protocol class of uvicorn that exceed a timeout, and the largest where buffers exceed their limit together."""
    waiting = _WaitingConnections(waits, limits.incomplete)
    made, received, lost = protocol.connection_made, protocol.data_received, protocol.connection_lost

    def connection_made(self: Any, transport: asyncio.Transport) -> None:
        made(self, transport)
        waiting.update(self)

    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        waiting.update(self)

    def connection_lost(self: Any, fault: Exception | None) -> None:
        waiting.forget(self)
        lost(self, fault)

    protocol.connection_made, protocol.data_received, protocol.connection_lost = connection_made, data_received, connection_lost


class _WaitingConnections:
    """Connections with an incomplete request or message, each with its timer."""

    def __init__(self, waits: Callable[[Any], Wait | None], limit: int) -> None:
        self._waits, self._limit = waits, limit
        self._timers: dict[Any, tuple[Wait, asyncio.TimerHandle | None]] = {}

    def update(self, connection: Any) -> None:
        """Start, keep or stop the timer of a connection after it changed."""
        transport = connection.transport
        left = transport.is_closing() or transport.get_protocol() is not connection  # upgraded to another protocol
        wait, (before, timer) = None if left else self._waits(connection), self._timers.get(connection, (None, None))
        if wait is None:
            self.forget(connection)
            return
        if before is None or before.what != wait.what or wait.restarts or not wait.seconds:
            self.forget(connection)
            timer = connection.loop.call_later(wait.seconds, transport.abort)
        self._timers[connection] = wait, timer
        if sum(wait.buffered for wait, _ in self._timers.values()) > self._limit:
            max(self._timers, key=lambda connection: self._timers[connection][0].buffered).transport.abort()

    def forget(self, connection: Any) -> None:
        """Stop the timer of a connection."""
        _, timer = self._timers.pop(connection, (None, None))
        if timer:
            timer.cancel()
