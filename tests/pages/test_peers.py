"""The page of peer cities: Seoul's data in three languages, another city, nothing on record, choices of the address."""

from functools import partial

import pytest

from pages.parts.shell.navigation import is_offered
from tests.drawn import maps, shown
from tests.worlds import EMPTY, own_data, world
from wording import words

PEERS = EMPTY | {
    "home": "city_id,currency,time_zone,source_id\nlondon,GBP,Europe/London,s1\n",
    "agreements": "agreement_id,city_id,type,signed,role,source_id\na1,seoul,friendship,2015-12-04,primary,s1\n",
    "peer_places": "place_id,name_en,name_ko,country_code,level,lat,lon,geoname_id,compared,source_id\n"
    "paris,Paris,파리,FR,city,48.85,2.35,2,,s1\nleeds,Leeds,리즈,GB,city,53.8,-1.55,3,,s1\n"
    "seoul,Seoul,서울,KR,city,37.566,126.978,,,s1\nlima,Lima,리마,PE,city,-12,-77,4,,s1\n",
    "peer_ties": "peer_id,partner_id,source_id\nparis,seoul,s1\nparis,lima,s1\nleeds,lima,s1\n",
    "peer_counts": "peer_count_id,place_id,value,counted_en,counted_ko,as_of,role,source_id\nc1,paris,1,twin city,자매도시,,conflict,s1\n",
}


@pytest.fixture
def page(opened):
    return partial(opened, "peers", as_of="2026-11-22")


@pytest.mark.parametrize(
    "lang, said",
    [
        ("en", ("Of the 189 partners listed for 8 peer cities", "names 20 of Seoul", "Dubai, United Arab Emirates")),
        ("ko", ("비교 도시 8곳의 파트너 189곳", "파트너 68곳 가운데 20곳", "두바이, 아랍에미리트")),
        ("ja", ("比較都市8都市の提携先189か所", "提携先68か所のうち20か所")),
    ],
)
def test_the_page_says_what_is_in_common_and_once_what_the_list_misses(page, lang, said):
    app = page(lang=lang)
    html = shown(app)
    assert [text for text in said if text not in html] == []
    assert html.count(said[1]) == 1
    assert "CC BY-SA 4.0" in html
    assert not app.exception


def test_a_count_says_its_unit_level_date_or_that_it_has_none_and_its_conflict(page):
    html = shown(page(lang="en", peers="berlin,tokyo"))
    assert "12 sister and friendship cities and states" in html
    assert "City, undated" in html
    assert html.count(f"<em>{words('en').of('standing', 'conflict')}</em>") == 2


def test_the_choice_of_the_address_decides_and_what_it_cannot_use_is_said(page):
    app = page(lang="en", peers="paris,nowhere", place="atlantis")
    assert app.multiselect(key="control-peers").value == ["paris"]
    assert len(app.info) == 2
    assert "No partners of peer cities" in shown(app)
    assert app.multiselect(key="control-peers").set_value(["tokyo", "busan"]).run().query_params["peers"] in (
        "tokyo,busan",
        ["tokyo,busan"],
    )


def test_a_place_of_the_map_says_whose_partner_it_is(page):
    html = shown(page(lang="en", place="dubai"))
    assert "Partner of Shanghai, Istanbul, Busan" in html
    assert "No partner of Seoul on record" in html
    assert "listed = 8 in common" in shown(page(lang="en", place="tokyo"))


def test_the_map_draws_the_ties_of_at_most_five_peers_and_none_of_the_home_city(page):
    drawn = maps(page(lang="en"))[0]["world"]
    assert drawn["arcs"] == "muted"
    (dubai,) = (row for layer in drawn["deck"]["layers"] for row in layer["data"] if row.get("city_id") == "dubai")
    assert dubai["origins"] == ["shanghai"]
    assert [len(layer["data"]) for layer in drawn["deck"]["layers"] if layer["id"] == ":peer"] == [5]


def test_another_city_is_compared_by_its_own_register(page):
    # London in this world has one partner, Seoul, and Leeds in its own country, so that Leeds comes before Paris.
    app = page(PEERS, lang="en")
    assert app.multiselect(key="control-peers").value == ["leeds", "paris"]
    html = shown(app)
    assert "Of the 2 partners listed for 2 peer cities, <b>1</b> are partners of London too" in html
    assert "<b>Lima</b> is a partner of 2 of them and not of London" in html
    assert "not known: the numbers are no ranking" in html


def test_without_rows_there_is_no_page_in_the_menu_and_its_address_says_so(page):
    assert not is_offered(world(**EMPTY), "peers")
    assert is_offered(own_data(), "peers")
    app = page(EMPTY, lang="en")
    assert "No partners of peer cities" in shown(app)
    assert not app.exception


def test_before_its_list_was_printed_the_page_has_counts_and_no_ties(opened):
    html = shown(opened("peers", as_of="2025-01-01", lang="en"))
    assert "No partners of peer cities" in html
    assert "53 sister cities" in html
