"""The overview as a script, without a browser: in both languages, on the real data, on an empty release, on one row."""

from functools import partial
from io import StringIO

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from pages.parts.briefing.__main__ import main
from publishing.access.rights import AT_THE_MACHINE
from tests.drawn import charts, maps, missing
from tests.worlds import EMPTY, ONE_ROW, own_data


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "overview")


def shown(app: AppTest) -> str:
    """All HTML of a page that came through without a fault."""
    assert not app.exception
    assert not app.error
    doors = [door.proto.label for door in app.get("page_link")]
    return "\n".join([*doors, *(block.proto.body for block in app.get("html"))])


@pytest.mark.parametrize("lang, said", [("en", "This month"), ("ko", "이번 달 챙길 일")])
def test_the_overview_is_taken_along_as_one_page_of_pdf(tmp_path, lang, said):
    file, out = tmp_path / "overview.pdf", StringIO()
    assert main(["--to", str(file), "--lang", lang], out, {}, own_data) == 0
    assert str(file) in out.getvalue()
    (sheet,) = PdfReader(file).pages
    text = " ".join(sheet.extract_text().split())
    assert [part for part in ("72", "122", said) if part not in text] == []
    assert {"en": "Left out", "ko": "싣지 못한"}[lang] not in text


@pytest.mark.parametrize(
    "lang, said",
    [
        (
            "en",
            [
                "Seoul has ties with <b>at least 72 cities</b> in <b>at least 47 countries</b>.",
                "It met <b>at least 8</b> of them in the past two years (records to 7 Dec 2025).",
                "The next dated anniversary, 30 years with <b>Cairo</b>, is in <b>156 days</b>.",
                "Exported projects",
                "whether it reached",
                "68 known by name, at least 72 counted",
            ],
        ),
        (
            "ko",
            [
                "서울의 자매·우호도시는 <b>47개국 이상</b>에 걸쳐 <b>72곳 이상</b>입니다.",
                "최근 2년 동안 이 가운데 <b>8곳 이상</b>과 교류했습니다(2025년 12월 7일까지 확인).",
                "날짜가 확인된 다음 정주년은 <b>156일</b> 뒤 <b>카이로</b>(30주년)입니다.",
                "정책수출 사업",
                "달성 여부는 확인되지 않음",
                "이름이 확인된 68곳 표시, 집계 72 이상",
            ],
        ),
    ],
)
def test_the_overview_tells_the_same_in_both_languages(page, lang, said):
    html = shown(page(lang=lang, as_of="2026-11-22"))
    assert [text for text in said if text not in html] == []


@pytest.mark.parametrize(
    "lang, since",
    [("en", "since 26 Sep 2023 (friendship city since 18 Jul 2016)"), ("ko", "2023년 9월 26일 체결(우호도시 2016년 7월 18일)")],
)
def test_an_upgraded_partner_is_shown_with_the_date_of_its_upgrade_on_list_map_and_panel(page, lang, since):
    app = page(lang=lang, as_of="2026-11-22", city="wellington")
    dots = [dot for layer in maps(app)[0]["world"]["deck"]["layers"] for dot in layer["data"] if "since" in dot]
    tooltips = {dot["city_id"]: dot["since"] for dot in dots}
    assert tooltips["wellington"] == since
    assert since in shown(app)
    assert missing(page(lang=lang, as_of="2026-11-22"), since) == []


def test_a_korean_page_has_no_english_sentence_of_ours(page):
    html = shown(page(lang="ko", as_of="2026-11-22"))
    assert [text for text in ("Source:", "target", "counted", "since", "published for") if f">{text}" in html] == []


