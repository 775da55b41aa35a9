"""Documented policy exports by sector, region, status and year, on the map and as a list; no published counts are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from languages import FALLBACK
from metrics.counting import groups
from metrics.counting.counting import ALWAYS, NEVER, series
from metrics.counting.coverage import last_covered
from metrics.counting.groups import by_value
from metrics.counting.published import benchmarks, latest_up_to, printed_by
from metrics.counting.reading import Benchmark
from metrics.schema.dates import day, earliest, latest
from metrics.schema.names import in_every_language, names, offered_languages, original, texts
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import codes
from metrics.themes.policy_exports import EXPORTED, register

NOT_COUNTED = ("negotiated", "bid", "selected", "planned", "unclear", "gift", "training", "benchmark", "third_party")
"""Statuses that are shown and not counted: first what may still be awarded, then what is no sale."""

NOT_RECORDED = ""
"""The region of a place in a country without a city in the table of cities."""

INSIDE = {"transport": ("transport_card",)}
"""Sectors that a published sector includes beside its own, unless they are published themselves.

A city may publish one figure for transport; the register keeps fare cards apart from other transport, because firms sell the cards
and officials give the advice.
"""


@cached_by_release(4)
def projects(release: Release, on: date) -> pd.DataFrame:
    """Every row of `policy_exports` that may have begun by a date, counted or not.

    Columns of the table, with counted and shown (bool: an exported project; one that is shown and not counted; neither for rows
    of other sources on the same work), since and until (datetime64: the first and the last day of its start), certain (bool:
    begun by the date for sure). What is not counted or has no date is certain from the day on which its source was printed.
    """
    rows = release.tables["policy_exports"]
    primary, exported = rows["role"] == "primary", rows["status"].isin(EXPORTED)
    since, until = earliest(rows["started"]), latest(rows["started"])
    until = until.where(exported & (rows["started"] != ""), np.minimum(until, printed_by(release, rows, "source_id")))
    rows = rows.assign(counted=primary & exported, shown=primary & ~exported, since=since, until=until, certain=until <= day(on))
    return rows[since <= day(on)].reset_index(drop=True)


@cached_by_release()
def places(release: Release) -> pd.DataFrame:
    """Where each export went: columns of `export_places`, with region.

    The region is that of the city where one is named, else the one that all listed cities of the country share, else NOT_RECORDED.
    """
    cities = release.tables["cities"]
    known = cities.drop_duplicates(["country_code", "region"])
    shared = known[~known["country_code"].duplicated(keep=False)].set_index("country_code")["region"]
    rows = release.tables["export_places"]
    region = rows["city_id"].map(cities.set_index("city_id")["region"]).fillna(rows["country_code"].map(shared)).fillna(NOT_RECORDED)
    return rows.assign(region=region)


@cached_by_release()
def regions_to_choose(release: Release) -> tuple[str, ...]:
    """The regions that any project went to, in their order."""
    of_projects = set(places(release)["region"])
    return tuple(code for code in codes(release, "regions") if code in of_projects)


def within(rows: pd.DataFrame, places: pd.DataFrame, regions: Sequence[str]) -> pd.DataFrame:
    """The rows of `projects` with a place in one of the regions; no region means all rows."""
    return rows[_among(rows["export_id"], places.loc[places["region"].isin(regions), "export_id"])] if regions else rows


def _among(column: pd.Series, values: pd.Series) -> pd.Series:
    # As objects: pandas compares a long column of strings one by one.
    return column.astype(object).isin(values.astype(object))


def documented(rows: pd.DataFrame) -> int:
    """How many of the rows are exported projects, begun for sure."""
    return int((rows["counted"] & rows["certain"]).sum())


def by_sector(rows: pd.DataFrame, sectors: Sequence[str]) -> pd.DataFrame:
    """Exported projects by sector, in the order of `sectors`: columns sector, value (begun for sure), possible; sectors without one are
    left out.
    """
    return by_value(rows[rows["counted"]], "sector", sectors)


def by_status(rows: pd.DataFrame) -> pd.DataFrame:
    """Exported projects by status: columns status, value, possible; all four that count, zeros included."""
    return by_value(rows[rows["counted"]], "status", EXPORTED, everyone=True)


def not_counted(rows: pd.DataFrame) -> pd.DataFrame:
    """What is shown and not counted, by status: columns status, value, possible; those that occur."""
    return by_value(rows[rows["shown"]], "status", NOT_COUNTED)


def by_region(rows: pd.DataFrame, places: pd.DataFrame, regions: Sequence[str]) -> pd.DataFrame:
    """Exported projects by region, in the order of `regions` and then NOT_RECORDED: columns region, value, possible; a project that went
    to two regions counts in each.
    """
    went = places[["export_id", "region"]].drop_duplicates()
    return by_value(rows[rows["counted"]].merge(went, on="export_id"), "region", (*regions, NOT_RECORDED))


def by_year(rows: pd.DataFrame, covered: date) -> pd.DataFrame:
    """Exported projects by the year in which they began, up to that of the last covered day: columns year, certain, possible; empty
    years are there with zeros.

    `possible` counts what may have begun by the date, within known years but not for sure or not in a known one, in each of them up
    to that of the date. What has no first or no last known year stands in none (see `without_year`).
    """
    rows = rows[rows["counted"] & (rows["since"] > ALWAYS) & (rows["until"] < NEVER)]
    since, until = (rows[column].dt.year.to_numpy() for column in ("since", "until"))
    return groups.by_year(since, until, rows["certain"].to_numpy(bool), covered.year)


def without_year(rows: pd.DataFrame) -> int:
    """How many exported projects have no first known year, or no date at all."""
    return int((rows["counted"] & ((rows["since"] == ALWAYS) | (rows["until"] == NEVER))).sum())


@dataclass(frozen=True)
class Split:
    """A published count by sector beside the documented one.

    `as_of` (EDTF) and `source_id` of the split, `whole`: the published total of the same date, None without one, `itemised`:
    the sum of its sectors. `rows`: sector, published, value and possible (documented by the day of the split), the largest first;
    the sector "" is the rest: what the total counts beyond the itemised sectors. `merged`: a sector has projects of another (INSIDE).
    """

    as_of: str
    source_id: str
    whole: float | None
    itemised: float
    rows: pd.DataFrame
    merged: bool


@cached_by_release()
def split(release: Release, on: date) -> Split | None:
    """The newest split by sector that was published by a date, beside the rows documented by the day of that split."""
    sectors = codes(release, "sectors")
    marks = {sector: latest_up_to(benchmarks(release, "exported_projects", f"sector:{sector}"), on) for sector in sectors}
    newest = max((m.day for counts in marks.values() for m in counts), default=None)
    if newest is None:
        return None
    chosen = {sector: m for sector, counts in marks.items() for m in counts if m.day == newest}
    mark = next(iter(chosen.values()))
    whole = next((m.value for m in benchmarks(release, "exported_projects") if m.as_of == mark.as_of), None)
    itemised = sum(m.value for m in chosen.values())
    tally = by_sector(projects(release, newest), sectors)
    inside = {sector: (sector, *(ours for ours in INSIDE.get(sector, ()) if ours not in chosen)) for sector in chosen}
    merged = any(ours in set(tally["sector"]) for sectors in inside.values() for ours in sectors[1:])
    return Split(mark.as_of, mark.source_id, whole, itemised, _beside(tally, chosen, inside, whole, itemised), merged)


def _beside(
    tally: pd.DataFrame, chosen: dict[str, Benchmark], inside: Mapping[str, Sequence[str]], whole: float | None, itemised: float
) -> pd.DataFrame:
    """The rows of a split: each published sector with those inside it, then the rest."""
    sums = tally.set_index("sector")[["value", "possible"]]
    named = [ours for sectors in inside.values() for ours in sectors]
    rows = [(sector, mark.value, *_sum(sums, inside[sector])) for sector, mark in chosen.items()]
    rows.sort(key=lambda row: -row[1])
    rows.append(("", whole - itemised if whole is not None else np.nan, *_sum(sums, [s for s in sums.index if s not in named])))
    return pd.DataFrame(rows, columns=["sector", "published", "value", "possible"])


def _sum(sums: pd.DataFrame, sectors: Sequence[str]) -> tuple[int, int]:
    part = sums[sums.index.isin(sectors)]
    return int(part["value"].sum()), int(part["possible"].sum())


def documented_steps(release: Release, on: date) -> pd.DataFrame:
    """The register alone over time, up to the last covered day: day, value (begun for sure by the day), lower, upper, segment."""
    rows = register(release)
    begun = rows.loc[rows["latest"] <= day(on), "latest"]
    last = max([last_covered(release, "exports", on), *begun.nlargest(1).dt.date])
    return series(rows, (), date(begun.min().year, 1, 1), last) if len(begun) else series(rows.head(0), (), date(on.year, 1, 1), on)


def silence(published: pd.DataFrame, least: int = 3) -> pd.DataFrame:
    """The longest time between two published counts, if it lasted `least` years: one row or none.

    `published` as in `Course`. Columns of the result: since, until (datetime64), years (whole ones), before, after.
    """
    rows = published.sort_values("day").reset_index(drop=True)
    gaps = pd.DataFrame({"since": rows["day"].shift(), "until": rows["day"], "before": rows["value"].shift(), "after": rows["value"]})[1:]
    gaps = gaps.assign(years=((gaps["until"] - gaps["since"]).dt.days // 365.25).astype(int))
    return gaps[gaps["years"] >= least].sort_values("years", kind="stable").tail(1).reset_index(drop=True)


def on_the_map(release: Release, rows: pd.DataFrame) -> pd.DataFrame:
    """The named cities of the rows: columns of `cities`, with exported (begun for sure) and shown (not counted, or not for sure)."""
    sure = rows["counted"] & rows["certain"]
    marked = rows[["export_id"]].assign(exported=sure, shown=rows["shown"] | (rows["counted"] & ~sure))
    went = places(release)
    went = went[went["city_id"] != ""].merge(marked, on="export_id")
    many = went.groupby("city_id")[["exported", "shown"]].sum()
    many = many[(many > 0).any(axis=1)]
    return release.tables["cities"].merge(many, left_on="city_id", right_index=True).reset_index(drop=True)


def listed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows for a list, the newest first, those without a last day at the end; on one day counted ones first."""
    order = latest(rows["started"])
    order = order.where(order < NEVER, ALWAYS)
    rank = (~rows["counted"]).astype(int) + (rows["role"] != "primary").astype(int)
    return rows.assign(order=order, rank=rank).sort_values(["order", "rank", "export_id"], ascending=[False, True, True], kind="stable")


