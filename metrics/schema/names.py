"""Names and texts of rows: in the requested language, else in English, in the city's original one, in any; and the city's languages."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from languages import LANGUAGES, codes, in_turn, listed
from metrics.schema.columns import Field, families, fields, is_language_of
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES, schema_for

Rows, Texts = pd.DataFrame, pd.Series
"""Types for modules that must not import pandas."""

ENTITIES = {
    "city": ("cities", "city_id", "name"),
    "country": ("territories", "country_code", "name"),
    "project": ("policy_exports", "export_id", "project"),
    "organisation": ("organisations", "organisation_id", "name"),
    "network": ("networks", "network_id", "name"),
    "event": ("events", "event_id", "name"),
    "plan_item": ("plan_items", "item_id", "title"),
    "peer": ("peer_places", "place_id", "name"),
}
"""Each kind of entity: its table, its key, and the field of its names."""


STANDARD: dict[str, Callable[[str], Mapping[str, str]]] = {}
"""Names of a standard by key, for kinds of entities: from a language to its names. wording.py enters those of CLDR for countries."""


_DECLARED_OTHERWISE = frozenset(column for schema in TABLES.values() for column, field in fields(schema).items() if not field.family)
"""Columns that look like a text in a language and are none: `area_id` is a key and not Indonesian."""


@cached_by_release()
def declared_languages(release: Release) -> tuple[str, ...]:
    """The languages that the home city declares, by code, its original first; () where it declares none that there is."""
    return known_languages(release.tables["home"])


def known_languages(home: pd.DataFrame) -> tuple[str, ...]:
    """The same of the table of the home city."""
    return tuple(code for code in listed(" ".join(home["languages"])) if code in codes())


def offered_languages(release: Release) -> tuple[str, ...]:
    """The languages in which a reader may have the city: those that it declares, else those of the interface."""
    return declared_languages(release) or tuple(LANGUAGES)


def original(release: Release) -> str:
    """The original language of the city's texts; "" where it declares none."""
    return next(iter(declared_languages(release)), "")


def table_columns(table: str, rows: pd.DataFrame, languages: Collection[str]) -> dict[str, Field]:
    """The columns of a table to fill in: of each text the languages asked for, else the declared ones, and those that have cells."""
    asked = {f"{family}_{code}" for family in families(TABLES[table]) for code in languages} or set(TABLES[table].columns)
    every = fields(schema_for(table, (*rows, *asked)))
    return {name: f for name, f in every.items() if not f.family or name in asked or (name in rows and (rows[name] != "").any())}


def columns(names: Iterable[str], field: str, lang: str = "", original: str = "") -> list[str]:
    """The columns of a field that a row or frame has, one a language, in the order of preference of `lang`."""
    given = {name.removeprefix(f"{field}_"): name for name in names if is_language_of(name, field) and name not in _DECLARED_OTHERWISE}
    return [given[code] for code in dict.fromkeys((*in_turn(lang, original), *given)) if code in given]


def text(row: Mapping[str, Any], field: str, lang: str, original: str = "") -> str:
    """The text of a field of a row: in `lang`, else in English, in the `original` language, in any; "" where it has none."""
    return next((row[column] for column in columns(row.keys(), field, lang, original) if row[column]), "")


def texts(rows: pd.DataFrame, field: str, lang: str, original: str = "") -> pd.Series:
    """The text of a field of each row of a frame. Raises KeyError for a field that it lacks in every language."""
    first, *others = columns(rows, field, lang, original) or [f"{field}_{lang}"]
    cells = rows[first]
    for other in others:
        if (blank := cells == "").any():
            cells = cells.mask(blank, rows[other])
    return cells


def in_every_language(rows: pd.DataFrame, field: str) -> pd.Series:
    """The texts of a field of each row in all languages, one a line, for searching."""
    first, *others = columns(rows, field)
    return rows[first].str.cat([rows[other] for other in others], sep="\n") if others else rows[first]


def named_rows(release: Release, entity: str, lang: str = "") -> pd.DataFrame:
    """The rows of an entity, with names of STANDARD where they have none in a language of the interface, of the city, or in `lang`.

    Raises KeyError as `names` does.
    """
    table, key, field = ENTITIES[entity]
    rows = release.tables[table]
    if entity not in STANDARD:
        return rows
    for code in dict.fromkeys(filter(None, (*LANGUAGES, *offered_languages(release), lang))):
        column, standard = f"{field}_{code}", rows[key].map(STANDARD[entity](code)).fillna("")
        rows = rows.assign(**{column: rows[column].mask(rows[column] == "", standard) if column in rows else standard})
    return rows


@cached_by_release()
def names(release: Release, entity: str, lang: str) -> pd.Series:
    """The names of the rows of an entity, by key; cached, so never to be changed. Raises KeyError for an unknown entity."""
    _, key, field = ENTITIES[entity]
    rows = named_rows(release, entity, lang)
    return texts(rows, field, lang, original(release)).set_axis(rows[key])
