"""A town with kinds of tie of its own, on its pages, map, list, slides and dossier; ended ties; ties of an unclear kind."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.indicators.registry import read, recorded
from metrics.themes.partnerships import documented_partners, kinds_to_choose, parts
from pages.parts.briefing.slides import PAGES, page_slides
from pages.parts.city.city import headline as dossier
from pages.parts.city.city import world as city_map
from pages.parts.elements.map import partner_map
from pages.parts.partner_cities.partners import by_type, complete, headline, list_title
from pages.parts.shell.selection import Selection, View
from tests.drawn import lists, maps, plainly
from tests.worlds import world

ON = date(2024, 6, 30)
PLACES = "altenburg,brueckenau,colbach,dorfheim,eichfeld,feldkirch"
TOWN = {
    "home": "city_id,currency,time_zone,source_id\nneustein,EUR,Europe/Berlin,s1\n",
    "sources": "source_id,title,publisher,url,published\ns1,Partner der Stadt,Stadt,https://town.example/list,2024-01-02\n",
    "territories": "country_code,name_en,name_ko,name_source,boundary_source_id,source_id\nDE,Germany,독일,Babel,s1,s1\n"
    "FR,France,프랑스,Babel,s1,s1\n",
    "tie_kinds": "kind_code,label_de,colour,counts,becomes\nstaedtepartnerschaft,Städtepartnerschaft,teal,yes,\n"
    "freundschaft,Freundschaft,violet,yes,staedtepartnerschaft\nprojekt,Projektpartnerschaft,brown,yes,\nkontakt,Kontakt,grey,no,\n",
    "cities": "city_id,name_en,name_ko,country_code,region,level,lat,lon,population,name_source,source_id\n"
    "neustein,Neustein,노이슈타인,DE,Europe,city,49.1,9.2,20000,s1,s1\n"
    + "".join(f"{city},{city.title()},{city},FR,Europe,city,{45 + at},{2 + at},9000,s1,s1\n" for at, city in enumerate(PLACES.split(","))),
    "agreements": "agreement_id,city_id,type,signed,ended,role,source_id\n"
    "a1,altenburg,freundschaft,1990,,superseded,s1\na2,altenburg,staedtepartnerschaft,2001,,primary,s1\n"
    "b1,brueckenau,freundschaft,2005,,primary,s1\nc1,colbach,projekt,2018,,primary,s1\nd1,dorfheim,kontakt,2020,,primary,s1\n"
    "e1,eichfeld,freundschaft,1965,,superseded,s1\ne2,eichfeld,staedtepartnerschaft,1970,2015,primary,s1\n"
    "f1,feldkirch,staedtepartnerschaft,1980,,primary,s1\n",
}


def view(lang="en", **chosen) -> View:
    return View(Selection(ON, lang, **chosen), (), world(**TOWN), "light", ON)


def test_the_partners_are_those_whose_kind_counts_and_an_upgrade_is_the_one_of_the_table():
    rows = documented_partners(view().release, ON).set_index("city_id")
    assert rows["type"].to_dict() == {
        "altenburg": "staedtepartnerschaft", "brueckenau": "freundschaft", "colbach": "projekt", "feldkirch": "staedtepartnerschaft",
    }  # fmt: skip
    assert rows.loc["altenburg", ["former", "former_since", "became"]].tolist() == ["freundschaft", "1990", "2001"]
    assert read("partner_cities", view().release, ON).value == 4
    assert parts(view().release, ON) == ({"staedtepartnerschaft": 2, "freundschaft": 1, "projekt": 1}, 0)
    assert {"sister_cities", "friendship_cities"}.isdisjoint(recorded(view().release))


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_headline_bars_and_legend_name_the_town_s_own_kinds_in_its_order_and_colours(lang):
    here = view(lang)
    named = ["Städtepartnerschaft", "Freundschaft", "Projektpartnerschaft"]
    for text in (headline(here).html, by_type(here).title):
        assert [text.index(kind) for kind in named] == sorted(text.index(kind) for kind in named)
    colours = vars(here.palette)
    assert partner_map(here).dots[1:] == tuple(
        (kind, colours[colour], "filled") for kind, colour in zip(named, ("teal", "violet", "brown"), strict=True)
    )
    assert set(complete(here)["tie"]) == set(named)
    assert ", ".join(named) in here.words.of("definition", "partner_cities")


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_readings_and_themes_name_no_kind_that_the_town_does_not_have_by_that_name(lang):
    kinds = "kind_code,label_de,colour,counts,becomes\nsister,Städtepartnerschaft,blue,yes,\nprojekt,Projektpartnerschaft,brown,yes,\n"
    acts = "agreement_id,city_id,type,signed,role,source_id\na,altenburg,sister,1990,primary,s1\nb,colbach,projekt,2001,primary,s1\n"
    release = world(**TOWN | {"tie_kinds": kinds, "agreements": acts})
    words, german = (View(Selection(ON, code), (), release, "light", ON).words for code in (lang, "de"))
    assert german.of("indicator", "sister_cities") == "Städtepartnerschaft"
    texts = [words.of("theme", "partnerships")]
    texts += [words.of(family, id) for id in recorded(release) for family in ("indicator", "definition")]
    assert not [text for text in texts if any(word in text.casefold() for word in ("friendship", "우호", "友好"))]


def test_a_kind_that_makes_no_partner_is_listed_and_drawn_hollow_where_it_is_chosen_and_never_counted():
    chosen = view(types=("projekt", "kontakt"))
    assert complete(chosen)[["city_id", "tie"]].to_numpy().tolist() == [["colbach", "Projektpartnerschaft"], ["dorfheim", "Kontakt"]]
    assert list_title(chosen, 2, "") == "1 partner known by name, and 1 listed beside them"
    assert ("Kontakt", chosen.palette.grey, "hollow") in partner_map(chosen).dots
    assert "dorfheim" not in set(complete(view())["city_id"])


def test_a_tie_that_has_ended_is_shown_with_its_end_where_it_is_asked_for_whatever_it_was_raised_from():
    assert "eichfeld" not in set(complete(view())["city_id"])
    row = complete(view(ended=True)).set_index("city_id").loc["eichfeld"]
    assert (row["tie"], row["signed"]) == ("Städtepartnerschaft", "since 1970 (Freundschaft since 1965), ended 2015")
    assert ("Ended", view().palette.grey, "hollow") in partner_map(view(ended=True)).dots
    before = replace(view(), selection=Selection(date(2014, 12, 31), "en"))
    assert "eichfeld" in set(complete(before)["city_id"])


def test_the_dossier_tells_of_any_kind_and_draws_it():
    said = {city: dossier(view(city=city)).html for city in ("altenburg", "brueckenau", "dorfheim")}
    assert "Städtepartnerschaft, signed <b>2001</b>; before that Freundschaft, since 1990" in said["altenburg"]
    assert "Freundschaft, signed <b>2005</b>" in said["brueckenau"]
    assert "is not a partner of Neustein. On record: Kontakt, 2020" in said["dorfheim"]
    assert "colbach" in city_map(view(city="colbach")).text


def test_every_slide_can_be_made_and_keeps_what_was_chosen():
    chosen = view(types=("kontakt",), ended=True, city="altenburg")
    slides = [slide for page in ("overview", *PAGES) for slide in page_slides(chosen, page, {"types": "kontakt", "ended": "yes"})]
    assert any("Kontakt" in str(slide.pieces) for slide in slides)


def test_slides_are_in_a_language_of_the_city_that_the_dashboard_itself_does_not_have():
    tables = TOWN | {
        "home": "city_id,currency,time_zone,languages,source_id\nneustein,EUR,Europe/Berlin,de en,s1\n",
        "territories": TOWN["territories"].replace("name_ko", "name_de").replace("프랑스", "Frankreich").replace("독일", "Deutschland"),
    }
    german = View(Selection(ON, "de"), (), world(**tables), "light", ON)
    (slide,) = [slide for slide in page_slides(german, "partner_cities", {}) if slide.kind == "partner_cities.by-country"]
    assert "Frankreich" in str(slide.pieces)


def test_a_kind_that_makes_no_partner_is_offered_where_it_adds_a_city_to_the_map():
    beside = TOWN | {"agreements": TOWN["agreements"].replace("d1,dorfheim,kontakt", "d1,colbach,kontakt")}
    for tables, day, offered in ((TOWN, ON, True), (TOWN, date(2019, 6, 30), False), (beside, ON, False)):
        assert ("kontakt" in kinds_to_choose(world(**tables), day)) is offered


def test_a_kind_in_the_address_can_be_left_where_it_is_not_offered(opened):
    app = opened("partner_cities", TOWN, lang="en", as_of="2019-06-30", types="kontakt")
    assert not app.exception
    assert not app.error
    assert app.button_group(key="control-types").value == ["kontakt"]


def test_the_pages_filter_by_the_town_s_kinds_and_by_ended_ties(opened):
    app = opened("partner_cities", TOWN, lang="en", as_of=ON.isoformat(), types="kontakt,freundschaft", ended="yes")
    assert "Kontakt" in plainly(app)
    assert set(lists(app)[0].index) == {"brueckenau", "dorfheim"}
    assert {layer["id"] for layer in maps(app)[0]["world"]["deck"]["layers"]} >= {"kontakt", "freundschaft"}
    assert app.toggle(key="control-ended").value


def test_a_tie_of_an_unclear_kind_is_listed_with_its_word_and_counted_where_the_table_says_so():
    acts = TOWN["agreements"] + "g1,neustein2,unclear,1999,,primary,s1\n"
    cities = TOWN["cities"] + "neustein2,Gersdorf,게르스도르프,FR,Europe,city,48,3,9000,s1,s1\n"
    for counts, partners in (("no", 4), ("yes", 5)):
        kinds = TOWN["tie_kinds"] + f"unclear,,grey,{counts},\n"
        release = world(**TOWN | {"agreements": acts, "cities": cities, "tie_kinds": kinds})
        here = View(Selection(ON, "en", ("unclear",)), (), release, "light", ON)
        assert complete(here)[["name", "tie"]].to_numpy().tolist() == [["Gersdorf", "Kind unclear"]]
        assert read("partner_cities", release, ON).value == partners


@pytest.mark.parametrize("most", [0, 1000])
def test_a_code_that_means_something_else_elsewhere_disturbs_nothing(monkeypatch, most):
    monkeypatch.setattr("charts.clusters.MOST", most)
    tables = {
        name: text.replace("projekt,", "name,").replace("kontakt,", "home,").replace("freundschaft", "rest") for name, text in TOWN.items()
    }
    here = View(Selection(ON, "en", ("name", "home", "rest"), ended=True, city="colbach"), (), world(**tables), "light", ON)
    part = partner_map(here)
    assert len(part.drawn("").text) > 100
    assert (part.countries is None) == bool(most)
    assert all(page_slides(here, page, {"types": "name,home,rest"}) for page in ("overview", "partner_cities"))
    assert "Projektpartnerschaft" in dossier(here).html
