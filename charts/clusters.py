"""Maps whose dots have sizes: cities by exported projects, and a dot per country where one per city would overlap."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.map import Kind, World, world
from charts.theme import Palette

MOST = 1000
"""Cities up to which a map shows each; above, it shows countries."""

KINDS = (
    Kind("shown", "grey", False, 4.5),
    Kind("thousands", "ink", True, 17),
    Kind("hundreds", "ink", True, 12),
    Kind("tens", "ink", True, 8),
    Kind("ones", "ink", True, 5),
)
"""The kinds of countries, in drawing order: small dots lie over large ones."""

EXPORT_KINDS = (
    Kind("shown", "grey", False, 4.5),
    Kind("several", "ink", True, 9),
    Kind("few", "ink", True, 7),
    Kind("one", "ink", True, 5),
)
"""The kinds of cities with exported projects, hollow without a counted one; in the same order."""

SIZES = {"ones": 1, "tens": 10, "hundreds": 100, "thousands": 1000}
EXPORT_SIZES = {"one": 1, "few": 2, "several": 4}
"""The least number of each size of a country (cities) and of a city (projects); `shown` without any."""

_COUNTRY = "country:"


def by_country(cities: pd.DataFrame, parts: pd.Series) -> pd.DataFrame:
    """One row a country, the one with the most cities first.

    `cities` needs city_id, name, country, country_code, line, since, lat, lon, population, one row a city; `parts` is the kind of each
    city. Columns of the result: the same, cities (int), and one of each of the parts (int). The dot is at the country's
    largest city with coordinates, so never in the sea; `name` is the country's, `city_id` its `key`, line and since are
    empty, but a lone city keeps its own; `population` is the number of cities, since the largest dots are named first.
    """
    counts = pd.crosstab(cities["country_code"], parts)
    ranked = cities.assign(nowhere=cities["lat"].isna() | cities["lon"].isna())
    ranked = ranked.sort_values(["nowhere", "population", "city_id"], ascending=[True, False, True])
    first = ranked.drop_duplicates("country_code").set_index("country_code")
    rows = first[["city_id", "name", "country", "line", "since", "lat", "lon"]].join(counts)
    rows = rows.assign(cities=counts.sum(axis=1), population=counts.sum(axis=1)).reset_index()
    lone = rows["cities"] == 1
    defaults = {"name": rows["country"], "city_id": key(rows["country_code"]), "line": "", "since": ""}
    rows = rows.assign(**{column: rows[column].where(lone, value) for column, value in defaults.items()})
    return rows.sort_values(["cities", "country_code"], ascending=[False, True], ignore_index=True)


def export_world(cities: pd.DataFrame, home: Mapping[str, Any], colours: Palette, selected: str | None = None) -> World:
    """The map of `cities`: city_id, name, country, lat, lon, exported (projects), line and since (text), one row a city.

    `home` has name, lat and lon. Cities with the most projects are named first.
    """
    sized = cities.assign(type=sizes(cities["exported"], EXPORT_SIZES), population=cities["exported"])
    return world(sized, home, colours, selected, EXPORT_KINDS)


def sizes(counts: pd.Series, least_of: Mapping[str, int] = SIZES) -> pd.Series:
    """The kind of dot for each number."""
    named = pd.Series("shown", index=counts.index)
    for size, least in least_of.items():
        named = named.mask(counts >= least, size)
    return named


def key(country_code: str | pd.Series) -> str | pd.Series:
    """The key of a country's dot, in place of a city_id: of a code, or of a column of codes."""
    return _COUNTRY + country_code


def country_of(chosen: str | None) -> str:
    """The country_code of a chosen dot; empty for that of a city."""
    return chosen.removeprefix(_COUNTRY) if chosen and chosen.startswith(_COUNTRY) else ""


def legend(colours: Palette, with_empty: bool = False) -> tuple[tuple[str, str, str, float], ...]:
    """(message key, colour, shape, diameter in pixels) of home and of each size of dot; shapes as in `charts.map.legend`.

    `with_empty` adds the hollow dot of countries where no city is counted.
    """
    hollow = (("chart.map_shown", colours.grey, "hollow", 9),) if with_empty else ()
    return (
        ("chart.map_home", colours.home, "ringed", 11),
        ("map.size_ones", colours.ink, "filled", 10),
        ("map.size_tens", colours.ink, "filled", 16),
        ("map.size_hundreds", colours.ink, "filled", 24),
        ("map.size_thousands", colours.ink, "filled", 34),
        *hollow,
    )


def export_legend(colours: Palette) -> tuple[tuple[str, str, str, float], ...]:
    """The same of home and of each size of a city with exported projects."""
    return (
        ("chart.map_home", colours.home, "ringed", 11),
        ("chart.map_one", colours.ink, "filled", 10),
        ("chart.map_few", colours.ink, "filled", 14),
        ("chart.map_several", colours.ink, "filled", 18),
        ("chart.map_shown", colours.grey, "hollow", 10),
    )
