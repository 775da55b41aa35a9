"""The map of policy exports: dots sized by the projects of a city, hollow without a counted one.

Only the differences to the map of partners; charts/map.py draws the world.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.map import Kind, World, world
from charts.theme import Palette

KINDS = (
    Kind("shown", "memorandum", False, 4.5),
    Kind("several", "ink", True, 9),
    Kind("few", "ink", True, 7),
    Kind("one", "ink", True, 5),
)
"""In drawing order: small dots lie over large ones."""

SEVERAL, FEW = 4, 2
"""The least number of projects of each size."""


def export_world(cities: pd.DataFrame, home: Mapping[str, Any], colours: Palette, selected: str | None = None) -> World:
    """The map of `cities`: city_id, name, country, lat, lon, exported (projects), line and since (text), one row a city.

    `home` has name, lat and lon. Cities with the most projects are named first.
    """
    return world(cities.assign(type=kinds(cities["exported"]), population=cities["exported"]), home, colours, selected, KINDS)


def kinds(exported: pd.Series) -> pd.Series:
    """The kind of each city by its number of exported projects."""
    sizes = pd.Series("one", index=exported.index).mask(exported >= FEW, "few").mask(exported >= SEVERAL, "several")
    return sizes.mask(exported == 0, "shown")


def legend(colours: Palette) -> tuple[tuple[str, str, str, float], ...]:
    """(message key, colour, shape, diameter in pixels) of each kind of dot; shapes as in `charts.map.legend`."""
    return (
        ("chart.map_home", colours.home, "ringed", 11),
        ("chart.map_one", colours.ink, "filled", 10),
        ("chart.map_few", colours.ink, "filled", 14),
        ("chart.map_several", colours.ink, "filled", 18),
        ("chart.map_shown", colours.memorandum, "hollow", 10),
    )
