"""What the browser draws by our own scripts in assets/: a plotly chart, the world map, lists whose rows can be chosen.

Streamlit's own elements load all of plotly.js, deck.gl and a map library, four times as much as is needed here, and draw the land
in WebGL; its table paints cells that no screen reader sees, and writes them a second time. Must not know what is shown.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

from charts.map import World
from charts.theme import Drawing


def element(script: str):
    """A Streamlit component that is a script in assets/: its default function draws, and gives back what undoes it."""
    # Inline, since Streamlit takes files from installed packages only; with a line break, since one line would be taken for a path.
    # Pages have no folder, so an address from the page on also holds behind a proxy that puts the dashboard into one.
    inline = f'export default (await import(new URL("assets/{script}.js", location)))\n.default'
    return st.components.v2.component(f"dashboard_{script}", isolate_styles=False, js=inline)


_CHART, _MAP, _LIST, _ROWS = element("chart"), element("map"), element("list"), element("rows")


def chart(drawing: Drawing, key: str, alt: str, save: Mapping[str, str] | None = None) -> None:
    """A chart, as wide as there is room and of its own height, with its text alternative.

    With `save` a reader can take it along as a picture: `png` and `svg` name the choices, `after` ends the name of the file.
    """
    _CHART(key=key, data=_payload("figure", drawing.text, alt, save=save), height=drawing.height)


def world_map(world: World, key: str, alt: str, picked: Callable[[str], None]) -> None:
    """The world in the frame that the style sheet gives it; `picked` gets the city_id of a dot that was clicked, "" for none."""

    def pick() -> None:
        picked(st.session_state[key]["picked"] or "")

    with st.container(key="worldmap", border=False):
        _MAP(key=key, data=_payload("world", world.packed, alt), height="stretch", on_picked_change=pick)


Cell = str | int | float | None | list
"""A cell of a list: a text or a number; `[address]` is a link; `[text, key]` is put in order by its key."""


def rows(heads: Sequence[str], lines: Iterable[Sequence[Cell]], key: str, alt: str, open_word: str = "") -> str:
    """A list as a table; gives the name of the row that was chosen just now, "" for none.

    Each row is its name and then a cell for each of the `heads`, of which the first is the row's own title. Links say `open_word`.
    """
    data = json.dumps({"alt": alt, "heads": heads, "rows": list(lines), "open": open_word}, ensure_ascii=False, separators=(",", ":"))
    return _LIST(key=key, data=data.encode(), on_picked_change=lambda: None).picked or ""


def opening_rows(html: str, key: str, picked: Callable[[str], None] = lambda _: None) -> None:
    """A list in HTML, all that comes from data escaped in it; `picked` gets the `data-row` of the link that was clicked.

    For long lists too that open nothing: `st.html` would look through each of their elements in the browser for what is not allowed.
    """

    def pick() -> None:
        picked(st.session_state[key]["picked"] or "")

    _ROWS(key=key, data=json.dumps({"rows": html}, ensure_ascii=False).encode(), on_picked_change=pick)


def _payload(name: str, text: str, alt: str, **more: object) -> bytes:
    """A drawing's JSON text with its text alternative, as it is: Streamlit would write text once more, Hangul six bytes a letter."""
    head = json.dumps({"alt": alt, **more}, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"{name}":{text}}}'.encode()
