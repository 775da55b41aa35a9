"""The list of partners: searched and put in order, each row the door to its agreements, the whole as CSV."""

from functools import lru_cache
from html import escape

import streamlit as st

from metrics.schema.names import names
from metrics.themes import partners_by
from pages.parts.elements.drawer import WIDTH, source_line
from pages.parts.elements.figures import Figure, csv_button
from pages.parts.elements.map import certain, on_the_map
from pages.parts.shell.components import rows as listing
from pages.parts.shell.evidence_log import note
from pages.parts.shell.fragments import now, part
from pages.parts.shell.navigation import link
from pages.parts.shell.parameters import AT_ONCE, free_text, one_of, part_of, search_and_order
from pages.parts.shell.selection import View

COLUMNS = ("partner_city", "country", "region", "tie", "signed", "first_year", "agreements", "source")


@part
def partner_list() -> None:
    """The list and its controls; a search runs this part alone."""
    view = now()
    words = view.words
    with st.container(key="figure-list"):
        wanted, order = free_text("q"), one_of(view, "sort", partners_by.ORDERS, "name")
        rows = found(view, wanted, order)
        title = list_title(view, len(rows), wanted)
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(words.t("partners.list_measure"))}</div>')
        search_and_order(view, partners_by.ORDERS, lambda order: words.t(f"partners.sort_{order}"), 320)
        note(view, Figure("partner-list", "partner_cities", title, words.t("partners.list_measure"), "", lambda: _listed(view, rows), ()))
        if len(rows):
            _table(view, rows, title, (wanted, order, part_of(view, len(rows)).start))
            csv_button(view, "partner_cities", lambda: _listed(view, rows), "partner-list", quiet=True)


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


def _listed(view: View, rows):
    """The columns of the list under their names."""
    listed = rows.drop(columns="region").rename(columns={"place": "region"})[list(COLUMNS)]
    return listed.rename(columns={column: view.words.of("column", column) for column in COLUMNS})


@lru_cache(maxsize=64)
def _lines(view: View, wanted: str, order: str, first: int) -> tuple[list, ...]:
    """The part of the list that is shown, each row its city and its cells."""
    shown = found(view, wanted, order).iloc[first : first + AT_ONCE]
    years = shown["first_year"].astype(object).where(shown["first_year"].notna(), None)
    return tuple(
        [row.city_id, row.name, row.country, row.place, row.tie, [row.signed, row.began], year, row.agreements, [row.source]]
        for row, year in zip(shown.itertuples(), years, strict=True)
    )


def _table(view: View, rows, title: str, chosen: tuple[str, str, int]) -> None:
    heads = [view.words.of("column", column) for column in COLUMNS]
    picked = listing(heads, _lines(view, *chosen), "partner-list", title, view.words.t("drawer.open"))
    if picked and len(row := rows[rows["city_id"] == picked]):
        agreements_drawer(view, row.iloc[0])


def agreements_drawer(view: View, row) -> None:
    """A partner with all its agreements, of all roles, each with date, role, note and source."""
    words, note = view.words, f"note_{view.selection.lang}"
    acts = partners_by.agreements_of(view.release, row["city_id"])
    items = "".join(
        f"<li>{escape(_act(view, act))}"
        f'<span class="when">{escape(words.of("role", act["role"]))}. {escape(act[note])} {source_line(view, act["source_id"])}</span></li>'
        for _, act in acts.iterrows()
    )
    where = f"{row['country']}, {row['place']}"
    body = (
        f'<div class="drawer"><h2 class="title">{escape(row["name"])}</h2><p>{escape(where)}</p>'
        f'<p>{escape(row["line"])}, {escape(row["since"])}</p>'
        f'<h3>{escape(words.n("partners.agreements", len(acts)))}</h3><ul class="list">{items}</ul></div>'
    )

    def shown() -> None:
        st.html(body)
        link(view, "city", words.t("city.open"), city=row["city_id"])

    st.dialog(words.of("column", "partner_city"), position="right", width=WIDTH)(shown)()


def _act(view: View, act) -> str:
    words = view.words
    said = f"{words.of('tie', act['type'])}, {words.edtf(act['signed'])}"
    return f"{said}, {words.t('partners.ended', when=words.edtf(act['ended']))}" if act["ended"] else said
