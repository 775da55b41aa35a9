"""The map of exports: dots grow with projects, cities without a counted one are hollow."""

import json

import pandas as pd
import pytest

from charts.clusters import EXPORT_KINDS, EXPORT_SIZES, export_legend, export_world, sizes

HOME = {"name": "Seoul", "lat": 37.6, "lon": 127.0}
CITIES = pd.DataFrame(
    [
        ("manila", "Manila", "Philippines", 14.6, 121.0, 4, "4 projects", ""),
        ("bogota", "Bogotá", "Colombia", 4.6, -74.1, 2, "2 projects", ""),
        ("cairo", "Cairo", "Egypt", 30.0, 31.2, 1, "1 project", ""),
        ("lima", "Lima", "Peru", -12.0, -77.0, 0, "", "2 shown"),
    ],
    columns=["city_id", "name", "country", "lat", "lon", "exported", "line", "since"],
)


@pytest.fixture
def layers(light):
    return {layer["id"]: layer for layer in json.loads(export_world(CITIES, HOME, light).text)["deck"]["layers"]}


def test_the_kind_of_a_city_follows_its_number_of_projects():
    assert sizes(pd.Series([0, 1, 2, 3, 4, 40]), EXPORT_SIZES).tolist() == ["shown", "one", "few", "few", "several", "several"]


def test_each_kind_is_a_layer_with_its_cities(layers):
    assert {name: [row["city_id"] for row in layers[name]["data"]] for name in ("several", "few", "one", "shown")} == {
        "several": ["manila"],
        "few": ["bogota"],
        "one": ["cairo"],
        "shown": ["lima"],
    }
    assert layers["several"]["getRadius"] > layers["few"]["getRadius"] > layers["one"]["getRadius"]


def test_the_frame_that_comes_in_is_not_changed(light):
    before = CITIES.copy()
    export_world(CITIES, HOME, light, "manila")
    pd.testing.assert_frame_equal(CITIES, before)


def test_the_legend_has_every_kind_and_the_home_city(light):
    assert {key.removeprefix("chart.map_") for key, *_ in export_legend(light)} == {"home", *(kind.type for kind in EXPORT_KINDS)}
