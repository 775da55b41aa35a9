"""Shows the page of peer cities: the choice of peers, the map with the list beside it, overlap and published counts."""

from html import escape

import streamlit as st

from metrics.themes import peers
from pages.parts.elements.dots import button_words
from pages.parts.elements.map import drawn_by, legend_html
from pages.parts.elements.row_text import empty_html, sources_line, title_html
from pages.parts.elements.show import show, show_beside
from pages.parts.peers.peers import (
    NONE,
    as_text,
    chosen_peers,
    cited_peers,
    country_of,
    counts,
    drawn_map,
    every_partner,
    headline,
    map_dots,
    map_title,
    misses,
    overlap,
    place_lines,
    place_names,
    place_row,
)
from pages.parts.shell.address import choose
from pages.parts.shell.components import world_map
from pages.parts.shell.fragments import now, part
from pages.parts.shell.links import link
from pages.parts.shell.parameters import LONGEST, not_usable
from pages.parts.shell.selection import View

LONGEST_CHOICE = 4 * LONGEST
"""Characters of the parameter `peers` that are read."""


@part
def beside_peers() -> None:
    """The whole page: a choice of peers, or a click on the map, reruns this fragment alone."""
    view = now()
    if not peers.is_recorded(view.release):
        show(view, headline(view, ()))
        return
    text = st.query_params.get("peers", "")[:LONGEST_CHOICE]
    chosen = chosen_peers(view, text)
    if text not in ("", NONE) and any(id not in chosen for id in text.split(",")):
        not_usable(view, "peers")
    show(view, headline(view, chosen))
    _choice(view, chosen)
    if chosen:
        _map_and_list(view, chosen)
        show_beside(view, [5, 7], [overlap(view, chosen)], [counts(view, chosen)])


def _choice(view: View, chosen: tuple[str, ...]) -> None:
    words, called = view.words, place_names(view)
    offered = sorted(peers.to_choose(view.release, view.selection.as_of), key=lambda id: called[id])
    st.session_state["control-peers"] = list(chosen)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        st.multiselect(
            words.t("peers.choose"),
            offered,
            format_func=called.get,
            key="control-peers",
            on_change=lambda: choose(peers=as_text(view, tuple(st.session_state["control-peers"])), place=""),
            max_selections=peers.AT_ONCE,
            placeholder=words.t("peers.choose"),
            label_visibility="collapsed",
        )
    st.html(f'<div class="subtitle">{escape(misses(view))}</div>')


def _map_and_list(view: View, chosen: tuple[str, ...]) -> None:
    """The map of the first peers, and beside it every partner, or the place of the address."""
    place = st.query_params.get("place", "")[:LONGEST]
    row = place_row(view, chosen, place)
    if place and not row:
        not_usable(view, "place")
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        st.html(title_html(map_title(view, chosen)))
        if view.home:
            world, alt = drawn_map(view, chosen, place if row else ""), view.words.t("peers.alt")
            world_map(world, "peer-map", alt, lambda dot: choose(place=dot), button_words(view))
        else:
            st.html(empty_html(view.words.t("map.no_home")))
    with beside:
        if row:
            _place(view, row)
        else:
            show(view, every_partner(view, chosen))
    drawn = ". ".join((sources_line(view, cited_peers(view, chosen)), drawn_by(view)))
    st.html(f'<div class="legend">{legend_html(view, map_dots(view, chosen))}</div><div class="sourceline">{drawn}</div>')


def _place(view: View, row: dict) -> None:
    """The chosen place: whose partner it is, and its dossier where the register has it."""
    st.html(title_html(place_names(view)[row["place_id"]], country_of(view, row["country_code"])))
    lines = "".join(f"<li>{escape(line)}</li>" for line in place_lines(view, row))
    st.html(f'<ul class="list">{lines}</ul>')
    if row["city_id"]:
        link(view, "city", view.words.t("city.open"), city=row["city_id"])
    st.button(
        view.words.t("peers.back"), key="map-close", type="tertiary", icon=":material/arrow_back:", on_click=choose, kwargs={"place": ""}
    )
