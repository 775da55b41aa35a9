"""The pages that are measured, and one visitor in a real Chromium, who opens a page, waits until nothing changes, uses its filter.

To measure another page, add it to OURS.
A figure is a number by name: `ms` to the last change, `bytes` and `requests` over the network, `socket_bytes` of Streamlit's
messages, `shift`, `tasks` and `tasks_ms` (tasks of more than 50 ms that block the page), `cpu_ms` of the server. It judges nothing.
"""

import base64
import os
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from benchmarks.figures import layout_shift
from benchmarks.servers import Server

CALM_MS = 1500
PATIENCE_MS = 90_000
WATCH = Path(__file__).with_name("watch.js")
SIZE = {"width": 1440, "height": 900}

# WebGL without a graphics card, no calls of Chromium's own, no other address: as in tests/browser/conftest.py.
FLAGS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# The script has run, every part is there, nothing is stale or a skeleton, the map is painted, and since a while nothing changed.
COMPLETE = """([calm, parts, map]) => {
  const seen = window.benchmark, all = selector => document.querySelectorAll(selector);
  return seen && all('[data-testid=stApp][data-test-script-state=notRunning]').length
    && Object.entries(parts).every(([selector, count]) => all(selector).length >= count)
    && !all('[data-testid=stSkeleton]').length && !all('[data-stale=true]').length
    && (!map || seen.draws) && !seen.pending && performance.now() - seen.last > calm;
}"""


@dataclass(frozen=True)
class Subject:
    """A page to measure: its address below the server's, what has to be on it (selector -> how many), whether it has a map, its filter.

    `change(page, turn)` uses the filter, once a turn, so that each turn asks for another thing than the one before; None: it has none.
    """

    name: str
    path: str
    parts: Mapping[str, int]
    map: bool
    change: Callable[[Page, int], None] | None = None


CHART = ".js-plotly-plot .main-svg"
DRAWN = ".plot > *"
"""A chart of ours, by plotly or as boxes."""
MAP = "[data-testid=stDeckGlJsonChart] canvas"
WORLD = ".world canvas"
OPENED_MS = 500
"""A list that was opened has come to rest after this; the clock starts with the click into it."""


def _choose(page: Page, turn: int) -> None:
    page.locator("[data-testid=stSelectbox] input").click()
    page.wait_for_timeout(OPENED_MS)
    page.locator("[role=option]").nth(1 + turn % 2).click()


def _press(selector: str, *buttons: int) -> Callable[[Page, int], None]:
    """Clicks the buttons of a control in turn."""
    return lambda page, turn: page.locator(f"{selector} button").nth(buttons[turn % len(buttons)]).click()


_FIRST_KIND = _press(".st-key-control-types", 0)
_OTHER_ORDER = _press(".st-key-control-sort", 1, 0)
_NEXT_CITY = _press(".st-key-city-after", 0)


EMPTY = Subject("empty", "/", {"[data-testid=stSelectbox]": 1, "[data-testid=stMarkdownContainer]": 1}, False, _choose)
PLAIN = Subject("plain", "/", {CHART: 3, MAP: 1, "[data-testid=stMetric]": 6, "[data-testid=stDataFrame] canvas": 1}, True, _choose)
OURS = (
    Subject("overview", "/", {DRAWN: 3, WORLD: 1, ".card .value": 6}, True, _FIRST_KIND),
    Subject("partner_cities", "/partner_cities", {DRAWN: 5, WORLD: 1, ".rows tbody tr": 25}, True, _FIRST_KIND),
    Subject("plan", "/plan", {DRAWN: 2}, False),
    Subject("networks", "/networks", {DRAWN: 5}, False),
    Subject("city", "/city?city=london", {DRAWN: 1, WORLD: 1}, True, _NEXT_CITY),
    Subject("claims", "/claims", {".claims [data-row]": 20}, False, _OTHER_ORDER),
)


class Visitor:
    """A browser with its own, at first empty, cache; the server whose processor time is counted."""

    def __init__(self, browser: Browser, server: Server, subject: Subject) -> None:
        self._server, self._subject = server, subject
        self._context: BrowserContext = browser.new_context(viewport=SIZE, locale="ko-KR", color_scheme="light")
        self._context.add_init_script(path=WATCH)
        self._page: Page | None = None

    def open(self) -> dict[str, float]:
        """Open the page in a new tab (the one before is closed) and return the figures up to its last change."""
        if self._page:
            self._page.close()
        self._page = self._context.new_page()
        self._traffic = Traffic(self._page)
        cpu = self._server.cpu_ms()
        self._page.goto(self._server.url + self._subject.path, wait_until="commit", timeout=PATIENCE_MS)
        self._settle()
        return self._figures(cpu, since=0)

    def change(self, turn: int) -> dict[str, float]:
        """Use the page's filter and return the figures from the click to the last change."""
        self._page.mouse.move(1, 1)
        cpu, self._traffic.requests, self._traffic.bytes, self._traffic.socket_bytes = self._server.cpu_ms(), 0, 0, 0
        self._subject.change(self._page, turn)
        while not self._traffic.socket_bytes:
            self._page.wait_for_timeout(20)
        self._settle()
        return self._figures(cpu, since=self._page.evaluate("benchmark.clicked"))

    def close(self) -> None:
        """Forget this visitor."""
        self._context.close()

    def _settle(self) -> None:
        until = time.monotonic() + PATIENCE_MS / 1000
        expected = [CALM_MS, dict(self._subject.parts), self._subject.map]
        self._page.wait_for_function(COMPLETE, arg=expected, polling=150, timeout=PATIENCE_MS)
        while self._traffic.open and time.monotonic() < until:
            self._page.wait_for_timeout(50)
            self._page.wait_for_function(COMPLETE, arg=expected, polling=150, timeout=PATIENCE_MS)

    def _figures(self, cpu: float, since: float) -> dict[str, float]:
        seen = self._page.evaluate("benchmark")
        tasks = [length for start, length in seen["tasks"] if start + length > since]
        return {
            "ms": seen["last"] - since,
            "bytes": self._traffic.bytes + self._traffic.socket_bytes,
            "requests": self._traffic.requests,
            "socket_bytes": self._traffic.socket_bytes,
            "shift": layout_shift(entry for entry in seen["shifts"] if entry[0] >= since),
            "tasks": len(tasks),
            "tasks_ms": sum(tasks),
            "cpu_ms": self._server.cpu_ms() - cpu,
        }


class Traffic:
    """What a page received: bytes as they crossed the network, without what its cache held."""

    def __init__(self, page: Page) -> None:
        self.bytes = self.requests = self.socket_bytes = 0
        self.open: set[str] = set()
        self._cached: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._began)
        session.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.loadingFailed", lambda event: self.open.discard(event["requestId"]))
        session.on("Network.webSocketFrameReceived", self._message)
        session.send("Network.enable")

    def _began(self, event: dict) -> None:
        if event["request"]["url"].startswith("http"):
            self.open.add(event["requestId"])

    def _answered(self, event: dict) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])

    def _finished(self, event: dict) -> None:
        known = event["requestId"] in self.open
        self.open.discard(event["requestId"])
        if known and event["requestId"] not in self._cached:
            self.requests += 1
            self.bytes += event["encodedDataLength"]

    def _message(self, event: dict) -> None:
        frame = event["response"]
        self.socket_bytes += len(base64.b64decode(frame["payloadData"])) if frame["opcode"] == 2 else len(frame["payloadData"])


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, without a window. Raises FileNotFoundError where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise FileNotFoundError(f"No Chromium here (looked for {', '.join(names)}); `make test` says how to get it.")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)
