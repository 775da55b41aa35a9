"""Contacts with partners: the record of each, the last contact held, relations without contact, coming anniversaries.

A contact that was only announced never counts as held. Nothing unpublished is estimated.
"""

import calendar
import re
from datetime import date

import pandas as pd

from metrics.counting.coverage import last_covered
from metrics.counting.measuring import Indicator, newest_of, tally
from metrics.counting.published import listed_by
from metrics.counting.reading import Formula, Reading
from metrics.counting.thresholds import threshold
from metrics.schema.dates import BEGINNING, bounds, day, earliest, latest, months_after, years_before
from metrics.schema.names import columns
from metrics.schema.release import Release, cached_by_release
from metrics.schema.vocabulary import partner_kinds
from metrics.themes.partnerships import documented_partners

RECENT_MONTHS = 24
"""A partner is in contact where a contact was held within so many months."""
AHEAD_MONTHS = 24
"""Anniversaries are listed for so many months from the date."""
ROUND = 5
"""Multiples of so many years are round anniversaries."""
IN_USE = ("primary", "superseded", "other")
ORDERS = ("anniversary", "last", "quiet", "name")
"""Sort orders of relations: next anniversary, last contact, longest without one, name."""


def on_record(release: Release) -> bool:
    """Whether the release holds any contact at all."""
    return len(release.tables["contacts"]) > 0


def first_year(release: Release) -> int | None:
    """The year of the oldest dated contact of any partner; None where none is dated."""
    days = earliest(release.tables["contacts"]["date"])
    known = days[days > day(BEGINNING)]
    return int(known.min().year) if len(known) else None


@cached_by_release(16)
def recorded(release: Release, on: date) -> pd.DataFrame:
    """Every contact possible by a date, the newest first; cached: do not change it.

    Columns of `contacts`, with last (datetime64: the latest day that its date allows), used (bool: its row stands for the
    contact), held (bool: used, and surely held by the date).
    """
    rows = release.tables["contacts"]
    first, last = earliest(rows["date"]), latest(rows["date"])
    used = rows["role"] == "primary"
    rows = rows.assign(last=last, used=used, held=used & (rows["status"] == "held") & (last <= day(on)))
    dated = (rows["date"] != "") & (first <= day(on))
    return rows[dated].sort_values(["last", "contact_id"], ascending=[False, True], kind="stable")


def contacts_of(release: Release, city: str, on: date) -> pd.DataFrame:
    """The contacts of one city, as `recorded` gives them."""
    rows = recorded(release, on)
    return rows[rows["city_id"] == city]


@cached_by_release(16)
def last_held(release: Release, on: date) -> pd.DataFrame:
    """The last contact that was held with each city, as `recorded` gives it: one row a city_id, which is the index."""
    rows = recorded(release, on)
    return rows[rows["held"]].drop_duplicates("city_id").set_index("city_id")


@cached_by_release(16)
def acts(release: Release, on: date) -> pd.DataFrame:
    """What was signed with any city by a date, oldest first: columns of `agreements`, with certain (bool: signed by the date for sure)
    and last (datetime64: the day by which it was; without a date of its own that of the first source that lists it).

    The rows in use, and others with areas of cooperation of their own: those were signed too, whatever their type.
    """
    rows, areas = release.tables["agreements"], release.tables["agreement_areas"]
    own = set(areas.loc[areas["role"] == "primary", "agreement_id"])
    rows = rows[(rows["role"].isin(IN_USE) | rows["agreement_id"].astype(object).isin(own))]
    last = latest(rows["signed"]).where(rows["signed"] != "", listed_by(release, rows, "source_id", "listed_source_id"))
    rows = rows.assign(last=last, certain=last <= day(on))
    return rows[earliest(rows["signed"]) <= day(on)].sort_values(["last", "agreement_id"], kind="stable")


def by_then(rows: pd.DataFrame, column: str, city: str, on: date) -> pd.DataFrame:
    """The rows of one city, of all roles, in their order, whose date (EDTF, in a column) does not certainly lie after a day."""
    rows = rows[rows["city_id"] == city]
    return rows[earliest(rows[column]) <= day(on)]


def point(text: str) -> bool:
    """Whether an EDTF text names one year, month or day, and no interval."""
    return re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text) is not None


def years_later(text: str, years: int) -> str:
    """The EDTF date so many years after one year, month or day; 29 February becomes 28 February where there is none."""
    year = int(text[:4]) + years
    rest = "-02-28" if text[4:] == "-02-29" and not calendar.isleap(year) else text[4:]
    return f"{year:04d}{rest}"


