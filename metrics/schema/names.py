"""Names and texts of rows: in the requested language, else in the fallback, else in any other."""

from collections.abc import Callable, Container, Mapping
from typing import Any

import pandas as pd

from languages import LANGUAGES, in_turn
from metrics.schema.release import Release

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
}
"""Each kind of entity: its table, its key, and the field of its names."""


STANDARD: dict[str, Callable[[str], Mapping[str, str]]] = {}
"""Names of a standard by key, for kinds of entities: from a language to its names. wording.py enters those of CLDR for countries."""


def columns(names: Container[str], field: str, lang: str = "") -> list[str]:
    """The columns of a field that a row or frame has, one a language, in the order of preference of `lang`."""
    return [column for code in in_turn(lang) if (column := f"{field}_{code}") in names]


def text(row: Mapping[str, Any], field: str, lang: str) -> str:
    """The text of a field of a row; "" where it has none in any language."""
    return row.get(f"{field}_{lang}") or next((row[column] for column in columns(row, field, lang) if row[column]), "")


def texts(rows: pd.DataFrame, field: str, lang: str) -> pd.Series:
    """The text of a field of each row of a frame. Raises KeyError for a field that it lacks in every language."""
    first, *others = columns(rows, field, lang) or [f"{field}_{lang}"]
    cells = rows[first]
    for other in others:
        if (blank := cells == "").any():
            cells = cells.mask(blank, rows[other])
    return cells


def in_every_language(rows: pd.DataFrame, field: str) -> pd.Series:
    """The texts of a field of each row in all languages, one a line, for searching."""
    first, *others = columns(rows, field)
    return rows[first].str.cat([rows[other] for other in others], sep="\n") if others else rows[first]


def named_rows(release: Release, entity: str) -> pd.DataFrame:
    """The rows of an entity, with names of STANDARD in the languages for which the table has none. Raises KeyError as `names` does."""
    table, key, field = ENTITIES[entity]
    rows = release.tables[table]
    if entity not in STANDARD:
        return rows
    further = {f"{field}_{lang}": lang for lang in LANGUAGES if f"{field}_{lang}" not in rows}
    return rows.assign(**{column: rows[key].map(STANDARD[entity](lang)).fillna("") for column, lang in further.items()})


def names(release: Release, entity: str, lang: str) -> pd.Series:
    """The names of the rows of an entity, by key. Raises KeyError for an unknown entity."""
    _, key, field = ENTITIES[entity]
    rows = named_rows(release, entity)
    return texts(rows, field, lang).set_axis(rows[key])
