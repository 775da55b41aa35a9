"""What a reader gets on paper with the browser's own print command."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

pytestmark = pytest.mark.slow
PAGES = ("/?lang=en&as_of=2026-06-30", "/city?city=london&lang=en&as_of=2026-06-30", "/partner_cities?lang=en&as_of=2026-06-30")
WORDS = """() => [...document.querySelectorAll('h1, .card .value, .title, .sourceline')]
  .filter(e => e.checkVisibility()).map(e => e.innerText)"""


@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_holds_every_card_chart_and_source_with_release_date_and_page_number(path: str, visit: Callable[..., Page]):
    page = visit(path, lang="en", size=(1280, 900), scheme="dark")
    words = page.evaluate(WORDS)
    for paper in ("A4", "Letter"):
        sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format=paper))).pages]
        printed = _letters(" ".join(sheets))
        assert [text for text in words if _letters(text) not in printed] == []
        for number, sheet in enumerate(sheets, 1):
            assert all(part in sheet for part in ("Seoul", "as of 30 Jun 2026", "release 1", f"Page {number} of {len(sheets)}")), sheet
            assert len(sheet) > 120, f"sheet {number} of {paper} is blank"


def test_a_dark_page_prints_dark_on_white_and_is_dark_again_afterwards(visit: Callable[..., Page]):
    page = visit(PAGES[0], lang="en", scheme="dark")
    ink = "getComputedStyle(document.querySelector('.plot text')).fill"
    colours = f"[{ink}, getComputedStyle(document.querySelector('.title')).color]"
    # In one go, as a browser prints: no frame is drawn meanwhile.
    turn = "dispatchEvent(new Event('{}'))".format
    printed = page.evaluate(f"() => {{ {turn('beforeprint')}; const all = {colours}; {turn('afterprint')}; return all }}")
    assert printed == ["rgb(86, 96, 114)", "rgb(26, 32, 43)"]
    assert page.evaluate(colours) == ["rgb(166, 175, 189)", "rgb(238, 240, 243)"]


def _letters(text: str) -> str:
    """Its letters and digits: a PDF breaks lines elsewhere and drops spaces."""
    return "".join(letter for letter in text if letter.isalnum())
