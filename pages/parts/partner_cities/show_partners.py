"""Shows what is documented of partner cities, under its filters."""

from html import escape

import streamlit as st

from pages.parts.elements.map import certain
from pages.parts.elements.show import show
from pages.parts.elements.show_map import filters
from pages.parts.partner_cities.partners import without_year
from pages.parts.partner_cities.show_list import partner_list
from pages.parts.partner_cities.show_map import map_through_time
from pages.parts.partner_cities.show_ties import by_country, tie_figure
from pages.parts.partner_cities.ties import by_decade, by_region, by_type, by_year
from pages.parts.shell.fragments import now, part
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
    filters(view, certain(view))
    with st.grid(3, min_column_width=320, gap="medium"):
        for part in (by_type, by_region, by_decade):
            tie_figure(view, part(view))
    left, right = st.columns([7, 3], gap="medium")
    with left:
        tie_figure(view, by_year(view))
    with right:
        show(view, without_year(view))
    map_through_time()
    by_country(view)
