"""Languages as data: a language of three translated messages opens everything, in its words where it has some, else in English."""

import re
from datetime import date
from io import BytesIO

import pandas as pd
import pptx
import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from exports.deck.powerpoint import powerpoint
from exports.pdf.handout import handout
from languages import LANGUAGES, Language, following, in_turn, preferred
from metrics.schema.names import in_every_language, text, texts
from metrics.search import entry, initials
from pages.parts.briefing.downloads import briefing
from pages.parts.briefing.slides import KINDS, slides_of
from pages.parts.shell.navigation import PLACES
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import SLIDES, Outline, SlideRequest
from publishing.store.release_cache import current_release
from serving.front_page import language
from serving.sign_in import sign_in_page
from tests.drawn import plainly
from tests.pages.conftest import FRAME
from wording import main, missing, words

PAGES = tuple(page for group in PLACES.values() for page in group)
CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "frame.age"
msgstr "uusin lähde {day}, ikä {age}"

msgid "slide.closing_headline"
msgstr "Jokainen luku perustuu julkaistuun lähteeseen"

msgid "slide.sources"
msgid_plural "slide.sources"
msgstr[0] "{n} lähde"
msgstr[1] "{n} lähdettä"

msgid "tie.since"
msgstr ""

#, fuzzy
msgid "take_away.title"
msgstr "Not read by anybody yet"
"""


@pytest.fixture
def finnish(monkeypatch, tmp_path):
    """One more language than there is, with three messages; no column of any table is in it."""
    file = tmp_path / "fi.po"
    file.write_text(CATALOGUE, encoding="utf-8")
    record = Language("suomi", "fi-FI", day="d.M.y", month="M/y", year="y", catalogue=file)
    monkeypatch.setitem(LANGUAGES, "fi", record)
    yield "fi"
    words.cache_clear()


def seen(lang, **chosen):
    day = date(2026, 11, 1)
    return View(Selection(day, lang, **chosen), (), current_release(), "light", day)


def outlines():
    """A slide of each kind, in as many briefings as hold them."""
    wanted = [SlideRequest(kind, {"city": "london"} if "city" in KINDS[kind].parts and kind != "title" else {}) for kind in KINDS]
    return [Outline("All", tuple(wanted[at : at + SLIDES])) for at in range(0, len(wanted), SLIDES)]


def letters(text):
    """A text without spaces and the marks at which lines break."""
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_a_language_of_three_messages(finnish, page):
    app = AppTest.from_file(str(FRAME), default_timeout=120)
    app.query_params["lang"] = finnish
    told = plainly(app.switch_page(f"{page}.py").run())
    assert re.search(r"uusin lähde [\d./]*\d{4}, ikä \d+ (day|month)", told)
    assert [key for key in missing(finnish) if "." in key and re.search(rf"(?<![\w./-]){re.escape(key)}(?![\w./-])", told)] == []


def test_a_page_in_it_is_english_where_it_has_no_words_and_shows_the_names_that_there_are(finnish):
    app = AppTest.from_file(str(FRAME), default_timeout=120)
    app.query_params["lang"], app.query_params["city"] = finnish, "london"
    told = plainly(app.switch_page("city.py").run())
    assert words("en").t("city.history_measure") in told
    assert "London" in told
    assert not app.info


def test_a_slide_of_each_kind_is_made_in_it(finnish):
    view = seen(finnish)
    slides = [slide for outline in outlines() for slide in slides_of(view, outline)]
    english = [slide for outline in outlines() for slide in slides_of(seen("en"), outline)]
    assert [slide.kind for slide in slides] == list(KINDS)
    heads = {slide.kind: slide.headline for slide in slides}
    assert heads["closing"] == "Jokainen luku perustuu julkaistuun lähteeseen"
    assert [slide.headline for slide in slides if slide.headline in {other.headline for other in english}]


def test_powerpoint_and_pdf_are_made_in_it(finnish):
    for outline in outlines():
        brief = briefing(seen(finnish), outline, "All")
        deck = pptx.Presentation(BytesIO(powerpoint(brief, words(finnish))))
        assert len(deck.slides) >= len(outline.slides)
        assert {run.get("lang") for slide in deck.slides for run in slide.element.iter("{*}rPr")} >= {"fi-FI"}
        paper = letters("".join(page.extract_text() for page in PdfReader(BytesIO(handout(brief, words(finnish)))).pages))
        assert [slide.headline for slide in brief.slides if letters(slide.headline) not in paper] == []


def test_what_it_lacks_is_said_in_english_message_by_message(finnish, capsys):
    ours, english = words(finnish), words("en")
    assert ours.n("slide.sources", 1) == "1 lähde"
    assert ours.n("slide.sources", 2) == "2 lähdettä"
    assert ours.t("tie.since", when="1999") == english.t("tie.since", when="1999")
    assert ours.t("take_away.title") == english.t("take_away.title")
    assert ours.n("count.rows", 1) == english.n("count.rows", 1)
    assert not {"frame.age", "slide.closing_headline", "slide.sources"} & set(missing(finnish))
    assert {"tie.since", "take_away.title", "count.rows"} <= set(missing(finnish))
    assert main(["--missing", finnish]) == 1
    assert f"take_away.title\t{english.t('take_away.title')}\n" in capsys.readouterr().out
    assert main(["--missing", "ko"]) == 0


def test_amounts_of_a_language_without_words_of_its_own_for_them_are_written_as_its_readers_do(finnish):
    told = words(finnish).money(2.7e9, "EUR"), words(finnish).in_full(1_250_000, "EUR"), words(finnish).percent(0.083)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in told] == ["2,7 mrd. €", "1 250 000 €", "8,3 %"]


def test_a_language_is_chosen_by_what_the_browser_asks_for_first(finnish):
    asked = {"fi": "fi", "fi-FI,en;q=0.8": "fi", "ko_KR.UTF-8": "ko", "kok": "en", "": "en", "de-DE, ko": "en"}
    assert {tag: preferred(tag) for tag in asked} == asked
    asks = {"type": "http", "query_string": b"", "headers": [(b"accept-language", b"fi-FI,fi;q=0.9")]}
    assert language(asks) == "fi"
    assert (following("ko"), following("en"), following("fi")) == ("en", "fi", "ko")


def test_whoever_has_to_sign_in_can_read_so_in_each_other_language(finnish):
    page = sign_in_page(words("ko"), "", ("provider",), {"as_of": "2020-01-01"})
    assert re.findall(r'hreflang="(\w+)">([^<]+)', page) == [("en", "English"), ("fi", "suomi")]


def test_a_thing_is_found_by_its_names_in_all_languages():
    thing = entry("city", ["Lontoo", "London", "런던"], "city", {})
    assert (thing.name, thing.other) == ("Lontoo", "London · 런던")
    assert all(f"\n {name}\n" in thing.keys for name in ("lontoo", "london"))
    assert thing.initials == f"\n {initials('런던')}\n"
    assert entry("city", ["Vaasa", "Vaasa", ""], "city", {}).other == ""


# Names and texts of rows
ROWS = pd.DataFrame({"name_en": ["Cork", "", ""], "name_de": ["", "Köln", ""], "name_ko": ["코크", "쾰른", "다낭"]})


def test_a_text_is_in_the_language_asked_for_else_in_english_else_in_whichever_there_is(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "de", LANGUAGES["en"])
    assert in_turn("de") == ("de", "en", "ko")
    assert list(texts(ROWS, "name", "de")) == ["Cork", "Köln", "다낭"]
    assert list(texts(ROWS, "name", "en")) == ["Cork", "쾰른", "다낭"]
    assert [text(row, "name", "de") for row in ROWS.to_dict("records")] == ["Cork", "Köln", "다낭"]
    assert [text(row, "name", "de") for _, row in ROWS.iterrows()] == ["Cork", "Köln", "다낭"]
    assert list(in_every_language(ROWS, "name")) == ["코크\nCork\n", "쾰른\n\nKöln", "다낭\n\n"]


def test_no_language_needs_columns_of_its_own():
    only = ROWS[["name_en"]]
    assert list(texts(only, "name", "ko")) == ["Cork", "", ""]
    assert text({"name_en": "Cork"}, "name", "ko") == "Cork"
    assert text({}, "note", "ko") == ""
    assert list(in_every_language(only, "name")) == ["Cork", "", ""]
    with pytest.raises(KeyError):
        texts(only, "note", "ko")
