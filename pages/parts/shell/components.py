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
    """A Streamlit component that is a script in assets/: its default function draws and returns the function that cleans up."""
    # Inline, since Streamlit accepts files of installed packages only; with a line break, since a single line counts as a path.
    # Pages have no folder, so a relative address also works behind a proxy that adds a path prefix.
    inline = f'export default (await import(new URL("assets/{script}.js", location)))\n.default'
    return st.components.v2.component(f"dashboard_{script}", isolate_styles=False, js=inline)


_CHART, _MAP, _LIST, _ROWS, _VISITED = map(element, ("chart", "map", "list", "rows", "visited"))


def chart(drawing: Drawing, key: str, alt: str, save: Mapping[str, str] | None = None) -> None:
    """A chart at full width and its own height, with its text alternative.

    With `save` a reader can download it as a picture: `png` and `svg` label the choices, `after` ends the file name.
    """
    _CHART(key=key, data=_payload("figure", drawing.text, alt, save=save), height=drawing.height)


def world_map(
    world: World,
    key: str,
    alt: str,
    picked: Callable[[str], None],
    words: Mapping[str, str],
    time: Mapping[str, object] | None = None,
    moved: Callable[[str], None] = lambda _: None,
) -> None:
    """The world map, sized by the style sheet; `picked` gets the city_id of a clicked dot, "" for none.

    `words` name its buttons. With `time` it grows (assets/player.js); `moved` gets the year at which that stops, "" for today.
    """
    with st.container(key="worldmap", border=False):
        callbacks = {"on_picked_change": _callback(key, picked), "on_moved_change": _callback(key, moved, "moved")}
        _MAP(key=key, data=_payload("world", world.packed, alt, words=words, time=time), height="stretch", **callbacks)


Cell = str | int | float | None | list
"""A cell of a list: a text or a number; `[address]` is a link; `[text, key]` is sorted by its key."""


def rows(heads: Sequence[str], lines: Iterable[Sequence[Cell]], key: str, alt: str, open_word: str = "") -> str:
    """A list as a table; returns the name of the row that was just chosen, "" for none.

    Each row is its name and then a cell for each of the `heads`, of which the first is the row's own title. Links say `open_word`.
    """
    data = json.dumps({"alt": alt, "heads": heads, "rows": list(lines), "open": open_word}, ensure_ascii=False, separators=(",", ":"))
    return _LIST(key=key, data=data.encode(), on_picked_change=lambda: None).picked or ""


def opening_rows(html: str, key: str, picked: Callable[[str], None] = lambda _: None) -> None:
    """A list as HTML with its data escaped; `picked` gets the `data-row` of the clicked link.

    Also for long lists without links: `st.html` would sanitise each of their elements in the browser.
    """
    _ROWS(key=key, data=json.dumps({"rows": html}, ensure_ascii=False).encode(), on_picked_change=_callback(key, picked))


def last_visit(label: str, lang: str, key: str) -> str:
    """A button with the day of this browser's visit before today's in `label` ({day}), if it has one; returns the day (ISO) if pressed."""
    return _VISITED(key=key, data={"label": label, "lang": lang}, on_picked_change=lambda: None).picked or ""


def _callback(key: str, told: Callable[[str], None], name: str = "picked") -> Callable[[], None]:
    return lambda: told(st.session_state[key][name] or "")


def _payload(name: str, text: str, alt: str, **more: object) -> bytes:
    """A drawing's JSON with its text alternative, as bytes: Streamlit would encode a text again, with six bytes a Hangul letter."""
    head = json.dumps({"alt": alt, **more}, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"{name}":{text}}}'.encode()
