"""The rows that cite each source, and where sources contradict each other: the rows used beside the contradicting ones."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from metrics.counting.coverage import cited_in, in_use
from metrics.indicators.registry import INDICATORS, readings
from metrics.schema.dates import BEGINNING, END, bounds
from metrics.schema.release import Release, cached_by_release

CONTRADICTING = ("conflict", "disputed")
NEAR_DAYS = 366
"""Rows dated this near report the same fact."""


@dataclass(frozen=True)
class Fact:
    """How rows of a table identify a fact: the key columns, the date column where dates distinguish facts, and the columns to
    compare where no row has the same key.
    """

    key: tuple[str, ...]
    date: str = ""
    otherwise: tuple[str, ...] = ()


FACTS = {
    "agreements": Fact(("city_id", "type"), otherwise=("city_id",)),
    "agreement_areas": Fact(("city_id", "agreed")),
    "contacts": Fact(("city_id", "kind"), "date", ("city_id",)),
    "policy_exports": Fact(("export_id",)),
    "published_counts": Fact(("measure", "dimension"), "as_of"),
    "fund": Fact(("fund", "measure"), "date"),
    "targets": Fact(("indicator",), "set_on"),
    "organisation_events": Fact(("organisation_id", "event")),
    "network_memberships": Fact(("network_id", "membership")),
    "events": Fact(("event_key",)),
    "plan_evidence": Fact(("item_id", "shows"), "date"),
    "relation_states": Fact(("city_id",), "date"),
    "commitments": Fact(("commitment_id",)),
    "peer_counts": Fact(("place_id",), "as_of"),
}
"""The tables whose rows have a role. Which policy exports are the same project is not on record, so each is a fact."""


@dataclass(frozen=True, eq=False)
class Contradiction:
    """A contradicted fact: the table, and the labels of its rows in use and of the contradicting ones."""

    table: str
    rows: pd.DataFrame
    used_at: tuple
    otherwise_at: tuple

    @cached_property
    def used(self) -> pd.DataFrame:
        """The rows in use: columns of the table."""
        return self.rows.loc[list(self.used_at)]

    @cached_property
    def otherwise(self) -> pd.DataFrame:
        """The contradicting rows: columns of the table."""
        return self.rows.loc[list(self.otherwise_at)]


@cached_by_release()
def rests(release: Release) -> pd.DataFrame:
    """How many rows of each table cite each source in any column: columns source_id, table, rows (int), by source and table."""
    tables = [_naming(name, rows) for name, rows in release.tables.items() if name != "sources"]
    every = pd.concat(tables, ignore_index=True)
    return every.groupby(["source_id", "table"], sort=True).size().rename("rows").reset_index()


def _naming(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """One line a row of a table and source it cites, however often."""
    columns = cited_in(name)
    named = [pd.DataFrame({"row": range(len(rows)), "source_id": rows[column].to_numpy()}) for column in columns]
    empty = pd.DataFrame({"row": pd.Series(dtype="int64"), "source_id": pd.Series(dtype=str)})
    every = pd.concat(named or [empty]).drop_duplicates()
    return every[every["source_id"] != ""].assign(table=name)[["source_id", "table"]]


def cited(release: Release, on: date) -> dict[str, tuple[str, ...]]:
    """The indicators whose reading on a date cites each source, for its value or for its target; by source id."""
    by_source: dict[str, list[str]] = {}
    for reading in readings(release, on):
        aims = [reading.target.source_id] if reading.target else []
        for source in dict.fromkeys([*reading.sources, *aims]):
            by_source.setdefault(source, []).append(reading.indicator)
    return {source: tuple(indicators) for source, indicators in by_source.items()}


@cached_by_release()
def contradictions(release: Release) -> tuple[Contradiction, ...]:
    """Every fact with a contradicting or disputed row, in the order of the tables; rows of one fact are grouped."""
    return tuple(contradiction for name, fact in FACTS.items() for contradiction in _of_table(name, fact, release.tables[name]))


def _of_table(name: str, fact: Fact, rows: pd.DataFrame) -> list[Contradiction]:
    against, used = rows[rows["role"].isin(CONTRADICTING)], in_use(rows)
    same, wider = _by(used, fact.key), _by(used[used["role"] == "primary"], fact.otherwise) if fact.otherwise else {}
    groups: dict[tuple, list] = {}
    for row in against.itertuples():
        key = tuple(getattr(row, column) for column in fact.key)
        labels_used = same.get(key) or wider.get(tuple(getattr(row, column) for column in fact.otherwise), [])
        if fact.date:
            labels_used = _nearest(used.loc[labels_used, fact.date], getattr(row, fact.date))
        groups.setdefault((key, tuple(labels_used)), []).append(row.Index)
    return [Contradiction(name, rows, labels_used, tuple(labels)) for (_, labels_used), labels in groups.items()]


def _by(rows: pd.DataFrame, columns: tuple[str, ...]) -> dict[tuple, list]:
    """The labels of the rows by the values of some columns, in one pass."""
    labels: dict[tuple, list] = {}
    for label, key in zip(rows.index, zip(*(rows[column] for column in columns), strict=True), strict=True):
        labels.setdefault(key, []).append(label)
    return labels


def _nearest(dates: pd.Series, when: str) -> list:
    """The labels of the dates nearest to another, within NEAR_DAYS."""
    apart = {label: days_apart(when, text) for label, text in dates.items()} if when else {}
    return [label for label, days in apart.items() if days == min(apart.values()) <= NEAR_DAYS]


def days_apart(when: str, other: str) -> int:
    """Days between two dates; 0 where both may be the same day, the most there are where one is unknown or open."""
    (a, b), (c, d) = bounds(when), bounds(other)
    if BEGINNING in (a, c) or END in (b, d):
        return END.toordinal()
    return max(0, (c - b).days, (a - d).days)


def undated_counts(release: Release) -> pd.DataFrame:
    """The published counts without a date of their own: columns of the table, by measure and part.

    Their `as_of` is empty or, for an indicator, an inferred interval.
    """
    rows = release.tables["published_counts"]
    inferred = rows["as_of"].str.contains("/", regex=False) & rows["measure"].isin(list(INDICATORS))
    return rows[(rows["as_of"] == "") | inferred].sort_values(["measure", "dimension", "count_id"])
