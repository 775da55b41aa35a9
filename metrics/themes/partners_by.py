"""The documented partners (some rows of `partnerships.documented_partners`) by region, type, country, decade and year."""

import unicodedata
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from metrics.counting import groups
from metrics.schema.dates import BEGINNING, END, day, earliest, latest, span
from metrics.schema.release import Release

ORDERS = ("name", "country", "since", "type")
"""Sort orders of a list of partners."""


def by_year(rows: pd.DataFrame, covered: date, width: int = 1) -> pd.DataFrame:
    """Partners by the year (or period of `width` years) of their first act: columns year, certain, possible; every year from the first
    to that of the last covered day.

    `possible` counts a partner in each year that its date allows, where the date spans several. A partner without a first
    known day stands in no year (see `undated`).
    """
    dated = rows[~_no_first_day(rows)]
    first, last = (days.dt.year.to_numpy() for days in span(dated["since"]))
    reached = np.maximum(covered.year, first // width * width)
    return groups.by_year(first, np.minimum(last, reached), dated["certain"].to_numpy(bool), covered.year, width)


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


def in_order(rows: pd.DataFrame, order: str, kinds: Sequence[str]) -> pd.DataFrame:
    """The rows by one of ORDERS, then by name; needs name and country in the reader's language, and began (EDTF of the tie as it is).

    By `type` they come in the order of `kinds`, which has them all. By `since` the oldest come first and those without a first known day
    last. Raises KeyError for another order.
    """
    keys = {
        "name": lambda: rows["name"].map(plain),
        "country": lambda: rows["country"].map(plain),
        "since": lambda: latest(rows["began"]).where(~(earliest(rows["began"]) == day(BEGINNING))),
        "type": lambda: rows["type"].map(kinds.index),
    }
    placed = rows.assign(key=keys[order](), then=rows["name"].map(plain))
    return placed.sort_values(["key", "then"], kind="stable", na_position="last").drop(columns=["key", "then"])


def with_unknown(decades: pd.DataFrame, unknown: int) -> pd.DataFrame:
    """Decades as `by_year` gives them, with `certain` as value; a last row of decade 0 has those of no known one, all of them possible."""
    known = decades.rename(columns={"year": "decade", "certain": "value"})
    last = pd.DataFrame({"decade": [0], "value": [0], "possible": [unknown]})
    return pd.concat([known, last], ignore_index=True) if unknown else known


def countries(rows: pd.DataFrame, kinds: Sequence[str], last: str = "") -> pd.DataFrame:
    """One row a country, the most partners first; the country of the name `last` stands last.

    Columns country, partners (how many), names and types (lists, in the order of `kinds`), cities (the names as one text). `rows` need
    name and country in the reader's language.
    """
    placed = rows.assign(kind=rows["type"].map(kinds.index)).sort_values(["kind", "name"], kind="stable")
    table = placed.groupby("country", sort=True).agg(partners=("name", "size"), names=("name", list), types=("type", list)).reset_index()
    table = table.assign(cities=[", ".join(listed) for listed in table["names"]])
    placed = table.assign(apart=table["country"] == last).sort_values(["apart", "partners", "country"], ascending=[True, False, True])
    return placed.drop(columns="apart").reset_index(drop=True)


def first_year(rows: pd.DataFrame) -> int | None:
    """The year by which the first partner whose date is known had certainly signed; None where none had."""
    sure = rows[rows["certain"] & ~_no_first_day(rows)]
    return int(latest(sure["since"]).min().year) if len(sure) else None


def first_years(began: pd.Series) -> pd.Series:
    """The year of each EDTF date, missing where the date does not settle one (Int64)."""
    since, until = earliest(began).dt.year, latest(began).dt.year
    return since.where(since == until).astype("Int64")


def joined(partners: pd.DataFrame) -> pd.Series:
    """When each row of `documented_partners` had surely joined: the year and the hundredths of it that had passed; missing if undated."""
    first, last = span(partners["since"])
    passed = last.dt.year * 100 + (last.dt.day_of_year - 1) * 100 // 366
    return (passed / 100).where((first > day(BEGINNING)) & (last < day(END)))
