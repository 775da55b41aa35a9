"""What rows are called: each text in the language asked for, else in the fallback, else in whichever there is."""

from collections.abc import Container, Mapping
from typing import Any

import pandas as pd

from languages import in_turn
from metrics.schema.release import Release

Rows, Texts = pd.DataFrame, pd.Series
"""For the types of whoever may not import pandas."""

ENTITIES = {
    "city": ("cities", "city_id", "name"),
    "country": ("territories", "country_code", "name"),
    "project": ("policy_exports", "export_id", "project"),
    "organisation": ("organisations", "organisation_id", "name"),
    "network": ("networks", "network_id", "name"),
    "event": ("events", "event_id", "name"),
    "plan_item": ("plan_items", "item_id", "title"),
}
"""Each kind of thing: its table, its key, and the field that holds its names."""


def columns(names: Container[str], field: str, lang: str = "") -> list[str]:
    """The columns of a field, one a language, those in which a reader of `lang` looks for it first; a row or frame may hold any."""
    return [column for code in in_turn(lang) if (column := f"{field}_{code}") in names]


def text(row: Mapping[str, Any], field: str, lang: str) -> str:
    """The text that a row has in a field, "" where it has none in any language."""
    return row.get(f"{field}_{lang}") or next((row[column] for column in columns(row, field, lang) if row[column]), "")


def texts(rows: pd.DataFrame, field: str, lang: str) -> pd.Series:
    """The same of every row of a frame. Raises KeyError where it has no such field in any language."""
    first, *others = columns(rows, field, lang) or [f"{field}_{lang}"]
    cells = rows[first]
    for other in others:
        if (blank := cells == "").any():
            cells = cells.mask(blank, rows[other])
    return cells


def in_every_language(rows: pd.DataFrame, field: str) -> pd.Series:
    """The texts that each row has in a field, in all languages, on lines of one text: what a search looks at."""
    first, *others = columns(rows, field)
    return rows[first].str.cat([rows[other] for other in others], sep="\n") if others else rows[first]


def names(release: Release, entity: str, lang: str) -> pd.Series:
    """What the things of a kind are called, by key. Raises KeyError for an unknown entity."""
    table, key, field = ENTITIES[entity]
    rows = release.tables[table]
    return texts(rows, field, lang).set_axis(rows[key])
