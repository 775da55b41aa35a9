"""Rows in words, as a reader tells them apart: a city by its name, an agreement by city, kind and date."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from metrics.schema.columns import fields
from metrics.schema.dates import is_date
from metrics.schema.names import Rows, columns
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY, family_of

Names = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The keys of the rows that a folded name may mean, by the `table.column` that other columns refer to."""
MOST = 5000
"""Rows of a table up to which others name its rows in words: a list of more is no help."""
ENOUGH = 3
"""Most parts of a name that a row has by what it refers to, its words and its date."""


class Words(Protocol):
    """What names need of a language; wording.Words has this form."""

    lang: str

    def of(self, family: str, value: str) -> str:
        """The word for a value of a family."""

    def label(self, row: Mapping[str, Any], code: str, family: str) -> str:
        """The word for a row of a table of words."""

    def name(self, row: Mapping[str, Any], field: str = "name") -> str:
        """The text of a field of a row."""

    def edtf(self, text: str) -> str:
        """A partial date."""


def row_names(table: str, rows_of: Callable[[str], Rows], words: Words) -> list[str]:
    """A name for each row (text) of a table: its own, else what it refers to with its words and date; "" where nothing tells it.

    `rows_of` gives the rows of any table. Two rows may have one name. Raises KeyError for an unknown table.
    """
    rows, key = rows_of(table), TABLES[table].metadata["key"][0]
    records = rows.to_dict("records")
    if table in FAMILY:
        return [words.label(row, row[key], FAMILY[table]) for row in records]
    own = next((family for family in ("name", "title") if columns(rows, family)), "")
    if own or "title" in rows:
        return [words.name(row, own) if own else row["title"] for row in records]
    named: dict[str, dict[str, str]] = {}
    for column, field in fields(TABLES[table]).items():
        target, _, of = field.refers.partition(".")
        if target not in ("", "sources", table):
            named[column] = dict(zip(rows_of(target)[of], row_names(target, rows_of, words), strict=True))
    return [", ".join(_parts(table, row, named, words)[:ENOUGH]) for row in records]


def unique_names(table: str, rows_of: Callable[[str], Rows], words: Words) -> dict[str, str]:
    """The name of each row by its key, with the key behind it where several have the name; the key alone where nothing tells it."""
    ids, names = list(rows_of(table)[TABLES[table].metadata["key"][0]]), row_names(table, rows_of, words)
    often = Counter(map(folded, names))
    return {id: id if not name else name if often[folded(name)] == 1 else f"{name} ({id})" for id, name in zip(ids, names, strict=True)}


def known_names(rows_of: Callable[[str], Rows], languages: Iterable[Words]) -> Names:
    """What a name in one of some languages may mean, for every column that refers to rows of a table with at most MOST rows."""
    refers = {field.refers for schema in TABLES.values() for field in fields(schema).values() if field.refers}
    spoken, names = list(languages), {}
    for target in sorted(refers):
        table = target.partition(".")[0]
        keys: dict[str, dict[str, None]] = {}
        for words in spoken if len(rows_of(table)) <= MOST else ():
            for id, name in unique_names(table, rows_of, words).items():
                keys.setdefault(folded(name), {})[id] = None
        names[target] = {name: tuple(ids) for name, ids in keys.items()}
    return names


def folded(name: str) -> str:
    """A name without case, width and doubled spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _parts(table: str, row: Mapping[str, str], named: Mapping[str, Mapping[str, str]], words: Words) -> list[str]:
    parts: dict[str, str] = {}
    for column, field in fields(TABLES[table]).items():
        value = row.get(column, "")
        if column in named:
            parts[column] = named[column].get(value, value)
        elif field.family:
            parts.setdefault(field.family, words.name(row, field.family) if field.family != "note" else "")
        elif field.kind == "date":
            parts[column] = words.edtf(value) if value and is_date(value) else ""
        elif field.allowed and column != "role" and value:
            parts[column] = words.of(family_of(table, column), value) if family_of(table, column) else value
        elif column == "measure":
            parts[column] = words.of("indicator", value).removeprefix("indicator.")
    return [part for part in parts.values() if part]
