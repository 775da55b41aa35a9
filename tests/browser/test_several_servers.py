"""Two dashboards over one PostgreSQL behind deploy/nginx.conf: publishing on one, taking away through the proxy, the death of one.

Each visit also fails on requests that leave the proxy's own address and on errors in the console (conftest.py).
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.servers import PROJECT, Server, start
from tests.browser.test_briefing import SLIDES
from tests.browser.test_data_desk import DESK, SLOW, download, partners, publish, strangers, upload, wait_for_release, with_a_new_friend
from tests.publishing.conftest import new_database, postgres, start_postgres  # noqa: F401 (the database of the fixture below)

DEPLOY = PROJECT / "deploy"
NAMES = ("first", "second")
"""What deploy/servers.conf calls the two dashboards."""
SEEN, BACK = 5_000, 10_000
"""Milliseconds within which a publication is seen everywhere, and a page is back after its server died."""
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'


@dataclass(frozen=True)
class Place:
    """The proxy's address, and the two dashboards behind it by name."""

    url: str
    servers: dict[str, Server]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Two dashboards over one PostgreSQL, and the proxy, on free ports."""
    room = tmp_path_factory.mktemp("place")
    shared = {"DATABASE_URL": request.getfixturevalue("new_database")()}
    with contextlib.ExitStack() as opened:
        servers = {name: start(PROJECT / "dashboard.py", room / f"{name}.log", **shared) for name in NAMES}
        for server in servers.values():
            opened.callback(server.stop)
        yield Place(opened.enter_context(proxy(room, servers)), servers)


@contextlib.contextmanager
def proxy(room: Path, servers: dict[str, Server]) -> Iterator[str]:
    """nginx with our configuration; the two files that it includes say the ports of here. Gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ports = dict(zip(("8501", "8502"), (server.url.rpartition(":")[2] for server in servers.values()), strict=True))
    address = {"listen 8080": f"listen 127.0.0.1:{port}", "# rewrite": "rewrite"}  # also in a folder of the site
    for name, here in {"nginx.conf": {}, "servers.conf": ports, "address.conf": address}.items():
        text = (DEPLOY / name).read_text(encoding="utf-8")
        for theirs, ours in here.items():
            text = text.replace(theirs, ours)
        (room / name).write_text(text, encoding="utf-8")
    command = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or pytest.fail("No nginx; see tools/nginx.sh")
    asked = f"daemon off; pid {room}/nginx.pid; {'user root;' if os.getuid() == 0 else ''}"  # workers may read the room only as ourselves
    process = subprocess.Popen([command, "-p", str(room), "-c", str(room / "nginx.conf"), "-g", asked])
    try:
        wait_until(lambda: health(f"http://127.0.0.1:{port}") == 200)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.1)


def health(url: str) -> int:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            return answer.status
    except (urllib.error.URLError, ConnectionError):
        return 0


@pytest.fixture
def visit_at(page_for, place, rest) -> Callable[..., Page]:
    """`visit_at("first", path, **visitor)` -> a page that the proxy has that dashboard show, at rest."""

    def opened(name: str, path: str, **visitor) -> Page:
        page = page_for(url=place.url, **visitor)
        page.context.add_cookies([{"name": "dashboard_server", "value": name, "url": place.url}])
        page.goto(path)
        rest(page)
        assert server_of(page) == name
        return page

    return opened


def server_of(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "dashboard_server")


def test_what_is_published_on_one_is_soon_seen_on_the_other(visit, visit_at, place):
    reader = visit_at("second", "/?lang=en")
    before, first = partners(reader), place.servers["first"].url
    analyst = visit(DESK, url=first)  # at the machine itself: through the proxy she would have to sign in
    name, content = download(analyst)
    upload(analyst, name, with_a_new_friend(content, strangers()[0]))
    expect(analyst.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    publish(analyst, "A new friend")
    wait_for_release(first, 2)
    expect(reader.locator("h1")).to_contain_text(f"{before + 1} partner cities", timeout=SEEN)


def test_a_presentation_is_made_and_taken_away_in_a_folder_of_the_site(visit_at):
    page = visit_at("second", f"/diplomacy/briefing?slides={SLIDES}&lang=en&as_of=2018-12-31")
    page.locator(".st-key-make-pptx button").click()
    with page.expect_download(timeout=SLOW) as begun:
        page.locator(".st-key-take-pptx button").click(timeout=SLOW)
    assert begun.value.path().read_bytes().startswith(b"PK")


def test_pages_of_a_server_that_died_are_soon_back_on_the_other_as_they_were(visit_at, place, rest):
    asked = "/partner_cities?lang=ko&as_of=2018-12-31&release=1&until=1996"
    reader, shown = visit_at("first", asked), visit_at("first", f"/briefing?slides={SLIDES}&present=1&slide=4&lang=en")
    sentence, headline = reader.locator("h1").inner_text(), shown.locator(".slide.shown h1").inner_text()
    addresses = reader.url, shown.url
    died = time.monotonic()
    place.servers["first"].process.kill()
    for page in (reader, shown):
        while server_of(page) == "first":
            page.wait_for_timeout(100)
            assert (time.monotonic() - died) * 1000 < BACK
        page.wait_for_selector(CONNECTED, timeout=BACK)
    assert (time.monotonic() - died) * 1000 < BACK
    assert (reader.url, shown.url) == addresses
    assert (reader.locator("h1").inner_text(), shown.locator(".slide.shown h1").inner_text()) == (sentence, headline)
    shown.keyboard.press("ArrowRight")
    expect(shown.locator(".present .number-of")).to_have_text("5 / 8", timeout=SLOW)
    rest(reader).get_by_role("radio", name="English").click()  # the other server answers, with everything else as it was
    expect(reader).to_have_url(re.compile("lang=en"), timeout=SLOW)
    expect(reader.locator("h1")).not_to_have_text(sentence, timeout=SLOW)
    assert {"as_of=2018-12-31", "release=1", "until=1996"} <= set(reader.url.partition("?")[2].split("&"))
