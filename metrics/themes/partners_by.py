"""The documented partners by region, type, country, decade and year, a search by name, and the acts of each.

Takes the rows of `metrics.themes.partnerships.documented_partners`, or some of them; which rows count is decided there.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from metrics.schema.dates import BEGINNING, day, earliest, latest
from metrics.schema.release import Release
from metrics.schema.tables import REGIONS
from metrics.themes.partnerships import TIES

ORDERS = ("name", "country", "since", "type")
"""Sort orders of a list of partners."""


def by(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """How many partners there are of each value of a column: columns `column`, value (certain), possible (not settled by the date).

    Types and regions come in the order of their declaration, anything else with the largest first.
    """
    declared = {"type": TIES, "region": REGIONS}.get(column)
    sure, all_ = rows.loc[rows["certain"], column].value_counts(), rows[column].value_counts()
    order = [value for value in declared if value in all_] if declared else _largest_first(all_)
    certain, every = sure.reindex(order, fill_value=0), all_.reindex(order)
    return pd.DataFrame({column: order, "value": certain.to_numpy(int), "possible": (every - certain).to_numpy(int)})


def _largest_first(counts: pd.Series) -> list[str]:
    return counts.rename_axis("key").reset_index(name="n").sort_values(["n", "key"], ascending=[False, True])["key"].tolist()


def by_year(rows: pd.DataFrame, covered: date) -> pd.DataFrame:
    """Partners by the year of their first act: columns year, certain, possible; every year from the first to that of the last covered day.

    `possible` counts a partner in each year that its date allows, where the date spans several. A partner without a first
    known day stands in no year (see `undated`).
    """
    return _by_period(rows, covered, 1)


def by_decade(rows: pd.DataFrame, covered: date) -> pd.DataFrame:
    """The same by decades: columns decade (its first year), certain, possible."""
    return _by_period(rows, covered, 10).rename(columns={"year": "decade"})


def _by_period(rows: pd.DataFrame, covered: date, width: int) -> pd.DataFrame:
    dated = rows[~_no_first_day(rows)]
    first = earliest(dated["since"]).dt.year.to_numpy() // width
    last = np.minimum(latest(dated["since"]).dt.year.to_numpy(), np.maximum(covered.year, first * width)) // width
    if not len(first):
        return pd.DataFrame({"year": [], "certain": [], "possible": []}, dtype=int)
    start, count = first.min(), max(covered.year // width, first.max()) - first.min() + 1
    settled = (first == last) & dated["certain"].to_numpy(bool)
    certain = np.bincount(first[settled] - start, minlength=count)
    # A partner enters the possible ones in its first period and leaves them after its last.
    enters = np.bincount(first[~settled] - start, minlength=count + 1)
    leaves = np.bincount(last[~settled] + 1 - start, minlength=count + 1)
    possible = np.cumsum(enters - leaves)[:count]
    return pd.DataFrame({"year": (np.arange(count) + start) * width, "certain": certain, "possible": possible}).astype(int)


def _no_first_day(rows: pd.DataFrame) -> pd.Series:
    return earliest(rows["since"]) == day(BEGINNING)


def undated(rows: pd.DataFrame) -> pd.DataFrame:
    """The partners whose first act has no known first day."""
    return rows[_no_first_day(rows)]


def newest(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The newest ties, latest first; an upgrade makes a tie. One that may be old is left out."""
    dated = rows[rows["certain"] & (earliest(rows["became"]) > day(BEGINNING))]
    return dated.assign(at=earliest(dated["became"])).sort_values(["at", "city_id"], ascending=[False, True]).head(most)


def oldest(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The partners with the oldest first acts, oldest first; one without a known first day is left out."""
    dated = rows[rows["certain"] & ~_no_first_day(rows)]
    return dated.assign(at=latest(dated["since"])).sort_values(["at", "city_id"]).head(most)


def agreement_counts(release: Release) -> pd.Series:
    """How many rows of `agreements`, of all roles, there are of each city_id."""
    return release.tables["agreements"].groupby("city_id").size()


def agreements_of(release: Release, city: str) -> pd.DataFrame:
    """The rows of `agreements` of one city, of all roles: by date, undated ones last, on one day counted ones first."""
    rows = release.tables["agreements"]
    rows = rows[rows["city_id"] == city]
    order = rows["role"].isin(("primary", "superseded"))
    return (
        rows.assign(at=latest(rows["signed"]), counted=~order)
        .sort_values(["at", "counted", "agreement_id"])
        .drop(columns=["at", "counted"])
    )


def matching(rows: pd.DataFrame, text: str, columns: Sequence[str]) -> pd.DataFrame:
    """The rows with every word of a text in one of the columns, without case and accents."""
    words = plain(text).split()
    if not words or rows.empty:
        return rows
    everything = rows[columns[0]].str.cat([rows[column] for column in columns[1:]], sep=" ").map(plain)
    for word in words:
        rows = rows[everything.loc[rows.index].str.contains(word, regex=False)]
    return rows


def plain(text: str) -> str:
    """A text normalised for comparing: without case and accents, Hangul as whole syllables."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


def in_order(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """The rows by one of ORDERS, then by name; needs name and country in the reader's language, and began (EDTF of the tie as it is).

    By `since` the oldest come first and those without a first known day last. Raises KeyError for another order.
    """
    keys = {
        "name": lambda: rows["name"].map(plain),
        "country": lambda: rows["country"].map(plain),
        "since": lambda: latest(rows["began"]).where(~(earliest(rows["began"]) == day(BEGINNING))),
        "type": lambda: rows["type"].map(TIES.index),
    }
    placed = rows.assign(key=keys[order](), then=rows["name"].map(plain))
    return placed.sort_values(["key", "then"], kind="stable", na_position="last").drop(columns=["key", "then"])


def with_unknown(decades: pd.DataFrame, unknown: int) -> pd.DataFrame:
    """Decades with `certain` as value, and in a last row of decade 0 the partners of which none is known, all of them possible."""
    known = decades.rename(columns={"certain": "value"})
    last = pd.DataFrame({"decade": [0], "value": [0], "possible": [unknown]})
    return pd.concat([known, last], ignore_index=True) if unknown else known


def countries(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a country, the most partners first.

    Columns country, partners (how many), names and types (lists, sister cities first), cities (the names as one text). `rows` need
    name and country in the reader's language.
    """
    placed = rows.assign(kind=rows["type"].map(TIES.index)).sort_values(["kind", "name"], kind="stable")
    table = placed.groupby("country", sort=True).agg(partners=("name", "size"), names=("name", list), types=("type", list)).reset_index()
    table = table.assign(cities=[", ".join(listed) for listed in table["names"]])
    return table.sort_values(["partners", "country"], ascending=[False, True], kind="stable").reset_index(drop=True)


def first_year(rows: pd.DataFrame) -> int | None:
    """The year by which the first partner whose date is known had certainly signed; None where none had."""
    sure = rows[rows["certain"] & ~_no_first_day(rows)]
    return int(latest(sure["since"]).min().year) if len(sure) else None


def first_years(began: pd.Series) -> pd.Series:
    """The year of each EDTF date, missing where the date does not settle one (Int64)."""
    since, until = earliest(began).dt.year, latest(began).dt.year
    return since.where(since == until).astype("Int64")
