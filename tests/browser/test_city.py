"""The page of one city in a browser: from the map to the dossier, on to the next, back, and to another by typing its name."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_overview import Drawn

pytestmark = pytest.mark.slow

DAY = "as_of=2026-11-22"
SLOW = 30_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""


def test_from_the_map_to_a_dossier_to_the_next_back_and_to_another_by_its_name(visit, rest):
    page = visit(f"/?lang=en&{DAY}")
    drawn = Drawn(page)
    x, y = drawn.at(174.77557, -41.28664)
    drawn.frame.click(position={"x": x, "y": y})
    expect(page).to_have_url(re.compile("city=wellington"), timeout=SLOW)
    rest(page)
    page.get_by_role("link", name="Open the dossier").click()
    expect(page).to_have_url(re.compile(r"/city\?.*city=wellington"), timeout=SLOW)
    headline = page.locator("h1")
    expect(headline).to_contain_text("Wellington (New Zealand) is a sister city of Seoul", timeout=SLOW)
    assert DAY in page.url
    rest(page)

    page.get_by_role("button", name="Next city ›").click()
    expect(headline).to_contain_text("Yangon (Myanmar) has no agreement with Seoul on record", timeout=SLOW)
    expect(page).to_have_url(re.compile("city=yangon"), timeout=SLOW)
    rest(page)
    page.go_back()
    expect(headline).to_contain_text("Wellington", timeout=SLOW)
    expect(page).to_have_url(re.compile("city=wellington"), timeout=SLOW)
    rest(page)

    choice = page.locator(".st-key-control-city input")
    choice.click()
    choice.fill("런던")
    choice.press("Enter")
    expect(headline).to_contain_text("London (United Kingdom) is a friendship city of Seoul", timeout=SLOW)
    expect(page).to_have_url(re.compile("city=london"), timeout=SLOW)
    rest(page)
    page.get_by_role("button", name="All relations").click()
    expect(headline).to_contain_text("partners known by name had a contact", timeout=SLOW)
    rest(page)
    # By keyboard: the row takes the focus, Enter opens its dossier.
    row = page.locator('.relations a[data-row="cairo"]')
    row.focus()
    page.keyboard.press("Enter")
    expect(headline).to_contain_text("Cairo (Egypt) is a sister city of Seoul", timeout=SLOW)


def test_on_a_phone_all_relations_take_five_screens_and_a_dossier_begins_with_its_card(visit, rest):
    page = visit(f"/city?lang=ko&{DAY}", size=(390, 844))
    expect(page.locator(".relations li")).to_have_count(68, timeout=SLOW)
    rest(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 5 * 844
    assert min(row.bounding_box()["height"] for row in page.locator(".relations a").all()[:5]) >= 44
    page.locator('.relations a[data-row="london"]').click()
    card = page.locator(".answers")
    expect(card).to_contain_text("최근 교류", timeout=SLOW)
    rest(page)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    assert card.bounding_box()["y"] < 560


def test_the_lists_of_a_dossier_show_their_titles_and_open(visit):
    page = visit(f"/city?lang=en&{DAY}&city=london")
    agreements = page.locator(".st-key-figure-city-agreements")
    agreements.locator("summary").click(timeout=SLOW)
    expect(agreements.locator(".list").first).to_be_visible()
