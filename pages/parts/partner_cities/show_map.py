"""Shows the map of partner cities with a slider of years."""

from datetime import date

import streamlit as st

from pages.parts.elements.show_map import world
from pages.parts.partner_cities.map import first_signed, title_html
from pages.parts.shell.fragments import now, part
from pages.parts.shell.parameters import number_within, write
from pages.parts.shell.selection import View


@part
def map_through_time() -> None:
    """The slider and the map; the slider and a click on the map rerun this fragment alone."""
    view = now()
    first, last = first_signed(view.release, view.selection.as_of), view.selection.as_of.year
    with st.container(key="time-map"):
        heading = st.container()
        until = _slider(view, first, last) if first is not None and first < last else view.selection.as_of
        heading.html(title_html(view, until))
        world(view, until)


def _slider(view: View, first: int, last: int) -> date:
    """The date of the slider: the end of its year, or the as-of date in the last year."""
    year = number_within(view, "until", first, last, last)
    st.slider(view.words.t("partners.until"), first, last, key="control-until", format="%d", on_change=write, args=("until", last))
    return view.selection.as_of if year == last else date(year, 12, 31)
