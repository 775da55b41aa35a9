"""The city that a typed name means: one of the table of cities, or a place of the gazetteer. Several are for a person to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from metrics.schema.names import columns
from publishing.new_city.countries import Countries
from publishing.new_city.folding import folded
from publishing.new_city.lists import Entry, read_text
from publishing.new_city.matching import DIVISIONS, Match, level, matched, typed_place
from publishing.new_city.tables import is_same


@dataclass(frozen=True)
class City:
    """A city that a name may mean: the key of a row of the table of cities, or a match with its place where the table lacks it."""

    city_id: str = ""
    match: Match | None = None


def meant(cities: pd.DataFrame, text: str, point: str = "") -> tuple[City, ...]:
    """The cities that a name may mean, those of the table (text) first; none for one that nobody knows. One alone is clear.

    A `point` tells where a city is that the gazetteer lacks: coordinates, or the name of a place.
    """
    match = _looked_up(text.strip(), point.strip()) if text.strip() else None
    if match is None:
        return ()
    rows = cities.to_dict("records")
    fresh = [replace(match, place=place, doubt="") for place in ([match.place] if match.place else match.places)]
    there = [row for row in rows if _is_called(row, match.entry) or any(_is_at(row, place) for place in fresh)]
    new = [place for place in fresh if not any(_is_at(row, place) for row in there)]
    return (*(City(row["city_id"]) for row in there), *(City(match=place) for place in new))


@lru_cache(maxsize=64)
def _looked_up(text: str, point: str) -> Match | None:
    countries = Countries()
    entries, _ = read_text(text, countries)
    match = next(iter(matched(entries[:1])), None)
    place = typed_place(match, point, countries) if match and point else None
    return replace(match, place=place, doubt="", places=()) if match and place else match


def _is_called(row: Mapping[str, str], entry: Entry) -> bool:
    names = {folded(row[column]) for column in columns(row, "name")} - {""}
    return folded(entry.city) in names and entry.country in ("", row["country_code"])


def _is_at(row: Mapping[str, str], match: Match) -> bool:
    """Whether a row is the place of a match, both a city or both a larger division, which stands at its capital."""
    place = match.place
    return place is not None and (row["level"] in DIVISIONS) == (level(match) in DIVISIONS) and is_same(row, place.name, place)
