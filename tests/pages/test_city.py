"""The page of one city as a script: dossiers on the real data in both languages, tiny releases, the start page, slides and the sheet."""

from datetime import date
from functools import partial

import pytest

from charts.theme import LIGHT
from exports.slides import Map, Table, Text
from pages.parts.briefing.city_slides import city_slide, dossier
from pages.parts.shell.selection import Selection, View
from tests.drawn import charts, lists, maps, shown
from tests.worlds import EMPTY, ONE_ROW, own_data

ON = date(2026, 11, 22)
TODAY = {"as_of": ON.isoformat()}
MET = ONE_ROW | {
    "contacts": "contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id\n"
    "c1,london,2024,visit_by_home,mayor,held,Talks,면담,primary,s1\nc2,london,2025-03,event,mayor,announced,Notice,예고,primary,s1\n"
}


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "city")


@pytest.fixture(scope="module")
def release():
    return own_data()


SAID = {
    # agreements: london-friendship and london-friendship-2; contacts: c080, c092, c094, c161.
    ("london", "en"): [
        "<b>London</b> (United Kingdom) is a friendship city of Seoul, signed <b>4 Dec 2015</b>.",
        "The last contact on record was on <b>2 Jun 2020</b>: Cities Against COVID-19 mayors meeting. No contact or signing"
        " is on record in the 5 years to 7 Dec 2025",
        "Next round anniversary: <b>10 years</b>, <b>3 Apr 2027</b>, of the agreement of 3 Apr 2017.",
        "2 agreements with 17 areas of cooperation",
        *(f"<li>{area}</li>" for area in ("Climate change response", "Democratisation of the economy", "Digital innovation")),
        *(f"<li>{area}</li>" for area in ("Arts and culture", "Tourism", "E-government", "Smart city", "Social innovation")),
        "4 contacts held on record",
        "London was invited to the architecture biennale of 2017 and to join WeGO, which Seoul chaired.",
        "The register follows press coverage",
        "Networks that London belongs to; the data hold only those of Seoul",
    ],
    ("london", "ko"): [
        "<b>런던</b>(영국), 서울의 우호도시, <b>2015년 12월 4일</b> 체결.",
        "협정 2건, 협력 분야 17건",
        "<li>경제 민주화</li>",
        "언론 보도를 따른 기록",
        "기록되지 않은 것",
    ],
    ("wellington", "en"): [
        "sister city of Seoul, signed <b>26 Sep 2023</b>, after a friendship of 18 Jul 2016.",
        "Says otherwise, not used.",
    ],
    ("suzhou", "en"): ["has no agreement with Seoul on record", "Mayors Forum: presents a policy case", "Deputy Mayor Ji Jing."],
    ("new-york", "en"): ["signed <b>18 Sep 2023</b>", "Talk with Korean War veterans at The Battery"],
    ("cairo", "en"): ["No contact is on record.", "<b>30 years</b>, <b>27 Apr 2027</b>", "1 exported project", "A contact that is known"],
    ("lima", "en"): [
        "has no agreement with Seoul on record",
        "No exported project; 2 are shown and not counted",
        "2 records, announced only or not counted",
    ],
    ("prague", "en"): ["has no sister or friendship tie with Seoul in force. On record: Memorandum, 29 Mar 2005."],
    ("delhi", "en"): ["whether there is an agreement with Seoul is disputed"],
    ("budapest", "en"): ["No contact is known to have been held; the last one announced was for <b>24 Sep 2023</b>."],
}


@pytest.mark.parametrize(("city", "lang"), SAID)
def test_a_dossier_says_what_is_on_record(page, city, lang):
    html = shown(page(city=city, lang=lang, **TODAY))
    assert [text for text in SAID[city, lang] if text not in html] == []


def test_what_is_drawn_has_a_text_for_those_who_cannot_see_it(page):
    app = page(city="beijing", lang="en", **TODAY)
    assert [chart["alt"].startswith("On record: 3 agreements, 6 contacts held") for chart in charts(app)] == [True]
    (drawn,) = maps(app)
    assert drawn["alt"] == "Map: Beijing and Seoul, with the line between them"
    assert (drawn["world"]["selected"], len(drawn["world"]["arcs"]["to"])) == ("beijing", 1)


def test_an_earlier_day_shows_what_was_known_of_it(page):
    html = shown(page(city="london", lang="en", as_of="2016-12-31"))
    assert "Next round anniversary: <b>5 years</b>, <b>4 Dec 2020</b>." in html
    assert "1 contact held on record" in html
    assert "dormant" not in html
    assert "3 Apr 2017" not in html


