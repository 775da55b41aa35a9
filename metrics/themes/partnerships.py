"""Partner cities: sister and friendship ties, the countries they lie in, and what is new among them.

A partner counts from its earliest sister or friendship act; a memorandum alone makes no partner.
"""

from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from metrics.counting.counting import Nature, spells
from metrics.counting.measuring import Indicator, Total, begun, counted, most_begun, not_comparable, share, window
from metrics.counting.parts import of_part, of_whole
from metrics.counting.published import listed_by
from metrics.counting.reading import Formula, Reading, Share
from metrics.schema.dates import BEGINNING, day, earliest, latest
from metrics.schema.release import Release, cached_by_release

TIES = ("sister", "friendship")
COUNTED = ("primary", "superseded")
ASEAN = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")
"""The ten members when the city set a target for the number of those with a partner, in June 2018 (ISO 3166-1 alpha-2)."""
OF_CITIES_THAT_AIM = ("partner_countries_asean",)
"""Indicators that only concern a city that published them or set itself a target."""
TABLES = ("agreements", "cities")


@cached_by_release()
def ties(release: Release) -> pd.DataFrame:
    """The acts that make partners: city_id, type, role, signed, ended and source_id as in `agreements`, country_code, region,
    until (EDTF: when the act ended, or when an upgrade replaced it), began (EDTF as `signed`; an upgrade without a date came after the
    act that it replaced) and by (datetime64: the day by which it had certainly been signed; without a date that of the first source
    that lists it).
    """
    acts = release.tables["agreements"]
    acts = acts.assign(listed=_first_listed(release, acts))
    rows = acts.loc[acts["type"].isin(TIES) & acts["role"].isin(COUNTED), _ACT]
    rows = rows.merge(release.tables["cities"][["city_id", "country_code", "region"]], on="city_id")
    by = latest(rows["signed"]).where(rows["signed"] != "", rows["listed"])
    replaced = rows["role"] != "primary"
    until = _replaced_in(rows.assign(by=by)).where(replaced, rows["ended"])
    by = by.where(~replaced, np.minimum(by, latest(until)))
    return rows.assign(until=until, began=_began(rows), by=by).drop(columns="listed")


_ACT = ["city_id", "type", "role", "signed", "ended", "source_id", "listed"]


def _first_listed(release: Release, acts: pd.DataFrame) -> pd.Series:
    """The day of the first source that lists the tie of each act, in the row that counts or an agreeing one."""
    days = listed_by(release, acts, "source_id", "listed_source_id")
    telling = acts["role"].isin((*COUNTED, "alternate"))
    return days.where(telling).groupby([acts["city_id"], acts["type"]]).transform("min").fillna(days)


def _replaced_in(rows: pd.DataFrame) -> pd.Series:
    """When the act in force of each row's city was signed (EDTF): by the day that lists it, where it has no date."""
    current = rows[rows["role"] == "primary"].drop_duplicates("city_id").set_index("city_id")
    signed = current["signed"].where(current["signed"] != "", "../" + current["by"].dt.strftime("%Y-%m-%d"))
    return signed.astype("str").reindex(rows["city_id"]).set_axis(rows.index).fillna("")


def _began(rows: pd.DataFrame) -> pd.Series:
    """When each act was signed (EDTF): its own date, or after that of the act it replaced."""
    first = earliest(rows["signed"])
    before = rows.assign(first=first)[(rows["role"] != "primary") & (first > day(BEGINNING))].groupby("city_id")["first"].min()
    after = (before.dt.strftime("%Y-%m-%d") + "/..").astype("str").reindex(rows["city_id"]).set_axis(rows.index).fillna("")
    return rows["signed"].where((rows["signed"] != "") | (rows["role"] != "primary"), after)


@cached_by_release(16)
def register(release: Release, tie: str = "") -> pd.DataFrame:
    """Spells by city_id: of all partners, or of those of one type; an upgrade moves a partner and leaves the whole."""
    rows = ties(release)
    rows, until = (rows[rows["type"] == tie], "until") if tie else (rows, "ended")
    return spells(rows, "city_id", "began", until, "by")


@cached_by_release()
def country_register(release: Release) -> pd.DataFrame:
    """Spells by country_code: a country counts from its first partner; the home city's own country does not count."""
    rows = ties(release)
    return spells(rows[rows["country_code"] != home_country(release)], "country_code", "began", "ended", "by")


@cached_by_release()
def home_country(release: Release) -> str:
    """The country_code of the home city; "" where the release names no home."""
    cities = release.tables["cities"]
    return next(iter(cities.loc[cities["city_id"].isin(release.tables["home"]["city_id"]), "country_code"]), "")


@cached_by_release()
def at_home(release: Release, on: date) -> int:
    """How many partners in the home city's own country are documented for certain by a date."""
    rows = documented_partners(release, on)
    return int((rows["certain"] & (rows["country_code"] == home_country(release))).sum())


@cached_by_release()
def asean_register(release: Release) -> pd.DataFrame:
    """The same of the member states of ASEAN."""
    rows = country_register(release)
    return rows[rows["key"].isin(ASEAN)].reset_index(drop=True)


