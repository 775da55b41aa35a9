"""Shows the source drawer of an indicator."""

import streamlit as st

from metrics.indicators.registry import read
from pages.parts.elements.drawer import WIDTH, drawer_html
from pages.parts.shell.selection import View


def source_button(view: View, indicator: str, key: str = "") -> None:
    """The button that opens the drawer of an indicator; without a key it is the small one of a card."""
    label = view.words.t("drawer.open") if key else ":material/fact_check:"
    hint = view.words.t("drawer.open_of", title=view.words.of("indicator", indicator))
    if st.button(label, key=f"source-{key or indicator}", type="tertiary", icon=":material/fact_check:" if key else None, help=hint):
        open_drawer(view, indicator)


def open_drawer(view: View, indicator: str) -> None:
    """Open the drawer."""
    reading = read(indicator, view.release, view.selection.as_of)
    title = view.words.of("indicator", indicator)
    st.dialog(title, position="right", width=WIDTH)(lambda: st.html(f'<div class="drawer">{drawer_html(view, reading)}</div>'))()
