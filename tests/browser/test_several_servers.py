"""Two dashboards over one PostgreSQL behind deploy/nginx.conf, encrypted: signing in, publishing, taking away, the death of one.

Each visit also fails on requests that leave the proxy's own address and on errors in the console (conftest.py).
"""

import contextlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.servers import PROJECT, Server, free_port, start
from tests.browser.signing import provider, secrets, sign_in  # noqa: F401 (the provider is a fixture)
from tests.browser.test_briefing import SLIDES
from tests.browser.test_data_desk import DESK, SLOW, download, partners, publish, strangers, upload, wait_for_release, with_a_new_friend
from tests.publishing.conftest import new_database, postgres, start_postgres  # noqa: F401 (the database of the fixture below)
from tests.running import status, wait_until

pytestmark = pytest.mark.slow

DEPLOY = PROJECT / "deploy"
NAMES = ("first", "second")
"""What deploy/servers.conf calls the two dashboards."""
CONNECTED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'


@dataclass(frozen=True)
class Place:
    """The proxy's address, and the two dashboards behind it by name."""

    url: str
    servers: dict[str, Server]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, provider) -> Iterator[Place]:  # noqa: F811
    """Two dashboards over one PostgreSQL, and the proxy, on free ports; whoever signs in there may be an analyst."""
    room, port = tmp_path_factory.mktemp("place"), free_port()
    url = f"https://127.0.0.1:{port}"
    (room / "secrets.toml").write_text(secrets(url, provider, "everyone"), encoding="utf-8")
    shared = {"DATABASE_URL": request.getfixturevalue("new_database")()}
    with contextlib.ExitStack() as opened:
        servers = {
            name: start(PROJECT / "dashboard.py", room / f"{name}.log", "--secrets.files", str(room / "secrets.toml"), **shared)
            for name in NAMES
        }
        for server in servers.values():
            opened.callback(server.stop)
        opened.enter_context(proxy(room, port, servers))
        yield Place(url, servers)


def certify(room: Path) -> None:
    """A certificate of this machine for itself, where address.conf looks for it once it lies in the room."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (room / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (room / "privkey.pem").write_bytes(key.private_bytes(*plain))


@contextlib.contextmanager
def proxy(room: Path, port: int, servers: dict[str, Server], **less: str) -> Iterator[None]:
    """nginx with our configuration; the two files that it includes say the ports of here, with the lines for TLS and for a folder.

    `less` are other words in the place of some of nginx.conf.
    """
    certify(room)
    ports = dict(zip(("8501", "8502"), (server.url.rpartition(":")[2] for server in servers.values()), strict=True))
    lines = {f"# {line}": line for line in ("listen 443", "server_name", "ssl_", "add_header", "rewrite")}
    address = {"listen 8080;": "", **lines, "listen 443": f"listen 127.0.0.1:{port}", "/etc/dashboard/tls/": f"{room}/"}
    for name, here in {"nginx.conf": less, "servers.conf": ports, "address.conf": address}.items():
        text = (DEPLOY / name).read_text(encoding="utf-8")
        for theirs, ours in here.items():
            text = text.replace(theirs, ours)
        (room / name).write_text(text, encoding="utf-8")
    command = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or pytest.fail("No nginx; see tools/nginx.sh")
    asked = f"daemon off; pid {room}/nginx.pid; {'user root;' if os.getuid() == 0 else ''}"  # workers may read the room only as ourselves
    process = subprocess.Popen([command, "-p", str(room), "-c", str(room / "nginx.conf"), "-g", asked])
    try:
        wait_until(lambda: status(f"https://127.0.0.1:{port}/healthz") == 200)
        yield
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture
def strict(place, tmp_path) -> Iterator[str]:
    """The address of a second proxy before the same dashboards, whose limits are reached sooner."""
    port = free_port()
    less = {"rate=200r/s": "rate=2r/s", "burst=1000": "burst=20", "rate=20r/s": "rate=1r/s", "burst=200": "burst=9", "open 400": "open 5"}
    with proxy(tmp_path, port, place.servers, **less):
        yield f"127.0.0.1:{port}"


@pytest.fixture
def impatient(place, tmp_path) -> Iterator[int]:
    """The port of a proxy before the same dashboards that waits two seconds for the head of a request."""
    port = free_port()
    with proxy(tmp_path, port, place.servers, client_header_timeout="client_header_timeout 2s; #"):
        yield port


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


@pytest.fixture
def analyst(browser, place) -> Iterator[Page]:
    """A new visitor at the desk of the first dashboard. She will go to the provider, so the addresses that she asks are not watched."""
    context = browser.new_context(base_url=place.url, ignore_https_errors=True)
    context.add_cookies([{"name": "dashboard_server", "value": "first", "url": place.url}])
    page = context.new_page()
    page.goto(DESK)
    yield page
    context.close()


def test_what_an_analyst_publishes_through_the_proxy_is_soon_seen_on_the_other_server(analyst, visit_at, place, rest):
    reader = visit_at("second", "/?lang=en")
    before = partners(reader)
    expect(analyst.locator("h1")).to_have_text("The data desk is closed here.", timeout=SLOW)
    sign_in(analyst, "minji", "a.in >> nth=0")
    assert server_of(rest(analyst)) == "first"
    name, content = download(analyst)
    upload(analyst, name, with_a_new_friend(content, strangers()[0]))
    expect(analyst.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    publish(analyst, "A new friend")
    wait_for_release(place.servers["first"].url, 2)
    expect(reader.locator("h1")).to_contain_text(f"{before + 1} cities", timeout=SLOW)
    secret = {cookie["name"] for cookie in analyst.context.cookies() if cookie["secure"]}
    assert "dashboard_server" in secret


def handshake(site: str, origin: str = "", source: str = "127.0.0.1"):
    """A WebSocket of a page through the proxy, from an address of this machine. Raises InvalidStatus where it is refused."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    given = {"ssl": trusting, "source_address": (source, 0), "proxy": None, "open_timeout": SLOW / 1000}
    return connect(f"wss://{site}/_stcore/stream", origin=origin or f"https://{site}", **given)


