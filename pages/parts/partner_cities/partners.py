"""The page of partner cities: headline, newest, oldest and undated ties, the list, the map through time."""

from datetime import date
from html import escape

from metrics.counting.published import target
from metrics.counting.reading import When
from metrics.schema.names import in_every_language
from metrics.schema.release import cached_by_release
from metrics.themes import partners_by
from metrics.themes.partners_by import newest, oldest, undated
from metrics.themes.partnerships import documented_partners, parts
from pages.parts.elements.content import Headline, Listing
from pages.parts.elements.map import certain, filtered, no_partner, none_dated, on_the_map, partners, partners_in_countries, tie_items
from pages.parts.elements.reading_text import reading_of
from pages.parts.elements.row_text import act_line, source_line, title_html, with_headings
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
    return Headline(" ".join(filter(None, (_whole(view), _ends(view)))))


def _whole(view: View) -> str:
    words, on = view.words, view.selection.as_of
    partners, countries = (reading_of(view, indicator) for indicator in ("partner_cities", "partner_countries"))
    if not partners.value:
        return no_partner(view)
    fields, kinds = partners_in_countries(view, partners, countries), parts(view.release, on)
    both = words.t("partners.kinds", **{tie: words.n(f"count.{tie}_cities", kinds[tie]) for tie in ("sister", "friendship")})
    settled = all(reading_of(view, f"{tie}_cities").upper == kinds[tie] for tie in ("sister", "friendship"))
    ties = {"kinds": escape(both if settled else words.t("bounds.open", lower=both))}
    # A missing count is not zero, and the counts by kind may be newer than the total.
    if kinds["rest"] < 0 or not (kinds["sister"] and kinds["friendship"]):
        return words.t("partners.headline_whole", **fields)
    return words.t("partners.headline" if kinds["rest"] else "partners.headline_two", rest=kinds["rest"], **ties, **fields)


def _ends(view: View) -> str:
    rows = documented_partners(view.release, view.selection.as_of)
    last, first = newest(rows, 1), oldest(rows, 1)
    if not len(last) or not len(first) or last.iloc[0]["city_id"] == first.iloc[0]["city_id"]:
        return ""
    last, first, name = last.iloc[0], first.iloc[0], view.words.name
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


def map_heading(view: View, until: date) -> str:
    """How many had certainly signed by a day, and how many more may have, as HTML."""
    words, many = view.words, len(on_the_map(view, until))
    perhaps = len(filtered(view, partners(view, until))) - many
    return title_html(words.n("partners.on_the_map", many, day=until), words.n("partners.perhaps_more", perhaps) if perhaps else "")


COLUMNS = ("partner_city", "country", "region", "tie", "signed", "first_year", "agreements", "source")


@cached_by_release()
def complete(view: View):
    """The rows with all columns of the list in the reader's language, and `searched`: the names in all languages."""
    words = view.words
    sources = view.release.tables["sources"].set_index("source_id")["url"]
    countries = in_every_language(view.release.tables["territories"].set_index("country_code"), "name")
    rows = on_the_map(view)
    return rows.assign(
        searched=in_every_language(rows, "name") + "\n" + rows["country_code"].map(countries).fillna(""),
        partner_city=rows["name"],
        tie=rows["line"],
        signed=rows["began"].map({text: words.edtf(text) for text in rows["began"].unique()}).where(rows["certain"], rows["since"]),
        place=rows["region"].map({region: words.of("region", region) for region in rows["region"].unique()}),
        first_year=partners_by.first_years(rows["began"]),
        agreements=rows["city_id"].map(partners_by.agreement_counts(view.release)),
        source=rows["source_id"].map(sources),
    )


@cached_by_release()
def matching_partners(view: View, query: str, order: str):
    """The rows that match a search, sorted."""
    return partners_by.in_order(partners_by.matching(complete(view), query, ["searched"]), order)


def list_title(view: View, matches: int, query: str) -> str:
    """How many partners are listed, and how many of these are uncertain or match the search."""
    everyone, sure = len(complete(view)), certain(view)
    if query.strip():
        return view.words.n("partners.found", matches, total=everyone, text=query.strip())
    if sure < everyone:
        return view.words.n("partners.list_and_perhaps", sure, perhaps=everyone - sure)
    return view.words.n("partners.list", sure) if sure else view.words.t("map.none")


def in_columns(view: View, rows):
    """The columns of the list with their headings."""
    return with_headings(view, rows.drop(columns="region").rename(columns={"place": "region"}), COLUMNS)


def lines(rows) -> tuple[list, ...]:
    """Rows of the list: each is its city's id followed by its cells."""
    years = rows["first_year"].astype(object).where(rows["first_year"].notna(), None)
    return tuple(
        [row.city_id, row.name, row.country, row.place, row.tie, [row.signed, row.began], year, row.agreements, [row.source]]
        for row, year in zip(rows.itertuples(), years, strict=True)
    )


def agreements_html(view: View, row) -> str:
    """A partner with all its agreements, of all roles, each with date, role, note and source."""
    words, acts = view.words, partners_by.agreements_of(view.release, row["city_id"])
    items = "".join(
        f"<li>{escape(act_line(view, act))}"
        f'<span class="when">{escape(words.of("role", act["role"]))}. {escape(words.name(act, "note"))} '
        f"{source_line(view, act['source_id'])}</span></li>"
        for _, act in acts.iterrows()
    )
    return (
        f"{title_html(row['name'])}<p>{escape(row['country'])}, {escape(row['place'])}</p>"
        f"<p>{escape(row['line'])}, {escape(row['since'])}</p>"
        f'<h3>{escape(words.n("partners.agreements", len(acts)))}</h3><ul class="list">{items}</ul>'
    )
