"""The rows that a home city and its list of partners make, in the columns of metrics/schema/tables.py. Validates nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

import pandas as pd

from metrics.schema.tables import TABLES
from publishing.new_city.countries import currency, name, region
from publishing.new_city.folding import folded
from publishing.new_city.gazetteer import Place, kilometres
from publishing.new_city.kinds import UNCLEAR
from publishing.new_city.matching import Match, level

Tables = dict[str, pd.DataFrame]
"""Tables of text by name."""

NEEDED = ("home", "sources", "territories", "cities", "agreements")
"""The tables that `with_partners` reads."""
SAME_CITY = 10.0
"""Kilometres within which a city of the same name is the same."""
_FIXED = {
    "natural-earth": ("Natural Earth 1:50m", "Natural Earth", "https://www.naturalearthdata.com"),
    "cldr": ("Unicode CLDR", "Unicode", "https://cldr.unicode.org"),
    "geonames": ("GeoNames", "GeoNames", "https://www.geonames.org/"),
}
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True)
class Given:
    """A list as a source: its title and who gave it ("" if not known), the day, and its web address ("" without one)."""

    title: str
    publisher: str
    day: date
    url: str = ""


def empty() -> Tables:
    """Every table without rows."""
    return {table: pd.DataFrame(columns=list(schema.columns), dtype="str") for table, schema in TABLES.items()}


def home_tables(place: Place) -> Tables:
    """The tables of a home city alone."""
    tables = _with_sources(empty(), _FIXED)
    tables = _with_territories(tables, [place.country])
    row = _city_row(_identifier(place.name, place.country, ()), place.name, place.name_ko, place)
    tables["cities"] = _with(tables["cities"], "cities", [row | {"source_id": "geonames"}])
    home = {"city_id": row["city_id"], "currency": currency(place.country), "time_zone": place.time_zone, "source_id": "cldr"}
    tables["home"] = _with(tables["home"], "home", [home])
    return tables


def with_partners(tables: Mapping[str, pd.DataFrame], matches: Sequence[Match], given: Given, otherwise: str = UNCLEAR) -> Tables:
    """Sources, territories, cities and agreements with those of a list; matches without a place are left out.

    `otherwise` is the kind of an entry that names none. A tie that the tables have is not written twice,
    and the home city is no partner of its own.
    """
    placed = [match for match in matches if match.place is not None]
    every, source = _with_list(dict(tables), given)
    every = _with_territories(every, [match.place.country for match in placed if match.place])
    cities = _Cities(every["cities"], source)
    ties = _Ties(every["agreements"], source)
    home = set(tables["home"]["city_id"])
    for match in placed:
        if (city := cities.city(match)) not in home:
            ties.add(city, match.entry.kind or otherwise, match.entry.date)
    every["cities"] = _with(every["cities"], "cities", cities.rows)
    every["agreements"] = _with(every["agreements"], "agreements", ties.rows)
    return {table: every[table] for table in ("sources", "territories", "cities", "agreements")}


class _Cities:
    """Cities by their place: those of a table, and new rows for the others."""

    def __init__(self, known: pd.DataFrame, source: str) -> None:
        self.rows: list[dict[str, str]] = []
        self._known, self._source = known.to_dict("records"), source

    def city(self, match: Match) -> str:
        """The identifier of a match's city."""
        place = match.place
        assert place is not None
        name_en, name_ko = _names(match, place)
        own_level = level(match.entry.city)
        rows = (row for row in (*self._known, *self.rows) if row["level"] == own_level and _is_same(row, name_en, place))
        if same := next(rows, None):
            return same["city_id"]
        id = _identifier(name_en, place.country, {row["city_id"] for row in (*self._known, *self.rows)})
        row = _city_row(id, name_en, name_ko, place, "source" if _HANGUL.search(match.entry.city) else "")
        basis = "city" if own_level == "city" else "capital"
        self.rows.append(row | {"level": own_level, "coordinate_basis": basis, "source_id": self._source})
        return id


def _is_same(row: Mapping[str, str], name_en: str, place: Place) -> bool:
    if place.geoname_id and row["geoname_id"] == place.geoname_id:
        return True
    if folded(row["name_en"]) != folded(name_en) or row["country_code"] != place.country:
        return False
    return kilometres((float(row["lat"]), float(row["lon"])), (place.lat, place.lon)) <= SAME_CITY


