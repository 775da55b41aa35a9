"""The overview for those who use no mouse or ask for less motion; tests/browser/test_pages.py has axe and enlargement on every page.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import pytest

pytestmark = pytest.mark.slow


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


def test_the_keyboard_reaches_every_control_of_the_overview_and_shows_where_it_is(visit):
    page = visit("/?lang=en&as_of=2026-11-22")
    wanted = page.evaluate("[...document.querySelectorAll('button, a[href], input')].filter(e => e.offsetParent && e.tabIndex >= 0).length")
    seen = []
    for _ in range(wanted + 30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUS))
    names = " | ".join(stop["name"] for stop in seen)
    for control in ("English", "Sister city", "Source", "Table", "Partner cities"):
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


def test_whoever_asks_for_less_motion_gets_none(visit):
    page = visit("/?lang=en&as_of=2026-11-22")
    page.emulate_media(reduced_motion="reduce")
    moving = "[...document.querySelectorAll('.card, button, a')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0
