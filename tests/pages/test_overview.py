"""The overview as a script, without a browser: in both languages, on the real data, on an empty release, on one row."""

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.drawn import charts, maps
from tests.worlds import EMPTY, ONE_ROW


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


@pytest.mark.parametrize(
    "lang, said",
    [
        (
            "en",
            [
                "Seoul works with",
                "at least 72 partner cities",
                "at least 47 countries",
                "Exported projects",
                "whether it reached",
                "68 known by name, at least 72 counted",
            ],
        ),
        (
            "ko",
            [
                "서울의 협력망은",
                "파트너 도시 72곳 이상",
                "47개국 이상",
                "수출 정책사업",
                "달성 여부는 확인되지 않음",
                "이름이 확인된 68, 집계 72 이상",
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
    assert since in shown(page(lang=lang, as_of="2026-11-22"))


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
    html = shown(page(EMPTY, lang=lang, as_of="2026-11-22"))
    said = {"en": ["No partner city of Seoul", "Nothing is on record yet"]}
    said["ko"] = ["서울의 파트너 도시는 아직", "아직 기록이 없습니다"]
    assert [text for text in said[lang] if text not in html] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_theme_without_a_row_leaves_no_card_chart_or_list(page, lang):
    app = page({**EMPTY, "agreements": ONE_ROW["agreements"]}, lang=lang, as_of="2026-11-22")
    html = shown(app)
    assert len(charts(app)) == 1
    themes = {"en": ("Exported projects", "Cooperation fund", "Network memberships"), "ko": ("수출 정책사업", "협력기금", "네트워크 가입")}
    assert [text for text in themes[lang] if text in html] == []


def test_partners_at_home_are_named_apart_and_their_country_is_none_of_the_partner_countries(page):
    domestic = {
        "cities": EMPTY["cities"] + "busan,Busan,부산,KR,Asia,city,35.1,129.0,3400000,s1,s1\n",
        "agreements": ONE_ROW["agreements"] + "a2,busan,sister,2010-01-01,primary,s1\n",
    }
    said = {"en": ("2 partner cities", "(1 in its own country)", "1 country abroad"), "ko": ("(국내 1곳)", "해외 1개국")}
    for lang, expected in said.items():
        html = shown(page({**EMPTY, **domestic}, lang=lang, as_of="2016-01-01"))
        assert [text for text in expected if text not in html] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_release_of_one_row_a_table_is_shown_whole(page, lang):
    html = shown(page(ONE_ROW, lang=lang, as_of="2026-11-22"))
    # 39 counted in June 2014 and London signed in December 2015.
    assert ("at least 40 partner cities" if lang == "en" else "파트너 도시 40곳 이상") in html
    assert ("₩2.7" if lang == "en" else "27억") in html


def test_the_date_of_the_address_moves_every_figure(page):
    html = shown(page(lang="en", as_of="2011-12-31"))
    assert "39 to 41 partner cities" in html
    assert "No balance of the fund has been published" in html


def test_headlines_never_filter_and_the_map_says_how_much_it_shows(page):
    html = shown(page(lang="en", as_of="2026-11-22", types="sister", regions="Europe"))
    assert "72 partner cities" in html
    # Ankara, Moscow, Paris, Warsaw, Rome and Athens are the sister cities in Europe.
    assert "6 known by name, at least 72 counted" in html


def test_a_city_of_the_address_shows_its_agreements_with_their_sources(page):
    html = shown(page(lang="en", as_of="2026-11-22", city="wellington"))
    assert "Wellington" in html
    assert "26 Sep 2023" in html
    assert "Upgraded later" in html


def test_a_bad_address_gives_a_calm_sentence_and_the_nearest_view(page):
    app = page(lang="en", as_of="never", city="<b>atlantis</b>")
    assert "72 partner cities" in shown(app) or "partner cities" in shown(app)
    assert [block.value[:11] for block in app.info] == ["The address", "The address"]
    assert "<b>atlantis" not in shown(app)


def test_choosing_a_language_or_a_date_is_written_to_the_address(page):
    app = page(lang="en", as_of="2016-12-31")
    app.menu_button(key="control-lang").click("ko").run()
    assert app.query_params["lang"] in ("ko", ["ko"])
    assert "파트너 도시" in shown(app)


def test_the_source_drawer_tells_definition_formula_and_sources(page):
    app = page(lang="en", as_of="2026-11-22")
    app.button(key="source-partner_cities").click().run()
    html = shown(app)
    told = ["Definition", "63 (published as of 6 Sep 2018) + 9 on record since", "Target reached", "68 known by name"]
    assert [text for text in told if text not in html] == []


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
    assert len(listed) == 20
    assert listed.iloc[0, 1] == {"ko": "72 이상", "en": "at least 72"}[lang]
