"""A briefing before an audience: keys, four sizes, two languages, two windows, and what may go wrong in the middle of it.

Each visit also fails on requests that leave the server's own address and on errors in the console (conftest.py).
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FrameLocator, Page, expect

from publishing.desk.briefings import Outline, SlideRequest, encode
from tests.browser.test_data_desk import DESK, SLOW, download, publish, strangers, upload, wait_for_release, with_a_new_friend

pytestmark = pytest.mark.slow

KINDS = ("title", "readings", "map", "growth", "exports", "fund", "city", "closing")
PARTS = {"city": {"city": "ulaanbaatar"}, "map": {"city": "ulaanbaatar"}}
NOTES = {"readings": "Say who counts.\nThen wait.", "map": "<b>Point</b> at home."}
OUTLINE = Outline("Five minutes", tuple(SlideRequest(kind, PARTS.get(kind, {}), "", NOTES.get(kind, "")) for kind in KINDS))
SLIDES = encode(OUTLINE)
SIZES = ((1920, 1080), (1366, 768), (1280, 720), (1024, 768))
LAST = len(KINDS)

FAULTS = (Path(__file__).parent / "slide_faults.js").read_text(encoding="utf-8")
"""Every word of the slide that is shown is at least 24 pixels high, inside the window, on no other word, and nothing is cut or scrolls."""

NEXT = """() => new Promise((done) => {
  const began = performance.now();
  const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  new MutationObserver(painted).observe(document.querySelector(".present .number-of"), {childList: true});
  dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
})"""
"""Milliseconds from the key to the frame in which the next slide is painted."""


def address(slide: int = 1, **parts: object) -> str:
    asked = {"slides": SLIDES, "present": 1, "slide": slide, "lang": "en", **parts}
    return "/briefing?" + "&".join(f"{name}={value}" for name, value in asked.items())


def on(page: Page, slide: int) -> None:
    """The slide is the one on the screen, in the address and at the foot."""
    expect(page.locator(".present .number-of")).to_have_text(f"{slide} / {LAST}", timeout=SLOW)
    expect(page.locator(".slide.shown")).to_have_attribute("data-kind", KINDS[slide - 1])
    expect(page.locator(".slide.past")).to_have_count(0)
    assert f"slide={slide}" in page.url.partition("?")[2].split("&")


def headline(page: Page) -> str:
    return page.locator(".slide.shown h1").inner_text()


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds: the fault and where."""
    return [(fault["id"], node["html"][:120]) for fault in Axe().run(page).response["violations"] for node in fault["nodes"]]


@pytest.fixture
def presented(page_for):
    """`presented(path, **visitor)` -> a page on which the slides have begun."""

    def opened(path: str, **visitor) -> Page:
        page = page_for(**visitor)
        page.goto(path)
        page.wait_for_selector(".slide.shown", timeout=SLOW)
        return page

    return opened


def through_the_grid_and_back_by_number(page):
    page.keyboard.press("o")
    expect(page.locator(".present .grid button")).to_have_count(LAST)
    page.locator(".present .grid button").nth(2).click()
    expect(page.locator(".present .grid")).to_have_count(0)
    on(page, 3)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    on(page, 1)


def test_every_key_does_what_the_list_of_keys_says(presented):
    page = presented(address(), size=(1280, 720))
    on(page, 1)
    for key, slide in (("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("ArrowLeft", 3), ("PageUp", 2), ("End", LAST), ("ArrowRight", LAST)):
        page.keyboard.press(key)
        on(page, slide)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    on(page, 1)
    page.mouse.click(1000, 400)
    on(page, 2)
    page.mouse.click(200, 400)
    on(page, 1)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator(".present .dark")).to_be_visible()
        page.keyboard.press("ArrowRight" if key == "b" else ".")
        expect(page.locator(".present .dark")).to_be_hidden()
        on(page, 1)
    through_the_grid_and_back_by_number(page)
    page.keyboard.press("?")
    expect(page.locator(".present .help")).to_contain_text("black screen")
    page.keyboard.press("Escape")
    expect(page.locator(".present .help")).to_be_hidden()
    for look, paper in (("dark", "16, 20, 27"), ("contrast", "0, 0, 0"), ("light", "248, 246, 241")):
        page.keyboard.press("c")
        expect(page.locator(".slide.shown")).to_have_css("background-color", f"rgb({paper})", timeout=SLOW)
        assert f"look={look}" in page.url
    page.keyboard.press("F11")
    page.wait_for_function("document.fullscreenElement !== null")
    on(page, 1)
    page.keyboard.press("Escape")
    page.wait_for_function("document.fullscreenElement === null")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator(".present")).to_have_count(0, timeout=SLOW)
    expect(page.locator('[data-testid="stMain"] h1').first).to_be_visible(timeout=SLOW)
    left = {part.partition("=")[0] for part in page.url.partition("?")[2].split("&")}
    assert left == {"slides", "lang"}


