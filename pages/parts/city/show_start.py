"""Shows the list of relations, and a suggestion for an unknown city."""

from html import escape

import streamlit as st

from metrics.schema.names import names
from metrics.schema.tables import TABLES
from metrics.themes import contacts, partners_by
from metrics.themes.cities import nearest
from pages.parts.city.start import COLUMNS, city_fields, named, relations
from pages.parts.elements.content import Item
from pages.parts.elements.figures import csv_button
from pages.parts.elements.listing import link_html
from pages.parts.elements.show_drawer import source_button
from pages.parts.shell.address import choose
from pages.parts.shell.components import rows as listing
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import free_text, part_of, search_and_order, word_of
from pages.parts.shell.selection import View


def unknown_city(view: View) -> None:
    """Where the address names an unknown city: a link to the nearest name."""
    query = st.query_params.get("city", "")
    city_id = nearest(view.release, query) if query and not view.selection.city else ""
    if city_id:
        name = names(view.release, "city", view.selection.lang)[city_id]
        name = link_html(Item("", **city_fields(city_id, name)), None if view.standing == "preview" else shared_parameters())
        st.html(f'<div class="said">{view.words.t("city.did_you_mean", city=name)}</div>')


def listed(view: View) -> None:
    """The list of relations: search, order, CSV; a row opens its dossier."""
    words, rows = view.words, relations(view)
    with st.container(key="figure-city-relations"):
        query, order = free_text("q"), word_of(view, "sort", contacts.ORDERS, "last")
        matches = contacts.put_in_order(partners_by.matching(rows, query, ["searched"]), order)
        title = words.n("city.relations", len(matches))
        st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(words.t("contact.coverage"))}</div>')
        search_and_order(view, contacts.ORDERS, lambda order: words.t(f"city.sort_{order}"), 260)
        if len(matches):
            _table(view, matches.iloc[part_of(view, len(matches))], title)
            csv_button(view, "relations", lambda: named(view, matches), "relations", quiet=True)
        source_button(view, "partners_in_contact", "figure-city-relations")


def _table(view: View, rows, title: str) -> None:
    years = rows["years_without"].astype(object).where(rows["years_without"].notna(), None)
    lines = [
        [row.city_id, row.name, [row.last_contact, row.contact_date], year, row.standing, row.subject, [row.anniversary, row.next_when],
         row.contacts, row.tie, row.country]
        for row, year in zip(rows.itertuples(), years, strict=True)
    ]  # fmt: skip
    picked = listing([view.words.of("column", column) for column in COLUMNS], lines, "relations", title)
    if picked:
        choose(city=picked, q="", sort="", rows="")
        st.rerun()


def unrecorded(view: View) -> None:
    """What to upload where the release has no contacts."""
    words = view.words
    if not contacts.on_record(view.release):
        table = TABLES["contacts"].metadata["title"].of(view.selection.lang)
        st.html(f'<div class="subtitle">{escape(words.t("contact.which_upload", table=table))}</div>')
        link(view, "data_desk", words.t("contact.to_the_desk"))
