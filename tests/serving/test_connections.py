"""Who begins a request or a message and does not end it, or begins too much, is sent away; who is only slow to read is not."""

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.sync.client import connect

from benchmarks.servers import PROJECT, free_port
from serving.connections import MESSAGE, Limits, limit_connections, message_wait, request_wait, watch
from tests.running import wait_until

SHORT = Limits(head=0.5, idle=0.5, message=0.5, incomplete=3_000_000, fragments=20)
HANDSHAKE = "GET /talk HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQAAAAAAAA==\r\n"


async def talk(stream) -> None:
    await stream.accept()
    async for text in stream.iter_bytes():
        await stream.send_text(str(len(text)))


async def take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where a server with little patience listens."""
    http, talking = type("Http", (H11Protocol,), {}), type("Talking", (WebSocketsSansIOProtocol,), {})
    watch(http, lambda connection: request_wait(connection, SHORT), SHORT)
    watch(talking, lambda connection: message_wait(connection, SHORT), SHORT)
    app = Starlette(routes=[WebSocketRoute("/talk", talk), Route("/", take, methods=["PUT", "GET"])])
    at = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=at, http=http, ws=talking, ws_max_size=2_000_000, log_level="critical"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    wait_until(lambda: server.started)
    yield at
    server.should_exit = True
    thread.join()


def said(connection: socket.socket, begun: bytes) -> None:
    connection.settimeout(20)
    connection.sendall(begun)


def ends(connection: socket.socket) -> bool:
    """Whether the server ends it."""
    try:
        while connection.recv(2**16):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def ends_while_more_comes(connection: socket.socket) -> bool:
    """Whether the server ends it although a letter follows the other."""
    try:
        for _ in range(100):
            connection.sendall(b"G")
            time.sleep(0.05)
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize(
    "begun",
    [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b", b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"],
)
def test_half_a_request_ends_after_a_while(port, begun):
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        said(connection, begun)
        assert ends(connection)


def test_a_head_that_trickles_in_ends_and_so_does_the_second_one(port):
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        said(connection, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(2**16).startswith(b"HTTP/1.1 200")
        assert ends_while_more_comes(connection)


def test_a_body_that_comes_slowly_but_comes_is_taken(port):
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        said(connection, b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n")
        for _ in range(4):
            time.sleep(0.3)
            connection.sendall(b"a")
        assert (connection.recv(2**16) + connection.recv(2**16)).endswith(b"4")


def frame(length: int, sent: bytes, first: int = 0x82) -> bytes:
    """The beginning of a message of so many bytes, masked with zeros."""
    return bytes([first, 0xFF]) + struct.pack("!Q", length) + b"\0\0\0\0" + sent


def opened(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    said(connection, f"{HANDSHAKE}Sec-WebSocket-Version: 13\r\n\r\n".encode())
    assert b"101" in connection.recv(2**16)
    return connection


@pytest.mark.parametrize(
    "begun",
    [
        frame(2_000_001, b""),
        frame(1000, b"x"),
        frame(1, b"x", first=0x02),
        frame(1_500_000, b"x" * 1_500_000, first=0x02) + frame(1_500_000, b"", first=0x00),
        frame(1, b"x", first=0x02) + frame(1, b"x", first=0x00) * 30,
    ],
)
def test_a_message_that_is_too_long_or_never_ends_is_given_up(port, begun):
    with closing(opened(port)) as connection:
        connection.sendall(begun)
        assert ends(connection)


def test_many_unfinished_messages_together_hold_no_more_than_is_allowed(port):
    with ExitStack() as kept:
        many = [kept.enter_context(closing(opened(port))) for _ in range(4)]
        for connection in many:
            connection.sendall(frame(1_000_000, b"x" * 900_000))
        assert sum(map(ends, many)) == 4


def test_whole_messages_and_silence_between_them_end_nothing(port):
    with connect(f"ws://127.0.0.1:{port}/talk", proxy=None) as stream:
        for size in (10, 1_900_000):
            stream.send(b"x" * size)
            assert stream.recv(timeout=20) == str(size)
            time.sleep(0.8)
        stream.send([b"a", b"b", b"c"])
        assert stream.recv(timeout=20) == "3"


def test_the_setting_of_streamlit_and_the_limit_here_are_one():
    settings = (PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxMessageSize = {MESSAGE // 10**6} " in settings


def test_the_dashboard_watches_its_connections():
    assert "limit_connections()" in (PROJECT / "dashboard.py").read_text(encoding="utf-8")
    assert limit_connections.__defaults__ == (Limits(),)
