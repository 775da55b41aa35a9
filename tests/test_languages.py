"""Languages as data: a language of three translated messages opens everything, in its words where it has some, else in English."""

import json
import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pptx
import pytest
from babel.messages.pofile import read_po
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from exports.deck.powerpoint import powerpoint
from exports.pdf.handout import handout
from languages import LANGUAGES, Language, _derived, following, in_turn, language, preferred
from metrics.schema.names import in_every_language, named_rows, names, text, texts
from metrics.schema.release import Release
from metrics.search import entry, initials
from pages.parts.briefing.downloads import briefing
from pages.parts.briefing.slides import KINDS, slides_of
from pages.parts.shell.navigation import PLACES
from pages.parts.shell.selection import Selection, View, parse
from publishing.desk.briefings import SLIDES, Outline, SlideRequest
from publishing.store.home_language import home_language
from publishing.store.release_cache import current_release
from serving.front_page import language_of, prepared
from serving.sign_in import sign_in_page
from tests.drawn import plainly
from tests.pages.conftest import FRAME
from tests.worlds import write
from wording import empty_catalogue, main, missing, words

PROJECT = Path(__file__).parents[1]
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
def three(monkeypatch):
    """Only the languages that the tests of their order are about, whichever there are besides."""
    for code in set(LANGUAGES) - {"ko", "en", "ja"}:
        monkeypatch.delitem(LANGUAGES, code)


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


def outlines(city="london"):
    """A slide of each kind, in as many briefings as hold them."""
    wanted = [SlideRequest(kind, {"city": city} if "city" in KINDS[kind].parts and kind != "title" else {}) for kind in KINDS]
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
    assert [main(["--missing", lang]) for lang in ("ko", "en", "ja")] == [0, 0, 0]


def test_amounts_of_a_language_without_words_of_its_own_for_them_are_written_as_its_readers_do(finnish):
    told = words(finnish).money(2.7e9, "EUR"), words(finnish).in_full(1_250_000, "EUR"), words(finnish).percent(0.083)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in told] == ["2,7 mrd. €", "1 250 000 €", "8,3 %"]


def test_a_language_is_the_first_of_those_that_a_browser_asks_for(three, finnish):
    asked = {"fi": "fi", "fi-FI,en;q=0.8": "fi", "ko_KR.UTF-8": "ko", "kok": "en", "": "en", "de-DE, ko": "ko"}
    asked |= {"de,en;q=0.5,ja;q=0.9": "ja", "en;q=0.2,ja": "ja", "ko;q=0,en": "en", "en;q=x,ko": "ko", "C.UTF-8": "en"}
    assert {tag: preferred(tag) for tag in asked} == asked
    assert preferred("de-DE,*", "ko") == "ko"
    asks = {"type": "http", "query_string": b"", "headers": [(b"accept-language", b"fi-FI,fi;q=0.9")]}
    assert language_of(asks) == "fi"
    assert [following(lang, ("ko", "en", "de")) for lang in ("ko", "en", "de", "fi")] == ["en", "de", "ko", "ko"]


def test_of_the_languages_of_a_city_a_browser_gets_the_first_that_it_asks_for():
    offered = ("de", "zh_hant", "fr")
    asked = {"fr-CA,de;q=0.5": "fr", "zh-TW,zh;q=0.9": "zh_hant", "zh-Hant-HK": "zh_hant", "ko,en": "de", "de_AT.UTF-8": "de"}
    assert {tag: preferred(tag, "de", offered) for tag in asked} == asked


def test_whoever_has_to_sign_in_can_read_so_in_each_other_language(three, finnish):
    page = sign_in_page(words("ko"), "", ("provider",), {"as_of": "2020-01-01"})
    assert re.findall(r'hreflang="(\w+)">([^<]+)', page) == [("en", "English"), ("ja", "日本語 (beta)"), ("fi", "suomi")]


def test_a_language_that_no_native_speaker_has_read_says_so_where_it_is_chosen(three):
    page = AppTest.from_file(str(FRAME), default_timeout=120).switch_page("overview.py").run()
    menu = page.menu_button(key="control-lang")
    assert (menu.label, list(menu.options)) == ("한국어", ["English", "日本語 (beta)"])
    assert words("ko").t("frame.unread", language="日本語 (beta)") in menu.help


