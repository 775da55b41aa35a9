"""Shows the small map of a dossier; a click on it does nothing."""

from html import escape

import streamlit as st

from pages.parts.city.city import about
from pages.parts.city.map import alt, place, world
from pages.parts.shell.components import world_map
from pages.parts.shell.selection import View


def inset(view: View) -> None:
    """The city's name and place with the map."""
    city, words = about(view), view.words
    with st.container(key="city-place", height="stretch"):
        st.html(f'<h2 class="title">{escape(city.name)}</h2><div class="subtitle">{escape(place(view))}</div>')
        if not view.home or city.row["lat"] != city.row["lat"]:
            st.html(f'<div class="empty">{escape(words.t("map.no_home"))}</div>')
            return
        with st.container(key="city-map"):
            world_map(world(view), "map-city", alt(view), lambda picked: None)
        st.html(f'<div class="sourceline">{escape(words.t("city.disclaimer"))}</div>')
