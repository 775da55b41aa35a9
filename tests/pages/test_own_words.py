"""A city with regions, fields, levels and funds of its own: pages and slides have its words, and a county is no city."""

from datetime import date
from functools import partial

import pytest

from pages.parts.briefing.slides import KINDS, slide_of
from pages.parts.elements.search import index
from pages.parts.shell.navigation import PLACES
from pages.parts.shell.selection import Selection, View
from publishing.desk.briefings import SlideRequest
from tests.drawn import charts, plainly
from tests.worlds import world

HAVN = {
    "home": "city_id,currency,time_zone,source_id\nhavn,EUR,Europe/Tallinn,s\n",
    "sources": "source_id,title,publisher,url,published\ns,Register,City,https://havn.example/,2026-01-05\n",
    "territories": "country_code,name_en,name_ko,name_source,boundary_source_id,source_id\n"
    "EE,Estonia,에스토니아,Babel,s,s\nFI,Finland,핀란드,Babel,s,s\nLV,Latvia,라트비아,Babel,s,s\n",
    "regions": "region_code,label_en,label_ko\nbaltic,The Baltic,발트\nnordic,The North,북유럽\n",
    "levels": "level_code,label_en,label_ko,counts_as_city\ntown,Town,읍,yes\nmaakond,County,주,no\n",
    "sectors": "sector_code,label_en,label_ko\nharbours,Harbours,항만\nschools,Schools,학교\n",
    "funds": "fund_code,label_en,label_ko\ncooperation_fund,Neighbours' fund,이웃기금\nlottery,The lottery,복권기금\n",
    "cities": "city_id,name_en,name_ko,country_code,region,level,lat,lon,population,name_source,source_id\n"
    "havn,Havn,하븐,EE,baltic,town,58.4,24.5,50000,s,s\nuusi,Uusi,우시,FI,nordic,town,60.4,22.3,9000,s,s\n"
    "vana,Vana,바나,LV,baltic,maakond,57.0,24.1,80000,s,s\n",
    "agreements": "agreement_id,city_id,type,signed,role,source_id\n"
    "a1,uusi,sister,1990-05-01,primary,s\na2,vana,friendship,2001-05-01,primary,s\n",
    "policy_exports": "export_id,project_en,project_ko,sector,status,started,role,source_id\n"
    "x1,A quay,부두,harbours,completed,2011-07,primary,s\nx2,A school,학교,schools,completed,2012,primary,s\n"
    "x3,A pier,잔교,harbours,completed,2013,primary,s\n",
    "export_places": "export_id,place_no,country_code,city_id\nx1,1,FI,uusi\nx2,1,LV,vana\nx3,1,LV,\n",
    "published_counts": "count_id,measure,dimension,as_of,value,unit,role,source_id\n"
    "n1,exported_projects,,2015-01-01,5,projects,primary,s\nn2,exported_projects,sector:harbours,2015-01-01,4,projects,primary,s\n",
    "fund": "observation_id,date,measure,fund,value,currency,role,source_id\n"
    "f1,2024,balance,cooperation_fund,4100,EUR,primary,s\nf2,2024-05,disbursement,lottery,300,EUR,primary,s\n",
}
"""An invented town with two partners, one of them a county."""


@pytest.fixture
def page(opened):
    return partial(opened, tables=HAVN, as_of="2026-11-22")


def test_partners_of_whom_some_are_no_cities_are_called_partners_on_every_page(page):
    for lang, ours, cities in (("en", "2 partners", "artner cit"), ("ko", "파트너 2곳", "파트너 도시"), ("ja", "提携先2か所", "提携都市")):
        for name in ("overview", "partner_cities", "city"):
            html = plainly(page(name, lang=lang))
            assert cities not in html, (lang, name)
            assert name == "city" or ours in html


def test_where_every_partner_is_a_city_they_are_called_cities(opened):
    towns = HAVN | {"levels": HAVN["levels"].replace(",no", ",yes")}
    assert "2 partner cities" in plainly(opened("partner_cities", tables=towns, lang="en", as_of="2026-11-22"))


def test_regions_have_the_order_and_the_words_of_their_table(page):
    app = page("partner_cities", lang="en", regions="nordic")
    assert app.multiselect(key="control-regions").options == ["The Baltic", "The North"]
    assert app.multiselect(key="control-regions").value == ["nordic"]
    assert "The North has all 1 partners known by name" in plainly(app) or "The North has the 1 partner known by name" in plainly(app)
    assert any("발트" in str(chart["figure"]) for chart in charts(page("partner_cities", lang="ko")))


def test_fields_of_policy_filter_count_and_are_compared_with_what_was_published(page):
    app = page("policy_exports", lang="en", sector="schools")
    assert next(box.options[1:] for box in app.selectbox if "Schools" in box.options) == ["Harbours", "Schools"]
    html = plainly(app)
    assert "Harbours is the largest field: 4 projects in the city&#x27;s count of 1 Jan 2015, 2 known by name" in html
    assert "fare cards" not in html
    assert any("The Baltic" in str(chart["figure"]) for chart in charts(app))


def test_a_county_is_no_export_city(page):
    html = plainly(page("policy_exports", lang="en"))
    assert "1 city</b> of" in html
    assert "1 city with an exported project on record" in html


def test_the_measured_fund_has_the_name_that_the_city_gives_it_and_others_have_theirs(page):
    html = plainly(page("cooperation_fund", lang="en"))
    assert "Neighbours&#x27; fund" in html
    assert "The lottery" in html
    assert "복권기금" in plainly(page("cooperation_fund", lang="ko"))


@pytest.mark.parametrize("name", [name for group in PLACES.values() for name in group])
def test_every_page_opens(page, name):
    plainly(page(name, lang="en"))


def test_every_slide_is_made_in_the_citys_words():
    release, on = world(**HAVN), date(2026, 11, 22)
    for lang in ("en", "ja"):
        view = View(Selection(on, lang, city="vana"), (), release, "light", on)
        made = {kind: slide_of(view, SlideRequest(kind, {"city": "vana"} if "city" in KINDS[kind].parts else {})) for kind in KINDS}
        assert all(made.values())
        titles = " ".join([view.words.of("slide", kind) for kind in KINDS] + [slide.headline for slide in made.values()])
        assert ("artner cit" if lang == "en" else "提携都市") not in titles
    listed = slide_of(view, SlideRequest("policy_exports.list", {"sector": "schools"}))
    assert [row[0] for row in listed.pieces[0].rows] == ["A school"]


def test_search_finds_pages_by_the_citys_words():
    assert "Neighbours' fund" in index(world(**HAVN), "en").decode()
