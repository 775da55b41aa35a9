"""Shows the page of partner cities: what is documented under its filters, as charts, map through time and list."""

from datetime import date
from html import escape

import streamlit as st

from metrics.themes import partners_by
from pages.parts.elements.map import certain, partner_map
from pages.parts.elements.row_text import title_html
from pages.parts.elements.show import csv_button, drawer, show, show_beside
from pages.parts.elements.show_map import filters, map_and_list
from pages.parts.partner_cities.partners import (
    COLUMNS,
    agreements_html,
    by_decade,
    by_region,
    by_type,
    by_year,
    countries_figure,
    first_signed,
    in_columns,
    lines,
    list_title,
    map_heading,
    matching_partners,
    without_year,
)
from pages.parts.shell.components import rows as listing
from pages.parts.shell.fragments import now, part
from pages.parts.shell.links import link
from pages.parts.shell.parameters import free_text, number_within, part_of, search_and_order, word_of, write
from pages.parts.shell.selection import View


@part
def documented() -> None:
    """Everything that the filters change; they rerun this fragment alone."""
    view = now()
    above, below = st.container(), st.container()
    with below:
        partner_list()  # sent first, placed last: its table takes longest to render
    with above:
        _documented(view)


def _documented(view: View) -> None:
    words = view.words
    section, note = escape(words.t("partners.documented")), escape(words.t("partners.filters"))
    st.html(f'<h2 class="section">{section}</h2><div class="subtitle">{note}</div>')
    filters(view, certain(view), "partner_cities")
    with st.grid(3, min_column_width=320, gap="medium"):
        for part in (by_type, by_region, by_decade):
            show(view, part(view))
    show_beside(view, [7, 3], [by_year(view)], [without_year(view)])
    map_through_time()
    if certain(view):
        show(view, countries_figure(view))


@part
def map_through_time() -> None:
    """The slider and the map; the slider and a click on the map rerun this fragment alone."""
    view = now()
    first = first_signed(view.release, view.selection.as_of)
    last = view.selection.as_of.year
    with st.container(key="time-map"):
        heading = st.container()
        until = _slider(view, first, last) if first is not None and first < last else view.selection.as_of
        heading.html(map_heading(view, until))
        map_and_list(view, partner_map(view, until))


def _slider(view: View, first: int, last: int) -> date:
    """The date of the slider: the end of its year, or the as-of date in the last year."""
    year = number_within(view, "until", first, last, last)
    st.slider(view.words.t("partners.until"), first, last, key="control-until", format="%d", on_change=write, args=("until", last))
    return view.selection.as_of if year == last else date(year, 12, 31)


@part
def partner_list() -> None:
    """The list and its controls; a search reruns this fragment alone."""
    view = now()
    words = view.words
    with st.container(key="figure-list"):
        query, order = free_text("q"), word_of(view, "sort", partners_by.ORDERS, "name")
        rows = matching_partners(view, query, order)
        title = list_title(view, len(rows), query)
        st.html(title_html(title, words.t("partners.list_measure")))
        search_and_order(view, partners_by.ORDERS, lambda order: words.t(f"partners.sort_{order}"), 320)
        if len(rows):
            heads, first = [words.of("column", column) for column in COLUMNS], part_of(view, len(rows)).start
            picked = listing(heads, lines(view, query, order, first), "partner-list", title, words.t("drawer.open"))
            if picked and len(row := rows[rows["city_id"] == picked]):
                html = f'<div class="drawer">{agreements_html(view, row.iloc[0])}</div>'
                drawer(words.of("column", "partner_city"), html, lambda: link(view, "city", words.t("city.open"), city=picked))
            csv_button(view, "partner_cities", lambda: in_columns(view, rows), "partner-list", quiet=True)
