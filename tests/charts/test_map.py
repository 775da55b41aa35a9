"""The map: home in the middle, no outlines in the payload, a shape for the recency of contact, no markup from tables."""

import json
import math

import pandas as pd
import pytest

from charts.map import ARCS_AT_MOST, around, legend, world
from charts.theme import palette
from tests.drawn import TIES

SEOUL = {"name": "Seoul", "lat": 37.57, "lon": 126.98}
COLUMNS = "city_id name country type lat lon population since line"


def cities(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS.split())


def city(name: str, lat: float, lon: float, population: float = 1e6, tie: str = "sister") -> tuple:
    return (name.lower(), name, "Country", tie, lat, lon, population, "since 1990", "Sister city")


TOKYO = city("Tokyo", 35.69, 139.69, 9e6)
LONDON = city("London", 51.51, -0.13, 8e6, "friendship")
PRAGUE = city("Prague", 50.09, 14.42, 1e6, "memorandum")
BUENOS_AIRES = city("Buenos Aires", -34.61, -58.38, 13e6, "friendship")
SAO_PAULO = city("Sao Paulo", -23.55, -46.64, 10e6)
PARTNERS = cities(TOKYO, LONDON, PRAGUE, BUENOS_AIRES, SAO_PAULO)


def drawn(rows: pd.DataFrame, selected: str | None = None) -> dict:
    return json.loads(world(rows, SEOUL, palette("light"), selected, TIES).text)


def layer(spec: dict, name: str) -> dict:
    return next((layer for layer in spec["deck"]["layers"] if layer["id"] == name), {})


def test_the_map_carries_no_outline_and_no_address():
    text = json.dumps(drawn(PARTNERS))
    assert [found for found in ("http", "/assets", "mapStyle", "geojson") if found in text] == []


def test_every_longitude_is_within_half_a_circle_of_home():
    placed = around(PARTNERS, SEOUL["lon"], TIES)
    assert (placed["lon"] - SEOUL["lon"]).abs().max() <= 180
    assert placed.set_index("name").loc["Buenos Aires", "lon"] == pytest.approx(-58.38 + 360)
    assert placed.set_index("name").loc["Sao Paulo", "lon"] == pytest.approx(-46.64)


def test_home_is_in_the_middle_and_the_view_holds_every_partner():
    view = drawn(PARTNERS)["view"]
    assert view["lon"] == SEOUL["lon"]
    assert ((around(PARTNERS, SEOUL["lon"], TIES)["lon"] - SEOUL["lon"]).abs() <= view["half"]).all()


def test_a_city_with_near_partners_alone_has_a_near_view():
    assert drawn(cities(TOKYO))["view"]["half"] == pytest.approx(1.1 * (139.69 - 126.98), abs=0.05)


def test_the_view_stands_still_while_a_filter_leaves_fewer_cities():
    whole = world(PARTNERS, SEOUL, palette("light"), None, TIES)
    assert world(cities(TOKYO), SEOUL, palette("light"), None, TIES, within=PARTNERS).view == whole.view != drawn(cities(TOKYO))["view"]


def test_only_partners_can_be_picked():
    pickable = [layer["id"] for layer in drawn(PARTNERS, "london")["deck"]["layers"] if layer.get("pickable")]
    assert pickable == ["memorandum", "friendship", "sister"]


def test_each_type_has_its_layer_and_a_memorandum_is_hollow():
    spec, colours = drawn(PARTNERS), palette("light")
    assert [row["city_id"] for row in layer(spec, "sister")["data"]] == ["tokyo", "sao paulo"]
    assert layer(spec, "memorandum")["getFillColor"][:3] == [int(colours.land[at : at + 2], 16) for at in (1, 3, 5)]


def test_every_tie_has_an_arc_unless_there_are_so_many_that_they_would_hide_the_map():
    many = cities(*(city(f"City {at}", 10.0, 100.0 + at / 10) for at in range(ARCS_AT_MOST + 1)))
    assert (drawn(PARTNERS)["arcs"], drawn(many)["arcs"]) == ("home", "")
    assert drawn(PARTNERS)["home"] == {"name": "Seoul", "lon": 126.98, "lat": 37.57}


