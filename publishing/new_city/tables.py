"""The rows that a home city and its list of partners make, in the columns of metrics/schema/tables.py. Validates nothing."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

import pandas as pd

from languages import language_name
from metrics.schema.distance import kilometres
from metrics.schema.migrations import rows_of_missing
from metrics.schema.names import columns, known_languages, table_columns
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY, key
from publishing.new_city.countries import currency, languages, name, region
from publishing.new_city.folding import folded
from publishing.new_city.gazetteer import Place
from publishing.new_city.kinds import UNCLEAR
from publishing.new_city.matching import Match, level, level_of

Tables = dict[str, pd.DataFrame]
"""Tables of text by name."""

NEEDED = ("home", "sources", "territories", "cities", "agreements", "regions", "levels")
"""The tables that `with_partners` reads."""
DECLARED = ("en", "ko")
"""The languages of names for a city that declares none."""
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


def empty(spoken: Sequence[str]) -> Tables:
    """Every table without rows, its texts in some languages; those of words with the standard rows."""
    rows = {table: rows_of_missing(table) if table in FAMILY else pd.DataFrame(dtype="str") for table in TABLES}
    return {table: bare.reindex(columns=list(table_columns(table, bare, spoken)), fill_value="") for table, bare in rows.items()}


def home_tables(place: Place, written: str = "") -> Tables:
    """The tables of a home city alone, in the languages proposed for its country; `written` is its name as a person wrote it."""
    spoken = languages(place.country)
    tables = _with_territories(_with_sources(empty(spoken), _FIXED), [place.country], spoken)
    names = _in_spoken(place.name, place.name_ko, spoken) | _own_name(place, written, spoken[0])
    row = _city_row(_identifier(place.name, place.country, ()), names, place)
    tables["cities"] = _with(tables["cities"], [row | {"name_source": "GeoNames", "source_id": "geonames"}])
    home = {"city_id": row["city_id"], "currency": currency(place.country), "time_zone": place.time_zone, "languages": " ".join(spoken)}
    tables["home"] = _with(tables["home"], [home | {"source_id": "cldr"}])
    return tables


def _own_name(place: Place, written: str, lang: str) -> dict[str, str]:
    """The column of a name in the city's first language, where it stands in the script of that language and is not the English one."""
    if not written or lang in DECLARED or folded(written) == folded(place.name) or _script(written) != _script(language_name(lang, lang)):
        return {}
    return {f"name_{lang}": written}


def _script(text: str) -> str:
    """The script of a text's first letter, as Unicode names it."""
    return unicodedata.name(text[0], "").partition(" ")[0]


def with_partners(tables: Mapping[str, pd.DataFrame], matches: Sequence[Match], given: Given, otherwise: str = UNCLEAR) -> Tables:
    """Sources, territories, cities and agreements with those of a list; matches without a place are left out. Where the city's own
    regions or levels lack the one of a new city, they come too, with that one at their end.

    `otherwise` is the kind of an entry that names none. A tie that the tables have is not written twice,
    and the home city is no partner of its own.
    """
    placed = [match for match in matches if match.place is not None]
    every, source = _with_list(dict(tables), given)
    made, ids = with_cities(every, placed, source)
    home, ties = set(tables["home"]["city_id"]), _Ties(every["agreements"], source)
    for match, city in zip(placed, ids, strict=True):
        if city not in home:
            ties.add(city, match.entry.kind or otherwise, match.entry.date)
    return made | {"agreements": _with(every["agreements"], ties.rows)}


def with_cities(tables: Mapping[str, pd.DataFrame], placed: Sequence[Match], source: str) -> tuple[Tables, list[str]]:
    """Sources, territories and cities with those of matches that have a place, and the identifiers of these cities in their order.

    A city that the tables have is not written twice; `source` is the one that new cities cite. Regions and levels as in `with_partners`.
    """
    spoken = known_languages(tables["home"]) or DECLARED
    every = _with_sources(dict(tables), _FIXED)
    every = _with_territories(every, [match.place.country for match in placed if match.place], spoken)
    cities = _Cities(every["cities"], source, spoken, tables.get("levels", rows_of_missing("levels")))
    ids = [cities.city(match) for match in placed]
    every["cities"] = _with(every["cities"], cities.rows)
    return {table: every[table] for table in ("sources", "territories", "cities")} | _with_words(tables, cities.rows), ids


def _with_words(tables: Mapping[str, pd.DataFrame], cities: Sequence[Mapping[str, str]]) -> Tables:
    """The tables of regions and levels that lack those of some cities, each with the standard rows of these."""
    made = {}
    for table, column in (("regions", "region"), ("levels", "level")):
        rows, standard = tables.get(table, rows_of_missing(table)), rows_of_missing(table)
        lacking = {city[column] for city in cities}.difference(rows[key(table)])
        if lacking:
            wanted = standard[standard[key(table)].isin(lacking)].reindex(columns=list(rows), fill_value="")
            made[table] = _with(rows, wanted.to_dict("records"))
    return made


