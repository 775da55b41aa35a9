"""Graceful shutdown: in its parts, and of a real server while a page is open."""

import json
import signal
import urllib.error
import urllib.request
from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from benchmarks.servers import PROJECT, start
from serving.shutdown import DrainMiddleware, Shutdown


def test_a_page_that_runs_is_waited_for():
    stopped, go_on = Event(), Event()
    page = Thread(target=go_on.wait, name="ScriptRunner.scriptThread")
    page.start()
    Shutdown(at_least=0, within=30, unfinished=lambda: 0).begin(stopped.set)
    assert not stopped.wait(0.3)
    go_on.set()
    assert stopped.wait(10)


def test_a_file_in_the_making_is_waited_for_but_not_for_ever():
    finished, late = Event(), Event()
    left = [1]
    Shutdown(at_least=0, within=30, unfinished=lambda: left[0]).begin(finished.set)
    Shutdown(at_least=0, within=0.2, unfinished=lambda: 1).begin(late.set)
    assert late.wait(10)
    assert not finished.is_set()
    left[0] = 0
    assert finished.wait(10)


def test_whoever_asks_twice_does_not_wait():
    shutdown, stopped = Shutdown(at_least=30), Event()
    shutdown.begin(lambda: None)
    shutdown.begin(stopped.set)
    assert stopped.is_set()


def test_health_says_no_while_the_server_comes_to_its_end_and_all_else_is_answered():
    shutdown = Shutdown(at_least=30)
    client = TestClient(
        Starlette(
            routes=[Route("/{rest:path}", lambda request: PlainTextResponse("ok"))],
            middleware=[Middleware(DrainMiddleware, shutdown=shutdown)],
        )
    )
    assert client.get("/healthz").status_code == 200
    shutdown.begin(lambda: None)
    assert [client.get(path).status_code for path in ("/healthz", "/folder/healthz", "/plan")] == [503, 503, 200]


@pytest.fixture
def server(tmp_path: Path):
    running = start(PROJECT / "dashboard.py", tmp_path / "server.log", DASHBOARD_LOG="json")
    yield running
    running.stop()


def health(server) -> int:
    try:
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def test_a_server_that_gets_sigterm_refuses_new_pages_closes_open_ones_and_exits_with_0(server, tmp_path):
    socket = server.url.replace("http", "ws") + "/_stcore/stream"
    with connect(socket) as page:
        server.process.send_signal(signal.SIGTERM)
        while health(server) == 200:
            pass
        with pytest.raises(InvalidStatus) as newcomer:
            connect(socket)
        assert (health(server), newcomer.value.response.status_code) == (503, 503)
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(timeout=30)
        assert closed.value.rcvd.code == 1012  # "service restart": Streamlit's page connects anew
    assert server.process.wait(30) == 0
    log = [line for line in (tmp_path / "server.log").read_text().splitlines() if line.startswith("{")]
    assert any("Shutting down" in json.loads(line)["message"] for line in log)
    assert not [line for line in log if "127.0.0.1" in line]
