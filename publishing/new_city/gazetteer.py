"""Places of the world by name, from the table that tools/gazetteer.py makes of GeoNames (Creative Commons Attribution 4.0).

The table is read from disk for each question and not kept in memory: it is asked rarely, with all names at once.
"""

import lzma
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from metrics.schema.distance import kilometres
from publishing.new_city.folding import folded

DATA = Path(__file__).parents[2] / "data"
FILES = (DATA / "gazetteer.tsv.xz", DATA / "divisions.tsv.xz")
"""Cities, and first-level divisions at their seats: the same columns and two more."""
ALIKE = 0.84
"""Least similarity of a name that is suggested for one that is not in the table."""
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place: names (the Korean may be ""), ISO 3166-1 alpha-2 code, first-level division ("" if not known), degrees, IANA time zone.

    `level` and `basis` are those of cities in metrics/schema/tables.py: a division is at its seat, whose number and people it has.
    """

    geoname_id: str
    name: str
    name_ko: str
    country: str
    division: str
    lat: float
    lon: float
    time_zone: str
    population: int
    level: str = "city"
    basis: str = "city"

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
    return {key: tuple(sorted(same, key=_rank)) for key, same in places.items()}


def is_whole_name(text: str, place: Place) -> bool:
    """Whether a text is a name of a place, in any language, and not only its beginning."""
    key = folded(text)
    return any(same.geoname_id == place.geoname_id for same in named([key]).get(key, ()))


def beginning_with(text: str, most: int) -> tuple[Place, ...]:
    """The largest places with a name that begins with a text; empty for an empty text."""
    key = folded(text)
    return _largest(lambda cells: bool(key) and any(name.startswith(key) for name in _keys(cells)), most)


def time_zone(country: str, point: tuple[float, float]) -> str:
    """The time zone of the place of a country that is nearest to a point; "" for a country without one."""
    places = (_place(cells) for cells in _lines() if cells[3] == country)
    near = min(places, key=lambda place: kilometres(point, (place.lat, place.lon)), default=None)
    return near.time_zone if near else ""


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


def _largest(fits: Callable[[list[str]], bool], most: int) -> tuple[Place, ...]:
    places = [_place(cells) for cells in _lines() if fits(cells)]
    return tuple(sorted(places, key=_rank)[:most])


def _rank(place: Place) -> tuple[int, bool]:
    """The largest first; a city before the division of which it is the seat."""
    return -place.population, place.level != "city"


def _lines() -> Iterator[list[str]]:
    for file in FILES:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from (line.rstrip("\n").split("\t") for line in lines)


def _keys(cells: list[str]) -> tuple[str, ...]:
    return (cells[1].casefold(), cells[2], *cells[9].split("|"))


def _place(cells: list[str]) -> Place:
    id, name, name_ko, country, division, lat, lon, time_zone, population, _, *kind = cells
    return Place(id, name, name_ko, country, division, float(lat), float(lon), time_zone, int(population), *kind)