def alike(release: Release, export_id: str) -> pd.DataFrame:
    """The other rows of the same place and sector, of all roles: candidates for second and contradicting sources."""
    table = release.tables["policy_exports"]
    went = places(release).assign(place=lambda rows: texts(rows, "place", FALLBACK, original(release)))
    key = ["country_code", "city_id", "place"]
    own = went.loc[went["export_id"] == export_id, key]
    near = went.merge(own, on=key)["export_id"]
    sector = table.loc[table["export_id"] == export_id, "sector"]
    return table[table["export_id"].isin(near) & table["sector"].isin(sector) & (table["export_id"] != export_id)]


@cached_by_release(4)
def place_names(release: Release, lang: str) -> pd.Series:
    """The places of each export: `City, Country`, or the country alone; several joined by semicolons. By export_id."""
    went = places(release)
    named = went["city_id"].map(names(release, "city", lang)).fillna(texts(went, "place", lang, original(release)))
    country = went["country_code"].map(names(release, "country", lang)).fillna(went["country_code"])
    labels = (named + ", " + country).where(named != "", country)
    labels = labels.set_axis(went["export_id"])
    several = labels.index.duplicated(keep=False)
    return pd.concat([labels[~several], labels[several].groupby(level=0).agg("; ".join)])


def matching(release: Release, rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """The rows with a text, in any language, in the project's name, places or partners; case does not matter."""
    if not text.strip():
        return rows
    searched = in_every_language(rows, "project") + "\n" + rows["partner"]
    for lang in offered_languages(release):
        searched = searched + "\n" + rows["export_id"].map(place_names(release, lang)).fillna("")
    return rows[searched.str.casefold().str.contains(text.strip().casefold(), regex=False)]


def chosen(rows: pd.DataFrame, sector: str, status: str) -> pd.DataFrame:
    """The rows of a sector and a status; `counted` and `shown` select all such statuses, "" everything."""
    rows = rows[rows["sector"] == sector] if sector else rows
    if status in ("counted", "shown"):
        return rows[rows[status]]
    return rows[rows["status"] == status] if status else rows


def at_city(release: Release, rows: pd.DataFrame, city_id: str) -> pd.DataFrame:
    """The rows of `projects` in a city that are counted or shown."""
    went = places(release)
    return rows[rows["export_id"].isin(went.loc[went["city_id"] == city_id, "export_id"]) & (rows["counted"] | rows["shown"])]


def without_city(release: Release, rows: pd.DataFrame) -> int:
    """How many exported projects, begun for sure, name no city at all."""
    went = places(release)
    return int((rows["counted"] & rows["certain"] & ~_among(rows["export_id"], went.loc[went["city_id"] != "", "export_id"])).sum())
