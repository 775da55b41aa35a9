"""The state of each relation: recorded by a decision, else worked out from contacts; visits, announcements and concentration.

A state that is worked out is never stronger than the record: quiet needs a whole stretch of covered years without a contact.
"""

from datetime import date

import numpy as np
import pandas as pd

from metrics.counting.coverage import last_covered
from metrics.counting.measuring import Indicator, newest_of, window
from metrics.counting.reading import Formula, Reading, Share
from metrics.counting.thresholds import threshold
from metrics.schema.dates import day, earliest, latest, months_after
from metrics.schema.home import home_country
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import codes
from metrics.themes import contacts
from metrics.themes.partnerships import documented_partners

TABLES = ("contacts", "agreements", "cities", "sources")
TOP = 3
"""Concentration is the share of so many countries."""
ONE_VISIT = 7
"""Contacts of a city so many days apart are one visit."""


@cached_by_release(16)
def recorded_states(release: Release, on: date) -> pd.DataFrame:
    """The recorded state in force of each relation that has one: columns of `relation_states`, one row a city_id, the index."""
    rows = release.tables["relation_states"]
    rows = rows.assign(begun=latest(rows["date"]))
    rows = rows[(rows["role"] == "primary") & (rows["begun"] <= day(on))].sort_values(["begun", "state_id"], kind="stable")
    return rows.drop_duplicates("city_id", keep="last").drop(columns="begun").set_index("city_id")


@cached_by_release(16)
def states(release: Release, on: date) -> pd.DataFrame:
    """The state of each documented partner, in the order of `metrics.themes.contacts.relations`.

    Columns of that frame, with worked_out (active, occasional, quiet; "" where the release holds no contacts), recorded (the state in
    force by `relation_states`, "" without one), state (recorded, else worked_out), and of the recorded row date, reason and decided_by in
    each language, and source_id; "" without one.
    """
    rows, decided = contacts.relations(release, on), recorded_states(release, on)
    names = ["date", *columns(decided, "reason"), *columns(decided, "decided_by"), "source_id"]
    told = decided.reindex(rows["city_id"]).set_axis(rows.index)
    texts = {name: told[name].fillna("").astype("str") for name in names}
    recorded = told["state"].fillna("").astype("str")
    worked_out = _worked_out(release, rows, on)
    return rows.assign(**texts, recorded=recorded, worked_out=worked_out, state=recorded.where(recorded != "", worked_out))


def _worked_out(release: Release, rows: pd.DataFrame, on: date) -> pd.Series:
    if not contacts.on_record(release):
        return pd.Series("", index=rows.index, dtype="str")
    since = day(months_after(last_covered(release, "contacts", on), -threshold(release, "active_months")))
    met, signed = contacts.recorded(release, on), contacts.acts(release, on)
    recent = {
        *met.loc[met["held"] & (earliest(met["date"]) >= since), "city_id"],
        *signed.loc[signed["certain"] & (earliest(signed["signed"]) >= since), "city_id"],
    }
    active = rows["city_id"].astype(object).isin(recent)
    words = np.where(active, "active", np.where(rows["quiet"], "quiet", "occasional"))
    return pd.Series(words, index=rows.index, dtype="str")


@cached_by_release(16)
def proposals(release: Release, on: date) -> pd.DataFrame:
    """The relations whose state a person should confirm, longest without a contact first: columns of `states`, with proposal
    (active or quiet) and basis (source_id of the last contact held, else of the act in force).

    Those without a recorded state, and those whose recorded one the contacts since contradict.
    """
    rows = states(release, on)
    ties, last = documented_partners(release, on).set_index("city_id"), contacts.last_held(release, on)
    basis = ties["source_id"].to_dict() | last["source_id"].to_dict()
    met_since = rows["last"] > latest(rows["date"]).where(rows["recorded"] != "", day(date.max))
    revived = rows["recorded"].isin(["quiet", "suspended", "ended"]) & met_since & (rows["worked_out"] == "active")
    unsettled = (rows["recorded"] == "") & rows["worked_out"].isin(["active", "quiet"])
    rows = rows[unsettled | revived | ((rows["recorded"] == "active") & (rows["worked_out"] == "quiet"))]
    rows = rows.assign(proposal=rows["worked_out"], basis=rows["city_id"].map(basis), name=rows["city_id"])
    return contacts.put_in_order(rows, "quiet").drop(columns="name")


