"""Every page for those who cannot see it well, use no mouse, enlarge it, or ask for less motion.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.parts.shell.navigation import PLACES
from tests.browser.test_overview import OVERLAP

PAGES = [name for group in PLACES.values() for name in group]
FOCUS = """() => {
  // What has the focus now, and whether the one before looked different while it had it.
  const looks = e => [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean)
    .map(e => getComputedStyle(e))
    .map(s => [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join()).join();
  const before = window.focusedBefore, e = document.activeElement;
  const changed = !before || !before.e.isConnected || looks(before.e) !== before.looks;
  window.focusedBefore = {e, looks: looks(e)};
  const name = (e.getAttribute('aria-label') || e.innerText || '').slice(0, 60);
  return {name, before: before?.e.outerHTML.slice(0, 120), changed};
}"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault_on_any_page_by_day_or_night(visit, name):
    for scheme in ("light", "dark"):
        page = visit(f"/{name}?lang=en&as_of=2026-11-22", scheme=scheme)
        found = Axe().run(page).response["violations"]
        said = [(fault["impact"], fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in found]
        assert [fault for fault in said if fault[0] in ("serious", "critical")] == []


def test_the_keyboard_reaches_every_control_of_the_overview_and_shows_where_it_is(visit):
    page = visit("/?lang=en&as_of=2026-11-22")
    wanted = page.evaluate("[...document.querySelectorAll('button, a[href], input')].filter(e => e.offsetParent && e.tabIndex >= 0).length")
    seen = []
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUS))
    names = " | ".join(stop["name"] for stop in seen)
    for control in ("한국어", "Sister city", "Source", "Table", "Partner cities"):
        assert control in names
    # A table marks its cell inside its canvas, where styles do not tell.
    unmarked = [stop["before"] for stop in seen if not stop["changed"] and not stop["before"].startswith(("<body", "<canvas"))]
    assert unmarked == []


def test_a_drawer_opens_and_closes_by_keyboard(visit, rest):
    page = visit("/?lang=en&as_of=2026-11-22")
    page.locator(".st-key-source-partner_cities button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(timeout=30_000)
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden", timeout=30_000)


@pytest.mark.parametrize("name", PAGES)
def test_at_twice_the_size_nothing_is_lost(visit, name):
    # 200 % of a screen of 1440 by 900 leaves half of it in either direction.
    page = visit(f"/{name}?lang=ko&as_of=2026-11-22", size=(720, 450))
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OVERLAP) == []


def test_whoever_asks_for_less_motion_gets_none(visit):
    page = visit("/?lang=en&as_of=2026-11-22")
    page.emulate_media(reduced_motion="reduce")
    moving = "[...document.querySelectorAll('.card, button, a')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0
