"""Runs before every page: page settings, navigation, language, as-of date, and one calm sentence for any fault."""

import logging
from datetime import date
from pathlib import Path

import streamlit as st

from metrics.dates import FIRST_SHOWN
from pages._look import style
from pages._view import View, choose, view
from publishing.errors import DashboardError
from wording import words

LOG = logging.getLogger(__name__)
PROJECT = Path(__file__).parents[1]
LANGUAGES = {"ko": "한국어", "en": "English"}
"""Each language in its own words, so that a reader finds hers in any."""


def frame() -> None:
    """Show the frame and the page in it."""
    shown = view()
    title = shown.words.t("frame.title", city=shown.home.get(f"name_{shown.selection.lang}", ""))
    st.set_page_config(page_title=title, page_icon=str(PROJECT / "assets" / "logo.png"), layout="wide")
    st.html(style(shown.palette))
    page = st.navigation(_pages(shown), position="top")
    _bar(shown, title)
    for notice in shown.notices:
        st.info(shown.words.t(notice.key, shown=notice.shown), icon=":material/info:")
    page.run()


def _pages(shown: View) -> list[st.Page]:
    return [
        st.Page(
            "overview.py",
            title=shown.words.t("page.overview"),
            icon=":material/public:",
            help=shown.words.t("page.overview.help"),
            default=True,
        )
    ]


def _bar(shown: View, title: str) -> None:
    # The address is the truth: each control is set from it before it is drawn, and writes to it when it is used.
    st.session_state["control-lang"] = shown.selection.lang
    st.session_state["control-as_of"] = shown.selection.as_of
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="bar"):
        st.html(f'<div class="brand"><span class="dot" aria-hidden="true"></span>{title}</div>', width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="controls"):
            st.date_input(
                shown.words.t("frame.as_of"),
                key="control-as_of",
                min_value=FIRST_SHOWN,
                max_value=shown.today,
                format="YYYY-MM-DD",
                on_change=_change_day,
                args=(shown.today,),
                width=150,
                label_visibility="collapsed",
                help=None,
            )
            st.segmented_control(
                shown.words.t("frame.language"),
                list(LANGUAGES),
                format_func=LANGUAGES.get,
                key="control-lang",
                required=True,
                on_change=_change_language,
                label_visibility="collapsed",
            )


def _change_day(today: date) -> None:
    wanted = st.session_state["control-as_of"]
    choose(st.query_params, as_of="" if wanted in (None, today) else wanted.isoformat())


def _change_language() -> None:
    choose(st.query_params, lang=st.session_state["control-lang"])


def _calm(key: str) -> None:
    """One sentence in both languages, since the fault may lie before the reader's language is known."""
    st.error(f"{words('ko').t(key)}\n\n{words('en').t(key)}")


try:
    frame()
except DashboardError:
    LOG.exception("The data cannot be shown")
    _calm("door.unreadable")
except Exception:
    LOG.exception("A page failed")
    _calm("frame.failed")
