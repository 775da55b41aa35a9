"""Partner cities: their ties, the countries they lie in, and what is new among them.

The table of kinds of tie says which make a partner. One counts from its earliest act of such a kind; others alone make no partner.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from metrics.counting.counting import Nature, spells
from metrics.counting.coverage import is_stated
from metrics.counting.measuring import Counted, Indicator, Total, begun, counted, most_begun, not_comparable, share, window
from metrics.counting.parts import of_part, of_whole
from metrics.counting.published import listed_by
from metrics.counting.reading import Formula, Reading, Share
from metrics.schema.dates import BEGINNING, day, earliest, latest
from metrics.schema.home import home_country
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import codes, partner_kinds, tie_kinds

COUNTED = ("primary", "superseded")
LISTED = (*COUNTED, "other", "disputed")
"""The roles of acts that are listed where their kind makes no partner."""
ASEAN = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")
"""The ten members when the city set a target for the number of those with a partner, in June 2018 (ISO 3166-1 alpha-2)."""
OF_CITIES_THAT_AIM = ("partner_countries_asean",)
"""Indicators that only concern a city that published them or set itself a target."""
TABLES = ("agreements", "cities")


@cached_by_release()
def ties(release: Release) -> pd.DataFrame:
    """The acts that make partners: city_id, type, role, signed and source_id as in `agreements`, country_code, region, ended (of an act
    that an upgrade replaced, when the tie ended), until (EDTF: when the act ended, or when an upgrade replaced it), began (EDTF as
    `signed`; an upgrade without a date came after the act that it replaced) and by (datetime64: the day by which it had certainly been
    signed; without a date that of the first source that lists it).
    """
    return _acts_of(release, partner_kinds(release), COUNTED)


def _acts_of(release: Release, kinds: Sequence[str], roles: Sequence[str]) -> pd.DataFrame:
    acts = release.tables["agreements"]
    acts = acts.assign(listed=_first_listed(release, acts))
    rows = acts.loc[acts["type"].isin(kinds) & acts["role"].isin(roles), _ACT]
    rows = rows.merge(release.tables["cities"][["city_id", "country_code", "region"]], on="city_id")
    by = latest(rows["signed"]).where(rows["signed"] != "", rows["listed"])
    replaced = rows["role"] != "primary"
    until = _replaced_in(rows.assign(by=by)).where(replaced, rows["ended"])
    by = by.where(~replaced, np.minimum(by, latest(until)))
    ended = rows["ended"].where(~replaced | (rows["ended"] != ""), _in_force(rows, "ended"))
    return rows.assign(until=until, began=_began(rows), by=by, ended=ended).drop(columns="listed")


_ACT = ["city_id", "type", "role", "signed", "ended", "source_id", "listed"]


def _first_listed(release: Release, acts: pd.DataFrame) -> pd.Series:
    """The day of the first source that lists the tie of each act, in the row that counts or an agreeing one."""
    days = listed_by(release, acts, "source_id", "listed_source_id")
    telling = acts["role"].isin((*COUNTED, "alternate"))
    return days.where(telling).groupby([acts["city_id"], acts["type"]]).transform("min").fillna(days)


def _replaced_in(rows: pd.DataFrame) -> pd.Series:
    """When the act in force of each row's city was signed (EDTF): by the day that lists it, where it has no date."""
    signed = rows["signed"].where(rows["signed"] != "", "../" + rows["by"].dt.strftime("%Y-%m-%d"))
    return _in_force(rows.assign(signed=signed), "signed")


