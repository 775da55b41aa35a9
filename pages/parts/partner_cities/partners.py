"""Texts of the page of partner cities: the headline, the newest and oldest ties, the undated ties.

The charts, the map and the list have their own modules."""

from html import escape

from metrics.counting.published import target
from metrics.counting.reading import When
from metrics.indicators.registry import read
from metrics.schema.release import cached_by_release
from metrics.themes.partners_by import newest, oldest, undated
from metrics.themes.partnerships import documented_partners, parts
from pages.parts.elements.content import Headline, Listing
from pages.parts.elements.map import no_partner, none_dated, partners_and_countries, tie_items
from pages.parts.partner_cities.ties import ties
from pages.parts.shell.selection import View

READINGS = (
    "partner_cities",
    "sister_cities",
    "friendship_cities",
    "partner_countries",
    "new_partners_5y",
    "partner_growth_5y",
)
"""The readings under the first sentences."""
AIMED = ("partner_countries_asean",)
"""Readings that follow where the city announced a target for them."""
ENDS = 3
"""How many of the newest and of the oldest ties are named."""
UNDATED_AT_MOST = 5


@cached_by_release()
def readings(view: View) -> tuple[str, ...]:
    """The readings under the first sentences: READINGS, and those of AIMED that have a target on the date."""
    return (*READINGS, *(id for id in AIMED if target(view.release, id, view.selection.as_of)))


@cached_by_release()
def headline(view: View) -> Headline:
    """The headline: how many partners of which kind in how many countries, the newest and the oldest."""
    return Headline(" ".join(part for part in (_whole(view), _ends(view)) if part))


def _whole(view: View) -> str:
    words, on = view.words, view.selection.as_of
    partners, countries = (read(indicator, view.release, on) for indicator in ("partner_cities", "partner_countries"))
    if not partners.value:
        return no_partner(view)
    fields = {"city": escape(view.home_name), **partners_and_countries(view, partners, countries)}
    kinds = parts(view.release, on)
    both = words.t("partners.kinds", **{tie: words.n(f"count.{tie}_cities", kinds[tie]) for tie in ("sister", "friendship")})
    settled = all(read(f"{tie}_cities", view.release, on).upper == kinds[tie] for tie in ("sister", "friendship"))
    ties = {"kinds": escape(both if settled else words.t("bounds.open", lower=both))}
    # A missing count is not zero, and the counts by kind may be newer than the total.
    if kinds["rest"] < 0 or not (kinds["sister"] and kinds["friendship"]):
        return words.t("partners.headline_whole", **fields)
    if kinds["rest"]:
        return words.t("partners.headline", rest=kinds["rest"], **ties, **fields)
    return words.t("partners.headline_two", **ties, **fields)


def _ends(view: View) -> str:
    rows = documented_partners(view.release, view.selection.as_of)
    last, first = newest(rows, 1), oldest(rows, 1)
    if not len(last) or not len(first):
        return ""
    last, first, name = last.iloc[0], first.iloc[0], view.words.name
    if last["city_id"] == first["city_id"]:
        return ""
    oldest_fields = {"oldest": escape(name(first)), "oldest_when": When(first["since"])}
    return view.words.t("partners.ends", newest=escape(name(last)), newest_when=When(last["became"]), **oldest_fields)


@cached_by_release()
def ends(view: View) -> Listing:
    """The newest and the oldest ties, each with its source."""
    rows, words = documented_partners(view.release, view.selection.as_of), view.words
    groups = (("", tie_items(view, newest(rows, ENDS))), (words.t("partners.oldest"), tie_items(view, oldest(rows, ENDS))))
    return Listing("ends", words.t("newest.ties"), "", groups, none_dated(view))


@cached_by_release()
def without_year(view: View) -> Listing:
    """The ties without a known year, by name, with what is known of their dates."""
    words, rows = view.words, undated(ties(view))
    if not len(rows):
        return Listing("undated", words.t("partners.all_dated"), "", (("", ()),), "")
    title, measure = words.n("partners.undated", len(rows)), words.t("partners.undated_measure")
    return Listing("undated", title, measure, (("", tie_items(view, rows)),), "", most=UNDATED_AT_MOST)