@cached_by_release()
def documented_partners(release: Release, on: date) -> pd.DataFrame:
    """The partners that the register documents by a date, one row each.

    Columns of the city, with type (as it stands on the date), signed and source_id of the act in force, since (EDTF of the
    earliest act), became (EDTF of the earliest act of that type), friendship_since (EDTF: where an upgrade made it a sister city the
    friendship before, else ""), certain (bool: signed on or before the date for sure, and not perhaps ended by then). A tie without a
    date is certain from the first source that lists it; its since and became are "".
    """
    rows = ties(release)
    may_last = (rows["ended"] == "") | (latest(rows["ended"]) > day(on))
    lasts = (rows["ended"] == "") | (earliest(rows["ended"]) > day(on))
    rows = rows.assign(last=rows["by"], sure=(rows["by"] <= day(on)) & lasts)
    known = rows[(earliest(rows["began"]) <= day(on)) & may_last]
    # Sorted by numbers: long columns of text are slow to sort.
    known = known.assign(city=pd.factorize(known["city_id"], sort=True)[0])
    known = known.sort_values(["city", "last", "role"], ascending=[True, True, False], kind="stable", ignore_index=True)
    by_city = known.groupby("city")
    known = known.assign(
        since=by_city["signed"].transform("first"),
        became=known.groupby(["city", "type"])["signed"].transform("first"),
        befriended=by_city["type"].transform("first") == "friendship",
        certain=by_city["sure"].transform("any"),
    )
    # The act in force is the last one that is certainly signed, else the only one that may be.
    acts = known[(known["last"] <= day(on)) | ~known["certain"]].drop_duplicates("city", keep="last")
    upgraded = acts["befriended"] & (acts["type"] == "sister")
    acts = acts.assign(friendship_since=acts["since"].where(upgraded, "")).drop(columns=["city", "befriended", "began", "by", "sure"])
    return acts.merge(release.tables["cities"].drop(columns=["country_code", "region", "source_id"]), on="city_id", how="left")


def _new(release: Release, on: date) -> Reading:
    return begun("new_partners_5y", "cities", register(release), on, most_begun(PARTNER_CITIES, release, on))


def _share(release: Release, on: date) -> Reading:
    return share("new_partner_share_5y", _new(release, on), PARTNER_CITIES.read(release, on))


def _growth(release: Release, on: date) -> Reading:
    before = date.fromordinal(max(window(on).toordinal() - 1, 1))
    first, last = PARTNER_CITIES.read(release, before), PARTNER_CITIES.read(release, on)
    reason = not_comparable(register(release), PARTNER_CITIES.published(release), before, on)
    reading = partial(
        Reading, benchmark=last.benchmark, documented=last.documented, newest=last.newest, sources=last.sources, conflicts=last.conflicts
    )
    if reason or not first.lower:
        return reading("partner_growth_5y", on, None, "share", reason or Formula("no_base", {"as_of": before}))
    value = last.value / first.value - 1
    fields = {"first": first.value, "before": before, "last": last.value, "on": on, "value": Share(value)}
    return reading(
        "partner_growth_5y",
        on,
        value,
        "share",
        Formula("growth", fields),
        lower=None if first.upper is None else min(value, last.lower / first.upper - 1),
        upper=None if last.upper is None else max(value, last.upper / first.lower - 1),
    )


@cached_by_release()
def parts(release: Release, on: date) -> dict[str, float]:
    """The lower bounds of the two parts, and the rest of the whole: partners of unknown type.

    A negative rest is a contradiction between published counts.
    """
    whole, sister, friendship = (i.read(release, on).lower for i in (PARTNER_CITIES, SISTER_CITIES, FRIENDSHIP_CITIES))
    return {"sister": sister, "friendship": friendship, "rest": whole - sister - friendship}


# Upgrades move friendship cities to sister cities; ties do not end unseen.
_PARTNERS = Total("partner_cities", "cities", register)
_SISTERS = Total("sister_cities", "cities", lambda release: register(release, "sister"))
_FRIENDS = Total("friendship_cities", "cities", lambda release: register(release, "friendship"), Nature(falls=True))
PARTNER_CITIES = counted(_PARTNERS, "more", TABLES, "city", of_whole(_PARTNERS, _SISTERS, _FRIENDS))
SISTER_CITIES = counted(_SISTERS, "neither", TABLES, "city", of_part(_PARTNERS, _SISTERS, _FRIENDS))
FRIENDSHIP_CITIES = counted(_FRIENDS, "neither", TABLES, "city", of_part(_PARTNERS, _FRIENDS, _SISTERS))
_NEEDED = (*TABLES, "published_counts", "sources")
INDICATORS = (
    PARTNER_CITIES,
    SISTER_CITIES,
    FRIENDSHIP_CITIES,
    counted(Total("partner_countries", "countries", country_register), "neither", TABLES, "country"),
    Indicator("new_partners_5y", "cities", "neither", _NEEDED, _new, register=register, entity="city"),
    Indicator("new_partner_share_5y", "share", "neither", _NEEDED, _share, register=register, entity="city"),
    Indicator("partner_growth_5y", "share", "neither", _NEEDED, _growth),
    counted(Total("partner_countries_asean", "countries", asean_register), "more", TABLES, "country"),
)
