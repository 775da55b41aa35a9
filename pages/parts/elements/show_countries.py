"""Shows the cities beside a map, and the controls that choose and leave a country."""

from collections.abc import Sequence

import streamlit as st

from charts.clusters import country_of
from pages.parts.elements.countries import LISTED
from pages.parts.shell.address import choose
from pages.parts.shell.links import link
from pages.parts.shell.parameters import word_of
from pages.parts.shell.selection import View


def chosen_country(view: View, countries) -> str:
    """The country_code of the address; "" with a notice for a country that is not on the map."""
    return word_of(view, "country", ["", *countries["country_code"]], "")


def pick(chosen: str) -> None:
    """Write the dot that was clicked into the address: a country, a city, or none."""
    country = country_of(chosen)
    choose(country=country, city="" if country else chosen)


def city_list(view: View, items: Sequence[str], page: str, look: str = "list", **more: str) -> None:
    """The first of many cities, each an item of HTML, and a link to a page that lists the others, with parameters of that page."""
    others = len(items) - LISTED
    height = " short" if others > 0 else ""
    st.html(f'<div class="scroll{height}" tabindex="0"><ul class="{look}">{"".join(items[:LISTED])}</ul></div>')
    if others > 0:
        link(view, page, view.words.n("map.rest", others), **more)


def back_to_all(label: str) -> None:
    """The button that leaves the chosen city or country."""
    st.button(
        label,
        key="map-close",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=choose,
        kwargs={"city": "", "country": ""},
    )
