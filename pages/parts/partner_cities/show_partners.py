"""Shows the page of partner cities: what is documented under its filters, as charts, map through time and list."""

from datetime import date
from html import escape

import streamlit as st

from metrics.themes.partnerships import regions_to_choose
from pages.parts.elements.map import certain, partner_map
from pages.parts.elements.row_text import title_html
from pages.parts.elements.show import csv_button, drawer, show, show_beside
from pages.parts.elements.show_map import filters, map_and_list
from pages.parts.partner_cities.partners import (
    agreements_html,
    by_year,
    charts,
    columns,
    countries_figure,
    first_signed,
    in_columns,
    lines,
    list_title,
    map_heading,
    matching_partners,
    orders,
    without_year,
)
from pages.parts.shell.components import rows as listing
from pages.parts.shell.fragments import now, part
from pages.parts.shell.links import link
from pages.parts.shell.parameters import free_text, part_of, search_and_order, word_of
from pages.parts.shell.selection import View, whole_within


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
    compared = charts(view)
    note = f'<div class="subtitle">{escape(words.t("partners.filters"))}</div>' if compared else ""
    st.html(f'<h2 class="section">{escape(words.t("partners.documented"))}</h2>{note}')
    filters(view, certain(view), "partner_cities", regions_to_choose(view.release))
    if compared:
        with st.grid(len(compared), min_column_width=320, gap="medium"):
            for chart in compared:
                show(view, chart)
    if first_signed(view.release, view.selection.as_of) is not None:
        show_beside(view, [7, 3], [by_year(view)], [without_year(view)])
    map_through_time()
    if certain(view) > 1:
        show(view, countries_figure(view))


@part
def map_through_time() -> None:
    """The map under what had been signed by its year; another year or a click on the map reruns this fragment alone."""
    view = now()
    with st.container(key="time-map"):
        if counted := map_heading(view, _shown_until(view)):
            st.html(counted)
        with st.container(key="folds-map"):
            map_and_list(view, partner_map(view))


def _shown_until(view: View) -> date:
    """The end of the year in the address, the as-of date in the last year and where no tie is dated."""
    first, last = first_signed(view.release, view.selection.as_of), view.selection.as_of.year
    year = last if first is None else whole_within(st.query_params.get("until", ""), first, last, last)
    return view.selection.as_of if year == last else date(year, 12, 31)


@part
def partner_list() -> None:
    """The list and its controls; a search reruns this fragment alone."""
    view = now()
    words = view.words
    with st.container(key="figure-list"):
        query, order = free_text("q"), word_of(view, "sort", orders(view), "name")
        rows = matching_partners(view, query, order)
        title = list_title(view, len(rows), query)
        st.html(title_html(title, words.t("partners.list_measure")))
        search_and_order(view, orders(view), lambda order: words.t(f"partners.sort_{order}"), 320)
        if len(rows):
            heads, first = [words.of("column", column) for column in columns(view)], part_of(view, len(rows)).start
            picked = listing(heads, lines(view, query, order, first), "partner-list", title, words.t("drawer.open"))
            if picked and len(row := rows[rows["city_id"] == picked]):
                html = f'<div class="drawer">{agreements_html(view, row.iloc[0])}</div>'
                drawer(words.of("column", "partner_city"), html, lambda: link(view, "city", words.t("city.open"), city=picked))
            csv_button(view, "partner_cities", lambda: in_columns(view, rows), "partner-list", quiet=True)
