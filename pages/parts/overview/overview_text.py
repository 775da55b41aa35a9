"""Texts of the overview: the headline, the newest ties and projects, and a row for each reading."""

from metrics.counting.reading import Reading, Share, When
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import partners_by
from metrics.themes.partnerships import documented_partners
from metrics.themes.policy_exports import newest as newest_exports
from pages.parts.elements.content import Headline, Item, Listing
from pages.parts.elements.map import no_partner, none_dated, partners_in_countries, tie_items
from pages.parts.elements.reading_text import reading_of, rests_on
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
    partners, countries, fund = (reading_of(view, indicator) for indicator in ("partner_cities", "partner_countries", "fund_balance"))
    whole = view.words.t("headline.partners", **partners_in_countries(view, partners, countries)) if partners.value else no_partner(view)
    return Headline(" ".join(filter(None, (whole, _joined(view, partners), _fund(view, fund)))))


def _joined(view: View, partners: Reading) -> str:
    if partners.benchmark is None or not partners.added:
        return ""
    joined = strong(view.words.n("count.joined", len(partners.added)))
    return view.words.t("headline.joined", joined=joined, since=When(partners.benchmark.as_of[:7]))


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