def refused(site: str, **how: str) -> int:
    """The status by which a WebSocket is refused."""
    with pytest.raises(InvalidStatus) as answer:
        handshake(site, **how)
    return answer.value.response.status_code


def test_one_address_opens_no_more_pages_at_once_than_the_proxy_allows_and_others_go_on(strict):
    with contextlib.ExitStack() as opened:
        for _ in range(5):
            opened.enter_context(handshake(strict))
        assert refused(strict) == 429
        opened.enter_context(handshake(strict, source="127.0.0.2"))


def test_one_address_asks_no_more_often_than_the_proxy_allows_and_others_go_on(strict):
    assert {refused(strict, origin="https://evil.example") for _ in range(14)} == {403, 429}
    assert refused(strict, origin="https://evil.example", source="127.0.0.2") == 403
    assert {status(f"https://{strict}/healthz") for _ in range(40)} == {200, 429}


def test_a_head_that_is_never_ended_is_given_up_by_the_proxy(impatient):
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", impatient)) as plain, trusting.wrap_socket(plain) as begun:
        begun.settimeout(SLOW / 1000)
        begun.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Begun: ")
        try:
            answer = begun.recv(2**16)
        except (ConnectionError, ssl.SSLError):
            answer = b""  # reset_timedout_connection
        assert answer == b"" or b" 408 " in answer


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
    place.servers["first"].process.kill()
    for page in (reader, shown):
        until = time.monotonic() + SLOW / 1000
        while server_of(page) == "first":
            page.wait_for_timeout(100)
            assert time.monotonic() < until
        page.wait_for_selector(CONNECTED, timeout=SLOW)
    assert (reader.url, shown.url) == addresses
    assert (reader.locator("h1").inner_text(), shown.locator(".slide.shown h1").inner_text()) == (sentence, headline)
    shown.keyboard.press("ArrowRight")
    expect(shown.locator(".present .number-of")).to_have_text("5 / 8", timeout=SLOW)
    rest(reader).get_by_role("button", name="한국어", exact=True).first.click()
    reader.get_by_text("English", exact=True).click()  # the other server answers, with everything else as it was
    expect(reader).to_have_url(re.compile("lang=en"), timeout=SLOW)
    expect(reader.locator("h1")).not_to_have_text(sentence, timeout=SLOW)
    assert {"as_of=2018-12-31", "release=1", "until=1996"} <= set(reader.url.partition("?")[2].split("&"))