def _in_force(rows: pd.DataFrame, column: str) -> pd.Series:
    """A column of the act in force of each row's city."""
    current = rows[rows["role"] == "primary"].drop_duplicates("city_id").set_index("city_id")[column]
    return current.astype("str").reindex(rows["city_id"]).set_axis(rows.index).fillna("")


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

    Columns of the city, with type (as it stands on the date), signed, ended and source_id of the act in force, since (EDTF of the
    earliest act), became (EDTF of the earliest act of that type), former and former_since (where an upgrade raised the tie its kind and
    date (EDTF) before, else ""), certain (bool: signed on or before the date for sure, and not perhaps ended by then). A tie without a
    date is certain from the first source that lists it; its since and became are "".
    """
    rows = ties(release)
    return _documented(release, on, rows[~_is_over(rows, on)])


@cached_by_release()
def other_ties(release: Release, on: date, kinds: tuple[str, ...]) -> pd.DataFrame:
    """The cities with an act of one of some kinds that make no partner, by a date, as `documented_partners` gives them; no partners."""
    rows = _acts_of(release, kinds, LISTED)
    rows = _documented(release, on, rows[~_is_over(rows, on)])
    return rows[~rows["city_id"].isin(documented_partners(release, on)["city_id"])]


@cached_by_release()
def ended_ties(release: Release, on: date, kinds: tuple[str, ...]) -> pd.DataFrame:
    """The cities whose ties of some kinds have certainly ended by a date, as `documented_partners` gives them; no partners."""
    rows = _acts_of(release, kinds, COUNTED)
    rows = rows[_is_over(rows, on)]
    rows = _documented(release, on, rows.assign(ended="", over=rows["ended"])).rename(columns={"over": "ended", "ended": "over"})
    return rows[~rows["city_id"].isin(documented_partners(release, on)["city_id"])].drop(columns="over")


@cached_by_release()
def listed(release: Release, on: date, others: tuple[str, ...] = (), ended: bool = False) -> pd.DataFrame:
    """The partners of `documented_partners`, then the cities of `other_ties`, and of `ended_ties` where they are wanted, one row a city.

    Adds standing: partner, other or ended.
    """
    frames = {"partner": documented_partners(release, on)}
    if others:
        frames["other"] = other_ties(release, on, others)
    if ended:
        frames["ended"] = ended_ties(release, on, (*partner_kinds(release), *others))
    rows = pd.concat([rows.assign(standing=standing) for standing, rows in frames.items()], ignore_index=True)
    return rows[~rows["city_id"].duplicated()]


@cached_by_release()
def kinds_to_choose(release: Release, on: date) -> tuple[str, ...]:
    """The kinds of tie that any partner has or had, and those by which `other_ties` has a city that is none, in their order."""
    of_partners = set(ties(release)["type"])
    return tuple(code for code in tie_kinds(release) if code in of_partners or len(other_ties(release, on, (code,))))


@cached_by_release()
def regions_to_choose(release: Release) -> tuple[str, ...]:
    """The regions with a city of any tie, in their order."""
    cities = release.tables["cities"]
    of_ties = set(cities.loc[cities["city_id"].isin(release.tables["agreements"]["city_id"]), "region"])
    return tuple(code for code in codes(release, "regions") if code in of_ties)


@cached_by_release()
def has_ended(release: Release) -> bool:
    """Whether any tie of a kind that makes a partner is on record as ended."""
    return bool((ties(release)["ended"] != "").any())


def _is_over(rows: pd.DataFrame, on: date) -> pd.Series:
    """Whether each act had certainly ended by a date."""
    return (rows["ended"] != "") & (latest(rows["ended"]) <= day(on))


def _documented(release: Release, on: date, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each city of some acts, as `documented_partners` describes it."""
    lasts = (rows["ended"] == "") | (earliest(rows["ended"]) > day(on))
    rows = rows.assign(last=rows["by"], sure=(rows["by"] <= day(on)) & lasts)
    known = rows[earliest(rows["began"]) <= day(on)]
    # Sorted by numbers: long columns of text are slow to sort.
    known = known.assign(city=pd.factorize(known["city_id"], sort=True)[0])
    known = known.sort_values(["city", "last", "role"], ascending=[True, True, False], kind="stable", ignore_index=True)
    by_city = known.groupby("city")
    known = known.assign(
        since=by_city["signed"].transform("first"),
        became=known.groupby(["city", "type"])["signed"].transform("first"),
        former=by_city["type"].transform("first"),
        certain=by_city["sure"].transform("any"),
    )
    # The act in force is the last one that is certainly signed, else the only one that may be.
    acts = known[(known["last"] <= day(on)) | ~known["certain"]].drop_duplicates("city", keep="last")
    becomes = {code: kind.becomes for code, kind in tie_kinds(release).items()}
    raised = acts["former"].map(becomes) == acts["type"]
    former = {column: acts[name].where(raised, "") for column, name in (("former", "former"), ("former_since", "since"))}
    acts = acts.assign(**former).drop(columns=["city", "began", "by", "sure"])
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
def parts(release: Release, on: date) -> tuple[dict[str, float], float]:
    """The lower bounds of the partners of each kind that makes one, and the rest of the whole: partners of unknown kind.

    A kind without an indicator has its documented partners. A negative rest is a contradiction between published counts.
    """
    rows = documented_partners(release, on)
    documented = rows.loc[rows["certain"], "type"].value_counts()
    by_kind = {
        kind: OF_KINDS[kind].read(release, on).lower if kind in OF_KINDS else float(documented.get(kind, 0))
        for kind in partner_kinds(release)
    }
    return by_kind, PARTNER_CITIES.read(release, on).lower - sum(by_kind.values())