def test_the_shape_of_a_dot_is_the_recency_of_contact_and_its_colour_the_kind():
    rows, colours = PARTNERS.assign(shape=["filled", "cored", "", "hollow", "hollow"]), palette("light")
    spec = drawn(rows)
    assert {name: [row["city_id"] for row in layer(spec, name)["data"]] for name in ("sister", "friendship cored", "sister hollow")} == {
        "sister": ["tokyo"], "friendship cored": ["london"], "sister hollow": ["sao paulo"],
    }  # fmt: skip
    gold = [int(colours.gold[at : at + 2], 16) for at in (1, 3, 5)]
    assert layer(spec, "friendship cored")["getLineColor"] == layer(spec, "friendship cored core")["getFillColor"][:3] == gold
    assert not layer(spec, "friendship cored core").get("pickable")


def test_names_are_placed_by_weight_and_without_one_by_population():
    ranks = around(PARTNERS, SEOUL["lon"], TIES).set_index("name")["rank"]
    assert ranks.sort_values().index.tolist() == ["Buenos Aires", "Sao Paulo", "Tokyo", "London", "Prague"]
    weighed = around(PARTNERS.assign(weight=[1.0, 2.0, 9.0, 3.0, math.nan]), SEOUL["lon"], TIES).set_index("name")["rank"]
    assert weighed.sort_values().index.tolist() == ["Prague", "Buenos Aires", "London", "Tokyo", "Sao Paulo"]


def test_a_tie_without_a_date_travels_as_one_without_a_time():
    spec = drawn(PARTNERS.assign(joined=[1988.67, math.nan, 1.0, 1.0, 1.0]))
    assert layer(spec, "friendship")["data"][0]["joined"] is None
    assert layer(spec, "sister")["data"][0]["joined"] == 1988.67


def test_the_selected_city_is_ringed():
    spec = drawn(PARTNERS, "prague")
    assert {(row["lon"], row["lat"]) for row in layer(spec, "selected")["data"]} == {(14.42, 50.09)}
    assert spec["selected"] == "prague"


def test_a_city_that_is_not_on_the_map_selects_nothing():
    assert layer(drawn(PARTNERS, "atlantis"), "selected") == {}


def test_a_text_of_a_table_travels_as_it_is_for_the_browser_to_escape():
    name = "<script>alert('x')</script> \"quoted\""
    row = layer(drawn(cities(("x", name, "<b>", "sister", 1.0, 2.0, 1.0, "&", "{name}"))), "sister")["data"][0]
    assert (row["name"], row["country"], row["since"], row["line"]) == (name, "<b>", "&", "{name}")


def test_a_city_without_a_place_is_left_out():
    nowhere = cities(TOKYO, city("Nowhere", math.nan, math.nan))
    assert [row["city_id"] for row in layer(drawn(nowhere), "sister")["data"]] == ["tokyo"]


def test_a_city_without_a_population_is_drawn():
    assert "Tokyo" in json.dumps(drawn(cities(city("Tokyo", 35.69, 139.69, math.nan))))


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_partners_are_a_map(rows):
    spec = drawn(PARTNERS.head(rows).astype(PARTNERS.dtypes))
    assert {layer["id"] for layer in spec["deck"]["layers"]} >= {"home", "home_ring"}


def test_the_payload_of_seventy_partners_is_small():
    many = cities(*(city(f"City {at}", at - 30.0, at * 5.0) for at in range(70)))
    assert len(world(many, SEOUL, palette("light"), None, TIES).text) < 25_000


def test_the_legend_shows_every_kind_of_dot_in_its_colour():
    colours = palette("dark")
    assert [(colour, shape) for _, colour, shape in legend(colours, TIES)] == [
        (colours.home, "ringed"),
        (colours.blue, "filled"),
        (colours.gold, "filled"),
        (colours.grey, "hollow"),
    ]


def test_the_frame_passed_in_is_not_changed():
    before = PARTNERS.copy(deep=True)
    drawn(PARTNERS, "tokyo")
    pd.testing.assert_frame_equal(PARTNERS, before)
