"""Exported policy projects: how many, to which cities and countries, and when they began.

Exported means awarded, operating, completed, or listed by the city as exported. Planned, bid for, negotiated and selected projects,
gifts, trainings, benchmarks and projects without a contract of the city, and what is of an unknown stage, are shown and not counted.
Values of different kinds are never summed. Which projects the city's own count includes is unpublished, so its total and the rows
are not combined.
"""

from datetime import date

import pandas as pd

from metrics.counting.counting import ALWAYS, Nature, documented, spells
from metrics.counting.measuring import Indicator, Total, begun, counted, share, window
from metrics.counting.published import printed_by
from metrics.counting.reading import Count, Formula, Reading
from metrics.schema.dates import day, latest, span
from metrics.schema.home import home_country
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import city_levels

EXPORTED = ("awarded", "operating", "completed", "listed")
TABLES = ("policy_exports", "export_places", "cities")


@cached_by_release()
def exported(release: Release) -> pd.DataFrame:
    """The projects that count as exported: export_id, started, source_id (that of the date), by (datetime64: the day by which each had
    certainly begun), on the index of `policy_exports`.
    """
    rows = release.tables["policy_exports"]
    rows = rows.loc[rows["status"].isin(EXPORTED) & (rows["role"] == "primary"), ["export_id", "started", "source_id", "date_source_id"]]
    source = rows["date_source_id"].where(rows["date_source_id"] != "", rows["source_id"])
    by = latest(rows["started"]).where(rows["started"] != "", printed_by(release, rows, "source_id"))
    return rows.assign(source_id=source, by=by).drop(columns="date_source_id")


@cached_by_release()
def register(release: Release) -> pd.DataFrame:
    """Spells by export_id."""
    return spells(exported(release), "export_id", "started", listed="by")


@cached_by_release()
def city_register(release: Release) -> pd.DataFrame:
    """Spells by city_id: a city counts from its first project; only named ones of a level that counts as city are cities."""
    places, cities = _places(release), release.tables["cities"]
    named = cities.loc[cities["level"].isin(city_levels(release)), "city_id"]
    return spells(places[places["city_id"].isin(named)], "city_id", "started", listed="by")


@cached_by_release()
def country_register(release: Release) -> pd.DataFrame:
    """Spells by country_code: a country counts from its first project; the home city's own country does not count."""
    places = _places(release)
    return spells(places[places["country_code"] != home_country(release)], "country_code", "started", listed="by")


@cached_by_release()
def _places(release: Release) -> pd.DataFrame:
    return release.tables["export_places"][["export_id", "city_id", "country_code"]].merge(exported(release), on="export_id")


def without_year(release: Release, on: date) -> int:
    """How many projects certainly exported by a date have no known first year."""
    rows = exported(release)
    since, until = span(rows["started"])
    return int(((since == ALWAYS) & (until <= day(on))).sum())


def _share(release: Release, on: date) -> Reading:
    # Of the named projects: which ones a published total counts is unknown.
    rows = register(release)
    known, perhaps = documented(rows, on), int((rows["earliest"] <= day(on)).sum())
    whole = Count("exported_projects", on, float(known), "projects", Formula("register"), lower=float(known), upper=float(perhaps))
    new = ((rows["earliest"] <= day(on)) & (rows["latest"] >= day(window(on)))).sum()
    return share("exports_share_5y", begun("exports_begun_5y", "projects", rows, on, float(new)), whole)


@cached_by_release()
def newest(release: Release, on: date, most: int) -> pd.DataFrame:
    """The exported projects that began last, latest first: columns of `policy_exports` (the source is that of the date), at most so
    many, none after `on`.

    A project dated only "by then" may be old and is left out.
    """
    rows = exported(release)
    since, until = span(rows["started"])
    dated = rows.assign(day=since)[(since > ALWAYS) & (until <= day(on))]
    last = dated.sort_values(["day", "export_id"], ascending=[False, True]).head(most)
    return release.tables["policy_exports"].loc[last.index].assign(source_id=last["source_id"])


_UNNAMED = Nature(named=False)  # the city publishes totals, and no list of what they count
INDICATORS = (
    counted(Total("exported_projects", "projects", register, _UNNAMED), "more", TABLES, "project"),
    counted(Total("export_cities", "cities", city_register, _UNNAMED), "more", TABLES, "city"),
    counted(Total("export_countries", "countries", country_register, _UNNAMED), "more", TABLES, "country"),
    Indicator("exports_share_5y", "share", "neither", (*TABLES, "sources"), _share, register=register, entity="project"),
)
