"""What the browser draws by our own scripts in assets/: a plotly chart and the world map.

Streamlit's own elements load all of plotly.js, deck.gl and a map library, four times as much as is needed here, and draw the land
in WebGL. Must not know what a chart or a map says.
"""

import json
from collections.abc import Callable

import streamlit as st

from charts.map import World
from charts.theme import Drawing


def element(script: str):
    """A Streamlit component that is a script in assets/: its default function draws, and gives back what undoes it."""
    # Inline, since Streamlit takes files from installed packages only; with a line break, since one line would be taken for a path.
    inline = f'export default (await import(new URL("/assets/{script}.js", location)))\n.default'
    return st.components.v2.component(f"dashboard_{script}", isolate_styles=False, js=inline)


_CHART, _MAP = element("chart"), element("map")


def chart(drawing: Drawing, key: str, alt: str) -> None:
    """A chart, as wide as there is room and of its own height, with its text alternative."""
    _CHART(key=key, data=_told("figure", drawing.text, alt), height=drawing.height)


def world_map(world: World, key: str, alt: str, picked: Callable[[str], None]) -> None:
    """The world in the frame that the style sheet gives it; `picked` gets the city_id of a dot that was clicked, "" for none."""

    def pick() -> None:
        picked(st.session_state[key]["picked"] or "")

    with st.container(key="worldmap", border=False):
        _MAP(key=key, data=_told("world", world.text, alt), height="stretch", on_picked_change=pick)


def _told(name: str, text: str, alt: str) -> bytes:
    """A drawing's JSON text with its text alternative, as it is: Streamlit would write text once more, Hangul six bytes a letter."""
    return f'{{"alt":{json.dumps(alt, ensure_ascii=False)},"{name}":{text}}}'.encode()
