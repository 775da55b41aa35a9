"""What a page shows, noted while it is drawn, so that its evidence can be packed afterwards. Must not draw anything.

The notes of a part that runs alone (pages/parts/shell/fragments.py) are its own: they are made anew whenever it runs.
A part is drawn once a page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from pages.parts.shell.selection import View

_NOTES = "shown"


@dataclass
class Shown:
    """The figures (pages/parts/elements/figures.py) and the indicators of a page in the order of their parts; the address that shows them.

    `view` is the one that was drawn last.
    """

    view: View
    address: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[object, object]] = field(default_factory=dict)
    part: str = ""

    def figures(self) -> list:
        """Every figure, once."""
        return [one for part in self.parts.values() for one in part.values() if not isinstance(one, str)]

    def indicators(self) -> list[str]:
        """Every indicator that a number or a figure is of, once."""
        named = [one if isinstance(one, str) else one.indicator for part in self.parts.values() for one in part.values()]
        return list(dict.fromkeys(named))


def begin(view: View) -> Shown:
    """Notes for a page that is drawn from its top."""
    st.session_state[_NOTES] = Shown(view, st.query_params.to_dict(), {"": {}})
    return st.session_state[_NOTES]


def note(view: View, *shown: object) -> None:
    """Note figures, and indicators by their id."""
    if notes := st.session_state.get(_NOTES):
        notes.view, notes.address = view, st.query_params.to_dict()
        notes.parts[notes.part].update({getattr(one, "key", one): one for one in shown})


@contextmanager
def noted_part(name: str) -> Iterator[None]:
    """What is noted inside belongs to a part of the page, and takes the place of what the part showed before."""
    notes = st.session_state.get(_NOTES)
    if notes is None:
        yield
        return
    outer, notes.part = notes.part, name
    notes.parts[name] = {}
    try:
        yield
    finally:
        notes.part = outer
