"""The page of partner cities as a script, without a browser: in both languages, on the real data, on an empty release, on one row."""

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.drawn import charts, lists, maps, shown
from tests.worlds import EMPTY, ONE_ROW

TODAY = {"as_of": "2026-11-22"}


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "partner_cities")


def listed(app: AppTest):
    """The list of partners: the last table of the page."""
    return lists(app)[-1]


SAID = {
    "en": [
        "<b>at least 72 partner cities</b> in <b>at least 47 countries</b>: at least 25 sister cities and 47 friendship cities.",
        "The oldest dated tie is with Taipei (1968), the newest with Riyadh (Oct 2024).",
        "25 sister cities and 43 friendship cities known by name",
        "Asia has 23 of the 68 partners known by name",
        "26 ties on record began in the 2010s",
        "6 ties on record began in 2014",
        "3 ties on record have no known year",
        "Sister city, by 31 Mar 2017",
        "68 partners known by name, certainly signed by 22 Nov 2026",
        "China has 9 of the 68 partners known by name",
        "68 known by name, at least 72 counted",
    ],
    "ko": [
        "<b>47개국 이상</b>의 <b>자매·우호도시 72곳 이상</b>과 협력 관계를 맺고 있습니다(자매도시 25곳, 우호도시 47곳 이상).",
        "가장 오래된 곳은 타이베이(1968년), 가장 최근은 리야드(2024년 10월)입니다.",
        "이름이 확인된 68곳 가운데 아시아에 23곳",
        "2010년대에 26곳과 결연",
        "연도를 알 수 없는 결연 3곳",
        "2017년 3월 31일까지",
        "2026년 11월 22일까지 체결이 확인된 도시 68곳",
        "이름이 확인된 68곳 표시, 집계 72 이상",
    ],
}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_page_tells_the_same_in_both_languages(page, lang):
    html = shown(page(lang=lang, **TODAY))
    assert [text for text in SAID[lang] if text not in html] == []


def test_every_chart_and_the_map_have_a_text_for_those_who_cannot_see_them(page):
    app = page(lang="en", **TODAY)
    assert (len(charts(app)), len(maps(app))) == (5, 1)
    assert all(chart["alt"] for chart in charts(app))
    assert "68 partner cities" in maps(app)[0]["alt"]
    assert lists(app)[-1].attrs["alt"] == "68 partners known by name"


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("tables", [EMPTY, ONE_ROW], ids=["empty", "one row"])
def test_an_empty_release_and_one_of_single_rows_are_shown_whole(page, tables, lang):
    html = shown(page(tables, lang=lang, **TODAY))
    if tables is EMPTY:
        said = {
            "en": ["No partner city of Seoul", "No partner on record matches"],
            "ko": ["파트너 도시는 아직", "맞는 도시가 없습니다"],
        }
    else:
        # 39 counted in June 2014 and London signed in December 2015.
        said = {"en": ["40 partner cities", "London, United Kingdom"], "ko": ["자매·우호도시 40곳", "런던, 영국"]}
    assert [text for text in said[lang] if text not in html] == []


def test_filters_change_the_documented_ties_and_no_headline(page):
    html = shown(page(lang="en", types="sister", regions="Europe", **TODAY))
    assert "at least 72 partner cities" in html
    # Ankara, Moscow, Paris, Warsaw, Rome and Athens are the sister cities in Europe.
    assert "6 known by name, at least 72 counted" in html
    assert "6 sister cities known by name" in html
    assert "Europe has all 6 partners known by name" in html


def test_the_year_of_the_map_shows_those_certainly_signed_by_its_end(page):
    app = page(lang="en", until="1992", **TODAY)
    # Eight up to 1988: Taipei, Ankara, Honolulu, San Francisco, Sao Paulo, Bogota, Jakarta, Tokyo; four in 1991 and 1992.
    assert "12 partners known by name, certainly signed by 31 Dec 1992" in shown(app)
    assert "more may have been signed by then" in shown(app)
    assert "68 partners known by name" in shown(page(lang="en", **TODAY))


