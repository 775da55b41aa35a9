"""A briefing as one HTML file, opened from a disk without a network and led through by keys."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pages.parts.briefing.slides import preset
from pages.parts.briefing.slides_file import slides_file
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import Outline, SlideRequest
from tests.worlds import own_data

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 30)
MORE = ("partner_cities.by-region", "plan.outcomes", "partner_cities.list")
HEAD = "document.querySelector('.slide.shown h1').textContent"


def ten_slides() -> tuple[Outline, bytes]:
    view = View(Selection(DAY, "en"), (), own_data(), "dark", DAY)
    slides = preset(view, "five_minutes").slides
    greeted = SlideRequest("map", {}, "", "Say hello")
    more = map(SlideRequest, MORE)
    outline = Outline("Visit </script>", (*slides[:2], greeted, *slides[3:-1], *more, slides[-1]))
    return outline, slides_file(view, outline, "Visit </script>")


def test_a_briefing_presents_from_one_file_without_a_network(browser: Browser, tmp_path: Path):
    outline, content = ten_slides()
    assert (len(outline.slides), len(content) < 5_000_000) == (10, True)
    (file := tmp_path / "visit.html").write_bytes(content)
    context = browser.new_context(viewport={"width": 1366, "height": 625}, offline=True)
    page, faults, asked = context.new_page(), [], []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_selector(".slide.shown")
    heads = []
    for _ in outline.slides:
        heads.append(page.evaluate(HEAD))
        page.keyboard.press("ArrowRight")
    assert len(set(heads)) == len(heads)
    assert page.evaluate(HEAD) == heads[-1]
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    assert page.evaluate(HEAD) == heads[2]
    assert page.locator(".slide.shown svg text", has_text="Tokyo").count() == 1
    with context.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    assert "Say hello" in notes.locator("main").inner_text()
    assert heads[3] in notes.locator("footer").inner_text()
    notes.keyboard.press("ArrowRight")
    assert (page.evaluate(HEAD), notes.locator("h1").inner_text()) == (heads[3], heads[3])
    page.bring_to_front()
    page.keyboard.press("l")
    assert (page.evaluate("document.documentElement.lang"), page.evaluate(HEAD) != heads[3]) == ("ko", True)
    page.keyboard.press("o")
    assert page.locator(".grid button").count() == 10
    page.locator(".grid button").nth(8).click()
    assert page.locator(".grid").count() == 0
    page.keyboard.press("l")
    page.keyboard.press("l")  # Japanese, then English again
    assert page.evaluate(HEAD) == heads[8]
    assert faults == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