class _Cities:
    """Cities by their place: those of a table, and new rows for the others, in the city's own regions and levels."""

    def __init__(self, known: pd.DataFrame, source: str, spoken: Sequence[str], levels: pd.DataFrame) -> None:
        self.rows: list[dict[str, str]] = []
        self._known, self._source, self._spoken = known.to_dict("records"), source, spoken
        regions = known.groupby("country_code")["region"].unique()
        self._regions = {country: shared[0] for country, shared in regions.items() if len(shared) == 1}
        counting = levels.loc[levels["counts_as_city"] == "yes", "level_code"].tolist()
        self._city = counting[0] if counting and "city" not in counting else "city"

    def city(self, match: Match) -> str:
        """The identifier of a match's city."""
        place = match.place
        assert place is not None
        names, name_source = _names(match, place, self._spoken)
        name_en = names["name_en"]
        kind = level(match)
        own_level = self._city if kind == "city" else kind
        rows = (row for row in (*self._known, *self.rows) if row["level"] == own_level and is_same(row, name_en, place))
        if same := next(rows, None):
            return same["city_id"]
        id = _identifier(name_en, place.country, {row["city_id"] for row in (*self._known, *self.rows)})
        row = _city_row(id, names, place) | {"name_source": name_source}
        basis = "capital" if kind != "city" and place.basis == "city" else place.basis
        own = {"region": self._regions.get(place.country, row["region"]), "level": own_level}
        self.rows.append(row | own | {"coordinate_basis": basis, "source_id": self._source})
        return id


def is_same(row: Mapping[str, str], name_en: str, place: Place) -> bool:
    """Whether a row of the table of cities is a place: by its GeoNames number, or by the name within SAME_CITY."""
    if place.geoname_id and row["geoname_id"] == place.geoname_id:
        return True
    if folded(name_en) not in {folded(row[column]) for column in columns(row, "name")} or row["country_code"] != place.country:
        return False
    return kilometres((float(row["lat"]), float(row["lon"])), (place.lat, place.lon)) <= SAME_CITY


def _names(match: Match, place: Place, spoken: Sequence[str]) -> tuple[dict[str, str], str]:
    """The names by column, and where they are from: English always, Korean where the city has it, else as the list writes them.

    The list is taken to be in the city's first language.
    """
    written, whole = match.entry.city, level_of(match.entry.city) == "city"
    if match.part:
        return _in_spoken(f"{match.part} ({place.name})" if folded(match.part) != folded(place.name) else match.part, "", spoken), "source"
    if "ko" in spoken:
        korean = written if _HANGUL.search(written) else place.name_ko if whole else ""
        return _in_spoken(place.name if whole else written, korean, spoken), "GeoNames" if korean and korean != written else "source"
    own = {} if spoken[0] == "en" else {f"name_{spoken[0]}": written}
    return {"name_en": place.name if whole else written} | own, "GeoNames" if whole and not own and place.geoname_id else "source"


def _in_spoken(name_en: str, name_ko: str, spoken: Sequence[str]) -> dict[str, str]:
    """The columns of names; without a Korean name the other stands in its place, as the source has it."""
    return {"name_en": name_en} | ({"name_ko": name_ko or name_en} if "ko" in spoken else {})


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
        id = free(f"{city}-{kind}", self._ids)
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
    return tables | {"sources": _with(tables["sources"], rows)}


def _with_list(tables: Tables, given: Given) -> tuple[Tables, str]:
    """The tables with the list as a source, and its identifier."""
    tables = _with_sources(tables, _FIXED)
    id = free(f"list-{given.day.isoformat()}", set(tables["sources"]["source_id"]))
    row = {"source_id": id, "title": given.title, "publisher": given.publisher, "url": given.url, "published": given.day.isoformat()}
    return tables | {"sources": _with(tables["sources"], [row])}, id


def _with_territories(tables: Tables, codes: Iterable[str], spoken: Sequence[str]) -> Tables:
    known = tables["territories"]
    named = [lang for lang in spoken if f"name_{lang}" in known]
    rows = [_territory(code, named) for code in sorted(set(codes) - set(known["country_code"]))]
    return tables | {"territories": _with(known, rows)}


def _territory(code: str, named: Iterable[str]) -> dict[str, str]:
    names = {f"name_{lang}": name(code, lang) for lang in named}
    return {"country_code": code, **names, "name_source": "Babel", "boundary_source_id": "natural-earth", "source_id": "cldr"}


def _city_row(id: str, names: Mapping[str, str], place: Place) -> dict[str, str]:
    return {
        "city_id": id,
        **names,
        "country_code": place.country,
        "region": region(place.country),
        "level": place.level,
        "lat": f"{place.lat:g}" if not place.geoname_id else f"{place.lat:.4f}",
        "lon": f"{place.lon:g}" if not place.geoname_id else f"{place.lon:.4f}",
        "geoname_id": place.geoname_id,
        "population": str(place.population) if place.population else "",
        "coordinate_basis": place.basis,
    }


def _identifier(name_en: str, country: str, known: Iterable[str]) -> str:
    """A free identifier: the name, with the country where another city has it."""
    plain = re.sub("[^a-z0-9]+", "-", folded(name_en)).strip("-") or country.lower()
    taken = set(known)
    return plain if plain not in taken else free(f"{plain}-{country.lower()}", taken)


def free(id: str, known: set[str]) -> str:
    """The identifier, numbered where it is taken."""
    return next(name for number in count(1) if (name := id if number == 1 else f"{id}-{number}") not in known)


def _with(table: pd.DataFrame, rows: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """A new frame with rows at the end; columns that they leave out are empty."""
    if not rows:
        return table
    return pd.concat([table, pd.DataFrame(rows, dtype="str")], ignore_index=True).fillna("")