def test_what_may_not_have_been_signed_by_the_date_is_counted_apart(page):
    html = shown(page(lang="en", as_of="2008-06-30"))
    # 31 rows may belong by then; Colombo, Kathmandu and Rome are dated "by March 2017" and Minsk "2008".
    # 22 sister cities were counted in 2006, and 6 friendship cities are on record: at least 28.
    assert "27 known by name, 28 to 31 counted" in html
    assert "27 partners known by name and 4 that may have signed" in html
    assert "of the 27 partners known by name, the most of any country" in html


@pytest.mark.parametrize("name, value", [("until", "1500"), ("until", "next year"), ("sort", "size")])
def test_a_bad_parameter_gives_a_calm_sentence_and_the_nearest_view(page, name, value):
    app = page(lang="en", **{name: value}, **TODAY)
    assert "partner cities" in shown(app)
    assert [block.value[:11] for block in app.info] == ["The address"]


@pytest.mark.parametrize("wanted", ["bogota", "보고타", "Colombia bog"])
def test_the_list_is_searched_in_both_languages(page, wanted):
    app = page(lang="en", q=wanted, **TODAY)
    assert listed(app)["Partner"].tolist() == ["Bogotá"]
    assert "1 of 68 partners known by name matches" in shown(app)


def test_a_search_that_finds_nothing_says_so_and_shows_no_markup(page):
    html = shown(page(lang="en", q="<b>atlantis</b>", **TODAY))
    assert "0 of 68 partners known by name match “&lt;b&gt;atlantis&lt;/b&gt;”" in html


def test_the_list_comes_in_the_order_of_the_address(page):
    names = listed(page(lang="en", sort="since", **TODAY))["Partner"].tolist()
    assert names[0] == "Taipei"
    assert set(names[-3:]) == {"Colombo", "Kathmandu", "Rome"}  # no year is known of them


def test_each_row_has_its_date_as_known_its_agreements_and_its_source(page):
    rows = listed(page(lang="en", **TODAY)).set_index("Partner")
    assert rows.loc["Wellington", "Signed"] == "26 Sep 2023"
    assert rows.loc["Rome", "Signed"] == "by 31 Mar 2017"
    assert rows.loc["Taipei", "Agreements"] == 2
    assert rows.loc["Taipei", "Source"].startswith("http")


def test_a_choice_of_order_is_written_to_the_address(page):
    app = page(lang="ko", **TODAY)
    app.segmented_control(key="control-sort").set_value("country").run()
    assert app.query_params["sort"] in ("country", ["country"])
    shown(app)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_drawer_and_every_table_opens(page, lang):
    app = page(lang=lang, **TODAY)
    for key in [button.key for button in app.button if button.key.startswith(("source-", "data-"))]:
        app.button(key=key).click().run()
        assert 'class="drawer"' in shown(app)


def test_the_drawer_of_a_chart_names_the_ties_it_counts(page):
    app = page(lang="en", regions="Oceania", **TODAY)
    app.button(key="source-figure-by-region").click().run()
    html = shown(app)
    assert "2 ties behind this figure" in html
    assert "Wellington, Sister city, 26 Sep 2023 (friendship city since 18 Jul 2016)" in html


def test_text_from_data_is_never_read_as_markup(page):
    hostile = "<img src=x onerror=alert(1)>"
    tables = ONE_ROW | {
        "cities": ONE_ROW["cities"].replace("London,런던", f"{hostile},{hostile}"),
        "territories": ONE_ROW["territories"].replace("United Kingdom,영국", f"{hostile},{hostile}"),
    }
    assert hostile not in shown(page(tables, lang="en", **TODAY))


def test_partners_at_home_stand_last_and_apart_among_the_countries(page):
    inland = "".join(f"town{n},Town {n},마을 {n},KR,Asia,city,35.{n},129.0,1000,s1,s1\n" for n in range(3))
    tables = ONE_ROW | {
        "cities": EMPTY["cities"] + inland,
        "agreements": ONE_ROW["agreements"] + "".join(f"h{n},town{n},sister,2010-01-01,primary,s1\n" for n in range(3)),
    }
    html = shown(page(tables, lang="en", as_of="2026-01-01"))
    assert "United Kingdom has the 1 partner abroad known by name" in html
    assert "1 country known by name; each dot is a partner. Last and apart: 3 in its own country" in html
    assert html.index("<b>United Kingdom</b>") < html.index("<b>South Korea (own country)</b>")
