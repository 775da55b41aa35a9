"""Releases as a browser shows them: every page under the security policy, over data whose every text tries to be more than text.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from pages.parts.shell.navigation import FIRST, PLACES
from tests.hostile import MARK, write_hostile

pytestmark = pytest.mark.slow

NAMES = ["" if name == FIRST else name for group in PLACES.values() for name in group]
SIZES = ((1440, 900), (390, 844))
SLOW = 60_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""
LOADED = """(mark) => [...document.querySelectorAll('img, script, iframe, object, embed, link, image, form, base')].filter(one => {
  const leads = one.getAttribute('src') ?? one.getAttribute('href') ?? one.getAttribute('data') ?? '';
  return leads.includes(mark) || /^https?:/.test(leads) && new URL(leads).origin !== location.origin;
}).map(one => one.outerHTML.slice(0, 200))"""
LISTENING = """() => [...document.querySelectorAll('*')].filter(one => [...one.attributes].some(given => /^on/i.test(given.name)))
  .map(one => one.outerHTML.slice(0, 200))"""
BEYOND = """() => [...document.querySelectorAll('[data-testid=stMain] *, [role=dialog] *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !one.closest('.world, .js-plotly-plot, .rows, .place, input');
}).map(one => one.tagName + ' ' + one.className + ' ' + (one.innerText ?? '').slice(0, 40)).slice(0, 10)"""


@pytest.fixture(scope="module")
def hostile(serve, tmp_path_factory) -> str:
    """The address of a dashboard over the hostile data."""
    return serve(write_hostile(tmp_path_factory.mktemp("hostile")))


@pytest.fixture
def alerts() -> Iterator[list[str]]:
    """What scripts of the texts said; a test adds pages by `listen`."""
    said: list[str] = []
    yield said
    assert said == [], "a text ran as a script"


def listen(page: Page, alerts: list[str]) -> Page:
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    return page


def harmless(page: Page) -> None:
    """Nothing of the texts loads, listens or sticks out of the screen."""
    assert page.evaluate(LOADED, MARK) == []
    assert page.evaluate(LISTENING) == []
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(BEYOND) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_the_data_runs_loads_or_breaks_a_page(page_for, rest, hostile, alerts, name):
    page = listen(page_for(url=hostile), alerts)
    page.goto(f"/{name}?lang=en")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        harmless(rest(page))


def test_a_tooltip_a_drawer_and_a_chosen_row_show_texts_as_they_are(page_for, rest, hostile, alerts):
    page = listen(page_for(url=hostile), alerts)
    page.goto("/?lang=en")
    rest(page)
    frame = page.locator(".st-key-worldmap")
    frame.scroll_into_view_if_needed()
    assert MARK in tooltip(page, frame.bounding_box())
    harmless(page)
    page.goto("/policy_exports?lang=en")
    rest(page)
    page.locator(".rows tbody button").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text(MARK, timeout=SLOW)
    expect(drawer.get_by_text("Project", exact=True).first).to_be_visible()
    harmless(rest(page))


def tooltip(page: Page, box: dict) -> str:
    """The text beside the first dot of the map that the mouse finds on its way over it."""
    shown = page.locator(".world .tip")
    for down in range(25, 70, 2):
        for right in range(8, 96, 1):
            page.mouse.move(box["x"] + box["width"] * right / 100, box["y"] + box["height"] * down / 100)
            if shown.count() and shown.first.is_visible():
                return shown.first.inner_text()
    return ""