def test_a_city_is_chosen_from_a_list_that_holds_both_languages(page):
    app = page(city="london", lang="ko", **TODAY)
    choice = app.selectbox(key="control-city")
    assert choice.value == "london"
    assert {"런던 · London", "웰링턴 · Wellington"} <= set(choice.options)
    choice.set_value("wellington").run()
    assert app.query_params["city"] == "wellington"
    assert "<b>웰링턴</b>" in shown(app)


def test_without_a_city_relations_stand_by_last_contact(page):
    app = page(lang="en", **TODAY)
    html = shown(app)
    # Eight contacts since 2024-11-22 (tests/metrics/themes/test_contacts.py names them); 44 relations have none since 2021-11-22.
    assert "At least <b>8</b> of 68 documented partners had a contact from 22 Nov 2024 to 7 Dec 2025" in html
    assert "<b>44</b> relations are dormant" in html
    assert "44 dormant relations" in html
    assert 'href="?city=london' in html
    rows = lists(app)[0]
    assert rows["Partner"].tolist()[0] == "Hanoi"
    assert rows.loc[rows["Partner"] == "London", "Standing"].tolist() == ["Dormant"]
    app.segmented_control(key="control-sort").set_value("name").run()
    assert lists(app)[0]["Partner"].tolist()[0] == "Abu Dhabi"
    app.text_input(key="control-q").set_value("영국").run()
    assert lists(app)[0]["Partner"].tolist() == ["London"]


def test_an_unknown_city_is_said_calmly_with_the_nearest_name(page):
    app = page(city="lodnon", lang="en", **TODAY)
    html = shown(app)
    assert [info.value for info in app.info] == ["The address names a city that is not in the register; no city is selected."]
    assert "Nearest name:" in html
    assert 'href="?city=london' in html
    assert "Nearest name" not in shown(page(city="xyzzy", lang="en", **TODAY))


def test_the_home_city_has_no_dossier(page):
    assert "documented partners had a contact" in shown(page(city="seoul", lang="en", **TODAY))


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("city", ["", "london"])
@pytest.mark.parametrize("tables", [EMPTY, ONE_ROW, MET], ids=["empty", "one row", "met"])
def test_tiny_releases_are_shown_whole(page, tables, city, lang):
    html = shown(page(tables, city=city, lang=lang, **TODAY))
    assert "<h1" in html
    if tables is not MET:
        assert {"en": "An upload of the table", "ko": "표를 올리면"}[lang] in html
    elif city:
        assert {"en": "1 contact held on record, and 1 announced only", "ko": "기록된 교류 1건, 예고만 확인된 것 1건"}[lang] in html


def test_a_dossier_is_offered_as_slides(release):
    view = View(Selection(ON, "en", city="london"), (), release, "light", ON)
    one, slides = city_slide(view), dossier(view).slides
    assert one.headline.startswith("London (United Kingdom) is a friendship city of Seoul, signed 4 Dec 2015.")
    assert [type(piece).__name__ for piece in one.pieces] == ["Chart", "Map", "Text"]
    assert slides[0] == one
    assert [slide.kind for slide in slides] == ["city", "city-agreements", "city-contacts", "city-ahead"]
    (areas,) = (piece for piece in slides[1].pieces if isinstance(piece, Table))
    assert [len(row[1].split(", ")) for row in areas.rows] == [9, 9]  # eight areas, one of which has a comma: culture, art and tourism
    assert {source.line.split(",")[0] for source in one.sources} >= {"Seoul and London forge friendly-city ties"}


def test_the_sheet_is_in_light_colours_and_keeps_to_the_newest_rows(release):
    view = View(Selection(ON, "ko", city="beijing"), (), release, "dark", ON)
    sheet = dossier(view)
    assert (sheet.title, sheet.city, sheet.lang, sheet.colours) == ("베이징 현황", "서울", "ko", LIGHT)
    (table,) = (piece for slide in sheet.slides for piece in slide.pieces if isinstance(piece, Table) and len(piece.heads) == 4)
    assert len(table.rows) == 8 < 12  # contacts c014 to c196: 12 rows of Beijing are used
    assert any(isinstance(piece, Map) for piece in sheet.slides[0].pieces)


def test_a_city_without_records_still_makes_a_slide(release):
    view = View(Selection(date(1990, 1, 1), "en", city="lima"), (), release, "light", ON)
    slide = city_slide(view)
    assert isinstance(slide.pieces[-1], Text)
    assert slide.pieces[-1].lines
