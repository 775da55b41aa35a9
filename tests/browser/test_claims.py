"""The ledger in a browser: whole at every size, searched, a claim opened, closed and linked; and the names of notes on charts."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


PAGE = "/claims?as_of=2026-11-22&lang={}"
SLOW = 30_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""
NAMES = """() => [...document.querySelectorAll('.plot')].map(plot => [...plot.querySelectorAll('.annotation')]
  .map(note => note.getBoundingClientRect()).map(({left, right, top, bottom}) => [left, right, top, bottom]))"""


def test_a_search_a_filter_and_a_claim_are_in_the_address_and_back_closes_the_claim(visit, rest):
    page = visit(PAGE.format("en"))
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(71, timeout=SLOW)
    page.get_by_placeholder("Search claims").fill("projects")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=projects"), timeout=SLOW)
    expect(page.locator('[data-row="C012"]')).to_have_count(0, timeout=SLOW)
    rest(page)
    page.locator('[data-row="C009"]').click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("36 ÷ 45 = 80", timeout=SLOW)
    expect(page).to_have_url(re.compile("claim=C009"), timeout=SLOW)
    rest(page)
    page.go_back()
    expect(drawer).to_have_count(0, timeout=SLOW)
    rest(page)
    page.locator('[data-row="C009"]').click()
    expect(drawer).to_contain_text("36 ÷ 45 = 80", timeout=SLOW)
    linked = visit(page.url).get_by_role("dialog")
    expect(linked).to_contain_text("36 ÷ 45 = 80", timeout=SLOW)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0, timeout=SLOW)
    expect(page).not_to_have_url(re.compile("claim="), timeout=SLOW)


def overlapping(boxes: list[list[float]]) -> list[tuple]:
    """Pairs of boxes (left, right, top, bottom) that share more than a pixel."""
    pairs = [(one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :]]
    return [(a, b) for a, b in pairs if min(a[1], b[1]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[2], b[2]) > 1]


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_names_of_notes_lie_on_no_other_words_at_any_width_also_with_all_of_them(visit, rest, size):
    page = visit("/?as_of=2026-11-22&lang=en&notes=term,election,plan,law,organisation,network,event,epidemic,travel", size=size)
    assert [overlapping(boxes) for boxes in page.evaluate(NAMES)] == [[], [], []]
    page.set_viewport_size({"width": 1440 + 390 - size[0], "height": 900})
    rest(page)
    assert [overlapping(boxes) for boxes in page.evaluate(NAMES)] == [[], [], []]
