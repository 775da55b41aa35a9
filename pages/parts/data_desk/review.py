"""Review of the open draft: its changes to readings, rows and cells, or its problems."""

import streamlit as st

from pages.parts.data_desk.changes import effect_figure, tables_figure
from pages.parts.data_desk.draft import Opened
from pages.parts.data_desk.problems import problem_list
from pages.parts.shell.selection import View


def review(view: View, opened: Opened) -> None:
    """The effect and the differences of a draft against its base."""
    if opened.release is None:
        with st.container(key="figure-problems"):
            problem_list(view, opened.problems)
        return
    with st.container(key="figure-effect"):
        effect_figure(view, opened.base, opened.release, view.words.t("desk.effect"))
    with st.container(key="figure-changes"):
        tables_figure(view, opened.base, opened.release, view.words.t("desk.tables"), f"changes_on-release-{opened.base.number}")
