"""Pages over a register of very many cities: maps show countries, lists come in parts, nothing grows without end."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charts.clusters import MOST
from pages.parts.elements.map import LISTED
from pages.parts.shell.parameters import AT_ONCE
from pages.parts.sources.sources import AT_ONCE as FACTS_AT_ONCE
from tests.drawn import lists, maps, shown
from tests.worlds import EMPTY, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
FIJIAN, BRITISH = 40, MOST
"""The partners: all the British ones friendship cities, of the Fijian ones half sister cities; each British one is contradicted."""


def tables() -> dict[str, str]:
    places = [("GB", "Europe", at) for at in range(BRITISH)] + [("FJ", "Oceania", at) for at in range(FIJIAN)]
    where = [f"{code}{at},Town {code} {at},마을 {code} {at},{code},{region},city,{at % 50},{at % 90}" for code, region, at in places]
    cities = [f"{row},1000,s1,s1" for row in where]
    acts = [(f"{code}{at}", "sister" if code == "FJ" and at % 2 else "friendship", "2015-12-04", "primary") for code, _, at in places]
    acts += [(f"GB{at}", "friendship", "2014", "conflict") for at in range(FACTS_AT_ONCE + 5)]
    agreements = [f"a{n},{city},{tie},{signed},{role},s1" for n, (city, tie, signed, role) in enumerate(acts)]
    exports = [f"x{at},Cards,카드,transport,completed,2011-07,primary,s1" for at in range(BRITISH + 1)]
    export_places = [f"x{at},1,{code},{code}{number}" for at, (code, _, number) in enumerate(places[: BRITISH + 1])]
    return EMPTY | {
        "territories": EMPTY["territories"] + "FJ,Fiji,피지,Babel,s1,s1\n",
        "cities": EMPTY["cities"] + "\n".join(cities) + "\n",
        "agreements": "agreement_id,city_id,type,signed,role,source_id\n" + "\n".join(agreements),
        "policy_exports": "export_id,project_en,project_ko,sector,status,started,role,source_id\n" + "\n".join(exports),
        "export_places": "export_id,place_no,country_code,city_id\n" + "\n".join(export_places),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("many"), tables())


@pytest.fixture
def page(monkeypatch, folder):
    """`page(name, **query)` -> that page over the register of many cities."""
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))

    def run(name: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60).switch_page(f"{name}.py")
        for part, value in query.items():
            app.query_params[part] = value
        app = app.run()
        assert not app.exception
        assert not app.error
        return app

    return run


def html(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


@pytest.mark.parametrize(
    "lang, alt, fiji",
    [
        ("en", f"{MOST + 40:,} partner cities in 2 countries, one dot a country", "Fiji</li>20 sister cities, 20 friendship cities"),
        ("ko", f"2개국의 파트너 도시 {MOST + 40:,}곳을 나라마다 점 하나로", "피지</li>자매도시 20곳, 우호도시 20곳"),
    ],
)
def test_map_text_alternative_and_list_say_the_same_countries(page, lang, alt, fiji):
    app = page("overview", lang=lang)
    (drawn,) = maps(app)
    assert alt in drawn["alt"]
    assert len(json.dumps(drawn)) < 20_000
    name, kinds = fiji.split("</li>")
    assert f'<b class="sum">{FIJIAN}</b>{name}<span class="when">{kinds}</span>' in html(app)
    assert "Town GB" not in html(app).split('class="scroll"')[1].split("</ul>")[0]


def test_a_chosen_country_lists_its_first_cities_and_where_the_others_are(page):
    app = page("overview", lang="en", country="GB")
    assert shown(app).count('<i style="background:var(--gold)"></i>Town GB') == LISTED
    assert f"{BRITISH - LISTED} more in the list" in [link.proto.label for link in app.get("page_link")]
    app.button(key="map-close").click().run()
    assert "country" not in app.query_params


def test_a_country_that_is_not_on_the_map_shows_all_and_the_page_says_so(page):
    app = page("overview", lang="en", country="<b>x</b>")
    assert "Countries with the most partners first" in html(app)
    assert len(app.info) == 1
    assert "<b>x</b>" not in html(app)


def test_a_chosen_city_is_shown_among_countries(page):
    assert "Town FJ 7" in html(page("overview", lang="en", city="FJ7"))


def test_the_map_of_exports_shows_countries_too(page):
    app = page("policy_exports", lang="en")
    assert f"{MOST + 1:,} cities of policy exports in 2 countries" in maps(app)[0]["alt"]
    assert f'<b class="sum">{BRITISH:,}</b>United Kingdom' in html(app)
    assert shown(page("policy_exports", lang="en", country="GB")).count("Town GB") == LISTED


@pytest.mark.parametrize("name, many", [("partner_cities", BRITISH + FIJIAN), ("policy_exports", BRITISH + 1)])
def test_a_long_list_comes_in_pages_and_the_address_holds_which(page, name, many):
    pages = -(-many // AT_ONCE)
    assert len(lists(page(name, lang="en"))[-1]) == AT_ONCE
    assert len(lists(page(name, lang="en", rows=str(pages)))[-1]) == many - (pages - 1) * AT_ONCE


def test_a_search_goes_back_to_the_first_page(page):
    app = page("partner_cities", lang="en", rows="3")
    app.text_input(key="control-q").set_value("fiji").run()
    assert "rows" not in app.query_params
    assert len(lists(app)[-1]) == FIJIAN


def test_contradictions_come_in_parts(page):
    app = page("sources", lang="en")
    assert f"Sources disagree on {FACTS_AT_ONCE + 5} facts" in html(app)
    assert html(app).count('<div class="fact">') == FACTS_AT_ONCE
    app.button(key="facts-more").click().run()
    assert html(app).count('<div class="fact">') == FACTS_AT_ONCE + 5


@pytest.mark.parametrize("name", ["overview", "partner_cities", "policy_exports", "sources"])
def test_no_page_sends_more_than_a_hundred_kilobytes_of_words(page, name):
    assert len(html(page(name, lang="ko")).encode()) < 100_000