def test_three_charts_and_a_map_are_drawn_each_with_a_text_for_those_who_cannot_see_it(page):
    app = page(lang="en", as_of="2026-11-22")
    assert (len(charts(app)), len(maps(app))) == (3, 1)
    assert "72 partner cities" in charts(app)[0]["alt"]
    assert "68 partner cities" in maps(app)[0]["alt"]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_an_empty_release_says_what_is_missing_instead_of_failing(page, lang):
    html = shown(page(EMPTY, lang=lang, as_of="2026-11-22", newest="true"))
    assert {"en": "No partner city of Seoul", "ko": "서울의 파트너 도시는 아직"}[lang] in html
    assert {"en": "Newest ties", "ko": "최근 체결"}[lang] not in html


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_theme_without_a_row_leaves_no_card_chart_or_list(page, lang):
    app = page({**EMPTY, "agreements": ONE_ROW["agreements"]}, lang=lang, as_of="2026-11-22")
    html = shown(app)
    assert len(charts(app)) == 1
    themes = {"en": ("Exported projects", "Cooperation fund", "Network memberships"), "ko": ("정책수출 사업", "협력기금", "네트워크 가입")}
    assert [text for text in themes[lang] if text in html] == []


def test_partners_at_home_are_named_apart_and_their_country_is_none_of_the_partner_countries(page):
    domestic = {
        "cities": EMPTY["cities"] + "busan,Busan,부산,KR,Asia,city,35.1,129.0,3400000,s1,s1\n",
        "agreements": ONE_ROW["agreements"] + "a2,busan,sister,2010-01-01,primary,s1\n",
    }
    said = {"en": ("2 cities", "(1 in its own country)", "1 country abroad"), "ko": ("국내 1곳 포함", "해외 1개국")}
    for lang, expected in said.items():
        html = shown(page({**EMPTY, **domestic}, lang=lang, as_of="2016-01-01"))
        assert [text for text in expected if text not in html] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_release_of_one_row_a_table_is_shown_whole(page, lang):
    html = shown(page(ONE_ROW, lang=lang, as_of="2026-11-22"))
    # 39 counted in June 2014 and London signed in December 2015.
    assert ("at least 40 cities" if lang == "en" else "<b>40곳 이상</b>") in html
    assert ("₩2.7" if lang == "en" else "27억") in html


def test_the_date_of_the_address_moves_every_figure(page):
    html = shown(page(lang="en", as_of="2011-12-31"))
    assert "39 to 41 cities" in html
    assert "No balance of the fund has been published" in html


def test_headlines_never_filter_and_the_map_says_how_much_it_shows(page):
    html = shown(page(lang="en", as_of="2026-11-22", types="sister", regions="Europe"))
    assert "at least 72 cities" in html
    # Ankara, Moscow, Paris, Warsaw, Rome and Athens are the sister cities in Europe.
    assert "6 known by name, at least 72 counted" in html


def test_a_city_of_the_address_shows_its_agreements_with_their_sources(page):
    html = shown(page(lang="en", as_of="2026-11-22", city="wellington"))
    assert "Wellington" in html
    assert "26 Sep 2023" in html
    assert "Upgraded later" in html


def test_a_bad_address_gives_a_calm_sentence_and_the_nearest_view(page):
    app = page(lang="en", as_of="never", city="<b>atlantis</b>")
    assert "72 cities" in shown(app)
    assert [block.value[:11] for block in app.info] == ["The address", "The address"]
    assert "<b>atlantis" not in shown(app)


def test_choosing_a_language_or_a_date_is_written_to_the_address(page):
    app = page(lang="en", as_of="2016-12-31")
    app.menu_button(key="control-lang").click("ko").run()
    assert app.query_params["lang"] in ("ko", ["ko"])
    assert "자매·우호도시" in shown(app)


def test_the_source_drawer_tells_definition_formula_and_sources(page):
    app = page(lang="en", as_of="2026-11-22")
    app.button(key="source-partner_cities").click().run()
    html = shown(app)
    told = ["Definition", "63 (published as of 6 Sep 2018) + 9 on record since", "Target reached", "68 known by name"]
    assert [text for text in told if text not in html] == []


CONTACTS = "contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id\n"


@pytest.mark.parametrize(
    "more, said",
    [
        ({}, "London</b>, is in <b>12 days"),
        ({"contacts": CONTACTS + "k1,london,2025-01-05,event,mayor,held,Talks,회담,primary,s1\n"}, "It met <b>at least 1</b> of them in"),
        (
            {"contacts": CONTACTS + "k1,london,2016-01-05,event,mayor,held,Talks,회담,primary,s1\n"},
            "No contact with them is on record in the past",
        ),
    ],
)
def test_the_headline_says_no_more_than_is_on_record(page, more, said):
    html = shown(page({**ONE_ROW, "published_counts": EMPTY.get("published_counts", ""), **more}, lang="en", as_of="2025-11-22"))
    assert "Seoul has ties with <b>at least 1 city</b> in <b>at least 1 country</b>." in html
    assert said in html
    assert more or "It met" not in html


