"""The static edition as a reader and a web server meet it: axe and a phone's width, search and filter, no script, nginx with our lines."""

import os
import re
import shutil
import subprocess
import urllib.request
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from baking import site
from baking.edition import steps
from benchmarks.servers import PROJECT, free_port
from pages.parts.shell.selection import View
from tests.browser.conftest import FLAGS
from tests.running import status, wait_until
from tests.worlds import own_data

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 22)
PAGES = ("overview", "partner_cities", "city", "cooperation_fund", "claims", "tokyo")
FILES = ("index", "partner_cities", "city", "cooperation_fund", "claims", "city-tokyo", "figure-growth")


def some(release, as_of, today, base):
    """The steps of some pages in two languages, and of what all pages share."""
    for step in steps(release, as_of, today, base):
        view, *others = [*getattr(step, "args", ()), None]
        if not isinstance(view, View) or (view.selection.lang != "ja" and others[0] in (*PAGES, None)):
            yield step


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an edition of some pages of our own data; the server of links to it."""
    out = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "steps", lambda *about: list(some(*about)))
        site.bake(own_data(), out, DAY, DAY, "https://city.example/static")
    return out


class Quiet(SimpleHTTPRequestHandler):
    """A web server that knows nothing of the project."""

    def log_message(self, *about):
        pass


@pytest.fixture(scope="module")
def address(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.newest(folder).relative_to(folder)}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=FLAGS)
        yield opened
        opened.close()


@contextmanager
def visit(browser, url, **options):
    """A page of its own, which asked nothing of another address and told of no error."""
    context = browser.new_context(**options)
    page, faults = context.new_page(), []
    page.on("request", lambda request: url.startswith(request.url[:17]) or request.url.startswith("data:") or faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    yield page
    context.close()
    assert faults == []


@pytest.mark.parametrize("lang, scheme", [("en", "light"), ("ko", "dark")])
@pytest.mark.parametrize("file", FILES)
def test_a_baked_page_passes_axe_and_fits_a_phone(browser, address, file, lang, scheme):
    with visit(browser, f"{address}/{lang}/{file}.html", viewport={"width": 390, "height": 844}, color_scheme=scheme) as page:
        for summary in page.locator("details > summary").all()[:6]:
            summary.click()
        faults = {fault["id"]: fault["nodes"][0]["html"][:200] for fault in Axe().run(page).response["violations"]}
        assert faults == {}
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_search_and_filter_work_without_a_server_of_ours(browser, address):
    with visit(browser, f"{address}/en/index.html") as page:
        page.get_by_label("Search").first.fill("Tokyo")
        page.locator(".finds a").first.click()
        page.wait_for_url("**/en/city-tokyo.html")
        page.goto(f"{address}/en/city.html")
        page.locator(".filter input").fill("tokyo japan")
        assert page.locator(".relations li:visible").all_inner_texts()[0].startswith("Tokyo")
        assert page.locator(".relations li:visible").count() == 1


def test_whoever_has_no_script_reads_every_figure_and_opens_its_source(browser, address):
    with visit(browser, f"{address}/en/index.html", java_script_enabled=False) as page:
        assert page.locator("h1").inner_text().startswith("Seoul has ties with at least 72 cities")
        page.locator(".opens summary").first.click()
        assert "Definition" in page.locator(".opens[open] .drawer").first.inner_text()
        page.get_by_role("link", name="한국어").click()
        assert page.locator("html").get_attribute("lang") == "ko-KR"


def test_a_frame_that_follows_shows_the_figure_of_the_newest_edition(browser, address):
    with visit(browser, f"{address.partition('/r/')[0]}/follow.html?en/figure-growth.html") as page:
        page.wait_for_url(f"{address}/en/figure-growth.html")
        assert page.locator("h2").first.inner_text().startswith("At least 72 partner cities")


def test_a_link_is_shown_with_its_sentence_its_date_and_a_picture(folder):
    text = (site.newest(folder) / "en" / "index.html").read_text(encoding="utf-8")
    told = dict(re.findall(r'property="og:(\w+)" content="([^"]*)"', text))
    assert told["title"] == "Overview · Seoul urban diplomacy"
    assert re.match(r"Seoul has ties with at least 72 cities.*\(as of 22 Nov 2026\)$", told["description"])
    picture = folder / told["image"].removeprefix("https://city.example/static/")
    assert picture.read_bytes()[:24].endswith((1200).to_bytes(4) + (630).to_bytes(4))


def test_nginx_serves_an_edition_for_a_year_and_what_names_it_for_a_minute(folder, tmp_path):
    port = free_port()
    ours = (PROJECT / "deploy" / "static.conf").read_text(encoding="utf-8").replace("/var/lib/dashboard/site/", f"{folder}/")
    user = "user root;" if os.getuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; {user} error_log stderr crit; events {{}}\n"
        f"http {{ access_log off; server {{ listen 127.0.0.1:{port};\n{ours}\n}} }}",
        encoding="utf-8",
    )
    command = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or pytest.fail("No nginx; see tools/nginx.sh")
    process = subprocess.Popen([command, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
    edition = site.newest(folder).relative_to(folder)
    told = {}
    try:
        wait_until(lambda: status(f"http://127.0.0.1:{port}/static/latest.json") == 200)
        for path in ("latest.json", "", f"{edition}/en/index.html", f"{edition}/en/growth.csv", f"{edition}/assets/site.js"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/{path}") as answer:
                told[path] = answer.headers
        assert status(f"http://127.0.0.1:{port}/static/r/12-00000000/en/index.html") == 404
    finally:
        process.terminate()
        process.wait(15)
    kept = {path: " ".join(headers.get_all("cache-control")) for path, headers in told.items()}
    assert {kept["latest.json"], kept[""]} == {"public, max-age=60"}
    assert all("max-age=31536000" in kept[path] and "immutable" in kept[path] for path in told if path.startswith("r/"))
    types = {path: headers["content-type"] for path, headers in told.items()}
    assert types[f"{edition}/en/growth.csv"] == "text/csv; charset=utf-8"
    assert types[f"{edition}/assets/site.js"] == "text/javascript; charset=utf-8"
