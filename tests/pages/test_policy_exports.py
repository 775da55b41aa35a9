"""The page of policy exports as a script: in both languages, on the real data, on an empty release, on one row, with bad parameters."""

from functools import partial

import pytest

from tests.drawn import charts, lists, maps, shown
from tests.worlds import EMPTY, ONE_ROW

CHARTS = ("totals", "split", "years", "sectors", "regions", "states", "uncounted")


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "policy_exports", as_of="2026-11-22")


@pytest.mark.parametrize(
    "lang, said",
    [
        (
            "en",
            [
                "122 exported projects",
                "82 cities",
                "46 countries",
                "18 Dec 2025",
                "<b>50</b> projects are known by name",
                "no dated count in the 8 years between",
                "Transport is the largest field: 22 projects in the city",
                "40 of 45 by field",
                "50 known by name, at least 122 counted",
                "29 cities with an exported project",
                "137 records",
                "Ulaanbaatar",
            ],
        ),
        (
            "ko",
            [
                "정책수출 사업 122건",
                "도시 82곳",
                "46개국",
                "이름이 확인된 사업은 <b>50</b>건",
                "그 사이 8년간 기준일이 있는 발표 없음",
                "2017년 3월 시 집계에서 교통 분야가 22건으로 가장 많음",
                "45건 중 40건만",
                "이름이 확인된 50곳 표시, 집계 122 이상",
                "수출 사업 기록이 있는 도시 29곳",
                "기록 137건",
                "울란바토르",
            ],
        ),
    ],
)
def test_the_page_tells_the_same_in_both_languages(page, lang, said):
    html = shown(page(lang=lang))
    assert [text for text in said if text not in html] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_word_of_the_page_is_in_the_catalogue(page, lang):
    app = page(lang=lang)
    families = ("exports.", "chart.", "sector.", "status.", "column.", "region.", "count.", "parameter.")
    alts = "\n".join(chart["alt"] for chart in charts(app))
    titles = "\n".join(lists(app)[0].columns)
    assert [family for family in families if any(f">{family}" in text or family in text[:40] for text in (shown(app), alts, titles))] == []


def test_seven_charts_and_a_map_are_drawn_each_with_a_text_for_those_who_cannot_see_it(page):
    app = page(lang="en")
    assert (len(charts(app)), len(maps(app))) == (7, 1)
    assert all("table below the chart" in chart["alt"] for chart in charts(app))
    assert "53 cities of policy exports" in maps(app)[0]["alt"]


def test_every_chart_has_its_drawer_and_its_table(page):
    app = page(lang="en")
    for key in CHARTS:
        app.button(key=f"data-{key}").click().run()
        assert len(app.dataframe) == 1
        app.button(key=f"source-figure-{key}").click().run()
        assert 'class="drawer"' in shown(app)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_an_empty_release_says_what_is_missing(page, lang):
    html = shown(page(EMPTY, lang=lang))
    said = {"en": ["No exported project of Seoul is on record yet", "No exported project is on record yet", "No city is named"]}
    said["ko"] = ["서울의 정책수출 사업은 아직", "아직 확인된 정책수출 사업이 없습니다", "도시 기록이 없습니다"]
    assert [text for text in said[lang] if text not in html] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_release_of_one_row_a_table_is_shown_whole(page, lang):
    app = page(ONE_ROW, lang=lang)
    assert ("No split by field" if lang == "en" else "분야별로 발표된 수치가 없습니다") in shown(app)
    # Totals, years, sectors, regions, states: nothing is published by field, and nothing is left uncounted.
    assert len(charts(app)) == 5
    assert len(lists(app)[0]) == 1


def test_before_the_split_was_published_the_page_says_so(page):
    assert "No split by field had been published" in shown(page(lang="en", as_of="2016-12-31"))


def test_regions_filter_what_is_documented_and_no_headline(page):
    html = shown(page(lang="en", regions="Oceania"))
    # Wellington and Auckland are one project, Sydney is the other.
    assert "2 known by name, at least 122 counted" in html
    assert "122 exported projects" in html
    assert "Transport is the largest field: 22 projects in the city" in html


def test_a_region_without_a_project_is_said_in_words(page):
    html = shown(page(lang="en", regions="North America"))
    assert "0 known by name, at least 122 counted" in html
    assert "No project on record matches this choice" in html


def test_search_and_filters_of_the_address_narrow_the_list(page):
    app = page(lang="en", q="snapper")
    assert len(lists(app)[0]) == 3
    assert app.text_input(key="control-q").value == "snapper"
    app = page(lang="en", sector="transport_card", status="counted")
    # 11 fare card projects are counted; rows of other sources on the same work are not.
    assert len(lists(app)[0]) == 11
    assert set(lists(app)[0]["Field"]) == {"Fare cards"}


def test_using_a_filter_writes_it_to_the_address(page):
    app = page(lang="en")
    app.selectbox(key="control-sector").set_value("waterworks").run()
    assert app.query_params["sector"] in ("waterworks", ["waterworks"])
    app.selectbox(key="control-sector").set_value("").run()
    assert "sector" not in app.query_params
    app.text_input(key="control-q").set_value("Lima").run()
    assert app.query_params["q"] in ("Lima", ["Lima"])


def test_what_the_search_does_not_find_is_said(page):
    assert "No project matches" in shown(page(lang="en", q="<script>alert(1)</script>"))


def test_amounts_stand_as_published_in_their_own_currency(page):
    english = lists(page(lang="en", q="SITP"))[0]
    assert "USD 300 million (KRW 300 billion)" in set(english["Amount as published"])
    korean = lists(page(lang="ko", q="SITP"))[0]
    assert "USD 300 million (KRW 300 billion) · 3억 달러" in set(korean["발표된 금액"])


def test_roles_are_marked_in_the_list(page):
    rows = lists(page(lang="en"))[0]
    assert {"Counted", "Same fact, other source", "Conflicts, not counted", "Not counted"} == set(rows["Counting"])
    assert (rows["Counting"] == "Counted").sum() == 50


def test_a_city_of_the_address_shows_its_projects(page):
    html = shown(page(lang="en", city="bogota"))
    assert "Colombia, 2 exported projects, 1 not counted" in html


@pytest.mark.parametrize(
    "query",
    [
        {"sector": "space"},
        {"status": "<b>won</b>"},
        {"rows": "99"},
        {"rows": "many"},
        {"city": "atlantis"},
        {"regions": "Asia,Atlantis"},
        {"sector": "x" * 10_000},
    ],
)
def test_a_bad_parameter_gives_a_calm_sentence_and_the_nearest_view(page, query):
    app = page(lang="en", **query)
    assert "122 exported projects" in shown(app)
    assert len(app.info) == 1
    assert "<b>won" not in shown(app)


def test_text_from_data_is_escaped(page):
    hostile = "<img src=x onerror=alert(1)>"
    tables = ONE_ROW | {"policy_exports": ONE_ROW["policy_exports"].replace("Cards,카드", f"{hostile},{hostile}")}
    assert hostile not in shown(page(tables, lang="en", city="london"))
