"""The map in a browser: names of the cities that one looks for, none over another; buttons, keys and time."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

SLOW = 60_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""
LOOKED_FOR = {"London", "Paris", "Berlin", "New York City", "Washington, D.C.", "Shanghai", "Hanoi", "Abu Dhabi"}
BOXES = """() => [...document.querySelectorAll('.world .names span')].map(name => {
  const [box, frame] = [name.getBoundingClientRect(), name.closest('.world').getBoundingClientRect()];
  return {text: name.textContent, size: parseFloat(getComputedStyle(name).fontSize), left: box.left - frame.left, top: box.top - frame.top,
    right: box.right - frame.left, bottom: box.bottom - frame.top, width: frame.width, height: frame.height};
})"""


def opened(visit, rest, address, **more):
    page = visit(address, **more)
    page.wait_for_selector(".world .names .own", timeout=SLOW)
    page.locator(".world").first.scroll_into_view_if_needed()
    rest(page)
    return page


def names(page) -> set[str]:
    """The names on the map, once it has been seen that they are large enough, whole and apart."""
    boxes = page.evaluate(BOXES)
    assert [box for box in boxes if box["size"] < 11] == []
    assert [b for b in boxes if min(b["left"], b["top"]) < 0 or b["right"] > b["width"] or b["bottom"] > b["height"]] == []
    assert [(one["text"], two["text"]) for one, two in combinations(boxes, 2) if meet(one, two)] == []
    return {box["text"] for box in boxes}


def meet(one, two) -> bool:
    across = one["left"] < two["right"] and two["left"] < one["right"]
    return across and one["top"] < two["bottom"] and two["top"] < one["bottom"]


@pytest.mark.parametrize("city", ["", "&city=rome"])
def test_cities_that_one_looks_for_have_names_on_a_laptop_and_none_lies_on_another(visit, rest, city):
    page = opened(visit, rest, f"/?lang=en&as_of=2026-11-22{city}", size=(1440, 900))
    assert names(page) >= LOOKED_FOR | ({"Rome"} if city else set())


def test_a_phone_shows_few_names_that_can_be_read_and_zooming_adds_others(visit, rest):
    page = opened(visit, rest, "/?lang=ko&as_of=2026-11-22", size=(390, 844), lang="ko")
    whole = names(page)
    assert 5 <= len(whole) <= 16
    for _ in range(2):
        page.get_by_role("button", name="확대").click()
    page.wait_for_timeout(500)
    assert names(page) - whole
    frame = page.locator(".world").bounding_box()
    for _ in range(3):  # the world cannot be dragged away
        page.mouse.move(frame["x"] + 40, frame["y"] + 60)
        page.mouse.down()
        page.mouse.move(frame["x"] + 340, frame["y"] + 180, steps=4)
        page.mouse.up()
    page.wait_for_timeout(500)
    assert len(names(page)) > 1
    page.get_by_role("button", name="전체 보기").click()
    page.wait_for_timeout(500)
    assert names(page) == whole
    assert page.get_by_role("button", name="축소").bounding_box()["height"] >= 36
    expect(page.get_by_role("button", name="전체 화면")).to_be_visible()


def test_the_keyboard_goes_from_city_to_city_and_opens_a_dossier(visit, rest):
    page = opened(visit, rest, "/?lang=en&as_of=2026-11-22", size=(1440, 900))
    assert page.locator(".world .keys button[tabindex='0']").count() == 1
    page.locator(".world .keys button[tabindex='0']").focus()
    for _ in range(70):
        page.keyboard.press("ArrowRight")
        if (page.evaluate("document.activeElement.getAttribute('aria-label')") or "").startswith("London, United Kingdom. Friendship city"):
            break
    expect(page.locator(".world .tip")).to_contain_text("London, United Kingdom")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("city=london"), timeout=SLOW)
    expect(page.get_by_role("link", name="Open the dossier")).to_be_visible(timeout=SLOW)


def test_the_year_of_the_map_stands_in_the_link_and_play_begins_from_the_first_tie(visit, rest):
    page = opened(visit, rest, "/?lang=en&as_of=2026-11-22&until=1999", size=(1440, 900))
    telling = page.locator(".player .telling")
    expect(telling).to_contain_text("1999")
    assert "Kyiv" not in names(page)
    page.get_by_role("slider", name="Year of the map").press("End")
    expect(page).not_to_have_url(re.compile("until"), timeout=SLOW)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(telling).to_contain_text("Taipei", timeout=SLOW)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page).to_have_url(re.compile(r"until=\d{4}"), timeout=SLOW)
