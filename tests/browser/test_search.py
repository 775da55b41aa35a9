"""The search of the bar as a reader uses it: by keyboard and on a phone, in both languages, with her choices kept.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from metrics.search import LETTERS, folded
from pages.parts.elements.search import index
from publishing.store.release_cache import current_release

pytestmark = pytest.mark.slow

SLOW = 60_000
"""Milliseconds that a change may take to reach the screen of a slow, shared machine."""
FOUND = "({index, asked}) => import('/assets/search.js').then(({found}) => asked.map(text => found(index, text).map(thing => thing[1])))"
FOLDED = "({letters, texts}) => import('/assets/search.js').then(({folded}) => texts.map(text => folded(text, letters)))"
TOOK = """({index, many}) => import('/assets/search.js').then(({found}) => {
  const things = Array.from({length: many}, (_, at) => [...index.things[at % index.things.length]]);
  found({...index, things}, 'q r');
  const start = performance.now();
  for (const text of ['런던', 'london', 'ㄹㄷ', 'sao paulo']) found({...index, things}, text);
  return (performance.now() - start) / 4;
})"""
"""Milliseconds for a text among so many things."""
FIRST = {
    **{"london": "London", "LONDON": "London", "런던": "London", "런ㄷ": "London", "ㄹㄷ": "London", "sao p": "São Paulo"},
    **{"상파울루": "São Paulo", "돜": "Tokyo", "ㄴㅇ": "New York City", "partner c": "Partner cities", "기금 목표": "Fund against target"},
    **{"영국": "United Kingdom", "wego": "World Smart Sustainable Cities Organization (WeGO)"},
}
"""What is typed, and what is then among the first three."""
TEXTS = [
    "런던",
    "돜",
    "과테말ㄹ",
    "ㄳ",
    "닭",
    "São Paulo",
    "Łódź – Ærø",
    "ＣＩＴＩＥＳ",
    "Xi'an, 2017",
    "İstanbul",
    "Straße",
    "東京 が",
    "  ",
    "١٢٣",
    "½",
]


def options(page: Page) -> list[str]:
    return page.get_by_role("option").locator("b").all_inner_texts()


def test_a_name_is_typed_and_its_page_opens_with_the_choices_kept(visit, rest):
    page = visit("/sources?lang=ko&as_of=2019-12-31&regions=Europe")
    page.evaluate("window.here = true")
    field = page.get_by_role("combobox", name="찾기")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("ㄹㄷ")
    expect(page.get_by_role("option").first).to_contain_text("런던", timeout=SLOW)
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    second = page.get_by_role("option").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert "lang=ko&as_of=2019-12-31&regions=Europe&city=london" in page.get_by_role("option").first.get_attribute("href")
    found = Axe().run(page, context=".st-key-search").response["violations"]
    assert [fault["id"] for fault in found] == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("city=london"), timeout=SLOW)
    rest(page)
    assert all(part in page.url for part in ("lang=ko", "as_of=2019-12-31", "regions=Europe"))
    assert page.evaluate("window.here") is True  # not loaded anew
    assert (field.input_value(), page.get_by_role("option").count() and page.get_by_role("listbox").is_visible()) == ("", False)
    field.focus()
    page.keyboard.type("qqqq")
    expect(page.locator(".search").get_by_role("status")).to_have_text("‘qqqq’에 맞는 것이 없습니다.")
    assert field.get_attribute("aria-expanded") == "false"


def test_on_a_phone_an_icon_opens_it_and_a_choice_opens_in_a_tab_of_its_own_if_asked_so(visit, rest):
    page = visit("/?lang=en&as_of=2019-12-31", lang="en", size=(390, 844))
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_hidden()
    page.get_by_role("button", name="Search", exact=True).click()
    expect(field).to_be_focused()
    page.keyboard.type("sao")
    choice = page.get_by_role("option").first
    expect(choice).to_contain_text("São Paulo", timeout=SLOW)
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    with page.context.expect_page() as opened:
        choice.click(modifiers=["Control"])
    opened.value.wait_for_url(re.compile("city=sao-paulo"))
    assert "lang=en&as_of=2019-12-31" in opened.value.url
    assert "city=" not in page.url
    opened.value.close()
    choice.click()
    page.wait_for_url(re.compile("city=sao-paulo"), timeout=SLOW)
    rest(page)
    expect(field).to_be_hidden()


def test_names_are_found_quickly_as_readers_of_both_languages_type_them(visit):
    page, names = visit("/sources?lang=en"), json.loads(index(current_release(), "en"))
    assert page.evaluate(FOLDED, {"letters": LETTERS, "texts": TEXTS}) == [folded(text) for text in TEXTS]
    found = dict(zip(FIRST, page.evaluate(FOUND, {"index": names, "asked": list(FIRST)}), strict=True))
    assert {text: each[:3] for text, each in found.items() if FIRST[text] not in each[:3]} == {}
    whole, words, nothing, signs = page.evaluate(FOUND, {"index": names, "asked": ["beijing", "paulo sao", "qqqq", " … "]})
    assert whole[0] == "Beijing"
    assert words[0] == "São Paulo"
    assert (nothing, signs) == ([], [])
    assert page.evaluate(TOOK, {"index": names, "many": 1_000}) < 5
    assert page.evaluate(TOOK, {"index": names, "many": 100_000}) < 1_000
