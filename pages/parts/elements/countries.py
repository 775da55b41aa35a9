"""What maps of very many cities say beside and beneath: countries with their cities counted, and the cities of the one chosen.

Knows neither partners nor exports: a page brings the rows with their words, and says what is counted.
"""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from charts.clusters import MOST, country_of, legend
from pages.parts.shell.address import choose
from pages.parts.shell.navigation import link
from pages.parts.shell.parameters import one_of
from pages.parts.shell.selection import View

LISTED = 200
"""Cities listed beside a map; the list of the page holds all."""
SHAPES = {
    "ringed": "background:{0};box-shadow:0 0 0 3px color-mix(in srgb,{0} 25%,transparent)",
    "filled": "background:{0}",
    "hollow": "border:2px solid {0};box-sizing:border-box",
}

Said = Callable[[object], str]
"""A row as a reader is told of it."""


def many(rows) -> bool:
    """Whether there are too many cities to be shown one by one."""
    return len(rows) > MOST


def told(found, whole: Said, parts: Said):
    """The rows of `charts.clusters.by_country` with what their dots say: how many cities, and of which kinds."""
    rows, lone = list(found.itertuples()), found["cities"] == 1
    counted = {"country": [whole(row) for row in rows], "line": [parts(row) for row in rows]}
    return found.assign(**{column: found[column].where(lone, said) for column, said in counted.items()})


def chosen_country(view: View, found) -> str:
    """The country_code of the address; a country that the map does not show is none, and the page says so."""
    return one_of(view, "country", ["", *found["country_code"]], "")


def pick(chosen: str) -> None:
    """Write the dot that was clicked into the address: a country, a city, or none."""
    country = country_of(chosen)
    choose(country=country, city="" if country else chosen)


def country_list(view: View, found, heading: str) -> str:
    """The list that says what the map says, as HTML: each country with its number of cities, and of which kinds."""
    items = "".join(
        f'<li><b class="sum">{view.words.number(row.cities)}</b>{escape(row.name)}<span class="when">{escape(row.line)}</span></li>'
        for row in found[["cities", "name", "line"]].itertuples(index=False, name="Country")
    )
    return f'<div class="subtitle">{escape(heading)}</div><div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>'


def city_list(view: View, items: Sequence[str], page: str, look: str = "list", **more: str) -> None:
    """The first of many cities, each an item of HTML; the door to the others is the list of a page, with parameters of that page."""
    others = len(items) - LISTED
    room = " short" if others > 0 else ""
    st.html(f'<div class="scroll{room}" tabindex="0"><ul class="{look}">{"".join(items[:LISTED])}</ul></div>')
    if others > 0:
        link(view, page, view.words.n("map.rest", others), **more)


def back_to_all(label: str) -> None:
    """A quiet button that leaves the chosen city or country."""
    st.button(
        label,
        key="map-close",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=choose,
        kwargs={"city": "", "country": ""},
    )


def dot(colour: str, shape: str, size: float = 11) -> str:
    """The style of a dot of a legend or a list."""
    return f"width:{size}px;height:{size}px;{SHAPES[shape].format(colour)}"


def sizes_legend(view: View, shown: bool = False) -> str:
    """The legend of a map of countries, as HTML; `shown` where some hold nothing that is counted."""
    return "".join(
        f'<span><i style="{dot(colour, shape, size)}"></i>{escape(view.words.t(key))}</span>'
        for key, colour, shape, size in legend(view.palette, shown)
    )