def _in_contact(release: Release, on: date) -> Reading:
    """The part of the documented partners with a contact in 24 months; the record may miss contacts, so there is no upper bound."""
    part, partners = INDICATOR_IN_CONTACT.read(release, on), documented_partners(release, on)
    whole = int(partners["certain"].sum())
    if part.value is None or not whole:
        return Reading("partner_contact_share", on, None, "share", Formula("nothing_published" if whole else "no_whole"))
    value = part.value / whole
    fields = {"part": part.value, "whole": float(whole), "value": Share(value)}
    reading = Reading("partner_contact_share", on, value, "share", Formula("share", fields), lower=value, documented=part.documented)
    return Reading(**vars(reading) | {"added": part.added, "possible": part.possible, "newest": part.newest, "sources": part.sources})


@cached_by_release(16)
def visits(release: Release, on: date) -> pd.DataFrame:
    """The visits between mayors that were held in the last five covered years: columns of `contacts.recorded`, with received (bool: the
    partner came, else the home city went) and sure (bool: certainly in the five years).

    A signing or an anniversary is a visit where its place is one of the two cities. What lies within days of one another is one visit.
    """
    until = last_covered(release, "contacts", on)
    rows, cities = contacts.recorded(release, on), release.tables["cities"].set_index("city_id")
    rows = rows[rows["held"] & (rows["level"] == "mayor") & (rows["last"] >= day(window(until)))]
    home = next(iter(release.tables["home"]["city_id"]), "")
    at_home, away = _at(rows, cities, pd.Series(home, index=rows.index)), _at(rows, cities, rows["city_id"])
    travelled = rows["kind"].isin(["signing", "anniversary"])
    came = (rows["kind"] == "visit_to_home") | (travelled & at_home)
    went = (rows["kind"] == "visit_by_home") | (travelled & away & ~at_home)
    rows = rows.assign(received=came, sure=earliest(rows["date"]) >= day(window(until)))[came | went]
    rows = rows.sort_values(["city_id", "received", "last", "contact_id"], kind="stable")
    again = rows.groupby(["city_id", "received"])["last"].diff() <= np.timedelta64(ONE_VISIT, "D")
    return rows[~again]


def _at(rows: pd.DataFrame, cities: pd.DataFrame, city: pd.Series) -> pd.Series:
    """Whether the place of each row is the city, by its name in any language."""
    pairs = [(place, f"name_{place.removeprefix('place_')}") for place in columns(rows, "place")]
    names = cities.reindex(city).set_axis(rows.index)
    same = [(rows[place] != "") & (rows[place] == names[name]) for place, name in pairs if name in names]
    return pd.concat(same, axis=1).any(axis=1) if same else rows["city_id"] != rows["city_id"]


def _reciprocity(release: Release, on: date) -> Reading:
    rows, until = visits(release, on), last_covered(release, "contacts", on)
    sure = rows[rows["sure"]]
    came, perhaps = int(sure["received"].sum()), rows[~rows["sure"]]
    went, more = len(sure) - came, int(perhaps["received"].sum())
    if not len(sure):
        return Reading("visit_reciprocity", on, None, "share", Formula("no_visits", {"since": window(until), "until": until}))
    fields = {"received": came, "made": went, "since": window(until), "until": until}
    return Reading(
        "visit_reciprocity",
        on,
        came / len(sure),
        "share",
        Formula("visits", fields),
        lower=came / (len(rows) - more),
        upper=(came + more) / (len(sure) + more),
        documented=len(sure),
        possible=tuple(perhaps["contact_id"]),
        newest=newest_of(earliest(rows["date"]), rows["last"], on),
        sources=tuple(sure["source_id"].unique()),
    )


