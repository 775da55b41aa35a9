"""A chart saved as a picture from the page: of slide size, with its finding, measure and source in it, in the page's font."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

pytestmark = pytest.mark.slow

NAME = r"At-least-72-partner-cities-[\w-]+_2026-11-22_r1_en"


def test_a_chart_is_saved_as_png_and_svg_by_mouse_and_by_keyboard(visit):
    page = visit("/?lang=en&as_of=2026-11-22")
    frame = page.locator(".st-key-figure-growth")
    said = [frame.locator(part).inner_text() for part in (".title", ".subtitle", ".sourceline")]
    choices = frame.locator(".save")
    assert choices.evaluate("e => getComputedStyle(e).opacity") == "0"
    frame.hover()
    with page.expect_download() as saved:
        frame.get_by_role("button", name="Save as PNG").click()
    assert re.fullmatch(rf"{NAME}\.png", saved.value.suggested_filename)
    picture = Image.open(BytesIO(Path(saved.value.path()).read_bytes()))
    assert (picture.format, picture.size) == ("PNG", (1920, 1080))
    assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)  # the card's colour by day
    title = picture.convert("L").crop((80, 80, 1840, 160))
    assert title.getextrema()[0] < 60  # its letters are there, in ink

    page.mouse.move(1, 1)
    frame.get_by_role("button", name="Save as SVG").focus()
    page.wait_for_function(
        "document.activeElement.matches('.save button') && getComputedStyle(document.activeElement.parentElement).opacity > 0.9"
    )
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert re.fullmatch(rf"{NAME}\.svg", saved.value.suggested_filename)
    root = ElementTree.parse(saved.value.path()).getroot()
    written = " ".join("".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert [line for line in said if " ".join(line.split()) not in written] == []
    assert "72" in written.split()


def test_bars_across_are_saved_with_each_name_and_number_that_stands_on_the_page(visit):
    page = visit("/partner_cities?lang=en&as_of=2026-11-22")
    frame = page.locator(".st-key-figure-by-type")
    said = [text.strip() for text in frame.locator(".name, .end").all_text_contents()]
    assert len(said) == 4
    frame.hover()
    with page.expect_download() as saved:
        frame.get_by_role("button", name="Save as SVG").click()
    root = ElementTree.parse(saved.value.path()).getroot()
    written = ["".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in said if text not in written] == []
