"""The editor of briefings in a browser: by keyboard alone, back and reload, a page's view on a slide, and for those who see badly.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from publishing.desk.briefings import Outline, SlideRequest, encode
from tests.browser.layout import OVERLAP

pytestmark = pytest.mark.slow

KINDS = ("title", "readings", "growth", "map", "city", "closing")
SLIDES = encode(Outline("Visit", tuple(SlideRequest(kind, {"city": "wellington"} if kind == "city" else {}) for kind in KINDS)))
SLOW = 60_000


def rows(page: Page) -> list[str]:
    """The slides of the list, each by the line beneath it."""
    return page.locator(".st-key-figure-outline [data-testid=stRadioCaption]").all_inner_texts()


def shown(page: Page) -> None:
    page.wait_for_selector(".preview .slide.shown", timeout=SLOW)


def test_a_briefing_is_put_together_by_keyboard_and_comes_back_by_reload_and_the_way_back(visit, rest):
    page = visit("/briefing?lang=en")
    page.locator(".st-key-preset-five_minutes button").focus()
    page.keyboard.press("Enter")
    shown(page)
    assert rows(rest(page))[:4] == ["Title", "Headline numbers", "Map of partner cities", "Growth of partner cities"]
    page.locator(".st-key-figure-outline [role=radiogroup] input").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        rest(page)
    expect(page.locator(".preview .slide.shown h1")).to_contain_text("At least 72 partner cities", timeout=SLOW)
    page.locator(".st-key-slide-up button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("at=3"))
    assert rows(rest(page))[:4] == ["Title", "Headline numbers", "Growth of partner cities", "Map of partner cities"]
    assert page.evaluate("document.activeElement.closest('.st-key-slide-up') !== null")
    page.locator(".st-key-slide-note textarea").fill("Say who counts")
    page.locator(".st-key-slide-title input").fill("Growing")
    page.keyboard.press("Enter")
    rest(page)
    page.reload()
    shown(page)
    assert rows(rest(page))[2] == "Growth of partner cities · with a note"
    expect(page.locator(".preview .slide.shown h1")).to_have_text("Growing")
    page.go_back()
    page.go_back()
    assert rows(rest(page))[2] == "Growth of partner cities"


def test_what_a_page_shows_is_what_its_slide_shows(visit, rest):
    page = visit("/partner_cities?lang=en&regions=Asia&as_of=2018-12-31")
    bars = page.locator(".st-key-figure-by-region .plot")
    said, texts = bars.get_attribute("aria-label"), sorted(bars.locator(".name, .end").all_text_contents())
    page.locator(".st-key-add-view button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("By part of the world").click()
    dialog.get_by_text("Add 1 slide").click()
    dialog.get_by_role("link", name="Open the briefing").click()
    shown(page)
    assert rows(rest(page)) == ["Partner cities: By part of the world · As of 31 Dec 2018, Asia"]
    page.locator(".st-key-briefing-present button").click()
    drawn = page.locator(".present .slide.shown .plot")
    drawn.wait_for(timeout=SLOW)
    assert sorted(drawn.locator("svg text").all_text_contents()) == texts != []
    assert said.startswith(drawn.get_attribute("aria-label"))
    page.keyboard.press("Escape")
    expect(page.locator(".present")).to_have_count(0, timeout=SLOW)
    shown(page)
    assert "present=" not in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_is_there_for_those_who_see_badly(visit, scheme):
    page = visit(f"/briefing?lang=en&as_of=2026-11-22&slides={SLIDES}&at=3", scheme=scheme)
    shown(page)
    found = Axe().run(page).response["violations"]
    said = [(fault["impact"], fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in found]
    assert [fault for fault in said if fault[0] in ("serious", "critical")] == []
    page.set_viewport_size({"width": 720, "height": 450})
    page.wait_for_timeout(500)
    page.evaluate("document.querySelectorAll('.preview, .unseen').forEach(one => one.remove())")  # a picture, and words for the ear
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OVERLAP) == []
