"""A row of cards on a page: each with the link to the page of its theme and the button to its source."""

from html import escape

import streamlit as st

from pages.parts.elements.card_text import THEMES, card, telling
from pages.parts.elements.show_drawer import source_button
from pages.parts.shell.links import link
from pages.parts.shell.selection import View


def cards(view: View, indicators: tuple[str, ...]) -> None:
    """A row of equal cards, fewer in a row on narrow screens."""
    indicators = telling(view, indicators)
    if not indicators:
        return
    with st.grid(len(indicators), min_column_width=152, gap="small", key=f"cards-{indicators[0]}"):
        for indicator in indicators:
            with st.container(key=f"card-{indicator}", height="stretch"):
                _name(view, indicator)
                st.html(card(view, indicator))
                source_button(view, indicator)


def _name(view: View, indicator: str) -> None:
    """The card's name, linked to the page of its theme where it has one."""
    title = view.words.of("indicator", indicator)
    place = next((place for place, indicators in THEMES.items() if indicator in indicators), None)
    if place:
        link(view, place, title)
    else:
        st.html(f'<div class="card"><div class="name">{escape(title)}</div></div>')
