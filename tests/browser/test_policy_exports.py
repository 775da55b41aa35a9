"""The page of policy exports in a real Chromium: drawn whole at every size, its map and its list answering."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PAGE = "/policy_exports?as_of=2026-11-22"


def test_a_search_narrows_the_list_a_row_opens_its_record_and_the_link_shows_the_same(visit, rest):
    page = visit(f"{PAGE}&lang=en")
    page.get_by_placeholder("Search project, place or partner").fill("Wellington")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Wellington"), timeout=30_000)
    rest(page)
    again = visit(page.url)
    expect(again.get_by_text(re.compile(r"^\d records$")).last).to_be_visible()
    again.locator(".st-key-figure-projects tbody button").first.click()
    drawer = again.get_by_role("dialog")
    expect(drawer).to_contain_text("Other records of the same place and field", timeout=30_000)
    expect(drawer.get_by_role("link").first).to_be_visible()
    again.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_the_csv_of_the_list_opens_in_excel_with_korean_titles_and_holds_every_row(visit):
    page = visit(f"{PAGE}&lang=ko&sector=waterworks", lang="ko")
    with page.expect_download(timeout=60_000) as download:
        page.locator(".st-key-csv-projects button").first.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "사업,장소,분야,단계,시작,발표된 금액,수행 기관,집계 여부,출처"
    assert len(lines) == 1 + 23  # 17 primary rows, 5 of other sources and 1 that contradicts


def test_a_city_of_the_address_is_ringed_and_closing_it_brings_the_list_back(visit, rest):
    page = visit(f"{PAGE}&lang=en&city=manila")
    expect(page.get_by_role("heading", name="Manila")).to_be_visible()
    page.get_by_role("button", name="All cities").click()
    expect(page).not_to_have_url(re.compile("city="), timeout=30_000)
    rest(page)
    expect(page.get_by_text("Cities with the most projects first")).to_be_visible()
