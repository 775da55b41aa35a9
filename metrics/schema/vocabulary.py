"""A city's own words: the kinds of tie, levels, regions, sectors and funds that its tables list, in the order of their rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.schema.migrations import rows_of_missing
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES, TIE_COLOURS

FAMILY = {"tie_kinds": "tie", "levels": "level", "regions": "region", "sectors": "sector", "funds": "fund_kind"}
"""Each table of words, and the family of its messages in locale/."""
_WORDS_OF = {
    "role": "role",
    "status": "status",
    "membership": "membership",
    "event": "happened",
    "state": "follow",
    "side": "side",
    "renews": "renews",
    "lasting": "renews",
    "counts": "renews",
    "counts_as_city": "renews",
    "threshold": "threshold",
    "wording": "wording",
    "shows": "shows",
    "theme": "theme",
    "contacts.kind": "contact.kind",
    "contacts.level": "contact.level",
    "contacts.status": "contact.status",
    "fund.measure": "fund_measure",
    "organisations.kind": "organisation_kind",
    "events.status": "event_status",
    "claims.kind": "claim_kind",
    "annotations.kind": "annotation_kind",
}
"""The family of the messages for the allowed words of a column, by its name, or by its table and name where that differs."""
MEASURED_FUND = "cooperation_fund"
"""The code of the fund that the indicators measure."""


@dataclass(frozen=True)
class TieKind:
    """A kind of tie: its colour (of TIE_COLOURS), whether it makes a partner, and the kind that it may become ("" for none)."""

    code: str
    colour: str
    counts: bool
    becomes: str


def family_of(table: str, column: str) -> str:
    """The family of the messages in locale/ for the allowed words of a column; "" where there are none."""
    return _WORDS_OF.get(f"{table}.{column}", _WORDS_OF.get(column, ""))


def key(table: str) -> str:
    """The column of the codes of a table of words. Raises KeyError for an unknown table."""
    return TABLES[table].metadata["key"][0]


def standard(table: str) -> tuple[str, ...]:
    """The codes of a table of words that a city has without one of its own. Raises KeyError for any other table."""
    return tuple(rows_of_missing(table)[key(table)])


def codes_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    """The codes of each table of words, by the `table.column` that refers to them; the standard ones where it is not among `tables`."""
    named = {name: key(name) for name in FAMILY}
    return {f"{name}.{code}": tuple(tables[name][code]) if code in tables.get(name, ()) else standard(name) for name, code in named.items()}


@cached_by_release()
def codes(release: Release, table: str) -> tuple[str, ...]:
    """The codes of a table of words. Raises KeyError for any other table."""
    return tuple(release.tables[table][key(table)])


@cached_by_release()
def tie_kinds(release: Release) -> Mapping[str, TieKind]:
    """The kinds of tie by code."""
    rows = release.tables["tie_kinds"]
    return {
        row.kind_code: TieKind(row.kind_code, row.colour if row.colour in TIE_COLOURS else "grey", row.counts == "yes", row.becomes)
        for row in rows[["kind_code", "colour", "counts", "becomes"]].itertuples(index=False)
    }


@cached_by_release()
def partner_kinds(release: Release) -> tuple[str, ...]:
    """The codes of the kinds of tie that make a partner."""
    return tuple(code for code, kind in tie_kinds(release).items() if kind.counts)


@cached_by_release()
def city_levels(release: Release) -> tuple[str, ...]:
    """The codes of the levels of government that count as cities."""
    rows = release.tables["levels"]
    return tuple(rows.loc[rows["counts_as_city"] == "yes", "level_code"])


@cached_by_release()
def partners_are_cities(release: Release) -> bool:
    """Whether every partner counts as a city, so that texts may call them cities: true without any partner."""
    acts, cities = release.tables["agreements"], release.tables["cities"]
    partners = acts.loc[acts["type"].isin(partner_kinds(release)) & (acts["role"] == "primary"), "city_id"]
    return bool(cities.loc[cities["city_id"].isin(partners), "level"].isin(city_levels(release)).all())