def test_a_question_leads_to_a_city_and_back_and_the_language_changes_on_the_same_slide(presented):
    page = presented(address(4), size=(1366, 768))
    on(page, 4)
    english = headline(page)
    for lang in ("ja", "ko"):
        page.keyboard.press("l")
        expect(page.locator(".present")).to_have_attribute("lang", lang, timeout=SLOW)
    on(page, 4)
    assert headline(page) != english
    assert re.search("[가-힣]", headline(page))
    page.keyboard.press("l")
    expect(page.locator(".slide.shown h1")).to_have_text(english)
    page.mouse.move(600, 300)
    page.mouse.move(640, 320)
    page.get_by_role("button", name="日本語 (beta)").click()
    expect(page.locator(".present")).to_have_attribute("lang", "ja")
    page.keyboard.press("l")
    expect(page.locator(".present")).to_have_attribute("lang", "ko")
    for typed, city in (("탈린", "탈린"), ("tallin", "탈린"), ("울란", "울란바토르"), ("ulnbtr", "울란바토르")):
        page.keyboard.press("g")
        field = page.locator(".present [role=combobox]")
        expect(field).to_be_focused()
        field.fill(typed)
        expect(page.get_by_role("option").first).to_have_text(city, timeout=SLOW)
        page.keyboard.press("Enter")
        expect(page.locator(".slide.shown h1")).to_contain_text(city)
        assert "asked=" in page.url
        page.keyboard.press("Escape")
        on(page, 4)
    page.keyboard.press("g")
    page.keyboard.type("zzz")
    expect(page.locator(".present .asked")).to_contain_text("찾는 도시가 없습니다")
    assert faults(page) == []
    page.keyboard.press("Escape")
    on(page, 4)
    assert "lang=ko" in page.url


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_slide_fills_four_sizes_with_nothing_small_cut_scrolled_or_over_another(presented, lang):
    page = presented(address(lang=lang), lang=lang, size=SIZES[0])
    wrong = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for slide in range(1, LAST + 1):
            page.keyboard.press("ArrowRight" if slide > 1 else "Home")
            on(page, slide)
            found = page.evaluate(FAULTS)
            wrong |= {(width, height, KINDS[slide - 1]): found} if found else {}
    assert wrong == {}


def test_a_reload_a_cut_connection_and_a_new_release_change_nothing(serve, presented, visit):
    url = serve(fresh=True)
    page = presented(address(2), url=url, size=(1280, 720))
    on(page, 2)
    said, numbers = headline(page), page.locator(".slide.shown .value").all_inner_texts()
    assert "release=1" in page.url
    page.reload()
    page.wait_for_selector(".slide.shown", timeout=SLOW)
    on(page, 2)
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=SLOW)
    page.wait_for_timeout(1000)  # the last part has come
    page.context.set_offline(True)
    analyst = visit(DESK, url=url)
    name, content = download(analyst)
    upload(analyst, name, with_a_new_friend(content, strangers()[0]))
    expect(analyst.locator("h1")).to_contain_text("Not published yet", timeout=SLOW)
    publish(analyst, "A new friend")
    wait_for_release(url, 2)
    page.wait_for_timeout(10_000)
    for slide in (3, 4):
        page.keyboard.press("ArrowRight")
        on(page, slide)
    for lang in ("ja", "ko", "en"):
        page.keyboard.press("l")
        expect(page.locator(".present")).to_have_attribute("lang", lang)
    page.keyboard.press("Escape")
    expect(page.locator(".present .telling")).to_contain_text("cannot be reached")
    assert page.evaluate("document.elementFromPoint(640, 360).closest('.present') !== null")
    page.context.set_offline(False)
    page.wait_for_timeout(4000)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    on(page, 2)
    for _ in range(2):
        assert (headline(page), page.locator(".slide.shown .value").all_inner_texts()) == (said, numbers)
        page.reload()
        page.wait_for_selector(".slide.shown", timeout=SLOW)
        on(page, 2)