def next_round(signed: str, on: date) -> int:
    """The years of the next round anniversary of a date: the first that may still be after `on`."""
    begun, years = int(signed[:4]), ROUND
    years = max(ROUND, (on.year - begun) // ROUND * ROUND)
    return years if bounds(years_later(signed, years))[1] > on else years + ROUND


@cached_by_release(16)
def next_anniversaries(release: Release, on: date) -> pd.DataFrame:
    """The next round anniversary of each act in force with a known year, the nearest first.

    Columns city_id, agreement_id, type, signed and source_id as in `agreements`, years, when (EDTF, as sharp as `signed`), after and
    until (datetime64: the earliest and the latest day that this allows), first (bool: the first act that made its city a partner).
    """
    rows = acts(release, on)
    goes_on = (rows["ended"] == "") | (latest(rows["ended"]) > day(on))
    # Dates repeat, so each distinct one is computed once.
    years = {signed: next_round(signed, on) for signed in rows["signed"].unique() if point(signed)}
    when = {signed: years_later(signed, years) for signed, years in years.items()}
    rows = rows.loc[
        rows["signed"].isin(list(years)) & rows["certain"] & goes_on, ["city_id", "agreement_id", "type", "signed", "source_id"]
    ]
    rows = rows.assign(years=rows["signed"].map(years).astype(int), when=rows["signed"].map(when).astype("str"))
    ties = rows[rows["type"].isin(partner_kinds(release))].drop_duplicates("city_id")
    rows = rows.assign(after=earliest(rows["when"]), until=latest(rows["when"]), first=rows.index.isin(ties.index))
    return rows.sort_values(["after", "until", "city_id"], kind="stable").reset_index(drop=True)


@cached_by_release(16)
def next_of_each(release: Release, on: date) -> pd.DataFrame:
    """One row of `next_anniversaries` a city: the next of its ties, or of its other acts where no tie is dated."""
    rows = next_anniversaries(release, on)
    ties = rows["type"].isin(partner_kinds(release))
    return pd.concat([rows[ties], rows[~ties]]).drop_duplicates("city_id")


def ahead(release: Release, on: date) -> pd.DataFrame:
    """The anniversaries that may fall in the next AHEAD_MONTHS, as `next_anniversaries` gives them."""
    rows = next_anniversaries(release, on)
    return rows[rows["after"] <= day(months_after(on, AHEAD_MONTHS))]


@cached_by_release(16)
def relations(release: Release, on: date) -> pd.DataFrame:
    """The documented partners with their contacts, the latest contact first, those without one last.

    Columns of `metrics.themes.partnerships.documented_partners`, with contacts (held), announced (known from a notice alone), contact_date,
    kind, level, met_source_id, subject in each language (of the last one held, "" without one), last (datetime64, missing
    without one), years (int: whole years since, -1 without one), quiet (bool: no contact held and nothing signed in the years of
    the threshold), next_years (0 without one), next_when and next_type (of the next anniversary).
    """
    partners, rows = documented_partners(release, on), recorded(release, on)
    city = partners["city_id"]
    known = last_held(release, on), next_of_each(release, on).set_index("city_id")
    last, coming = (rows.reindex(city).set_axis(city.index) for rows in known)
    texts = {name: last[column].fillna("") for name, column in (_OF_THE_LAST | {name: name for name in columns(last, "subject")}).items()}
    counts = city.map(rows.loc[rows["held"], "city_id"].value_counts()).fillna(0).astype(int)
    announced = city.map(rows.loc[rows["used"] & (rows["status"] == "announced"), "city_id"].value_counts()).fillna(0).astype(int)
    years = {"years": _whole_years(last["last"], on), "next_years": coming["years"].fillna(0).astype(int)}
    table = partners.assign(contacts=counts, announced=announced, **texts, **years, last=last["last"], quiet=_quiet(release, city, on))
    table = table.assign(next_when=coming["when"].fillna(""), next_type=coming["type"].fillna(""))
    return table.sort_values(["last", "city_id"], ascending=[False, True], na_position="last", kind="stable").reset_index(drop=True)


@cached_by_release(16)
def quiet_ahead(release: Release, on: date) -> pd.DataFrame:
    """The rows of `relations` without contact whose next round anniversary certainly lies in the next AHEAD_MONTHS, the nearest first."""
    rows = relations(release, on)
    rows = rows[rows["quiet"] & (rows["next_when"] != "")]
    since, until = earliest(rows["next_when"]), latest(rows["next_when"])
    rows = rows.assign(until=until)[(since > day(on)) & (until <= day(months_after(on, AHEAD_MONTHS)))]
    return rows.sort_values(["until", "city_id"], kind="stable").drop(columns="until")


_OF_THE_LAST = {"contact_date": "date", "kind": "kind", "level": "level", "met_source_id": "source_id"}


def _whole_years(days: pd.Series, on: date) -> pd.Series:
    """Whole years from each day to the date, -1 where there is none."""
    back = on.year - days.dt.year - ((days.dt.month * 100 + days.dt.day) > on.month * 100 + on.day).astype(int)
    return back.fillna(-1).astype(int)


def recency(release: Release, on: date, cities: pd.Series) -> pd.Series:
    """How recent the contact with each of some cities is: `recent` where one was surely held within RECENT_MONTHS, `silent` where
    certainly none was held and nothing signed in the years of the threshold, else `older`; "" where the release holds no contact.
    """
    rows = recorded(release, on)
    recent = set(rows.loc[rows["held"] & (earliest(rows["date"]) >= day(months_after(on, -RECENT_MONTHS))), "city_id"])
    state = pd.Series("older", index=cities.index).mask(_quiet(release, cities, on), "silent")
    return state.mask(cities.astype(object).isin(recent), "recent") if on_record(release) else state.mask(cities == cities, "")


def _quiet(release: Release, city: pd.Series, on: date) -> pd.Series:
    """For each city whether certainly no contact was held and nothing signed in the years of the threshold."""
    years = threshold(release, "quiet_years")
    since = day(years_before(last_covered(release, "contacts", on), years))
    rows, signed = recorded(release, on), acts(release, on)
    contacted = rows.loc[rows["used"] & (rows["status"] == "held") & (rows["last"] > since), "city_id"]
    bound = signed.loc[signed["last"] > since, "city_id"]
    # As objects: pandas compares a long column of strings one by one.
    return ~city.astype(object).isin({*contacted, *bound}) if on_record(release) else city != city


def put_in_order(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """Relations by one of ORDERS; `rows` need name in the reader's language. Raises KeyError for another order.

    By `quiet` the partners without a contact on record come first, by `anniversary` those without one last.
    """
    keys = {
        "last": lambda: -rows["last"].fillna(day(BEGINNING)).astype("int64"),
        "quiet": lambda: rows["last"].fillna(day(BEGINNING)),
        "name": lambda: rows["name"].str.casefold(),
        "anniversary": lambda: rows["next_when"].where(rows["next_when"] != "", "9999").map(lambda text: bounds(text)[0]),
    }
    placed = rows.assign(key=keys[order](), then=rows["name"].str.casefold())
    return placed.sort_values(["key", "then"], kind="stable").drop(columns=["key", "then"])


def _in_contact(release: Release, on: date) -> Reading:
    """At least how many documented partners had a contact within RECENT_MONTHS; possible are those whose date may be earlier."""
    since = months_after(on, -RECENT_MONTHS)
    partners, rows = documented_partners(release, on), recorded(release, on)
    partners = partners[partners["certain"]]
    contacts = rows[rows["used"] & (rows["status"] == "held") & rows["city_id"].isin(partners["city_id"])]
    rows = contacts[contacts["last"] >= day(since)]
    sure = rows[(earliest(rows["date"]) >= day(since)) & rows["held"]].drop_duplicates("city_id")
    perhaps = rows[~rows["city_id"].isin(sure["city_id"])].drop_duplicates("city_id")
    if not on_record(release):
        return Reading("partners_in_contact", on, None, "cities", Formula("nothing_published"))
    return tally(
        "partners_in_contact",
        on,
        "cities",
        Formula("contacts", {"value": float(len(sure)), "partners": len(partners), "since": since, "until": on}),
        sure.rename(columns={"city_id": "key"}),
        possible=tuple(perhaps["city_id"]),
        newest=newest_of(earliest(contacts["date"]), contacts["last"], on),
    )


INDICATORS = (Indicator("partners_in_contact", "cities", "neither", ("contacts", "agreements", "cities", "sources"), _in_contact),)


def history(*parts: list[dict]) -> pd.DataFrame:
    """Rows with `edtf` as one frame by time, with since and until (datetime64), without undated ones."""
    rows = pd.DataFrame([row for part in parts for row in part if row["edtf"]])
    if rows.empty:
        return rows
    rows = rows.assign(since=earliest(rows["edtf"]), until=latest(rows["edtf"]))
    return rows.sort_values(["until", "since"], kind="stable").reset_index(drop=True)