def _names(match: Match, place: Place) -> tuple[str, str]:
    """The names in English and Korean ("" if not known)."""
    if match.part:
        return (f"{match.part} ({place.name})" if folded(match.part) != folded(place.name) else match.part), ""
    written = match.entry.city
    if level(written) != "city":
        return written, ""
    return place.name, written if _HANGUL.search(written) else place.name_ko


class _Ties:
    """New rows of agreements; a city has one of each kind."""

    def __init__(self, known: pd.DataFrame, source: str) -> None:
        self.rows: list[dict[str, str]] = []
        self._ties = set(zip(known["city_id"], known["type"], strict=True))
        self._ids, self._source = set(known["agreement_id"]), source

    def add(self, city: str, kind: str, signed: str) -> None:
        """A tie, unless there is one."""
        if (city, kind) in self._ties:
            return
        self._ties.add((city, kind))
        id = _free(f"{city}-{kind}", self._ids)
        self._ids.add(id)
        row = {"agreement_id": id, "city_id": city, "type": kind, "signed": signed, "role": "primary", "source_id": self._source}
        self.rows.append(row)


def _with_sources(tables: Tables, sources: Mapping[str, tuple[str, str, str]]) -> Tables:
    known = set(tables["sources"]["source_id"])
    rows = [
        {"source_id": id, "title": title, "publisher": publisher, "url": url}
        for id, (title, publisher, url) in sources.items()
        if id not in known
    ]
    return tables | {"sources": _with(tables["sources"], "sources", rows)}


def _with_list(tables: Tables, given: Given) -> tuple[Tables, str]:
    """The tables with the list as a source, and its identifier."""
    tables = _with_sources(tables, _FIXED)
    id = _free(f"list-{given.day.isoformat()}", set(tables["sources"]["source_id"]))
    row = {"source_id": id, "title": given.title, "publisher": given.publisher, "url": given.url, "published": given.day.isoformat()}
    return tables | {"sources": _with(tables["sources"], "sources", [row])}, id


def _with_territories(tables: Tables, codes: Iterable[str]) -> Tables:
    known = set(tables["territories"]["country_code"])
    rows = [_territory(code) for code in sorted(set(codes) - known)]
    return tables | {"territories": _with(tables["territories"], "territories", rows)}


def _territory(code: str) -> dict[str, str]:
    names = {f"name_{lang}": name(code, lang) for lang in ("en", "ko")}
    return {"country_code": code, **names, "name_source": "Babel", "boundary_source_id": "natural-earth", "source_id": "cldr"}


def _city_row(id: str, name_en: str, name_ko: str, place: Place, name_source: str = "") -> dict[str, str]:
    """A row of cities. Without a Korean name the other stands in its place, as the source has it."""
    return {
        "city_id": id,
        "name_en": name_en,
        "name_ko": name_ko or name_en,
        "country_code": place.country,
        "region": region(place.country),
        "level": "city",
        "lat": f"{place.lat:g}" if not place.geoname_id else f"{place.lat:.4f}",
        "lon": f"{place.lon:g}" if not place.geoname_id else f"{place.lon:.4f}",
        "geoname_id": place.geoname_id,
        "population": str(place.population) if place.population else "",
        "coordinate_basis": "city",
        "name_source": name_source or ("GeoNames" if name_ko else "source"),
    }


def _identifier(name_en: str, country: str, known: Iterable[str]) -> str:
    """A free identifier: the name, with the country where another city has it."""
    plain = re.sub("[^a-z0-9]+", "-", folded(name_en)).strip("-") or country.lower()
    taken = set(known)
    return plain if plain not in taken else _free(f"{plain}-{country.lower()}", taken)


def _free(id: str, known: set[str]) -> str:
    return next(name for number in count(1) if (name := id if number == 1 else f"{id}-{number}") not in known)


def _with(table: pd.DataFrame, name: str, rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """A new frame with rows at the end; columns that they leave out are empty."""
    if not rows:
        return table
    more = pd.DataFrame([{column: row.get(column, "") for column in TABLES[name].columns} for row in rows], dtype="str")
    return pd.concat([table, more], ignore_index=True)
