"""The fund's page in a browser: whole at every size, the assumption moving its part alone, its sources opening."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PAGE = "/cooperation_fund?as_of=2026-11-22"
YEAR = ".whatif .big"
SLOW = 30_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""


def test_an_assumption_moves_the_year_and_the_link_shows_the_same(visit, rest):
    page = visit(f"{PAGE}&lang=en&yearly=725")
    expect(page.locator(YEAR)).to_have_text("2027")  # 7,300 / 725 = 10.07 years
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    page.reload()
    rest(page)
    sent.clear()
    page.get_by_role("slider").press("ArrowRight")
    expect(page).to_have_url(re.compile("yearly=750"), timeout=SLOW)
    expect(page.locator(YEAR)).to_have_text("2026", timeout=SLOW)  # 9.73 years
    rest(page)
    # The lists and cards below and above are not sent again.
    assert sum(sent) < 40_000
    again = visit(page.url)
    expect(again.locator(YEAR)).to_have_text("2026")


def test_a_figure_that_was_worked_out_opens_its_formula_and_sources(visit):
    page = visit(f"{PAGE}&lang=en")
    page.locator(".st-key-source-fund-growth button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("(₩10 bn ÷ ₩2.7 bn)^(1 ÷ 4) − 1", timeout=SLOW)
    expect(drawer.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
