"""The page of an open briefing: title, presenting, slides, saving and downloads."""

import json
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.parts.briefing.downloads import downloads
from pages.parts.briefing.editor import outline, slide
from pages.parts.briefing.opened_briefing import PARTS, Opened, close, edit, is_long
from pages.parts.briefing.saving import saving
from pages.parts.briefing.slide_words import display_title
from pages.parts.shell import blocks
from pages.parts.shell.address import choose
from pages.parts.shell.components import element
from pages.parts.shell.links import shared_parameters
from pages.parts.shell.selection import View
from publishing.desk.briefings import TITLE, Outline

_COPY = element("copy")


def at_work(view: View, opened: Opened) -> None:
    """The page of an open briefing."""
    title = display_title(view, opened.outline)
    blocks.confirmation("briefing-done")
    _title(view, opened.outline, title)
    _actions(view, opened)
    left, right = st.columns([5, 8], gap="medium")
    with left:
        at = outline(view, opened.outline)
        saving(view, opened, title)
    with right:
        slide(view, opened.outline, at)
        downloads(view, opened.outline, title)


def _title(view: View, outline: Outline, title: str) -> None:
    st.session_state["briefing-title"] = outline.title
    options = {"placeholder": title, "max_chars": TITLE, "label_visibility": "collapsed"}
    with st.container(key="briefing-name"):
        st.html(f'<h1 class="unseen">{escape(title)}</h1>')
        st.text_input(view.words.t("briefing.title"), key="briefing-title", on_change=_set_title, **options)


def _set_title() -> None:
    title = st.session_state["briefing-title"]
    edit(lambda outline: Outline(title, outline.slides))


def _actions(view: View, opened: Opened) -> None:
    """Present, open the notes window, copy the link, close."""
    words, none = view.words, not opened.outline.slides
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="briefing-ways"):
        options = {"type": "primary", "icon": ":material/slideshow:", "disabled": none}
        st.button(words.t("briefing.present"), key="briefing-present", on_click=choose, kwargs={"present": "1", "slide": ""}, **options)
        if not (none or is_long()):
            label = escape(words.t("briefing.notes_window"))
            st.html(f'<a class="way" href="?{escape(_address(view="notes"))}" target="_blank" rel="opener">{label}</a>', width="content")
        if not is_long():
            labels = {"label": words.t("briefing.copy"), "done": words.t("briefing.copied")}
            _COPY(key="copy", data=json.dumps(labels, ensure_ascii=False).encode(), width="content")
        st.button(words.t("briefing.close"), key="briefing-close", type="tertiary", icon=":material/close:", on_click=close)


def _address(**more: str) -> str:
    """The open briefing as a query string."""
    return urlencode({name: value for name, value in shared_parameters(*PARTS).items() if name != "at"} | more)
