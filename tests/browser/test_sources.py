"""The sources' page in a browser: whole at every size, a search that the link keeps, files whose bytes open."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PAGE = "/sources?as_of=2026-11-22"
SLOW = 30_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""


def test_a_search_narrows_the_list_and_the_link_shows_the_same(visit, rest):
    page = visit(f"{PAGE}&lang=en")
    page.get_by_placeholder("Search title, publisher, address").fill("donga")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=donga"), timeout=SLOW)
    expect(page.get_by_text("13 of 468 sources")).to_be_visible(timeout=SLOW)
    rest(page)
    expect(visit(page.url).get_by_text("13 of 468 sources")).to_be_visible()


def saved(page, key: str) -> tuple[str, bytes]:
    """The name and the bytes that a click on a download button gives."""
    with page.expect_download(timeout=60_000) as download:
        page.locator(f".st-key-save-{key} button").first.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_the_files_that_are_taken_away_open_and_are_in_the_language_of_the_reader(visit):
    page = visit(f"{PAGE}&lang=ko&data=fund", lang="ko")
    name, content = saved(page, "csv")
    assert name == "fund_release-1_ko.csv"
    assert content.decode("utf-8-sig").splitlines()[0].startswith("기록 식별자,시점,항목,기금 종류,대상 도시,금액")
    name, content = saved(page, "xlsx")
    assert name == "fund_release-1_ko.xlsx"
    assert load_workbook(io.BytesIO(content)).sheetnames == ["기금", "데이터 사전", "작성 안내"]
    name, content = saved(page, "package")
    assert name == "urban-diplomacy_release-1.zip"
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_the_dictionary_opens_beside_the_page(visit):
    page = visit(f"{PAGE}&lang=en&data=targets")
    page.locator(".st-key-open-dictionary button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("By when it was to be reached", timeout=SLOW)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
