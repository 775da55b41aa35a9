"""A real server of the dashboard for tests. Must not look at what it answers."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx
import pytest

from benchmarks.servers import PROJECT, end, free_port

PATIENCE = 90
"""Seconds for a server to start or a page to come to rest on a slow, shared machine."""


@dataclass
class Server:
    """A dashboard that this test run started: its address, its process, where it writes."""

    url: str
    process: subprocess.Popen
    log: Path

    def stop(self) -> None:
        end(self.process)


def start(room: Path, data_folder: Path | None = None, starter: str = "streamlit", secrets: str = "") -> Server:
    """Start a dashboard on a free port, from a working folder that is not the project's, and wait until it answers.

    `secrets` is the text of its secrets.toml, in which {port} becomes its port; that takes the starter "streamlit".
    """
    port, log = free_port(), room / "server.log"
    commands = {
        "streamlit": ["streamlit", "run", str(PROJECT / "dashboard.py"), "--server.port", str(port)],
        "uvicorn": ["uvicorn", "--app-dir", str(PROJECT), "--port", str(port), "dashboard:app"],
    }
    if secrets:
        file = room / "secrets.toml"
        file.write_text(secrets.replace("{port}", str(port)), encoding="utf-8")
        commands["streamlit"] += ["--secrets.files", str(file)]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    surroundings |= {"DASHBOARD_DATA": str(data_folder)} if data_folder else {}
    surroundings["DASHBOARD_STATE"] = str(room / "state")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *commands[starter]], cwd=room, env=surroundings, stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    _wait_for(server)
    return server


def _wait_for(server: Server) -> None:
    """Return when /healthz answers, well or not; else stop the server and fail with the end of its log."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if _answers(f"{server.url}/healthz"):
                return
        time.sleep(0.2)
    server.stop()
    tail = "\n".join(server.log.read_text(errors="replace").splitlines()[-40:])
    pytest.fail(f"The dashboard did not answer within {PATIENCE} s. The end of its log:\n{tail}", pytrace=False)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError as refused:
        refused.close()
        return True


def wait_until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Return when it is true; fails when it is not after so many seconds."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)


def status(url: str) -> int:
    """How an address answers, whatever its certificate; 0 where nobody does."""
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(url, timeout=5, verify=False).status_code
    return 0
