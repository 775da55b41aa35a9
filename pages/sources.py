"""The sources: each with what rests on it, contradictions, counts without a date, the method tried, the dictionary, downloads."""

import streamlit as st

from pages.parts.elements.show import show
from pages.parts.elements.show_conflicts import conflicts
from pages.parts.shell.view import view
from pages.parts.sources.show_backtest import tried
from pages.parts.sources.show_sources import chosen_table, counts, downloads, filters, ledger_door, listed, undated
from pages.parts.sources.sources import headline

shown = view()
show(shown, headline(shown))
ledger_door(shown)
counts(shown)
table = chosen_table(shown)
filters_here = st.container()
left, right = st.columns([8, 4], gap="medium")
with left:
    listed(shown, table)
with filters_here:
    filters(shown)
with right:
    downloads(shown)
    undated(shown)
    tried(shown)
conflicts(shown, table)