def test_a_month_without_a_matter_has_no_strip_and_each_matter_is_a_link_with_its_date(page):
    assert "This month" not in shown(page(EMPTY, lang="en", as_of="2024-02-01"))
    app = page(lang="en", as_of="2026-12-01")
    html = shown(app)
    doors = {door.proto.label: door.proto.query_string for door in app.get("page_link")}
    told = ("CityNet", "Cairo", "Astana", "overdue")
    assert [word for word, label in zip(told, list(doors)[-4:], strict=True) if word not in label] == []
    assert "city=cairo" in doors["30 years of ties with Cairo"]
    # Who may not use the data desk is led to what is overdue.
    figure = r"Figure overdue\: Cooperation fund"
    assert "data=" not in doors[figure]
    app.session_state["visitor"] = AT_THE_MACHINE
    assert "data=fund" in {door.proto.label: door.proto.query_string for door in app.run().get("page_link")}[figure]
    assert [day for day in ("27 Apr 2027", "17 Jul 2008", "1 Dec 2017") if f'<div class="when">{day}</div>' not in html] == []


def test_the_office_that_answers_for_an_overdue_figure_is_named(page):
    owners = "owner_id,indicator,office_en,office_ko,source_id\no1,fund_balance,Budget office,예산과,s1\n"
    html = shown(page({**ONE_ROW, "owners": owners}, lang="en", as_of="2026-12-01"))
    assert r"Figure overdue\: Cooperation fund \(Budget office\)" in html


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_drawer_opens(page, lang):
    app = page(lang=lang, as_of="2026-11-22")
    for key in [button.key for button in app.button if button.key.startswith("source-")]:
        app.button(key=key).click().run()
        assert 'class="drawer"' in shown(app)


def test_every_chart_has_its_table_and_its_download(page):
    app = page(lang="en", as_of="2026-11-22")
    for key in ("growth", "exports", "fund"):
        app.button(key=f"data-{key}").click().run()
        shown(app)
        assert len(app.dataframe) == 1


def test_data_that_cannot_be_read_is_said_calmly_in_both_languages(page, tmp_path):
    app = page({"home": "city_id\nnowhere\n"}, lang="en")
    assert not app.exception
    assert "cannot be read" in app.error[0].value
    assert "읽을 수 없습니다" in app.error[0].value
    assert str(tmp_path) not in app.error[0].value


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_readings_are_listed_when_they_are_asked_for(page, lang):
    app = page(lang=lang, as_of="2026-11-22", all="true")
    listed = app.dataframe[0].value
    assert len(listed) == 26
    assert listed.iloc[0, 1] == {"ko": "72 이상", "en": "at least 72"}[lang]


def test_the_map_grows_to_the_year_of_the_address_and_says_how_many_ties_have_no_date(page):
    app = page(lang="en", as_of="2026-11-22", until="1999")
    (drawn,) = maps(app)
    time = drawn["time"]
    assert (time["first"], time["last"], time["until"]) == (1968, 2026, 1999)
    assert time["undated"] == "3 ties without a date are not drawn in time"
    assert "Park Won-soon" in [name for _, _, name in time["terms"]]
    dots = [dot for layer in drawn["world"]["deck"]["layers"] for dot in layer["data"] if "city_id" in dot]
    assert sum(dot["joined"] is None for dot in dots) == 3
    assert maps(page(lang="en", as_of="2026-11-22"))[0]["time"]["until"] is None
    assert len(page(lang="en", until="soon").info) == 1


def test_the_legend_names_the_shapes_on_the_map_and_no_others(page):
    said = ["Contact in the last 24 months", "Earlier contact", "No contact on record for 5 years"]
    assert missing(page(lang="en", as_of="2026-11-22"), *said) == []
    assert missing(page(ONE_ROW, lang="en"), *said, "Sister city</span>", "Friendship city</span>") == [*said, "Sister city</span>"]