def _are_two(release: Release) -> bool:
    """Whether sister and friendship cities are all the partners that there are."""
    return set(partner_kinds(release)) == {"sister", "friendship"}


@cached_by_release()
def has_dates(release: Release) -> bool:
    """Whether anything dates the partners: the act of a tie, or a published count."""
    return bool((ties(release)["signed"] != "").any()) or is_stated(release, {"partner_cities"})


def _of_kind(kind: str, indicator: Counted) -> Counted:
    """An indicator of the partners of a kind, offered where the city has that kind and any tie or published figure of it."""
    return replace(indicator, offered=lambda release: kind in partner_kinds(release) and _is_on_record(release, kind, indicator.id))


def _is_on_record(release: Release, kind: str, id: str) -> bool:
    return bool((ties(release)["type"] == kind).any()) or is_stated(release, {id})


# Upgrades move friendship cities to sister cities; ties do not end unseen.
_PARTNERS = Total("partner_cities", "cities", register)
_SISTERS = Total("sister_cities", "cities", lambda release: register(release, "sister"))
_FRIENDS = Total("friendship_cities", "cities", lambda release: register(release, "friendship"), Nature(falls=True))
PARTNER_CITIES = counted(_PARTNERS, "more", TABLES, "city", of_whole(_PARTNERS, _SISTERS, _FRIENDS, _are_two))
SISTER_CITIES = _of_kind("sister", counted(_SISTERS, "neither", TABLES, "city", of_part(_PARTNERS, _SISTERS, _FRIENDS, _are_two)))
FRIENDSHIP_CITIES = _of_kind("friendship", counted(_FRIENDS, "neither", TABLES, "city", of_part(_PARTNERS, _FRIENDS, _SISTERS, _are_two)))
OF_KINDS = {"sister": SISTER_CITIES, "friendship": FRIENDSHIP_CITIES}
"""The indicators of the partners of a kind, by its code; only a city with that kind has one."""
_NEEDED = (*TABLES, "published_counts", "sources")
INDICATORS = (
    PARTNER_CITIES,
    SISTER_CITIES,
    FRIENDSHIP_CITIES,
    counted(Total("partner_countries", "countries", country_register), "neither", TABLES, "country"),
    Indicator("new_partners_5y", "cities", "neither", _NEEDED, _new, register=register, entity="city", offered=has_dates),
    Indicator("new_partner_share_5y", "share", "neither", _NEEDED, _share, register=register, entity="city", offered=has_dates),
    Indicator("partner_growth_5y", "share", "neither", _NEEDED, _growth, offered=has_dates),
    counted(Total("partner_countries_asean", "countries", asean_register), "more", TABLES, "country"),
)
