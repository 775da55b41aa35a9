"""Shows what waits behind a door: the newest ties and projects, the table of every reading."""

from html import escape

import streamlit as st

from metrics.indicators.registry import readings
from pages.parts.elements.show import open_drawer, show_beside
from pages.parts.overview.overview_text import newest, reading_row
from pages.parts.shell.fragments import now, part
from pages.parts.shell.selection import View


@part
def show_newest() -> None:
    """The newest ties and projects, made only when opened; nothing where there are none."""
    view = now()
    title, lists = newest(view)
    if not lists:
        return
    with st.expander(title, key="newest", bind="query-params", on_change="rerun") as opened:
        if opened.open:
            show_beside(view, len(lists), *([made(view)] for made in lists))


@part
def every_reading() -> None:
    """All readings in one table, built only when opened; choosing a row opens its drawer."""
    view = now()
    words = view.words
    with st.expander(words.t("readings.title"), key="all", bind="query-params", on_change="rerun") as opened:
        if opened.open:
            _readings(view)


def _readings(view: View) -> None:
    words = view.words
    st.html(f'<div class="subtitle">{escape(words.t("readings.hint"))}</div>')
    listed = readings(view.release, view.selection.as_of)
    rows = [reading_row(view, reading) for reading in listed]
    chosen = st.dataframe(
        {words.of("column", name): [row[name] for row in rows] for name in rows[0]},
        hide_index=True,
        width="stretch",
        height="content",
        on_select="rerun",
        selection_mode="single-row",
        key="readings",
        alt=words.t("readings.title"),
    )
    picked = chosen["selection"]["rows"]
    if picked and st.session_state.get("readings-open") != picked[0]:
        open_drawer(view, listed[picked[0]].indicator)
    st.session_state["readings-open"] = picked[0] if picked else None
