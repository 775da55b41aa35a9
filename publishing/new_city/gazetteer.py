"""Places of the world by name, from the table that tools/gazetteer.py makes of GeoNames (Creative Commons Attribution 4.0).

The table is read from disk for each question and not kept in memory: it is asked rarely, with all names at once.
"""

import lzma
import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from publishing.new_city.folding import folded

FILE = Path(__file__).parents[2] / "data" / "gazetteer.tsv.xz"
ALIKE = 0.84
"""Least similarity of a name that is suggested for one that is not in the table."""
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place: names (the Korean may be ""), ISO 3166-1 alpha-2 code, first-level division ("" if not known), degrees, IANA time zone."""

    geoname_id: str
    name: str
    name_ko: str
    country: str
    division: str
    lat: float
    lon: float
    time_zone: str
    population: int

    def is_called(self, key: str) -> bool:
        """Whether a folded name is the place's own, not an alternate one."""
        return key in (folded(self.name), self.name_ko)


def named(keys: Collection[str]) -> dict[str, tuple[Place, ...]]:
    """The places of each folded name, in any language, the largest first; names without a place are left out."""
    wanted = frozenset(keys) - {""}
    places: dict[str, list[Place]] = {}
    for cells in _lines():
        for key in wanted.intersection(_keys(cells)):
            places.setdefault(key, []).append(_place(cells))
    return {key: tuple(sorted(same, key=lambda place: -place.population)) for key, same in places.items()}


def beginning_with(text: str, most: int) -> tuple[Place, ...]:
    """The largest places with a name that begins with a text; empty for an empty text."""
    key = folded(text)
    return _largest(lambda cells: bool(key) and any(name.startswith(key) for name in _keys(cells)), most)


def by_id(ids: Collection[str]) -> dict[str, Place]:
    """Places by their GeoNames number."""
    return {cells[0]: _place(cells) for cells in _lines() if cells[0] in ids}


def alike(queries: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[Place, ...]]:
    """Places of a country with a name like a folded one, for each pair of name and country code, the most alike first."""
    matchers: dict[str, list[tuple[tuple[str, str], SequenceMatcher]]] = {}
    for query in queries:
        if query[0]:
            matchers.setdefault(query[1], []).append((query, SequenceMatcher(b=query[0])))
    ranked: dict[tuple[str, str], list[tuple[float, int, Place]]] = {query: [] for query in queries}
    for cells in _lines() if matchers else ():
        for query, matcher in matchers.get(cells[3], ()):
            if (ratio := _likeness(matcher, cells)) >= ALIKE:
                ranked[query].append((ratio, int(cells[8]), _place(cells)))
    best = {query: sorted(rows, key=lambda row: row[:2], reverse=True)[:SUGGESTED] for query, rows in ranked.items()}
    return {query: tuple(place for *_, place in rows) for query, rows in best.items()}


def _likeness(matcher: SequenceMatcher, cells: list[str]) -> float:
    matcher.set_seq1(cells[1].casefold())
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points, each in degrees of latitude and longitude."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def _largest(fits: Callable[[list[str]], bool], most: int) -> tuple[Place, ...]:
    places = [_place(cells) for cells in _lines() if fits(cells)]
    return tuple(sorted(places, key=lambda place: -place.population)[:most])


def _lines() -> Iterator[list[str]]:
    with lzma.open(FILE, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _keys(cells: list[str]) -> tuple[str, ...]:
    return (cells[1].casefold(), cells[2], *cells[9].split("|"))


def _place(cells: list[str]) -> Place:
    id, name, name_ko, country, division, lat, lon, time_zone, population = cells[:9]
    return Place(id, name, name_ko, country, division, float(lat), float(lon), time_zone, int(population))
