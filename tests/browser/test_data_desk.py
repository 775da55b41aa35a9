"""The data desk in a browser: a table goes out, comes back and is published while others look; large files, cut connections.

Each test has a server of its own, and with it a state of its own. Each visit also fails on requests that leave the server's own
address and on errors in the console (conftest.py).
"""

import csv
import io
import re
import time
from pathlib import Path

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow

DATA = Path(__file__).parents[2] / "data"
SLOW = 60_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""
DESK = "/data_desk?lang=en&data=agreements"


@pytest.fixture
def url(serve) -> str:
    """The address of a dashboard that nobody else visits."""
    return serve(fresh=True)


def rows_of(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def strangers() -> list[str]:
    """Cities that the register knows and that have no agreement."""
    known = {row["city_id"] for row in rows_of("agreements")} | {row["city_id"] for row in rows_of("home")}
    return [row["city_id"] for row in rows_of("cities") if row["city_id"] not in known]


def with_a_new_friend(content: bytes, city: str) -> bytes:
    """A downloaded table of agreements with one more row at its end, as Excel saves it."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    columns = list(rows_of("agreements")[0])
    known = dict.fromkeys(columns, "") | {"agreement_id": f"{city}-new", "city_id": city, "type": "friendship", "signed": "2026-01-05"}
    lines.append(list((known | {"role": "primary", "source_id": rows_of("agreements")[0]["source_id"]}).values()))
    held = io.StringIO(newline="")
    csv.writer(held).writerows(lines)
    return held.getvalue().encode("utf-8-sig")


def download(page: Page) -> tuple[str, bytes]:
    with page.expect_download(timeout=SLOW) as begun:
        page.locator(".st-key-take-csv button").click()
    return begun.value.suggested_filename, begun.value.path().read_bytes()


def upload(page: Page, name: str, content: bytes) -> None:
    page.locator(".st-key-figure-give input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator(".st-key-desk-check button").click(timeout=SLOW)


def publish(page: Page, note: str) -> None:
    page.locator(".st-key-figure-publish textarea").fill(note)
    page.locator(".st-key-publish-now button").click()


def partners(page: Page) -> int:
    return int(re.search(r"(\d+) cities", page.locator("h1").inner_text())[1])


def wait_for_release(url: str, number: int) -> None:
    until = time.monotonic() + SLOW / 1000
    while httpx.get(f"{url}/releases/newest", timeout=SLOW / 1000).json()["release"] != number:
        assert time.monotonic() < until, f"release {number} was not published"
        time.sleep(0.1)


def scrolled(page: Page) -> int:
    return page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop")


def test_one_publishes_and_the_others_see_it_without_reloading_where_they_are(visit, url, rest):
    reader, pinned = visit("/?lang=en&regions=Asia", url=url), visit("/?lang=en&release=1", url=url)
    before, sentence = partners(reader), pinned.locator("h1").inner_text()
    reader.evaluate("window.here = true")
    reader.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 700)")
    analyst = visit(DESK, url=url)
    name, content = download(analyst)
    upload(analyst, name, with_a_new_friend(content, strangers()[0]))
    expect(analyst.locator("h1")).to_contain_text(f"partner cities at least {before} to at least {before + 1}", timeout=SLOW)
    assert partners(reader) == before
    publish(analyst, "A new friend")
    wait_for_release(url, 2)
    expect(reader.locator("h1")).to_contain_text(f"{before + 1} cities", timeout=SLOW)
    expect(reader.get_by_role("status")).to_contain_text(f"Release 2 is live: Partner cities at least {before} → at least {before + 1}")
    assert reader.evaluate("window.here") is True
    assert scrolled(reader) == 700
    assert "regions=Asia" in reader.url
    expect(analyst.locator("h1")).to_contain_text("2", timeout=SLOW)
    assert pinned.locator("h1").inner_text() == sentence
    pinned.reload()
    assert rest(pinned).locator("h1").inner_text() == sentence
    expect(pinned.get_by_text(re.compile("^Release 1 of .*, pinned"))).to_be_visible()


def test_a_new_release_waits_for_an_open_drawer_and_disturbs_no_form(visit, url, rest):
    reader, analyst, other = visit("/?lang=en", url=url), visit(DESK, url=url), visit(DESK, url=url)
    name, content = download(analyst)
    first, second = strangers()[:2]
    upload(other, name, with_a_new_friend(content, second))
    expect(other.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    other.locator(".st-key-figure-publish textarea").fill("Half a senten")
    before = partners(reader)
    reader.locator(".st-key-source-partner_cities button").first.click()
    expect(reader.get_by_role("dialog")).to_be_visible(timeout=SLOW)
    upload(analyst, name, with_a_new_friend(content, first))
    expect(analyst.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    publish(analyst, "A new friend")
    wait_for_release(url, 2)
    expect(reader.locator(".notice")).to_contain_text("Release 2 is live", timeout=SLOW)
    expect(other.locator(".notice")).to_contain_text("Release 2 is live", timeout=SLOW)
    other.wait_for_timeout(1500)
    assert reader.get_by_role("dialog").count() == 1
    assert other.locator(".st-key-figure-publish textarea").input_value() == "Half a senten"
    expect(other.locator("h1")).to_contain_text("Not published yet")
    reader.keyboard.press("Escape")
    expect(reader.locator("h1")).to_contain_text(f"{before + 1} cities", timeout=SLOW)


def test_watching_sends_little_and_changes_nothing_while_nothing_changes(visit, url, rest):
    page = visit("/sources?lang=en", url=url)
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(len(frame))))
    page.reload()
    rest(page)
    frames.clear()
    page.evaluate("""() => {
      window.changes = [];
      new MutationObserver(all => window.changes.push(...all.map(one => one.attributeName ?? one.target.nodeName)))
        .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    }""")
    looks: list[int] = []
    page.on("response", lambda answer: looks.append(len(answer.body())) if answer.url.endswith("/releases/newest") else None)
    page.wait_for_timeout(11_000)
    assert 2 <= len(looks) <= 4
    assert sum(looks) < 50 * len(looks)
    assert sum(frames) < 100
    assert page.evaluate("window.changes") == []
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.wait_for_timeout(3_500)  # the look that was on its way
    before = len(looks)
    page.wait_for_timeout(4_000)
    assert len(looks) == before
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1_000)
    assert len(looks) == before + 1


def test_a_file_of_twenty_megabytes_shows_how_far_it_is_and_gets_a_sentence(visit, url, tmp_path):
    page = visit(DESK, url=url)
    line = b"x,london,friendship,2026-01-05,primary,s," + b"long " * 200 + b"\n"
    file = tmp_path / "agreements.csv"
    file.write_bytes(b"agreement_id,city_id,type,signed,role,source_id,note_en\n" + line * (20_000_000 // len(line) - 1))
    page.locator(".st-key-figure-give input[type=file]").set_input_files(file)
    page.locator(".st-key-desk-check button").click(timeout=SLOW)
    expect(page.get_by_role("progressbar").first).to_be_visible(timeout=SLOW)
    page.locator(".st-key-short-whole button").click(timeout=2 * SLOW)
    expect(page.locator(".st-key-figure-give").get_by_role("alert").first).to_contain_text("76,9", timeout=2 * SLOW)
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=SLOW)
    assert httpx.get(f"{url}/api/v1/readings.json").json()["release"] == 1


def test_a_connection_cut_in_the_middle_loses_nothing_of_a_draft(visit, url, rest):
    page = visit(DESK, url=url)
    name, content = download(page)
    upload(page, name, with_a_new_friend(content, strangers()[0]))
    expect(page.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    rest(page)
    page.context.set_offline(True)
    page.locator(".st-key-figure-publish textarea").fill("A new friend")
    other = visit(DESK, url=url)
    other.locator("[class*=st-key-continue-] button").click()
    expect(other.locator("h1")).to_contain_text("Not published yet: 1 agreement added", timeout=SLOW)
    page.locator(".st-key-publish-now button").click()
    page.wait_for_timeout(2000)
    assert httpx.get(f"{url}/api/v1/readings.json").json()["release"] == 1
    page.context.set_offline(False)
    wait_for_release(url, 2)
    expect(page.locator("h1")).not_to_contain_text("Not published yet", timeout=SLOW)
    history = httpx.get(f"{url}/api/v1/tables/agreements.csv").text.splitlines()
    assert len(history) == 1 + len(rows_of("agreements")) + 1


def test_a_sister_city_in_a_new_country_with_a_new_source_is_one_form_of_six_inputs_and_one_publication(visit, url):
    page = visit("/data_desk?lang=ko&form=new_partner", url=url)
    filled = {"city": "나이로비", "agreements-signed": "2026년 3월", "sources-title": "서울시, 나이로비시와 자매결연 체결"}
    filled |= {"sources-url": "https://news.seoul.go.kr/gov/archives/1", "sources-published": "2026.3.2."}
    page.locator("[class*=st-key-entry-][class*=-agreements-type] input").click(timeout=SLOW)
    page.get_by_role("option", name="자매도시").click()
    for name, text in filled.items():
        page.locator(f"[class*=st-key-entry-][class$=-{name}] input, [class*=st-key-entry-][class*='-{name} '] input").fill(text)
        page.keyboard.press("Tab")
    assert 1 + len(filled) <= 6
    expect(page.locator(".st-key-figure-give")).to_contain_text("새 도시: 나이로비, 케냐", timeout=SLOW)
    page.locator("[class*=st-key-entry-keep] button").click(timeout=SLOW)
    expect(page.locator("h1")).to_contain_text("협정 1건", timeout=SLOW)
    publish(page, "나이로비시 자매결연")
    wait_for_release(url, 2)
    expect(page.locator("h1")).to_contain_text("2", timeout=SLOW)
    tables = {name: httpx.get(f"{url}/api/v1/tables/{name}.csv").text for name in ("territories", "cities", "agreements", "sources")}
    assert "KE,Kenya,케냐" in tables["territories"]
    assert "nairobi,Nairobi,나이로비,KE,Africa,city,-1.2833,36.8167" in tables["cities"]
    assert "nairobi-sister,nairobi,sister,2026-03," in tables["agreements"]
    assert "seoul-2026-03-02,서울시, 나이로비시와" in tables["sources"].replace('"', "")