def live(page: Page) -> FrameLocator:
    """The live page over the slides, once it has a headline."""
    frame = page.frame_locator(".present .live iframe")
    expect(frame.locator('[data-testid="stMain"] h1').first).to_be_visible(timeout=SLOW)
    return frame


def test_a_slide_leads_to_its_page_at_the_same_release_day_and_choice_and_back_by_one_key(presented):
    page = presented(address(3, as_of="2018-12-31"), size=(1440, 900))
    on(page, 3)
    page.keyboard.press("p")
    frame = live(page)
    parts = dict(part.split("=") for part in page.frames[1].url.partition("?")[2].split("&"))
    assert (parts["as_of"], parts["city"], parts["release"].partition("-")[0]) == ("2018-12-31", "ulaanbaatar", "1")
    for control in ("stHeader", "stMain"):
        expect(frame.get_by_test_id(control)).to_be_visible(visible=control == "stMain")
    expect(frame.locator(".st-key-add-view, .st-key-unpin").first).to_be_hidden()
    frame.locator("h1").first.click()
    page.keyboard.press("p")
    expect(page.locator(".present .live")).to_have_count(0)
    on(page, 3)
    page.keyboard.press("ArrowRight")
    on(page, 4)


def test_a_reload_and_a_cut_connection_on_a_live_page_keep_the_way_back_to_the_slide(presented):
    page = presented(address(3), size=(1440, 900))
    on(page, 3)
    page.keyboard.press("p")
    live(page)
    page.frames[1].evaluate("history.replaceState(history.state, '', location.href + '&types=sister')")
    page.reload()
    live(page)
    assert "types=sister" in page.frames[1].url
    page.context.set_offline(True)
    live(page).locator("h1").first.click()
    page.keyboard.press("Escape")
    on(page, 3)
    page.keyboard.press("p")
    expect(page.locator(".present .telling")).to_contain_text("live page cannot be opened")
    page.keyboard.press("ArrowRight")
    on(page, 4)
    page.context.set_offline(False)


def test_the_window_of_notes_follows_the_slides_and_leads_them_without_the_server(presented):
    page = presented(address(2), size=(1280, 720))
    on(page, 2)
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator(".note")).to_have_text("Say who counts.Then wait.", timeout=SLOW)
    expect(notes.locator("h1")).to_have_text(headline(page))
    expect(notes.locator(".elapsed")).to_have_text(re.compile(r"Elapsed \d\d:\d\d"))
    assert faults(notes) == []
    page.context.set_offline(True)
    page.keyboard.press("ArrowRight")
    on(page, 3)
    expect(notes.locator(".note")).to_have_text("<b>Point</b> at home.")
    expect(notes.locator("footer")).to_contain_text("At least 72 partner cities")
    notes.keyboard.press("ArrowRight")
    on(page, 4)
    notes.get_by_role("button", name="Previous slide").click()
    on(page, 3)
    page.keyboard.press("l")
    page.keyboard.press("l")
    expect(notes.locator("footer")).to_contain_text("자매·우호도시 72")
    notes.keyboard.press("b")
    expect(page.locator(".present .dark")).to_be_visible()
    notes.get_by_role("button", name="다시 재기").click()
    expect(notes.locator(".elapsed")).to_contain_text("00:0")


def test_how_long_the_next_slide_takes_is_reported_and_is_no_new_page(presented, record_property):
    page = presented(address(), size=(1280, 720))
    page.evaluate("window.here = true")
    took = []
    for slide in range(2, LAST + 1):
        page.wait_for_timeout(1500)  # a presenter speaks meanwhile, and what comes next is drawn
        took.append(page.evaluate(NEXT))
        on(page, slide)
    median = sorted(took)[len(took) // 2]
    record_property("next_slide_ms", round(median))
    print(f"next slide: median {median:.0f} ms of {[round(one) for one in took]}")
    assert page.evaluate("window.here") is True
