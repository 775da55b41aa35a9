"""Shows the list of partners: search, order, the agreements of a row, CSV."""

from html import escape

import streamlit as st

from metrics.themes import partners_by
from pages.parts.elements.drawer import WIDTH
from pages.parts.elements.figures import csv_button
from pages.parts.elements.source_text import source_line
from pages.parts.partner_cities.list import COLUMNS, act_text, found, in_columns, lines, list_title
from pages.parts.shell.components import rows as listing
from pages.parts.shell.fragments import now, part
from pages.parts.shell.links import link
from pages.parts.shell.parameters import free_text, part_of, search_and_order, word_of
from pages.parts.shell.selection import View


@part
def partner_list() -> None:
    """The list and its controls; a search reruns this fragment alone."""
    view = now()
    words = view.words
    with st.container(key="figure-list"):
        query, order = free_text("q"), word_of(view, "sort", partners_by.ORDERS, "name")
        rows = found(view, query, order)
        title = list_title(view, len(rows), query)
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(words.t("partners.list_measure"))}</div>')
        search_and_order(view, partners_by.ORDERS, lambda order: words.t(f"partners.sort_{order}"), 320)
        if len(rows):
            _table(view, rows, title, (query, order, part_of(view, len(rows)).start))
            csv_button(view, "partner_cities", lambda: in_columns(view, rows), "partner-list", quiet=True)


def _table(view: View, rows, title: str, chosen: tuple[str, str, int]) -> None:
    heads = [view.words.of("column", column) for column in COLUMNS]
    picked = listing(heads, lines(view, *chosen), "partner-list", title, view.words.t("drawer.open"))
    if picked and len(row := rows[rows["city_id"] == picked]):
        agreements_drawer(view, row.iloc[0])


def agreements_drawer(view: View, row) -> None:
    """A partner with all its agreements, of all roles, each with date, role, note and source."""
    words = view.words
    acts = partners_by.agreements_of(view.release, row["city_id"])
    items = "".join(
        f"<li>{escape(act_text(view, act))}"
        f'<span class="when">{escape(words.of("role", act["role"]))}. {escape(words.name(act, "note"))} '
        f"{source_line(view, act['source_id'])}</span></li>"
        for _, act in acts.iterrows()
    )
    where = f"{row['country']}, {row['place']}"
    body = (
        f'<div class="drawer"><h2 class="title">{escape(row["name"])}</h2><p>{escape(where)}</p>'
        f"<p>{escape(row['line'])}, {escape(row['since'])}</p>"
        f'<h3>{escape(words.n("partners.agreements", len(acts)))}</h3><ul class="list">{items}</ul></div>'
    )

    def drawer() -> None:
        st.html(body)
        link(view, "city", words.t("city.open"), city=row["city_id"])

    st.dialog(words.of("column", "partner_city"), position="right", width=WIDTH)(drawer)()
