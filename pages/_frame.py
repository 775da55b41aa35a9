"""Runs before every page: page settings, navigation, language, as-of date, and one sentence for any error."""

import time
from html import escape
from pathlib import Path

import streamlit as st

from exports.version import project_version
from metrics.counting.coverage import newest_source
from metrics.counting.reading import When
from metrics.indicators.method import METHOD
from metrics.schema.dates import FIRST_SHOWN, bounds
from metrics.schema.names import offered_languages
from pages.parts.briefing.add_view import add_view
from pages.parts.briefing.slides import page_slides
from pages.parts.data_desk.first_start import first_start, to_the_desk
from pages.parts.elements.evidence import evidence_button
from pages.parts.elements.how_to_read import how_to_read
from pages.parts.elements.row_text import age
from pages.parts.elements.search import search
from pages.parts.shell.account_menu import ask_to_sign_in, me
from pages.parts.shell.address import begin_run
from pages.parts.shell.current_user import may_read
from pages.parts.shell.fragments import error_boundary
from pages.parts.shell.language_menu import language_menu
from pages.parts.shell.links import places
from pages.parts.shell.navigation import FIRST
from pages.parts.shell.parameters import write
from pages.parts.shell.release_banner import follow, leave_preview, standing_line
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import style
from pages.parts.shell.view import current_view, follow_address
from publishing.files.measures import timed
from publishing.store.release_cache import trouble
from publishing.store.releases import unknown_at_home

PROJECT = Path(__file__).parents[1]


def frame() -> None:
    """Draw the frame and its page; only the request to sign in for a visitor who may not read (the middleware refuses her too)."""
    begun = time.perf_counter()
    begin_run()
    if not may_read():
        ask_to_sign_in()
        return
    if first_start():
        return
    address = follow_address()
    current = current_view()
    title = current.words.t("frame.title", city=current.words.name(current.home))
    st.set_page_config(page_title=title, page_icon=str(PROJECT / "assets" / "logo.png"), layout="wide")
    st.html(style(current.palette, current.words.t("frame.menu"), *_paper(current, title)))
    page = st.navigation(places(current), position="top")
    to_the_desk()
    if leave_preview(page.url_path):
        current = current_view()
    _bar(current, title, page.url_path or FIRST)
    standing_line(current)
    for sentence in _sentences(current):
        st.info(sentence, icon=":material/info:")
    page.run()
    _foot(current, page.url_path or FIRST, address)
    follow(current, page.url_path)
    timed(page.url_path or FIRST, begun)


def _paper(view: View, title: str) -> tuple[str, str]:
    """What stands over and under each printed page: city, date and release; the number of the page."""
    words, release = view.words, view.release
    number = words.t("handout.release", number=str(release.number), method=str(METHOD))
    head = " · ".join([title, words.t("handout.as_of", day=view.selection.as_of), number])
    return head, words.t("handout.page", page="{page}", pages="{pages}")


def _sentences(view: View) -> list[str]:
    """What a reader should know before the figures: trouble with the store, parts of the address that could not be used, unknown codes."""
    away = trouble() if not view.standing else None
    notices = [view.words.t(notice.key, shown=notice.value) for notice in view.notices]
    notices += [view.words.t(f"notice.{problem.kind}", value=problem.value) for problem in unknown_at_home(view.release)]
    return [view.words.t(away), *notices] if away else notices


def _bar(view: View, title: str, page: str) -> None:
    # The address holds the state: each control is set from it before it is drawn, and writes to it when it is used.
    st.session_state["control-as_of"] = view.selection.as_of
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="bar"):
        dot, place = '<span class="dot" aria-hidden="true"></span>', f'<span class="place">{escape(title)}</span>'
        st.html(f'<div class="brand">{dot}{place}{_age(view)}</div>', width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="controls"):
            search(view)
            add_view(view, page)
            st.date_input(
                view.words.t("frame.as_of"),
                key="control-as_of",
                min_value=FIRST_SHOWN,
                max_value=view.today,
                format="YYYY-MM-DD",
                on_change=write,
                args=("as_of", view.today),
                width=150,
                label_visibility="collapsed",
                help=None,
            )
            _languages(view)
            how_to_read(view)
            me(view)


def _languages(view: View) -> None:
    """The menu of languages, each in its own words, so that a reader can find hers; none for a city with a single one."""
    offered = offered_languages(view.release)
    if others := [lang for lang in offered if lang != view.selection.lang]:
        language_menu(view.words, others)


def _foot(view: View, page: str, address: dict[str, str]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="foot"):
        evidence_button(view, page, address, page_slides)
        st.html(f'<span class="version">{escape(view.words.t("frame.version", version=project_version()))}</span>', width="content")


def _age(view: View) -> str:
    """The age of the data on the as-of date: that of the newest source published by then."""
    printed = newest_source(view.release, view.selection.as_of)
    if not printed:
        return ""
    text = view.words.t("frame.age", day=When(printed), age=age(view, (view.selection.as_of - bounds(printed)[0]).days))
    return f'<span class="age">{escape(text)}</span>'


with error_boundary():
    frame()
