"""Texts of the overview: the headline, the newest ties and projects, and a row for each reading."""

from html import escape

from metrics.counting.reading import Reading, Share, When
from metrics.indicators.registry import read
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import partners_by
from metrics.themes.partnerships import documented_partners
from metrics.themes.policy_exports import newest as newest_exports
from pages.parts.elements.card_text import rests_on
from pages.parts.elements.content import Headline, Item, Listing
from pages.parts.elements.map import no_partner, none_dated, partners_and_countries, tie_items
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import strong

HEADLINES = (
    "partner_cities",
    "partner_countries",
    "exported_projects",
    "fund_balance",
    "international_organisations",
    "network_memberships",
)
"""The readings under the first sentence."""
NEWEST = 6


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many partners, how many joined since the last published count, and the state of the fund."""
    partners, countries, fund = (_read(view, i) for i in ("partner_cities", "partner_countries", "fund_balance"))
    sentences = [_works_with(view, view.home_name, partners, countries), _joined(view, partners), _fund(view, fund)]
    return Headline(" ".join(part for part in sentences if part))


def _read(view: View, indicator: str) -> Reading:
    return read(indicator, view.release, view.selection.as_of)


def _works_with(view: View, city: str, partners: Reading, countries: Reading) -> str:
    words = view.words
    if not partners.value:
        return no_partner(view)
    return words.t("headline.partners", city=escape(city), **partners_and_countries(view, partners, countries))


def _joined(view: View, partners: Reading) -> str:
    words = view.words
    if partners.benchmark is None or not partners.added:
        return ""
    joined = strong(words.n("count.joined", len(partners.added)))
    return words.t("headline.joined", joined=joined, since=When(partners.benchmark.as_of[:7]))


def _fund(view: View, fund: Reading) -> str:
    if fund.value is None or fund.target is None or not fund.target.value:
        return ""
    share = strong(view.words.show(Share(fund.value / fund.target.value)))
    silent = fund.progress.state == "outcome_not_published"
    return view.words.t("headline.fund_silent" if silent else "headline.fund", share=share, as_of=When(fund.benchmark.as_of))


@cached_by_release()
def newest_ties(view: View) -> Listing:
    """The latest ties, each with its source."""
    rows = partners_by.newest(documented_partners(view.release, view.selection.as_of), NEWEST)
    return Listing("newest-ties", view.words.t("newest.ties"), "", (("", tie_items(view, rows)),), none_dated(view))


@cached_by_release()
def newest_projects(view: View) -> Listing:
    """The latest exported projects, each with its source."""
    words = view.words
    places = view.release.tables["export_places"].drop_duplicates("export_id").set_index("export_id")
    countries = names(view.release, "country", view.selection.lang)
    cities = names(view.release, "city", view.selection.lang)
    items = tuple(
        Item(
            words.name(row, "project"),
            facts=(_where(places, cities, countries, row["export_id"]), words.edtf(row["started"])),
            sources=(row["source_id"],),
        )
        for row in newest_exports(view.release, view.selection.as_of, NEWEST).to_dict("records")
    )
    return Listing("newest-exports", words.t("newest.exports"), "", (("", items),), words.t("newest.none"))


def _where(places, cities, countries, export: str) -> str:
    if export not in places.index:
        return ""
    place = places.loc[export]
    return ", ".join(filter(None, (cities[place["city_id"]] if place["city_id"] else "", countries[place["country_code"]])))


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
