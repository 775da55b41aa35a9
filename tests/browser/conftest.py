"""A real server and a real Chromium for the tests below. Must not look into the page: what a test expects stands in the test."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.running import PATIENCE, Server, start
from tests.worlds import write

# WebGL without a graphics card, no calls of Chromium's own, and no other address: as on a machine without internet.
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

FRAMES = """(count) => new Promise(done => {
  const next = left => left ? requestAnimationFrame(() => next(left - 1)) : done();
  next(count);
})"""

AT_REST = """(calm) => new Promise(done => {
  let timer = setTimeout(done, calm);
  const again = () => { clearTimeout(timer); timer = setTimeout(() => { watch.disconnect(); done() }, calm) };
  const watch = new MutationObserver(again);
  watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
})"""

RAN = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@dataclass
class Watch:
    """What went wrong on a page behind the reader's back."""

    own: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        # Only listened to: a route that aborts would also switch off the browser's cache, which visitors have.
        page.on("request", lambda request: self._is_own(request.url) or self.outside.append(request.url))
        page.on("websocket", lambda socket: self._is_own(socket.url) or self.outside.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text, message.location.get("url", "")))

    def _is_own(self, url: str) -> bool:
        return urlsplit(url).netloc in ("", self.own)

    def _note(self, kind: str, text: str, where: str) -> None:
        # On a deep link Streamlit first asks /<page>/_stcore/..., gets a 404 and then finds its own address.
        if kind == "error" and "/_stcore/" not in where and self._is_own(where):
            self.errors.append(text)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """`serve(data_folder=None, starter="streamlit", fresh=False, secrets=None)` -> the address of a dashboard over that folder.

    None is the project's own. Servers are kept for the session, one a folder and starter; `fresh` starts another, and so does
    `secrets`, the text of a secrets.toml with {port} in it. All are stopped at the end, no others.
    """
    running: dict[tuple, Server] = {}

    def address(data_folder: Path | None = None, starter: str = "streamlit", fresh: bool = False, secrets: str = "") -> str:
        key = (data_folder, starter, len(running) if fresh or secrets else None)
        if key not in running:
            running[key] = start(tmp_path_factory.mktemp("server"), data_folder, starter, secrets)
        return running[key].url

    yield address
    for server in running.values():
        server.process.terminate()  # all at once, since each takes its time; told again, they take none
    for server in running.values():
        server.stop()


@pytest.fixture(scope="session")
def serve_tables(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, str]], str]:
    """`serve_tables(tables)` -> the address of a dashboard over tables of a test (CSV text by name), one server for the same tables."""
    folder = cache(lambda tables: write(tmp_path_factory.mktemp("tables"), dict(tables)))
    return lambda tables: serve(folder(tuple(tables.items())))


@pytest.fixture(scope="session")
def server(serve: Callable[..., str]) -> str:
    """The address of a dashboard over the project's own data."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_for(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """`page_for(lang="ko", size=(1440, 900), scheme="light", url=server)` -> an empty page of a new visitor.

    Requests to any other address fail, as without internet. When the test ends it fails on each of those, on errors in the
    console and on exceptions in scripts.
    """
    visitors: list[tuple[BrowserContext, Watch]] = []

    def page(lang: str = "ko", size: tuple[int, int] = (1440, 900), scheme: str = "light", url: str = server) -> Page:
        width, height = size
        locale = {"ko": "ko-KR", "en": "en-US"}.get(lang, lang)
        shown = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "locale": locale}
        context = browser.new_context(**shown, base_url=url, ignore_https_errors=True)  # a test's own certificate is known to nobody
        visitors.append((context, Watch(urlsplit(url).netloc)))
        new = context.new_page()
        visitors[-1][1].follow(new)
        return new

    yield page
    for context, _ in visitors:
        context.close()
    assert [watch.outside for _, watch in visitors if watch.outside] == [], "requests left the server's own address"
    assert [watch.errors for _, watch in visitors if watch.errors] == [], "errors in the browser's console"


@pytest.fixture
def visit(page_for: Callable[..., Page]) -> Callable[..., Page]:
    """`visit(path, lang, size, scheme, url)` -> a new visitor's page, opened at the path (as typed, no lang is added) and at rest."""

    def opened(path: str, **visitor) -> Page:
        page = page_for(**visitor)
        page.goto(path)
        return at_rest(page)

    return opened


@pytest.fixture
def rest() -> Callable[[Page], Page]:
    """`rest(page)` waits after a click: the script has run, fonts are there, nothing on the page has changed for a while."""
    return at_rest


def at_rest(page: Page, calm_ms: int = 500) -> Page:
    """Wait until the script has run, the fonts have come and nothing has changed for `calm_ms`; return the page."""
    limit = PATIENCE * 1000
    page.evaluate(FRAMES, 20)  # after a change of size the page may be busy for a second before it begins to change
    page.wait_for_selector('[data-testid="stMain"]', timeout=limit)
    page.wait_for_load_state("networkidle", timeout=limit)  # scripts that draw may still be on their way
    while True:
        page.wait_for_selector(RAN, timeout=limit)
        page.evaluate(AT_REST, calm_ms)
        if page.query_selector(RAN):  # else drawing a chart has asked the server for another run
            break
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def _chromium() -> str:
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or pytest.fail(f"No Chromium here (looked for {', '.join(names)}); `make test` says how to get it.", pytrace=False)
