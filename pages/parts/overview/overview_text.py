"""Texts of the overview: the headline, the newest ties and projects, and a row for each reading."""

from collections.abc import Callable

from exports.calendar import matter_text
from metrics.counting.reading import Reading
from metrics.indicators.this_month import Matter, next_anniversary, this_month
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import contacts, partners_by
from metrics.themes.partnerships import documented_partners, has_dates
from metrics.themes.policy_exports import newest as newest_exports
from pages.parts.elements.content import Door, Doors, Headline, Item, Listing, Numbers
from pages.parts.elements.map import no_partner, none_dated, partners_in_countries, tie_items
from pages.parts.elements.reading_text import reading_of, rests_on, telling
from pages.parts.shell.navigation import is_offered
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

CARDS = (
    "partner_cities",
    "partners_in_contact",
    "exported_projects",
    "fund_balance",
    "international_organisations",
    "network_memberships",
    "partner_countries",
)
"""The readings under the first sentence: of those that the city has the first six."""
MOST = 6
NEWEST = 6


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many partners, how many of them were met lately, and the next anniversary; each where it is on record."""
    partners, countries = (reading_of(view, indicator) for indicator in ("partner_cities", "partner_countries"))
    if not partners.value:
        return Headline(no_partner(view))
    whole = view.words.t("headline.ties", **partners_in_countries(view, partners, countries, "count.tied"))
    return Headline(" ".join(filter(None, (whole, _met(view), _next(view)))))


def _met(view: View) -> str:
    """How many partners had a contact in two years, never more than the record shows, and until when that was looked through."""
    words, reading = view.words, reading_of(view, "partners_in_contact")
    if not contacts.on_record(view.release):
        return ""
    many = strong(words.counted("count.met", reading)) if reading.value else ""
    sentence = words.t("headline.met", met=many) if many else words.t("headline.met_none")
    until = reading.covered_until
    if until is None or until >= view.selection.as_of:
        return words.t("headline.said", sentence=sentence)
    return words.t("headline.until", sentence=sentence, until=until)


def _next(view: View) -> str:
    """The next anniversary on a known day; it is not called the next one where a vaguer date may come before."""
    words, on = view.words, view.selection.as_of
    coming = next_anniversary(view.release, on)
    if coming is None:
        return ""
    matter, when, alone = coming
    city = strong(names(view.release, "city", words.lang)[matter.ids[0]])
    fields, days = {"city": city, "years": words.n("count.anniversary", matter.years)}, (when - on).days
    if not days:
        return words.t("headline.today", **fields)
    return words.t("headline.next" if alone else "headline.next_known", days=strong(words.n("count.days", days)), **fields)


def numbers(view: View) -> Numbers:
    """The cards: at most six, of what the city has."""
    return Numbers(telling(view, CARDS)[:MOST])


@cached_by_release()
def settled_next(view: View) -> Doors | None:
    """What needs a decision this month, at most four links with a date each; None without any."""
    matters = this_month(view.release, view.selection.as_of)
    return Doors("this-month", view.words.t("this_month.title"), tuple(_door(view, matter) for matter in matters)) if matters else None


def _door(view: View, matter: Matter) -> Door:
    words, release = view.words, view.release
    when, text = words.edtf(matter.when), matter_text(release, matter, words)
    if matter.kind == "seat":
        return Door(when, text, "networks")
    return Door(when, text, *(("data_desk", {"data": matter.detail}) if matter.kind == "figure" else ("city", {"city": matter.ids[0]})))


def newest(view: View) -> tuple[str, tuple[Callable[[View], Listing], ...]]:
    """The title over what is new, and what lists the ties, where any is dated, and the projects, where the city has some."""
    projects = is_offered(view.release, "policy_exports")
    lists = (*((newest_ties,) if has_dates(view.release) else ()), *((newest_projects,) if projects else ()))
    return view.words.t("newest.title" if projects else "newest.ties"), lists


@cached_by_release()
def newest_ties(view: View) -> Listing:
    """The latest ties, each with its source."""
    rows = partners_by.newest(documented_partners(view.release, view.selection.as_of), NEWEST)
    return Listing("newest-ties", view.words.t("newest.ties"), "", (("", tie_items(view, rows)),), none_dated(view))


@cached_by_release()
def newest_projects(view: View) -> Listing:
    """The latest exported projects, each with its source."""
    words, lang, rows = view.words, view.selection.lang, newest_exports(view.release, view.selection.as_of, NEWEST)
    places = view.release.tables["export_places"].drop_duplicates("export_id").set_index("export_id")
    cities, countries = (
        places[key].map(names(view.release, kind, lang)) for key, kind in (("city_id", "city"), ("country_code", "country"))
    )
    where = rows["export_id"].map((cities + ", ").fillna("") + countries).fillna("")
    items = tuple(
        Item(words.name(row, "project"), facts=(place, words.edtf(row["started"])), sources=(row["source_id"],))
        for row, place in zip(rows.to_dict("records"), where, strict=True)
    )
    return Listing("newest-exports", words.t("newest.exports"), "", (("", items),), words.t("newest.none"))


def reading_row(view: View, reading: Reading) -> dict[str, str]:
    words = view.words
    state = reading.progress.state if reading.progress else ""
    return {
        "reading": words.of("indicator", reading.indicator),
        "value": words.value(reading),
        "documented": "" if reading.documented is None else words.number(reading.documented),
        "rests_on": rests_on(view, reading),
        "newest": words.day(reading.newest) if reading.newest else words.t("unknown"),
        "covered_until": words.day(reading.covered_until) if reading.covered_until else words.t("unknown"),
        "state": words.of("state", state) if state else "",
    }
