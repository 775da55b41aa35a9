"""Peer cities beside the home city: partners in common and partners of theirs that it lacks, by its own register.

Their ties come from a list of its own, so its places are matched with the cities of the register here: by GeoNames number, else by
country and name. What only lies near a partner is in doubt and counts neither way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.counting.published import printed_on
from metrics.schema.dates import bounds
from metrics.schema.distance import kilometres
from metrics.schema.home import home_country
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release
from metrics.themes.partners_by import plain
from metrics.themes.partnerships import documented_partners

COMMON, LACKING, DOUBT, OWN, HOME = "common", "lacking", "doubt", "own", "home"
"""How a partner of a peer stands to the home city: its partner too, none of its, perhaps one, a place of its own country that is none
and not compared, or the home city itself.
"""
STANDINGS = (COMMON, LACKING, DOUBT)
PEER = ":peer"
"""The standing of a peer itself."""
NEAR = 30.0
"""Kilometres within which a place of the list may be a partner under another name or at another level."""
AT_ONCE = 8
"""Peers compared at once."""


def is_recorded(release: Release) -> bool:
    """Whether there is any tie or count of a peer city."""
    return len(release.tables["peer_ties"]) > 0 or len(release.tables["peer_counts"]) > 0


@cached_by_release()
def places(release: Release) -> pd.DataFrame:
    """The rows of `peer_places` by place_id, with city_id (the same place among the cities; "" for none) and near (the city that it may
    be, where it is none for certain; "" for none).
    """
    listed, cities = release.tables["peer_places"], release.tables["cities"]
    same = _same(listed, cities)
    near = [_nearest(row, cities) if not same[row.Index] else "" for row in listed.itertuples()]
    matched = listed.assign(city_id=same, near=pd.Series(near, index=listed.index, dtype="str"))
    return matched.set_index("place_id", drop=False).rename_axis(None)


def _same(listed: pd.DataFrame, cities: pd.DataFrame) -> pd.Series:
    """The city_id of each listed place, "" for none: by number and level, since a province has the number of its seat; else by name."""
    numbered = {(row.geoname_id, row.level): row.city_id for row in cities.itertuples() if row.geoname_id}
    called = {(row["country_code"], name): row for row in cities.to_dict("records") for name in _names(row)}
    found = []
    for row in listed.to_dict("records"):
        namesakes = [called[key] for name in _names(row) if (key := (row["country_code"], name)) in called]
        agreeing = [other["city_id"] for other in namesakes if _may_be(row["geoname_id"], other["geoname_id"])]
        found.append(numbered.get((row["geoname_id"], row["level"])) or next(iter(agreeing), ""))
    return pd.Series(found, index=listed.index, dtype="str")


def _names(row: dict) -> set[str]:
    return {plain(row[column]) for column in columns(row, "name") if row[column]}


def _may_be(number: str, other: str) -> bool:
    return not number or not other or number == other


def _nearest(place: Any, cities: pd.DataFrame) -> str:
    """The city of the same country that is nearest to a place, if within NEAR; two numbers of one level are two places."""
    there = cities[(cities["country_code"] == place.country_code) & cities["lat"].notna()]
    there = there[(there["level"] != place.level) | (there["geoname_id"] == "") | (place.geoname_id == "")]
    away = _away((place.lat, place.lon), there)
    return there.loc[away.idxmin(), "city_id"] if len(away) and away.min() <= NEAR else ""


def _away(point: tuple[float, float], rows: pd.DataFrame) -> pd.Series:
    """The kilometres of each row's place from a point."""
    away = [kilometres(point, place) for place in zip(rows["lat"], rows["lon"], strict=True)]
    return pd.Series(away, index=rows.index, dtype="float")


def _known(release: Release, rows: pd.DataFrame, on: date) -> pd.DataFrame:
    """The rows whose source had been printed by a date; a source without a date hides nothing."""
    printed = printed_on(release)
    by = {source: bounds(printed.get(source, ""))[0] <= on for source in rows["source_id"].unique()}
    return rows[rows["source_id"].map(by).astype(bool)]


@cached_by_release(16)
def ties(release: Release, on: date) -> pd.DataFrame:
    """The ties of peers that were listed by a date: columns of `peer_ties`, country_code, city_id and near of `places` for the partner, and
    its standing by the register of that date.
    """
    rows = _known(release, release.tables["peer_ties"], on)
    matches = places(release)[["country_code", "city_id", "near"]]
    rows = rows.join(matches, on="partner_id")
    home, ours = release.tables["home"]["city_id"], documented_partners(release, on)["city_id"]
    cases = {
        HOME: rows["city_id"].isin(home),
        COMMON: rows["city_id"].isin(ours),
        OWN: rows["country_code"] == home_country(release),
        DOUBT: (rows["city_id"] == "") & rows["near"].isin(ours),
    }
    standing = np.select(list(cases.values()), list(cases), LACKING)
    return rows.assign(standing=pd.Series(standing, index=rows.index, dtype="str"))