# The language without one in the address or the browser, the names of countries, the direction of writing
@pytest.mark.parametrize(("country", "lang"), [("KR", "ko"), ("JP", "ja"), ("NZ", "en"), ("DE", "en"), ("CA", "en"), ("ZZ", "en")])
def test_else_it_is_the_first_official_language_of_the_city_that_there_is(country, lang):
    cities = pd.DataFrame({"city_id": ["a", "b"], "country_code": ["FR", country]})
    home = pd.DataFrame({"city_id": ["b"], "languages": [""]})
    assert home_language(Release(1, "d", {"home": home, "cities": cities})) == lang
    assert home_language(Release(1, "d", {"home": home.assign(languages="mi, en"), "cities": cities})) == "mi"
    assert home_language(Release(1, "d", {"home": home.iloc[:0], "cities": cities})) == "en"
    assert parse({}, date(2020, 1, 1), "de,fr;q=0.5", (), (), (), "ja")[0].lang == "ja"
    assert parse({}, date(2020, 1, 1), "de,ko;q=0.5", (), (), (), "ja")[0].lang == "ko"


def test_countries_have_their_names_of_cldr_where_the_table_has_none(finnish):
    release = current_release()
    assert [names(release, "country", lang)["NZ"] for lang in ("en", "ko", "ja", "fi")] == [
        "New Zealand",
        "뉴질랜드",
        "ニュージーランド",
        "Uusi-Seelanti",
    ]
    assert names(release, "city", "ja")["london"] == "London"
    assert "日本" in named_rows(release, "country").set_index("country_code").loc["JP", "name_ja"]


# Cities of their own languages, of which the interface has no record
ARABIC = {
    "home": "city_id,currency,time_zone,languages,source_id\nhome,EGP,Africa/Cairo,ar fr,s1\n",
    "sources": "source_id,title,publisher,url,published\ns1,قائمة المدن,المدينة,https://city.example/,2024-01-02\n",
    "territories": "country_code,name_ar,name_source,boundary_source_id,source_id\nEG,مصر,Babel,s1,s1\nFR,فرنسا,Babel,s1,s1\n",
    "cities": "city_id,name_ar,name_fr,country_code,region,level,lat,lon,name_source,source_id\n"
    "home,مدينة النخيل,,EG,Africa,city,30.1,31.2,source,s1\nvieux,المدينة القديمة,Vieux-Bourg,FR,Europe,city,47.2,1.5,source,s1\n",
    "agreements": "agreement_id,city_id,type,signed,role,source_id,note_ar\na1,vieux,sister,1966-05-14,primary,s1,تجدد عام 1991\n",
}
GERMAN = {
    "home": "city_id,currency,time_zone,languages,source_id\nhome,EUR,Europe/Berlin,de,s1\n",
    "sources": "source_id,title,publisher,url,published\ns1,Partnerstädte,Stadt,https://city.example/,2024-01-02\n",
    "territories": "country_code,name_de,name_source,boundary_source_id,source_id\nDE,Deutschland,Babel,s1,s1\nFR,Frankreich,Babel,s1,s1\n",
    "cities": "city_id,name_de,country_code,region,level,lat,lon,name_source,source_id\n"
    "home,Neustein,DE,Europe,city,50.1,8.2,source,s1\nvieux,Altenburg am Meer,FR,Europe,city,47.2,1.5,source,s1\n",
    "agreements": "agreement_id,city_id,type,signed,role,source_id\na1,vieux,sister,1966-05-14,primary,s1\n",
}
OWN = {"ar": (ARABIC, "مدينة النخيل", "المدينة القديمة"), "de": (GERMAN, "Neustein", "Altenburg am Meer")}


@pytest.fixture(params=OWN)
def own(request, monkeypatch, tmp_path):
    """The first language of an invented city with a single partner; its tables have no column in English or Korean."""
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "city", OWN[request.param][0])))
    return request.param


@pytest.fixture
def arabic_messages(monkeypatch, tmp_path):
    """A catalogue of Arabic with one message, besides those that there are."""
    shutil.copytree(PROJECT / "locale", tmp_path / "locale")
    empty, filled = 'msgid "frame.language"\nmsgstr ""', 'msgid "frame.language"\nmsgstr "اللغة"'
    content = empty_catalogue("ar").decode().replace(empty, filled)
    (tmp_path / "locale" / "ar.po").write_text(content, encoding="utf-8")
    monkeypatch.setattr("languages._LOCALE", tmp_path / "locale")
    monkeypatch.setattr("wording._CATALOGUES", tmp_path / "locale")
    _forget()
    yield
    _forget()


def _forget():
    _derived.cache_clear()
    words.cache_clear()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_city_opens_in_its_own_language_and_direction(own, arabic_messages, page):
    app = AppTest.from_file(str(FRAME), default_timeout=120).switch_page(f"{page}.py").run()
    assert not app.exception
    assert not app.error
    (search,) = [element.proto for element in app.get("bidi_component") if element.proto.component_name == "dashboard_search"]
    assert {"lang": own, "direction": "rtl" if own == "ar" else "ltr"}.items() <= json.loads(search.json).items()
    assert OWN[own][1] in plainly(app)
    menus = [menu for menu in app.get("menu_button") if menu.key == "control-lang"]
    assert [(menu.help.split(".")[0], list(menu.options)) for menu in menus] == ([("اللغة", ["français"])] if own == "ar" else [])


