"""Maps of very many cities: a dot a country, its size by the number of cities, chosen by the country; a lone city stays itself."""

import json

import pandas as pd
import pytest

from charts.clusters import KINDS, MOST, by_country, country_of, key, legend, sizes
from charts.map import world
from charts.names import offset

HOME = {"name": "Seoul", "lat": 37.6, "lon": 127.0}
COLUMNS = ["city_id", "name", "country", "country_code", "lat", "lon", "population", "line", "since", "type"]
CITIES = pd.DataFrame(
    [
        ("lyon", "Lyon", "France", "FR", 45.8, 4.8, 500_000.0, "Sister city", "since 1990", "sister"),
        ("paris", "Paris", "France", "FR", 48.9, 2.4, 2_100_000.0, "Sister city", "since 1991", "sister"),
        ("nice", "Nice", "France", "FR", None, None, 9_000_000.0, "Friendship city", "since 1992", "friendship"),
        ("suva", "Suva", "Fiji", "FJ", -18.1, 178.4, 90_000.0, "Friendship city", "since 1993", "friendship"),
    ],
    columns=COLUMNS,
)


@pytest.fixture
def countries() -> pd.DataFrame:
    return by_country(CITIES, CITIES["type"])


def many(count: int, country: str) -> pd.DataFrame:
    rows = [(f"{country}{at}", f"City {at}", country, country, 10.0, 20.0, float(at), "", "", "sister") for at in range(count)]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_a_country_counts_its_cities_and_their_kinds(countries):
    france = countries.set_index("country_code").loc["FR"]
    assert (france["cities"], france["sister"], france["friendship"]) == (2 + 1, 2, 1)
    assert countries["cities"].sum() == len(CITIES)


def test_a_country_stands_at_its_largest_city_that_has_a_place(countries):
    assert countries[["lat", "lon"]].to_numpy().tolist()[0] == [48.9, 2.4]


def test_a_country_has_its_own_name_and_a_lone_city_keeps_its_own(countries):
    assert countries[["name", "city_id", "line"]].to_numpy().tolist() == [
        ["France", "country:FR", ""],
        ["Suva", "suva", "Friendship city"],
    ]


def test_what_was_clicked_is_a_country_or_a_city():
    assert country_of(key("FR")) == "FR"
    assert country_of("suva") == country_of(None) == ""


def test_a_dot_is_as_large_as_the_number_of_cities_asks():
    assert sizes(pd.Series([0, 1, 9, 10, 99, 100, 999, 1000])).tolist() == [
        "shown", "ones", "ones", "tens", "tens", "hundreds", "hundreds", "thousands",
    ]  # fmt: skip


def test_the_legend_shows_each_size_as_it_is_drawn(light):
    drawn = {key: diameter for key, _, _, diameter in legend(light)}
    assert drawn == {"chart.map_home": 11} | {f"map.size_{kind.type}": 2 * kind.radius for kind in KINDS if kind.filled}
    assert [key for key, *_ in legend(light, with_empty=True)] == [*drawn, "chart.map_shown"]


def test_a_map_of_ten_thousand_cities_is_a_few_dots_that_can_be_clicked(light):
    cities = pd.concat([many(9_990, "China"), many(10, "Fiji")], ignore_index=True)
    found = by_country(cities, cities["type"])
    text = world(found.assign(type=sizes(found["cities"])), HOME, light, key("China"), KINDS).text
    layers = {layer["id"]: layer for layer in json.loads(text)["deck"]["layers"]}
    assert len(cities) > MOST
    assert len(text) < 20_000
    assert {size: [row["city_id"] for row in layers[size]["data"]] for size in ("thousands", "tens")} == {
        "thousands": ["country:China"],
        "tens": ["country:Fiji"],
    }
    assert "ones" not in layers
    assert country_of(layers["tens"]["data"][0]["city_id"]) == "Fiji"


def test_the_ring_and_the_name_of_a_country_stand_clear_of_its_large_dot(light):
    found = by_country(many(1_000, "China"), pd.Series("sister", index=range(1_000)))
    chosen = json.loads(world(found.assign(type="thousands"), HOME, light, key("China"), KINDS).text)
    layers = {layer["id"]: layer for layer in chosen["deck"]["layers"]}
    assert layers["selected"]["radiusMaxPixels"] == 17 + 4
    assert (offset((1, 0), 17), offset((0, -1), 17)) == ((17 + 3, 0), (0, -17 - 8))


def test_the_frame_that_comes_in_is_not_changed():
    before = CITIES.copy()
    by_country(CITIES, CITIES["type"])
    pd.testing.assert_frame_equal(CITIES, before)
