"""What can be found, how names are compared, and where each leads."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.schema.release import Release
from metrics.search import KINDS, entries, folded, initials
from tests.worlds import ONE_ROW, world

PAGES = {"overview", "partner_cities", "policy_exports", "sources"}
CITIES = (
    "city_id,name_en,name_ko,country_code,region,level,population,source_id\n"
    "home,Home,우리시,KR,Asia,city,9,s\nsmall,Asmall,작은시,GB,Europe,city,10,s\nlarge,Large,큰시,GB,Europe,city,200,s\n"
    "sold,Sold,판시,FR,Europe,city,5,s\ntold,Told,들은시,FR,Europe,city,,s\n"
)
TERRITORIES = "country_code,name_en,name_ko,source_id\nKR,Korea,한국,s\nGB,Britain,영국,s\nFR,France,프랑스,s\n"
TIES = (
    "agreement_id,city_id,type,signed,role\na,small,sister,2001,primary\nb,large,friendship,2002,primary\nc,told,memorandum,2003,primary\n"
)
EXPORTS = "export_id,project_en,project_ko,role,source_id\nx,Cards,카드,primary,s\ny,Cards again,카드,alternate,s\n"
PLACES = "export_id,place_no,country_code,city_id\nx,1,FR,sold\n"
EVENTS = "event_id,event_key,name_en,name_ko,role,source_id\ne,e,Forum,포럼,primary,s\nf,e,Forum,포럼,conflict,s\n"
SOURCES = "source_id,title,publisher\ns,On cards,A paper\n"


@pytest.fixture
def tiny():
    return world(
        cities=CITIES,
        territories=TERRITORIES,
        agreements=TIES,
        policy_exports=EXPORTS,
        export_places=PLACES,
        events=EVENTS,
        sources=SOURCES,
    )


def leads(release, lang="en", pages=PAGES):
    """Where each thing leads, by its kind and name."""
    return {(entry.kind, entry.name): (entry.page, entry.query) for entry in entries(release, pages, lang)}


@pytest.mark.parametrize(
    "text, plain",
    [
        ("São Paulo", "sao paulo"),
        ("BOGOTÁ", "bogota"),
        ("Xi'an", "xi an"),
        ("Łódź, Århus & Ærø", "lodz arhus aero"),
        ("  C40 - ＣＩＴＩＥＳ ", "c40 cities"),
        ("…", ""),
        ("", ""),
    ],
)
def test_names_compare_without_case_accents_and_signs(text, plain):
    assert folded(text) == plain


@pytest.mark.parametrize(
    "name, typed",
    [
        ("런던", ["ㄹ", "러", "런", "런ㄷ", "런더", "런던"]),
        ("도쿄", ["ㄷ", "도", "돜", "도쿄"]),
        ("과야킬", ["ㄱ", "고", "과", "광", "과야", "과얔", "과야킬"]),
        ("닭갈비", ["다", "달", "닭", "닭ㄱ", "닭가", "닭갈"]),
        ("하노이", ["하", "한", "하노", "하농", "하노이"]),
        ("취리히", ["추", "취", "췰", "취리"]),
    ],
)
def test_a_name_begins_with_whatever_stands_in_the_field_while_it_is_typed(name, typed):
    assert [text for text in typed if not folded(name).startswith(folded(text))] == []


@pytest.mark.parametrize(
    "name, first", [("런던", "ㄹㄷ"), ("상파울루", "ㅅㅍㅇㄹ"), ("세계 스마트시티(WeGO)", "ㅅㄱ ㅅㅁㅌㅅㅌ WeGO"), ("빈", "ㅂ")]
)
def test_the_first_consonants_of_a_korean_name_are_those_that_one_types(name, first):
    assert initials(name) == folded(first)


def test_two_consonants_that_the_keyboard_joins_are_still_two():
    assert folded("ㄳ") == folded("ㄱㅅ") == initials("가수")


@pytest.mark.parametrize("name", ["London", "ㄹㄷ", "2023", ""])
def test_a_name_without_syllables_has_no_first_consonants(name):
    assert initials(name) == ""


@given(st.text())
def test_what_is_folded_stays_as_it_is_and_holds_no_sign(text):
    once = folded(text)
    assert folded(once) == once
    assert {unicodedata.category(letter)[0] for letter in once if letter != " "} <= {"L", "N"}
    assert once == " ".join(once.split())


def test_each_thing_leads_to_the_page_that_can_show_it(tiny):
    assert leads(tiny) == {
        ("city", "Home"): ("overview", {}),
        ("city", "Large"): ("partner_cities", {"city": "large"}),
        ("city", "Asmall"): ("partner_cities", {"city": "small"}),
        ("city", "Sold"): ("policy_exports", {"city": "sold"}),
        ("city", "Told"): ("sources", {"q": "s"}),
        ("country", "Britain"): ("partner_cities", {"q": "Britain"}),
        ("country", "France"): ("policy_exports", {"q": "France"}),
        ("country", "Korea"): ("sources", {"q": "s"}),
        ("project", "Cards"): ("policy_exports", {"q": "Cards"}),
        ("event", "Forum"): ("sources", {"q": "s"}),
        ("source", "On cards"): ("sources", {"q": "s"}),
    }


def test_a_page_that_comes_later_takes_its_things_over(tiny):
    links = leads(tiny, pages=PAGES | {"city", "networks"})
    assert links["city", "Told"] == ("city", {"city": "told"})
    assert links["event", "Forum"] == ("networks", {})
    assert links["city", "Home"] == ("overview", {})


def test_without_any_page_there_is_nothing_to_find(tiny):
    assert entries(tiny, (), "en") == []


def test_things_come_by_kind_the_most_populous_first_then_by_name(tiny):
    assert [entry.name for entry in entries(tiny, PAGES, "en")][:8] == [
        *("Large", "Asmall", "Home", "Sold", "Told"),  # 200, 10, 9, 5, not known
        *("Britain", "France", "Korea"),
    ]


def test_a_thing_shows_its_name_in_the_language_of_the_reader_and_is_found_by_both(tiny):
    (english,), (korean,) = ([entry for entry in entries(tiny, PAGES, lang) if entry.name in ("Large", "큰시")] for lang in ("en", "ko"))
    assert (english.name, english.other, english.beside) == ("Large", "큰시", "Britain")
    assert (korean.name, korean.other, korean.beside) == ("큰시", "Large", "영국")
    assert set(english.keys.split("\n")) == set(korean.keys.split("\n")) == {"", " large", f" {folded('큰시')}"}
    assert english.initials == korean.initials == f"\n {folded('ㅋㅅ')}\n"


def test_a_name_that_is_the_same_in_both_languages_stands_once(tiny):
    (source,) = [entry for entry in entries(tiny, PAGES, "ko") if entry.kind == "source"]
    assert (source.name, source.other, source.beside, source.keys) == ("On cards", "", "A paper", "\n on cards\n")


def test_rows_that_say_the_same_again_are_not_found_twice(tiny):
    assert [entry.name for entry in entries(tiny, PAGES, "en") if entry.kind in ("project", "event")] == ["Cards", "Forum"]


def test_a_table_that_is_not_there_is_passed_over_and_one_that_comes_joins_by_its_line(tiny):
    known = {kind.table for kind in KINDS}
    assert {"claims", "contacts"} <= known
    tables = {name: rows for name, rows in tiny.tables.items() if name not in ("claims", "contacts", "events")}
    assert "event" not in {entry.kind for entry in entries(Release(1, "", tables), PAGES, "en")}


def test_a_release_without_rows_is_searched_without_a_fault():
    assert [entry.name for entry in entries(world(), PAGES, "en")] == []
    assert ("city", "London") in leads(world(**ONE_ROW))
