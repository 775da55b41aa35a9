"""Exported policy projects: how many, to which cities and countries, and when they began.

Exported means awarded, operating, completed, or listed by the city as exported. Planned, bid for, negotiated and selected
projects, gifts, and benchmarks without a contract are shown and not counted. Values of different kinds are never summed.
"""

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from metrics.counting import spells
from metrics.dates import bounds, day, earliest, latest
from metrics.measuring import Indicator, begun, counted, share
from metrics.published import benchmarks
from metrics.reading import Reading
from metrics.release import Release

EXPORTED = ("awarded", "operating", "completed", "listed")
TABLES = ("policy_exports", "export_places", "cities")


@lru_cache(maxsize=4)
def exported(release: Release) -> pd.DataFrame:
    """The projects that count as exported: columns of `policy_exports`; the source is that of the date."""
    rows = release.tables["policy_exports"]
    rows = rows[rows["status"].isin(EXPORTED) & (rows["role"] == "primary")]
    return rows.assign(source_id=rows["date_source_id"].where(rows["date_source_id"] != "", rows["source_id"]))


@lru_cache(maxsize=4)
def register(release: Release) -> pd.DataFrame:
    """Spells by export_id."""
    return spells(exported(release), "export_id", "started")


@lru_cache(maxsize=4)
def city_register(release: Release) -> pd.DataFrame:
    """Spells by city_id: a city counts from its first project; only named cities are cities."""
    places = _places(release)
    return spells(places[places["city_id"] != ""], "city_id", "started")


@lru_cache(maxsize=4)
def country_register(release: Release) -> pd.DataFrame:
    """Spells by country_code: a country counts from its first project."""
    return spells(_places(release), "country_code", "started")


def _places(release: Release) -> pd.DataFrame:
    return release.tables["export_places"].merge(exported(release)[["export_id", "started", "source_id"]], on="export_id")


def begun_by_year(release: Release, on: date) -> pd.DataFrame:
    """Documented exported projects by the year in which they began: columns year, certain, possible.

    `possible` counts the projects whose dates allow the year but do not settle it; one whose date allows every year is in
    none of them (see `undated`). Years without a project are there with zeros; nothing after `on`.
    """
    rows = exported(release)
    rows = rows[rows["started"] != ""]
    first, last = earliest(rows["started"]), latest(rows["started"])
    known = first <= day(on)
    since, until = first[known].dt.year.to_numpy(), np.minimum(last[known].dt.year.to_numpy(), on.year)
    settled = since == until
    if not settled.any():
        return pd.DataFrame({"year": [], "certain": [], "possible": []}).astype({"year": int, "certain": int, "possible": int})
    years = np.arange(since[settled].min(), on.year + 1)
    certain = [(settled & (since == y)).sum() for y in years]
    possible = [(~settled & (np.maximum(since, years[0]) <= y) & (until >= y)).sum() for y in years]
    return pd.DataFrame({"year": years, "certain": certain, "possible": possible})


def undated(release: Release) -> int:
    """How many documented exported projects have no date at all."""
    return int((exported(release)["started"] == "").sum())


def _share(release: Release, on: date) -> Reading:
    part = begun("exports_begun_5y", "projects", register(release), benchmarks(release, "exported_projects"), on)
    return share("exports_share_5y", part, EXPORTED_PROJECTS.read(release, on))


def newest(release: Release, on: date, most: int) -> pd.DataFrame:
    """The exported projects that began last, latest first: columns of `policy_exports`, at most so many, none after `on`."""
    rows = exported(release)
    dated = rows[(rows["started"] != "") & (latest(rows["started"]) <= day(on))]
    order = [bounds(text)[1] for text in dated["started"]]
    return dated.assign(day=order).sort_values(["day", "export_id"], ascending=[False, True]).head(most)


EXPORTED_PROJECTS = counted("exported_projects", "projects", "more", TABLES, register, "project")
INDICATORS = (
    EXPORTED_PROJECTS,
    counted("export_cities", "cities", "more", TABLES, city_register, "city"),
    counted("export_countries", "countries", "more", TABLES, country_register, "country"),
    Indicator(
        "exports_share_5y", "share", "neither", (*TABLES, "published_counts", "sources"), _share, register=register, entity="project"
    ),
)
