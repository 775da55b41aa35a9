"""The page of one city as a script: dossiers on the real data in both languages, tiny releases, the start page, slides and the sheet."""

import re
from datetime import date
from functools import partial

import pytest

from charts.theme import LIGHT
from exports.slides import Map, Table
from pages.parts.briefing.city_slides import city_slide, dossier
from pages.parts.briefing.slides import KINDS
from pages.parts.briefing.visit import outline
from pages.parts.city.relations import relations
from pages.parts.shell.selection import Selection, View
from tests.drawn import charts, downloads, maps, shown
from tests.worlds import EMPTY, ONE_ROW, own_data, world

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


def rows_of(app):
    """The cities of the list of relations, in order."""
    return re.findall('data-row="([^"]+)"', shown(app))


SAID = {
    # agreements: london-friendship and london-friendship-2; contacts: c080, c092, c094, c161.
    ("london", "en"): [
        "<b>London</b> (United Kingdom) is a friendship city of Seoul, signed <b>4 Dec 2015</b>.",
        "The last contact on record was on <b>2 Jun 2020</b>: Cities Against COVID-19 mayors meeting.",
        "No contact or signing is on record in the 5 years to 7 Dec 2025",
        "<b>Next</b> 3 Apr 2027: 10 years since the agreement",
        "2 agreements with 17 areas of cooperation",
        *(f"<li>{area}</li>" for area in ("Climate change response", "Democratisation of the economy", "Digital innovation")),
        *(f"<li>{area}</li>" for area in ("Arts and culture", "Tourism", "E-government", "Smart city", "Social innovation")),
        "4 contacts held on record",
        "London was invited to the architecture biennale of 2017 and to join WeGO, which Seoul chaired.",
        "From press coverage: contacts that were not reported are missing.",
        "Networks that London belongs to; the data hold only those of Seoul",
    ],
    ("london", "ko"): [
        "<b>런던</b>(영국)은 <b>2015년 12월 4일</b> 결연한 서울의 우호도시입니다.",
        "협정 2건, 협력 분야 17건",
        "<li>경제 민주화</li>",
        "언론 보도를 따른 기록",
        "확인되지 않은 것",
    ],
    ("wellington", "en"): [
        "sister city of Seoul, signed <b>26 Sep 2023</b>, after a friendship of 18 Jul 2016.",
        "Conflicts with other sources; not used.",
    ],
    ("suzhou", "en"): ["has no agreement with Seoul on record", "Mayors Forum: presents a policy case", "Deputy Mayor Ji Jing."],
    ("new-york", "en"): ["signed <b>18 Sep 2023</b>", "Talk with Korean War veterans at The Battery"],
    ("cairo", "en"): [
        *("No contact is on record.", "27 Apr 2027: 30 years since the agreement"),
        *("1 exported project", "A contact that is known"),
    ],
    ("lima", "en"): [
        "has no agreement with Seoul on record",
        "No exported project; 2 not counted",
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
    assert (drawn["world"]["selected"], drawn["world"]["arcs"]) == ("beijing", "home")


def test_an_earlier_day_shows_what_was_known_of_it(page):
    html = shown(page(city="london", lang="en", as_of="2016-12-31"))
    assert "4 Dec 2020: 5 years since the agreement" in html
    assert "1 contact held on record" in html
    assert "No contact or signing is on record" not in html
    assert "3 Apr 2017" not in html


def test_a_city_is_chosen_from_a_list_that_holds_both_languages(page):
    app = page(city="london", lang="ko", **TODAY)
    choice = app.selectbox(key="control-city")
    assert choice.value == "london"
    assert {"런던 · London", "웰링턴 · Wellington"} <= set(choice.options)
    choice.set_value("wellington").run()
    assert app.query_params["city"] == "wellington"
    assert "<b>웰링턴</b>" in shown(app)


def test_without_a_city_relations_stand_on_strips_of_time_by_next_anniversary(page):
    app = page(lang="en", **TODAY)
    html = shown(app)
    # Eight contacts since 2024-11-22 (tests/metrics/themes/test_contacts.py names them); 44 relations have none since 2021-11-22.
    assert "At least <b>8</b> of 68 partners known by name had a contact from 22 Nov 2024 to 7 Dec 2025" in html
    assert "<b>44</b> have no contact or signing on record in 5 years" in html
    assert len(rows_of(app)) == 68
    app.selectbox(key="control-sort").set_value("last").run()
    assert rows_of(app)[0] == "hanoi"
    app.selectbox(key="control-state").set_value("quiet").run()
    assert len(rows_of(app)) == 44
    app.text_input(key="control-q").set_value("영국").run()
    assert rows_of(app) == ["london"]
    assert app.query_params["state"] == "quiet"


def test_a_filter_of_the_address_narrows_the_relations_and_stays_in_the_links_of_their_rows(page):
    app = page(lang="en", state="active", regions="Asia", **TODAY)
    # Asian partners with a contact or signing since 2023-12-07, two years before the last covered day.
    assert {"hanoi", "tokyo", "ulaanbaatar", "beijing", "jakarta"} <= set(rows_of(app))
    assert not {"london", "taipei", "bangkok"} & set(rows_of(app))
    assert "regions=Asia&amp;state=active&amp;city=hanoi" in shown(app)


def test_an_unknown_city_is_said_calmly_with_the_nearest_name(page):
    app = page(city="lodnon", lang="en", **TODAY)
    html = shown(app)
    assert [info.value for info in app.info] == ["The address names a city that is not in the data; no city is selected."]
    assert "Nearest name:" in html
    assert 'href="?city=london' in html
    assert "Nearest name" not in shown(page(city="xyzzy", lang="en", **TODAY))


def test_the_home_city_has_no_dossier(page):
    assert "partners known by name had a contact" in shown(page(city="seoul", lang="en", **TODAY))


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("city", ["", "london"])
@pytest.mark.parametrize("tables", [EMPTY, ONE_ROW, MET], ids=["empty", "one row", "met"])
def test_tiny_releases_are_shown_whole(page, tables, city, lang):
    html = shown(page(tables, city=city, lang=lang, **TODAY))
    assert "<h1" in html
    if tables is not MET:
        dossier = {"en": "Contacts are not recorded.", "ko": "교류는 기록되어 있지 않습니다."}
        assert (dossier if city else {"en": "An upload of the table", "ko": "표를 올리면"})[lang] in html
    elif city:
        assert {"en": "1 contact held on record, and 1 announced only", "ko": "확인된 교류 1건, 예고만 확인된 것 1건"}[lang] in html


def test_a_dossier_is_offered_as_slides(release):
    view = View(Selection(ON, "en", city="london"), (), release, "light", ON)
    one, slides = city_slide(view), dossier(view).slides
    assert (slides[0].headline, slides[0].pieces[1], slides[0].details) == (one.headline, one.pieces[1], ())
    assert [slide.kind for slide in slides] == ["city", "city-history", "city-follow", "city-agreements", "city-contacts", "city-ahead"]
    (areas,) = (piece for piece in slides[3].pieces if isinstance(piece, Table))
    assert [len(row[1].split(", ")) for row in areas.rows] == [9, 9]  # eight areas, one of which has a comma: culture, art and tourism
    assert {source.line.split(",")[0] for source in one.sources} >= {"Seoul and London forge friendly-city ties"}


def test_the_sheet_is_in_light_colours_and_keeps_to_the_newest_rows(release):
    view = View(Selection(ON, "ko", city="beijing"), (), release, "dark", ON)
    sheet = dossier(view)
    assert (sheet.title, sheet.city, sheet.lang, sheet.colours) == ("베이징 현황", "서울", "ko", LIGHT)
    (table,) = (piece for slide in sheet.slides for piece in slide.pieces if isinstance(piece, Table) and len(piece.heads) == 4)
    assert len(table.rows) == 8 < 12  # contacts c014 to c196: 12 rows of Beijing are used
    assert any(isinstance(piece, Map) for piece in sheet.slides[0].pieces)


def test_the_slide_of_a_city_says_as_what_since_when_last_met_agreed_and_next_and_the_notes_have_the_rest(release):
    slide = city_slide(View(Selection(ON, "en", city="london"), (), release, "light", ON))
    assert slide.headline == "London (United Kingdom) is a friendship city of Seoul, signed 4 Dec 2015."
    drawn, facts = slide.pieces
    assert drawn.world.selected == "london"
    # agreements of 4 Dec 2015 and 3 Apr 2017; contact c161; no counted project. The areas are those of the newer agreement.
    assert [row[:2] for row in facts.rows] == [
        ("Last contact", "2 Jun 2020"), ("Agreements", "2, the latest on 3 Apr 2017"), ("Next anniversary", "3 Apr 2027"),
    ]  # fmt: skip
    assert facts.rows[1][2].startswith("Climate change response, Democratisation of the economy")
    told = {part.title: part.lines for part in slide.details}
    assert len(told["Contacts"]) == 4
    assert [line.split(":")[0] for line in told["Agreements"]] == ["Friendship city, 3 Apr 2017", "Friendship city, 4 Dec 2015"]


def test_the_slide_of_a_city_names_the_projects_exported_to_it(release):
    facts = city_slide(View(Selection(ON, "ko", city="tashkent"), (), release, "light", ON)).pieces[1]
    assert ("정책수출 사업", "1건") in [row[:2] for row in facts.rows]


def test_a_city_without_records_still_makes_a_slide(release):
    slide = city_slide(View(Selection(date(1990, 1, 1), "en", city="lima"), (), release, "light", ON))
    assert slide.headline == "Lima (Peru) has no agreement with Seoul on record."
    assert [type(piece) for piece in slide.pieces] == [Map]


FOLLOWED = MET | {
    "agreements": "agreement_id,city_id,type,signed,valid_until,renews,role,source_id\n"
    "a1,london,friendship,2015-12-04,2027-03-01,no,primary,s1\n",
    "agreement_areas": "area_id,city_id,agreed,agreement_id,area_en,area_ko,role,source_id\n"
    "g1,london,2015-12-04,a1,Climate,기후,primary,s1\ng2,london,2015-12-04,a1,Tourism,관광,primary,s1\n",
    "area_evidence": "evidence_id,area_id,contact_id\ne1,g1,c1\n",
    "commitments": "commitment_id,city_id,what_en,what_ko,side,agreed,due,state,settled,evidence_source_id,role,source_id\n"
    "m1,london,Joint report,공동 보고서,both,2015,2017,open,,,primary,s1\n"
    "m2,london,Students,학생 교류,partner,2015,2027-01-15,open,,,primary,s1\n"
    "m3,london,Exhibition,전시,home,2015,,done,2018,s1,primary,s1\n",
    "relation_states": "state_id,city_id,state,date,reason_en,reason_ko,decided_by_en,decided_by_ko,role,source_id\n"
    "r1,london,suspended,2026-01-05,Budget cut,예산 삭감,International Division,국제과,primary,s1\n",
    "owners": "owner_id,city_id,office_en,office_ko,source_id\no1,london,Europe desk,유럽팀,s1\n",
    "fund": "observation_id,date,measure,fund,city_id,value,currency,role,source_id\n"
    "f1,2018-01-05,disbursement,not_stated,london,50000,USD,primary,s1\nf2,2019-01-05,disbursement,not_stated,london,7000,KRW,primary,s1\n",
}


def test_the_first_card_answers_what_was_agreed_what_is_late_what_came_of_it_and_what_is_next(page):
    html = shown(page(FOLLOWED, city="london", lang="en", **TODAY))
    answers = [
        "<b>Agreed</b> Friendship city, 4 Dec 2015, valid until 1 Mar 2027, Does not renew by itself",
        "<b>Open or late</b> 1 commitment overdue",
        "1 commitment open, Agreement ends: 1 Mar 2027, Nothing on record in 1 of 2 areas.",
        "<b>What came of it</b> 1 contact held",
        "1 exported project, 1 commitment done, 2 payments.",
        "<b>Next</b> 15 Jan 2027: Students",
        "1 Mar 2027: Term of the agreement ends",
        "<b>In charge</b> Europe desk",
    ]
    details = [
        "Recorded as <b>Suspended</b> from 5 Jan 2026. Budget cut. Decided by International Division.",
        "On record since: Climate. Nothing on record in 1 of 2 areas",
        "3 commitments",
        "$50,000",
        "₩7,000",
    ]
    assert [text for text in (*answers, *details) if text not in html] == []


def test_the_start_page_lists_what_is_late_open_or_ends_soon_with_any_city(page):
    html = shown(page(FOLLOWED, lang="en", **TODAY))
    # Two commitments, and the term that ends within 180 days; the one that is done is not there.
    assert "3 matters are open or end soon" in html
    assert [text for text in ("Joint report", "Students", "Ends soon") if text not in html] == []
    assert "Exhibition" not in html
    view = View(Selection(ON, "en"), (), world(**FOLLOWED), "light", ON)
    assert relations(view)["standing"].tolist() == ["Suspended"]


def test_the_slide_of_what_came_of_it_says_the_same(page):
    view = View(Selection(ON, "en", city="london"), (), world(**FOLLOWED), "light", ON)
    (slide,) = (slide for slide in dossier(view).slides if slide.kind == "city-follow")
    assert [piece.title for piece in slide.pieces] == [
        "The relation in short",
        "3 commitments",
        "2 payments and pledges to this city",
    ]
    assert "Joint report (Overdue, Both sides, promised 2015, due 2017)" in slide.pieces[1].lines


def test_the_page_of_all_relations_offers_the_report_and_a_dossier_its_own_sheet(page):
    assert [label for label in downloads(page(**TODAY, lang="en")) if label in ("Word", "PDF")] == ["Word", "PDF"]
    assert "Word" not in downloads(page(**TODAY, lang="en", city="london"))


def test_the_dossiers_of_the_cities_of_a_visit_are_offered_in_one_document_and_an_unknown_city_is_said(page, release):
    app = page(lang="en", visit="tokyo,london,atlantis", state="active", **TODAY)
    assert app.multiselect(key="control-visit").value == ["tokyo", "london"]
    assert len(app.info) == 1
    app.button(key="visit-add").click().run()
    assert set(app.multiselect(key="control-visit").value) >= {"tokyo", "london", "hanoi"}
    view = View(Selection(ON, "en"), (), release, "light", ON)
    whole = outline(view, ("tokyo", "london"))
    assert [request.kind for request in whole.slides][:2] == ["title", "city"]
    assert {dict(request.chosen).get("city") for request in whole.slides[1:-1]} == {"tokyo", "london"}
    everyone = tuple(relations(view)["city_id"])
    assert len(outline(view, everyone, 40).slides) == 40
    assert len(outline(view, everyone[:20], 40).slides) <= 40


OLD_SLIDES = [
    "title",
    "readings",
    "map",
    "growth",
    "exports",
    "fund",
    "city",
    "closing",
    "partner_cities.readings",
    "partner_cities.list",
    "policy_exports.list",
    "cooperation_fund.payments",
    "city.follow",
    "city.agreements",
    "city.contacts",
    "city.ahead",
    "plan.outcomes",
    "networks.terms",
    "sources.list",
]
"""Names of slides in briefings that were saved before relations had a page of their own."""


@pytest.mark.parametrize(
    "parts", [{"sort": "last", "q": "영국"}, {"sort": "quiet", "rows": "1"}, {"city": "london"}, {"types": "sister", "regions": "Asia"}]
)
def test_an_address_of_before_leads_on(page, parts):
    app = page(lang="en", **parts, **TODAY)
    assert "<h1" in shown(app)
    assert not app.info


def test_a_slide_of_before_is_still_made():
    assert [name for name in OLD_SLIDES if name not in KINDS] == []
