"""What is a minimum, and what closes it, as every page says it in both languages."""

import json

import pytest

from tests.drawn import charts, shown

PAGES = ("overview", "partner_cities", "policy_exports", "networks")


@pytest.mark.parametrize("lang, said", [("en", "61 to 122 exported projects"), ("ko", "정책수출 사업 61~122건")])
def test_exports_of_2024_are_a_range_and_no_words_of_the_city(opened, lang, said):
    for name in ("overview", "policy_exports"):
        html = shown(opened(name, lang=lang, as_of="2024-12-31"))
        assert said in html if name == "policy_exports" else "61" in html
        assert [text for text in ("counts 61", "61 to 7", "61~7", "+1 in a year", "1년간 +1") if text in html] == []


@pytest.mark.parametrize(
    "lang, said", [("en", ("at least 72", "71 published without a date", "74")), ("ko", ("72 이상", "발표된 71", "74곳 이상"))]
)
def test_the_drawer_tells_both_readings_of_the_undated_71(opened, lang, said):
    app = opened("overview", lang=lang, as_of="2026-11-22")
    app.button(key="source-partner_cities").click().run()
    drawer = shown(app).split('class="drawer"')[1]
    assert [text for text in said if text not in drawer] == []


def test_undated_counts_are_bars_with_circles_on_the_chart(opened):
    drawn = charts(opened("partner_cities", lang="en", as_of="2026-11-22"))[0]["figure"]
    bars = [trace for trace in drawn["data"] if 71 in trace["y"]]
    assert {trace["mode"] for trace in bars} == {"lines", "markers"}
    assert "2018-09-07" in json.dumps(bars)


@pytest.mark.parametrize("name", PAGES)
def test_what_undated_rows_could_add_is_sold_as_no_limit(opened, name):
    html = shown(opened(name, lang="en", as_of="2026-11-22"))
    assert [text for text in (" possible<", "122 to", "72 to", "47 to 4", "43 to 44") if text in html] == []


def test_a_share_that_anything_may_be_is_no_card(opened):
    html = shown(opened("policy_exports", lang="en", as_of="2026-11-22"))
    assert "4.9" not in html


@pytest.mark.parametrize("lang, said", [("en", "34 of 36 published counts lie within"), ("ko", "발표 수치 36건 가운데 34건")])
def test_the_page_of_sources_tells_how_the_method_did(opened, lang, said):
    html = shown(opened("sources", lang=lang, as_of="2026-11-22"))
    assert said in html