@cached_by_release(16)
def to_choose(release: Release, on: date) -> tuple[str, ...]:
    """The peers with ties or counts by a date, without the home city: those that are compared by default first, in their order."""
    rows, home = places(release), release.tables["home"]["city_id"]
    having = {*ties(release, on)["peer_id"], *_known(release, release.tables["peer_counts"], on)["place_id"]}
    rows = rows[rows["place_id"].isin(having) & ~rows["city_id"].isin(home)]
    return tuple(rows.sort_values(["compared", "place_id"], na_position="last")["place_id"])


@cached_by_release(16)
def usual(release: Release, on: date) -> tuple[str, ...]:
    """The peers that are compared by default: those that the table names, in its order; where it names none, those with ties in the
    home city's country, then the nearest.
    """
    rows = places(release).loc[list(to_choose(release, on))]
    named = rows[rows["compared"].notna()]
    if len(named):
        return tuple(named["place_id"][:AT_ONCE])
    rows = rows[rows["place_id"].isin(ties(release, on)["peer_id"])]
    cities = release.tables["cities"]
    home = cities[cities["city_id"].isin(release.tables["home"]["city_id"])]
    if home.empty or home["lat"].isna().any():
        return tuple(rows["place_id"][:AT_ONCE])
    away = _away((home["lat"].iloc[0], home["lon"].iloc[0]), rows)
    ranked = rows.assign(abroad=rows["country_code"] != home_country(release), away=away).sort_values(["abroad", "away"])
    return tuple(ranked["place_id"][:AT_ONCE])


@cached_by_release()
def side_by_side(release: Release, on: date, chosen: tuple[str, ...]) -> pd.DataFrame:
    """Each chosen peer in its order, by place_id: common, lacking, doubt and listed (the three together), missing where none of its ties
    is listed (Int64), with_home (bool: the home city is listed as its partner).
    """
    rows = ties(release, on)
    counts = pd.crosstab(rows["peer_id"], rows["standing"]).reindex(index=chosen, columns=[*STANDINGS, HOME])
    counts = counts.astype("Int64").where(~counts.index.to_series().isin(rows["peer_id"]), counts.fillna(0).astype("Int64"))
    with_home = counts[HOME].fillna(0) > 0
    return counts.drop(columns=HOME).assign(listed=counts[list(STANDINGS)].sum(axis=1, skipna=False), with_home=with_home)


@cached_by_release()
def partners(release: Release, on: date, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The partners of the chosen peers that are compared, those that most of them have first: columns of `places`, standing, peers (tuple
    of place_ids in the order chosen), shared (how many) and sources (tuple of source_ids).
    """
    rows = ties(release, on)
    rows = rows[rows["peer_id"].isin(chosen) & rows["standing"].isin(STANDINGS)]
    rows = rows.assign(at=rows["peer_id"].map(chosen.index)).sort_values("at", kind="stable")
    whole = rows.groupby("partner_id", sort=True).agg(
        standing=("standing", "first"), peers=("peer_id", tuple), shared=("peer_id", "size"), sources=("source_id", _each_once)
    )
    return places(release).join(whole, how="inner").sort_values("shared", ascending=False, kind="stable")


@cached_by_release()
def with_partners(release: Release, on: date, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The chosen peers, of the standing PEER and above all others in `shared`, and those of `partners` that are no chosen peer."""
    rows = partners(release, on, chosen)
    own = places(release).loc[list(chosen)]
    own = own.assign(standing=PEER, peers=[() for _ in chosen], shared=len(chosen) + 1, sources=[() for _ in chosen])
    return pd.concat([own, rows[~rows.index.isin(chosen)]])


def _each_once(sources: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sources))


@dataclass(frozen=True)
class Missed:
    """What the list misses of the home city: its partners that are listed, and all that the register documents."""

    listed: int
    documented: int


@cached_by_release(16)
def missed(release: Release, on: date) -> Missed | None:
    """What the list misses of the home city by a date; None where it has no row of the home city, so that nothing can be said."""
    rows, matches = ties(release, on), places(release)
    own = matches.loc[matches["city_id"].isin(release.tables["home"]["city_id"]), "place_id"]
    rows = rows[rows["peer_id"].isin(own)]
    if rows.empty:
        return None
    return Missed(int((rows["standing"] == COMMON).sum()), len(documented_partners(release, on)))


@cached_by_release()
def counts(release: Release, on: date, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The published counts of the chosen peers that were known by a date: columns of `peer_counts`, by peer in the order chosen, those of
    the role primary first, the newest first and those without a date last.
    """
    rows = _known(release, release.tables["peer_counts"], on)
    days = rows["as_of"].map(lambda text: bounds(text)[0] if text else date.min)
    rows = rows.assign(day=days)[rows["place_id"].isin(chosen) & (days <= on)]
    rows = rows.assign(at=rows["place_id"].map(chosen.index), aside=rows["role"] != "primary")
    return rows.sort_values(["at", "aside", "day"], ascending=[True, True, False], kind="stable")[list(release.tables["peer_counts"])]
