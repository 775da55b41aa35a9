"""`python -m benchmarks.viewers`: many viewers at once on one server, each with a WebSocket of its own, as a browser speaks to Streamlit.

They open the partner cities, use a filter every few seconds and ask for the newest release as pages do. Writes deploy/CAPACITY.md and
says which bars are missed; never fails for it. What a browser draws is not measured here (benchmarks/visits.py does).
"""

import argparse
import asyncio
import random
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.capacity import Load, Stage, missed, report
from benchmarks.results import machine
from benchmarks.servers import PROJECT, Server, start
from serving.startup import rerun_request
from streamlit_internals import BackMsg, ForwardMsg

PAGE, LANGS = "partner_cities", ("en", "ko")
CHOICES = ((), (0,), (1,), (0, 1))
"""What a viewer chooses one after the other, as places in the filter of kinds of tie; the regions go along."""
LEAVING = 20
"""Seconds after which the server forgets who left; 300 by our settings, which would only lengthen the wait at the end."""
SETTLE = 10
"""Seconds until memory is read, at each number of viewers."""
RELEASED = 130
"""Seconds after that until memory is read: the server releases memory once a minute (serving/startup.py)."""
ASKING = 3
"""Seconds between two looks for a newer release (assets/watch.js)."""
PATIENCE = 60
FINE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class Observed:
    """What viewers saw: seconds of each opening and of each change by the time of its end, and what went wrong."""

    openings: list[float] = field(default_factory=list)
    changes: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Viewer:
    """One browser: what it knows of its page, and how it uses the filter."""

    def __init__(self, socket: ClientConnection, lang: str, observed: Observed, seed: int) -> None:
        self._socket, self._observed, self._chance = socket, observed, random.Random(seed)
        self._query, self._lang = f"lang={lang}", lang
        self._filters: dict[str, tuple[str, str, list[str]]] = {}

    async def open(self) -> None:
        """Open the page and learn where its filters are."""
        self._observed.openings.append(await self._run(self._request()))
        if set(self._filters) != {"types", "regions"}:
            raise RuntimeError(f"The page has the filters {sorted(self._filters)}")

    async def change(self) -> None:
        """Choose something else in one of the filters, and wait until the page has answered."""
        name = self._chance.choice(sorted(self._filters))
        id, fragment, options = self._filters[name]
        chosen = [options[at] for at in self._chance.choice(CHOICES)]
        request = self._request()
        request.rerun_script.fragment_id = fragment
        state = request.rerun_script.widget_states.widgets.add(id=id)
        state.string_array_value.data.extend(chosen)
        seconds = await self._run(request)
        if bool(chosen) != (name in parse_qs(self._query)):
            self._observed.errors.append(f"{name}={chosen} was chosen and the address is {self._query}")
        self._observed.changes.append((time.monotonic(), seconds))

    def _request(self) -> BackMsg:
        return rerun_request(PAGE, self._query, self._lang, "light")

    async def _run(self, request: BackMsg) -> float:
        """Seconds from the question until the page has run."""
        begun = time.monotonic()
        await self._socket.send(request.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._ends(ForwardMsg.FromString(await self._socket.recv())):
                pass
        return time.monotonic() - begun

    def _ends(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._learn(message.delta)
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "script_finished" and message.script_finished not in FINE:
            self._observed.errors.append(f"the page ended with {message.script_finished}")
        return kind == "script_finished"

    def _learn(self, delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("exception", "alert"):
            self._observed.errors.append(str(element)[:200])
        elif kind in ("button_group", "multiselect"):
            control = getattr(element, kind)
            options = [option.content for option in control.options] if kind == "button_group" else list(control.options)
            name = control.id.rpartition("control-")[2]
            if name in ("types", "regions"):
                self._filters[name] = (control.id, delta.fragment_id, options)


async def watch(server: Server, observed: Observed) -> None:
    """Ask for the newest release again and again over one connection, as each page does."""
    to = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(to.hostname, to.port)
    try:
        while True:
            await asyncio.sleep(ASKING)
            writer.write(f"GET /releases/newest HTTP/1.1\r\nHost: {to.netloc}\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
            if not head.startswith("http/1.1 200"):
                observed.errors.append(head.splitlines()[0])
    finally:
        writer.close()


async def stay(server: Server, observed: Observed, every: float, number: int, gone: asyncio.Event) -> None:
    """A viewer from opening the page until everybody leaves."""
    async with connect(server.url.replace("http", "ws", 1) + "/_stcore/stream", max_size=None, compression=None) as socket:
        viewer = Viewer(socket, LANGS[number % 2], observed, number)
        watching = asyncio.create_task(watch(server, observed))
        try:
            await viewer.open()
            due = time.monotonic() + every * random.Random(number).random()
            while not gone.is_set():
                await asyncio.sleep(max(0, due - time.monotonic()))
                await viewer.change()
                due = max(due + every, time.monotonic())
        except Exception as fault:  # a viewer that breaks off is what is counted here
            observed.errors.append(f"{type(fault).__name__}: {fault}")
        finally:
            watching.cancel()


async def crowd(server: Server, options: argparse.Namespace) -> Load:
    """All viewers, a number at a time; then the time that counts; then they leave."""
    observed, gone, stages = Observed(), asyncio.Event(), []
    await _warm(server, options)
    before = server.memory_mb()
    async with AsyncExitStack() as people:
        group = await people.enter_async_context(asyncio.TaskGroup())
        come = 0
        for many in options.viewers:
            for number in range(come, many):
                group.create_task(stay(server, observed, options.every, number, gone))
                await asyncio.sleep(0.2)
            come = many
            await asyncio.sleep(SETTLE)
            stages.append(Stage(many, server.memory_mb()))
            print(f"{many} viewers: {stages[-1].memory_mb:.0f} MB", flush=True)
        counted, cpu = time.monotonic(), server.cpu_ms()
        await asyncio.sleep(options.seconds)
        used = (server.cpu_ms() - cpu) / 1000
        stages.append(Stage(come, server.memory_mb()))
        gone.set()
    await asyncio.sleep(LEAVING + RELEASED)
    seconds = (seconds for at, seconds in observed.changes if counted <= at <= counted + options.seconds)
    seen = (tuple(stages), tuple(seconds), tuple(observed.openings), tuple(observed.errors))
    return Load(*seen, before, server.memory_mb(), used, options.seconds, options.every)


async def _warm(server: Server, options: argparse.Namespace) -> None:
    """A few viewers who try every choice and leave, so that what is kept for everybody is there before memory is read."""
    observed, gone = Observed(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number in range(4):
            group.create_task(stay(server, observed, 0.5, 1000 + number, gone))
        await asyncio.sleep(options.warm)
        gone.set()
    await asyncio.sleep(LEAVING + SETTLE)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.viewers", description=__doc__)
    parser.add_argument("--viewers", nargs="+", type=int, default=[20, 60, 100], help="how many are there, one number after the other")
    parser.add_argument("--seconds", type=int, default=180, help="how long all of them stay")
    parser.add_argument("--every", type=float, default=5, help="seconds between two changes of a viewer")
    parser.add_argument("--warm", type=int, default=30, help="seconds of the first few viewers, who are not counted")
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the day to write into the report (today)")
    parser.add_argument("--out", type=Path, default=PROJECT / "deploy" / "CAPACITY.md")
    return parser.parse_args()


def main() -> None:
    """Measure, write the report, say what misses."""
    options, before = _options(), machine()
    with tempfile.TemporaryDirectory(prefix="viewers-") as room:
        flags = ("--server.disconnectedSessionTTL", str(LEAVING))
        server = start(PROJECT / "dashboard.py", Path(room) / "server.log", *flags)
        try:
            load = asyncio.run(crowd(server, options))
        finally:
            server.stop()
        log = (Path(room) / "server.log").read_text(errors="replace")
    options.out.write_text(report(load, options.date, before, machine()), encoding="utf-8")
    print(*load.errors[:10], *([log[-3000:]] if "Traceback" in log else []), sep="\n")
    print(f"Written: {options.out}", *(missed(load) or ["Every bar is met."]), sep="\n")


if __name__ == "__main__":
    main()
