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
class Patience:
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


def limit_connections(patience: Patience = Patience()) -> None:
    """Watch every connection that the web server takes from now on. To be called once, before it listens."""
    watch(H11Protocol, lambda connection: request_wait(connection, patience), patience)
    watch(WebSocketsSansIOProtocol, lambda connection: message_wait(connection, patience), patience)


def request_wait(connection: H11Protocol, patience: Patience) -> Wait | None:
    """What is missing of a request: its head or the rest of its body; None where it is whole."""
    state = connection.conn.their_state
    if state is h11.IDLE:
        return Wait("head", patience.head)
    return Wait("body", patience.silence, anew=True) if state is h11.SEND_BODY else None


def message_wait(connection: WebSocketsSansIOProtocol, patience: Patience) -> Wait | None:
    """What is there of an unfinished message; None where nothing is."""
    held = len(connection.conn.reader.buffer) + (connection.conn.current_size or 0)
    if len(connection.frames) > patience.pieces:
        return Wait("message", 0, held=held)
    return Wait("message", patience.message, held=held) if held else None


def watch(protocol: type, waits: Callable[[Any], Wait | None], patience: Patience) -> None:
    """Make the connections of a protocol of the web server end where they keep it waiting too long, or hold too much.

    Where all of them hold too much, the one that holds most ends.
    """
    watched: dict[asyncio.Protocol, tuple[Wait, asyncio.TimerHandle]] = {}
    made, received, lost = protocol.connection_made, protocol.data_received, protocol.connection_lost

    def forget(connection: Any) -> Wait | None:
        wait, timer = watched.pop(connection, (None, None))
        if timer:
            timer.cancel()
        return wait

    def look(connection: Any) -> None:
        before = watched.get(connection)
        transport = connection.transport
        left = transport.is_closing() or transport.get_protocol() is not connection  # another protocol has it now, after an upgrade
        wait = None if left else waits(connection)
        if before and wait and wait.what == before[0].what and not wait.anew and wait.seconds:
            watched[connection] = wait, before[1]
        else:
            forget(connection)
            if wait:
                watched[connection] = wait, connection.loop.call_later(wait.seconds, transport.abort)
        if wait and sum(one.held for one, _ in watched.values()) > patience.unfinished:
            max(watched, key=lambda one: watched[one][0].held).transport.abort()

    def connection_made(self: Any, transport: asyncio.Transport) -> None:
        made(self, transport)
        look(self)

    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        look(self)

    def connection_lost(self: Any, fault: Exception | None) -> None:
        forget(self)
        lost(self, fault)

    protocol.connection_made, protocol.data_received, protocol.connection_lost = connection_made, data_received, connection_lost
