"""Partner cities: sister and friendship ties, the countries they lie in, and what is new among them.

A partner counts from its earliest sister or friendship act; a memorandum alone makes no partner.
"""

from datetime import date
from functools import lru_cache

import pandas as pd

from metrics.counting import Nature, spells
from metrics.dates import day, latest, span
from metrics.measuring import Indicator, Total, begun, counted, most_begun, not_comparable, share, window
from metrics.parts import of_part, of_whole
from metrics.reading import Formula, Reading, Share
from metrics.release import Release

TIES = ("sister", "friendship")
COUNTED = ("primary", "superseded")
TABLES = ("agreements", "cities")


@lru_cache(maxsize=4)
def ties(release: Release) -> pd.DataFrame:
    """The acts that make partners: city_id, type, role, signed, ended and source_id as in `agreements`, country_code, region,
    until (EDTF: when the act ended, or when an upgrade replaced it).
    """
    rows = release.tables["agreements"]
    rows = rows.loc[rows["type"].isin(TIES) & rows["role"].isin(COUNTED), ["city_id", "type", "role", "signed", "ended", "source_id"]]
    rows = rows.merge(release.tables["cities"][["city_id", "country_code", "region"]], on="city_id")
    current = rows.loc[rows["role"] == "primary", ["city_id", "signed"]].drop_duplicates("city_id")
    replaced = rows.loc[rows["role"] != "primary", ["city_id"]]
    upgraded = replaced.merge(current, on="city_id", how="left")["signed"].fillna("").set_axis(replaced.index)
    return rows.assign(until=rows["ended"].where(rows["role"] == "primary", upgraded))


@lru_cache(maxsize=16)
def register(release: Release, tie: str = "") -> pd.DataFrame:
    """Spells by city_id: of all partners, or of those of one type; an upgrade moves a partner and leaves the whole."""
    rows = ties(release)
    return spells(rows[rows["type"] == tie], "city_id", "signed", "until") if tie else spells(rows, "city_id", "signed", "ended")


@lru_cache(maxsize=4)
def country_register(release: Release) -> pd.DataFrame:
    """Spells by country_code: a country counts from its first partner."""
    return spells(ties(release), "country_code", "signed", "ended")


@lru_cache(maxsize=64)
def documented_partners(release: Release, on: date) -> pd.DataFrame:
    """The partners that the register documents by a date, one row each.

    Columns of the city, with type (as it stands on the date), signed and source_id of the act in force, since (EDTF of the
    earliest act), became (EDTF of the earliest act of that type), friendship_since (EDTF: where an upgrade made it a sister city the
    friendship before, else ""), certain (bool: signed on or before the date for sure).
    """
    rows = ties(release)
    first, last = span(rows["signed"])
    known = rows.assign(last=last)[(first <= day(on)) & ((rows["ended"] == "") | (latest(rows["ended"]) > day(on)))]
    # In order by numbers: long columns of text are slow to sort.
    known = known.assign(city=pd.factorize(known["city_id"], sort=True)[0]).sort_values(["city", "last"], kind="stable", ignore_index=True)
    by_city = known.groupby("city")
    known = known.assign(
        since=by_city["signed"].transform("first"),
        became=known.groupby(["city", "type"])["signed"].transform("first"),
        befriended=by_city["type"].transform("first") == "friendship",
        certain=by_city["last"].transform("min") <= day(on),
    )
    # The act in force is the last one that is certainly signed, else the only one that may be.
    acts = known[(known["last"] <= day(on)) | ~known["certain"]].drop_duplicates("city", keep="last")
    upgraded = acts["befriended"] & (acts["type"] == "sister")
    acts = acts.assign(friendship_since=acts["since"].where(upgraded, "")).drop(columns=["city", "befriended"])
    return acts.merge(release.tables["cities"].drop(columns=["country_code", "region", "source_id"]), on="city_id", how="left")


def _new(release: Release, on: date) -> Reading:
    return begun("new_partners_5y", "cities", register(release), on, most_begun(PARTNER_CITIES, release, on))


def _share(release: Release, on: date) -> Reading:
    return share("new_partner_share_5y", _new(release, on), PARTNER_CITIES.read(release, on))


def _growth(release: Release, on: date) -> Reading:
    before = date.fromordinal(max(window(on).toordinal() - 1, 1))
    first, last = PARTNER_CITIES.read(release, before), PARTNER_CITIES.read(release, on)
    reason = not_comparable(register(release), PARTNER_CITIES.published(release), before, on)
    known = dict(benchmark=last.benchmark, documented=last.documented, newest=last.newest, sources=last.sources, conflicts=last.conflicts)
    if reason or not first.lower:
        return Reading("partner_growth_5y", on, None, "share", reason or Formula("no_base", {"as_of": before}), **known)
    value = last.value / first.value - 1
    fields = {"first": first.value, "before": before, "last": last.value, "on": on, "value": Share(value)}
    return Reading(
        "partner_growth_5y",
        on,
        value,
        "share",
        Formula("growth", fields),
        lower=None if first.upper is None else min(value, last.lower / first.upper - 1),
        upper=None if last.upper is None else max(value, last.upper / first.lower - 1),
        **known,
    )


@lru_cache(maxsize=64)
def parts(release: Release, on: date) -> dict[str, float]:
    """The least that the whole and its two parts can be, and the rest: partners of which the kind is not known.

    A negative rest is a contradiction between published counts, and no part of anything.
    """
    whole, sister, friendship = (i.read(release, on).lower for i in (PARTNER_CITIES, SISTER_CITIES, FRIENDSHIP_CITIES))
    return {"sister": sister, "friendship": friendship, "rest": whole - sister - friendship}


# Upgrades move friendship cities to the sister cities; ties themselves do not end unseen.
_PARTNERS = Total("partner_cities", "cities", register)
_SISTERS = Total("sister_cities", "cities", lambda release: register(release, "sister"))
_FRIENDS = Total("friendship_cities", "cities", lambda release: register(release, "friendship"), Nature(falls=True))
_COUNTRIES = Total("partner_countries", "countries", country_register)
PARTNER_CITIES = counted(_PARTNERS, "more", TABLES, "city", of_whole(_PARTNERS, _SISTERS, _FRIENDS))
SISTER_CITIES = counted(_SISTERS, "neither", TABLES, "city", of_part(_PARTNERS, _SISTERS, _FRIENDS))
FRIENDSHIP_CITIES = counted(_FRIENDS, "neither", TABLES, "city", of_part(_PARTNERS, _FRIENDS, _SISTERS))
PARTNER_COUNTRIES = counted(_COUNTRIES, "neither", TABLES, "country")
_NEEDED = (*TABLES, "published_counts", "sources")
INDICATORS = (
    PARTNER_CITIES,
    SISTER_CITIES,
    FRIENDSHIP_CITIES,
    PARTNER_COUNTRIES,
    Indicator("new_partners_5y", "cities", "neither", _NEEDED, _new, register=register, entity="city"),
    Indicator("new_partner_share_5y", "share", "neither", _NEEDED, _share, register=register, entity="city"),
    Indicator("partner_growth_5y", "share", "neither", _NEEDED, _growth),
)
