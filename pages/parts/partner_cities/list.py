"""The list of partners: searched and put in order, each row the door to its agreements, the whole as CSV."""

from functools import lru_cache

from metrics.schema.names import names
from metrics.themes import partners_by
from pages.parts.elements.map import certain, on_the_map
from pages.parts.shell.selection import AT_ONCE, View

COLUMNS = ("partner_city", "country", "region", "tie", "signed", "first_year", "agreements", "source")


@lru_cache(maxsize=64)
def complete(view: View):
    """The rows with all that the list shows, in the reader's language, and the names in both languages to be searched."""
    words = view.words
    both, sources = names(view.release, "country"), view.release.tables["sources"].set_index("source_id")["url"]
    shown = on_the_map(view)
    return shown.assign(
        country_en=shown["country_code"].map(both["name_en"]),
        country_ko=shown["country_code"].map(both["name_ko"]),
        partner_city=shown["name"],
        tie=shown["line"],
        signed=shown["began"].map({text: words.edtf(text) for text in shown["began"].unique()}).where(shown["certain"], shown["since"]),
        place=shown["region"].map({region: words.of("region", region) for region in shown["region"].unique()}),
        first_year=partners_by.first_years(shown["began"]),
        agreements=shown["city_id"].map(partners_by.agreement_counts(view.release)),
        source=shown["source_id"].map(sources),
    )


@lru_cache(maxsize=64)
def found(view: View, wanted: str, order: str):
    """The rows that a search leaves, in the order asked for."""
    everyone = complete(view)
    return partners_by.in_order(partners_by.matching(everyone, wanted, _searched(everyone)), order)


def _searched(rows) -> list[str]:
    return [column for column in ("name_en", "name_ko", "country_en", "country_ko") if column in rows]


def list_title(view: View, found: int, wanted: str) -> str:
    """How many partners the list holds, and how many of these are not certain, or are found by the search."""
    everyone, sure = len(complete(view)), certain(view)
    if wanted.strip():
        return view.words.n("partners.found", found, total=everyone, text=wanted.strip())
    if sure < everyone:
        return view.words.n("partners.list_and_perhaps", sure, perhaps=everyone - sure)
    return view.words.n("partners.list", sure) if sure else view.words.t("map.none")


def in_columns(view: View, rows):
    """The columns of the list under their names."""
    listed = rows.drop(columns="region").rename(columns={"place": "region"})[list(COLUMNS)]
    return listed.rename(columns={column: view.words.of("column", column) for column in COLUMNS})


@lru_cache(maxsize=64)
def lines(view: View, wanted: str, order: str, first: int) -> tuple[list, ...]:
    """The part of the list that is shown, each row its city and its cells."""
    shown = found(view, wanted, order).iloc[first : first + AT_ONCE]
    years = shown["first_year"].astype(object).where(shown["first_year"].notna(), None)
    return tuple(
        [row.city_id, row.name, row.country, row.place, row.tie, [row.signed, row.began], year, row.agreements, [row.source]]
        for row, year in zip(shown.itertuples(), years, strict=True)
    )


def act_text(view: View, act) -> str:
    words = view.words
    said = f"{words.of('tie', act['type'])}, {words.edtf(act['signed'])}"
    return f"{said}, {words.t('partners.ended', when=words.edtf(act['ended']))}" if act["ended"] else said
