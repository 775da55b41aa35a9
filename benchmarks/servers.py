"""Servers that the benchmark starts and ends itself, each on a free port of 127.0.0.1, and the processor time that they took."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PATIENCE = 90
"""Seconds for a server to start."""


@dataclass
class Server:
    """A running `streamlit run`: its address, its process, and how long it took until it answered (s)."""

    url: str
    process: subprocess.Popen
    started_s: float

    def cpu_ms(self) -> float:
        """Processor time of the process so far, all threads, in user and kernel; the system counts in steps of 10 ms."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """What the process holds in memory now (its resident set)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def stop(self) -> None:
        """End this process and wait for it."""
        end(self.process)


def start(script: Path, log: Path, *options: str, **named: str) -> Server:
    """Serve a script by `streamlit run` from its own folder, as a newcomer would, with further options and names in its environment.

    Raises TimeoutError with the end of its log.
    """
    port = free_port()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    surroundings |= {"DASHBOARD_STATE": str(log.with_suffix(".state")), **named}
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false", *options]
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=script.parent, env=surroundings, stdout=output, stderr=subprocess.STDOUT)
    server = Server(f"http://127.0.0.1:{port}", process, 0)
    while time.monotonic() - begun < PATIENCE and process.poll() is None:
        if _answers(f"{server.url}/_stcore/health"):
            server.started_s = time.monotonic() - begun
            return server
        time.sleep(0.05)
    server.stop()
    raise TimeoutError(f"{script} did not answer within {PATIENCE} s. The end of its log:\n{log.read_text(errors='replace')[-2000:]}")


def make_pages(folder: Path) -> None:
    """Put the two pages of the benchmark, and the data that one of them shows, into a folder."""
    for page in ("empty", "plain"):
        shutil.copytree(PROJECT / "benchmarks" / "made", folder / page, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "data", folder / "plain" / "data")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def end(process: subprocess.Popen) -> None:
    """Tell a process to end and wait for it; one that does not is killed."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
