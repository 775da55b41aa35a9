"""The sources with what rests on each, undated counts, contradictions, the backtest, the dictionary, downloads."""

import streamlit as st

from metrics.schema.tables import TABLES
from pages.parts.elements.show import show
from pages.parts.shell.parameters import word_of
from pages.parts.shell.view import current_view
from pages.parts.sources.show_sources import (
    backtest_figure,
    claims_link,
    conflicts,
    counts,
    downloads,
    filters,
    listed,
    undated,
)
from pages.parts.sources.sources import headline

view = current_view()
show(view, headline(view))
claims_link(view)
counts(view)
table = word_of(view, "table", ["", *TABLES], "")
filters_here = st.container()
left, right = st.columns([8, 4], gap="medium")
with left:
    listed(view, table)
with filters_here:
    filters(view)
with right:
    downloads(view)
    undated(view)
    backtest_figure(view)
conflicts(view, table)
