"""The list of partners: searched, sorted, in pages, and as CSV."""

from metrics.schema.names import in_every_language
from metrics.schema.release import cached_by_release
from metrics.themes import partners_by
from pages.parts.elements.map import certain, on_the_map
from pages.parts.shell.selection import AT_ONCE, View

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
        agreements=rows["city_id"].map(view.release.tables["agreements"]["city_id"].value_counts()),
        source=rows["source_id"].map(sources),
    )


@cached_by_release()
def found(view: View, query: str, order: str):
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
    listed = rows.drop(columns="region").rename(columns={"place": "region"})[list(COLUMNS)]
    return listed.rename(columns={column: view.words.of("column", column) for column in COLUMNS})


@cached_by_release()
def lines(view: View, query: str, order: str, first: int) -> tuple[list, ...]:
    """One page of the list: each row is its city's id followed by its cells."""
    rows = found(view, query, order).iloc[first : first + AT_ONCE]
    years = rows["first_year"].astype(object).where(rows["first_year"].notna(), None)
    return tuple(
        [row.city_id, row.name, row.country, row.place, row.tie, [row.signed, row.began], year, row.agreements, [row.source]]
        for row, year in zip(rows.itertuples(), years, strict=True)
    )


def act_text(view: View, act) -> str:
    words = view.words
    text = f"{words.of('tie', act['type'])}, {words.edtf(act['signed'])}"
    return f"{text}, {words.t('partners.ended', when=words.edtf(act['ended']))}" if act["ended"] else text