@cached_by_release(16)
def unconfirmed(release: Release, on: date) -> pd.DataFrame:
    """The announced contacts that no source confirms: columns of `contacts.recorded`, with sure (bool: their day had certainly passed
    by the number of days of the threshold when the sources were looked through).

    A contact held with the same city on a day that the announced date allows confirms it.
    """
    until = day(last_covered(release, "contacts", on)) - np.timedelta64(threshold(release, "confirm_days"), "D")
    rows = contacts.recorded(release, on)
    rows = rows.assign(first=earliest(rows["date"]))
    notices = rows[rows["used"] & (rows["status"] == "announced") & (rows["first"] <= until)]
    pairs = notices.merge(rows.loc[rows["held"], ["city_id", "first", "last"]], on="city_id", suffixes=("", "_held"))
    met = pairs.loc[(pairs["first_held"] <= pairs["last"]) & (pairs["last_held"] >= pairs["first"]), "contact_id"]
    notices = notices[~notices["contact_id"].isin(met)]
    return notices.assign(sure=notices["last"] <= until)


def _unconfirmed(release: Release, on: date) -> Reading:
    if not contacts.on_record(release):
        return Reading("unconfirmed_announcements", on, None, "contacts", Formula("nothing_published"))
    rows, every = unconfirmed(release, on), contacts.recorded(release, on)
    sure, days = rows[rows["sure"]], threshold(release, "confirm_days")
    return Reading(
        "unconfirmed_announcements",
        on,
        float(len(sure)),
        "contacts",
        Formula("unconfirmed", {"value": float(len(sure)), "days": days, "until": last_covered(release, "contacts", on)}),
        lower=float(len(sure)),
        upper=float(len(rows)),
        documented=len(sure),
        newest=newest_of(earliest(every["date"]), every["last"], on),
        sources=tuple(sure["source_id"].unique()),
    )


def _partners(release: Release, on: date) -> pd.DataFrame:
    rows = documented_partners(release, on)
    return rows[rows["certain"]]


def _concentration(release: Release, on: date) -> Reading:
    """The share of the TOP countries with most partners, of the partners on record abroad; others are not named, so without bounds."""
    rows = _partners(release, on)
    rows = rows[rows["country_code"] != home_country(release)]
    if not len(rows):
        return Reading("top_countries_share", on, None, "share", Formula("no_whole"))
    most = rows["country_code"].value_counts().sort_index().sort_values(ascending=False, kind="stable").head(TOP)
    value, newest = float(most.sum()) / len(rows), newest_of(earliest(rows["signed"]), latest(rows["signed"]), on)
    fields = {"part": float(most.sum()), "whole": float(len(rows)), "value": Share(value)}
    sources = tuple(rows.loc[rows["country_code"].isin(most.index), "source_id"].unique())
    formula = Formula("top_countries", fields)
    return Reading("top_countries_share", on, value, "share", formula, documented=int(most.sum()), newest=newest, sources=sources)


def _regions(release: Release, on: date) -> Reading:
    """The regions without a partner on record; a partner that no source names may lie in one, so at least none."""
    rows = _partners(release, on)
    if not len(rows):
        return Reading("regions_without_partner", on, None, "regions", Formula("no_whole"))
    regions = codes(release, "regions")
    value = float(len(set(regions) - set(rows["region"])))
    newest = newest_of(earliest(rows["signed"]), latest(rows["signed"]), on)
    formula = Formula("regions", {"value": value, "all": len(regions), "partners": len(rows)})
    return Reading("regions_without_partner", on, value, "regions", formula, lower=0.0, upper=value, newest=newest)


(INDICATOR_IN_CONTACT,) = contacts.INDICATORS
INDICATORS = (
    Indicator("partner_contact_share", "share", "more", TABLES, _in_contact),
    Indicator("visit_reciprocity", "share", "neither", TABLES, _reciprocity),
    Indicator("unconfirmed_announcements", "contacts", "less", TABLES, _unconfirmed),
    Indicator("top_countries_share", "share", "neither", ("agreements", "cities", "sources"), _concentration),
    Indicator("regions_without_partner", "regions", "less", ("agreements", "cities", "sources"), _regions),
)
