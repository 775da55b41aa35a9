"""The page of partner cities in a browser: nothing over anything at any size, the year of the map, the list and its drawer, the address."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PAGE = "/partner_cities?lang={}&as_of=2026-11-22"
SLOW = 30_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""
FRAMES = "() => new Promise(done => { let left = 20; const next = () => left-- ? requestAnimationFrame(next) : done(); next() })"


def test_a_move_of_the_year_changes_the_map_alone_and_the_address_keeps_it(visit, rest):
    page = visit(PAGE.format("en") + "&until=2010")
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    page.reload()
    rest(page)
    expect(page.get_by_text("certainly signed by 31 Dec 2010")).to_be_visible(timeout=SLOW)
    sent.clear()
    page.get_by_role("slider").press("ArrowRight")
    expect(page.get_by_text("certainly signed by 31 Dec 2011")).to_be_visible(timeout=SLOW)
    expect(page).to_have_url(re.compile("until=2011"), timeout=SLOW)
    rest(page)
    # Neither outlines nor the charts above are sent again: a part of the page is a few tens of kilobytes.
    assert 0 < sum(sent) < 60_000


def test_a_search_and_a_row_open_the_agreements_of_a_partner(visit, rest):
    page = visit(PAGE.format("en"))
    search = page.get_by_role("searchbox").or_(page.get_by_placeholder("City or country"))
    search.first.fill("웰링턴")
    search.first.press("Enter")
    expect(page).to_have_url(re.compile("q="), timeout=SLOW)
    expect(page.get_by_text("1 of 68 partners known by name matches")).to_be_visible(timeout=SLOW)
    rest(page)
    page.locator(".st-key-figure-list tbody button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Upgraded later", timeout=SLOW)
    expect(drawer).to_contain_text("Conflicts, not counted")
    expect(drawer.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_a_filter_keeps_the_sentence_and_goes_along_to_the_next_page(visit, rest):
    page = visit(PAGE.format("en"))
    page.get_by_role("button", name="Friendship city", exact=True).click()
    expect(page).to_have_url(re.compile("types=friendship"), timeout=SLOW)
    expect(page.get_by_text("43 known by name, at least 72 counted")).to_be_visible(timeout=SLOW)
    rest(page)
    assert "at least 72 partner cities" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Overview").first.click()
    expect(page).to_have_url(re.compile("types=friendship"), timeout=SLOW)


def test_the_csv_of_the_list_is_in_the_readers_language_and_order(visit, rest):
    page = visit(PAGE.format("ko") + "&types=sister&sort=since", lang="ko")
    with page.expect_download(timeout=60_000) as download:
        page.locator(".st-key-csv-partner-list button").first.click()
    lines = download.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0] == "파트너,국가·지역,권역,결연 유형,체결,연도,협정,출처"
    assert lines[1].startswith("타이베이,대만,아시아,자매도시,1968년,1968,")
    assert len(lines) == 1 + 25
