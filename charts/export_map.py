"""The map of policy exports: cities as dots that grow with their projects, hollow where nothing counted is on record.

Only says what differs from the map of partners; the world itself is drawn in charts/map.py.
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
"""From the ground up: small dots lie over large ones."""

SEVERAL, FEW = 4, 2
"""From how many projects a dot is of that size."""


def export_world(cities: pd.DataFrame, home: Mapping[str, Any], colours: Palette, selected: str | None = None) -> World:
    """The map of `cities`: city_id, name, country, lat, lon, exported (projects), line and since (text), one row a city.

    `home` has name, lat and lon. Cities with the most projects are the first to get their names.
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
