"""Shows the backtest of the method."""

import streamlit as st

from metrics.indicators.backtest import trials
from pages.parts.shell.selection import View
from pages.parts.sources.backtest import trials_html


def backtest_figure(view: View) -> None:
    """The backtest; nothing where no count has an earlier one."""
    if trials(view.release):
        with st.container(key="figure-backtest"):
            st.html(trials_html(view.release, view.selection.lang))