def test_a_page_of_such_a_city_opens_in_any_language_of_the_interface_with_a_way_back(own):
    app = AppTest.from_file(str(FRAME), default_timeout=120)
    app.query_params["lang"] = "ko"
    app.switch_page("overview.py").run()
    assert app.menu_button(key="control-lang").label == "한국어"
    assert OWN[own][1] in plainly(app)


def test_slides_powerpoint_and_pdf_of_a_city_are_made_in_its_own_language(own):
    view = seen(own)
    for outline in outlines("vieux"):
        brief = briefing(view, outline, "All")
        deck = pptx.Presentation(BytesIO(powerpoint(brief, view.words)))
        assert len(deck.slides) >= len(outline.slides)
        assert {run.get("lang") for slide in deck.slides for run in slide.element.iter("{*}rPr")} >= {language(own).tag}
        assert PdfReader(BytesIO(handout(brief, view.words))).pages
    assert OWN[own][2] in " ".join(slide.headline for outline in outlines("vieux") for slide in slides_of(view, outline))


def test_a_language_without_a_record_is_that_of_cldr():
    german, arabic, hant = map(language, ("de", "ar", "zh_hant"))
    assert (german.name, german.tag, german.direction, german.typeface) == ("Deutsch", "de-DE", "ltr", "Arial")
    assert (arabic.name, arabic.tag, arabic.direction, arabic.label) == ("العربية", "ar-EG", "ltr", "العربية")
    assert (hant.tag, hant.typeface, hant.unread) == ("zh-Hant-TW", "Microsoft JhengHei", False)
    plain = [words("de").money(4100, "EUR"), words("de").percent(0.083), words("de").day(date(2026, 5, 14)), words("de").edtf("2026-05")]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in plain] == ["4.100 €", "8,3 %", "14. Mai 2026", "Mai 2026"]
    assert words("de").t("frame.language") == words("en").t("frame.language")
    isolated = re.fullmatch("by \N{FIRST STRONG ISOLATE}(.+)\N{POP DIRECTIONAL ISOLATE}", words("ar").edtf("../2026-05-14"))
    assert isolated[1].replace("\N{ARABIC LETTER MARK}", "").endswith("2026")
    with pytest.raises(KeyError):
        language("xx")


def test_documents_have_the_direction_of_their_language_once_it_has_messages(arabic_messages):
    assert language("ar").label == "العربية (beta)"
    assert '<html lang="ar" dir="rtl" class="opening">' in prepared('<html lang="en">', "ar", [])
    assert '<html lang="ar" dir="rtl" class="closed">' in sign_in_page(words("ar"), "", ())
    assert '<html lang="ja" dir="ltr" class="opening">' in prepared('<html lang="en">', "ja", [])
    assert '<html lang="zh-hant" dir="ltr" class="opening">' in prepared('<html lang="en">', "zh_hant", [])


def test_a_new_language_begins_with_every_message_empty_in_its_own_plural_forms(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("wording._CATALOGUES", tmp_path)
    shutil.copy(PROJECT / "locale" / "en.po", tmp_path)
    assert main(["--new", "pl"]) == 0
    with (tmp_path / "pl.po").open("rb") as file:
        begun = read_po(file, locale="pl", abort_invalid=True)
    assert len(missing("pl")) == len(begun) > 1000
    assert len(begun["age.days"].string) == 3
    assert begun["frame.language"].auto_comments == ["Language"]
    assert [main(["--new", lang]) for lang in ("pl", "xx", "../x")] == [1, 1, 1]
    assert "pl.po exists already" in capsys.readouterr().err


def test_a_thing_is_found_by_its_names_in_all_languages():
    thing = entry("city", ["Lontoo", "London", "런던"], "city", {})
    assert (thing.name, thing.other) == ("Lontoo", "London · 런던")
    assert all(f"\n {name}\n" in thing.keys for name in ("lontoo", "london"))
    assert thing.initials == f"\n {initials('런던')}\n"
    assert entry("city", ["Vaasa", "Vaasa", ""], "city", {}).other == ""


# Names and texts of rows
ROWS = pd.DataFrame({"name_en": ["Cork", "", ""], "name_de": ["", "Köln", ""], "name_ko": ["코크", "쾰른", "다낭"]})


def test_a_text_is_in_the_language_asked_for_else_in_english_else_in_the_original_one_else_in_any(three):
    assert in_turn("de", "fr") == ("de", "en", "fr", "ko", "ja")
    assert list(texts(ROWS, "name", "de")) == ["Cork", "Köln", "다낭"]
    assert list(texts(ROWS, "name", "en")) == ["Cork", "쾰른", "다낭"]
    assert list(texts(ROWS, "name", "ja", "de")) == ["Cork", "Köln", "다낭"]
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
