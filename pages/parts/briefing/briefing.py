"""The page of an open briefing: title, presenting, slides, downloads; saving and deleting its shared copy.

Authorisation is in publishing/access/rights.py.
"""

import json
import logging
from html import escape
from urllib.parse import urlencode

import streamlit as st

from pages.parts.briefing.downloads import downloads
from pages.parts.briefing.editor import outline, slide
from pages.parts.briefing.opened_briefing import PARTS, Opened, close, current, edit, is_long
from pages.parts.briefing.slide_words import display_title
from pages.parts.data_desk.draft import moment
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import asks_for_sign_in
from pages.parts.shell.address import catch_up, choose
from pages.parts.shell.components import element
from pages.parts.shell.current_user import author_name, may_publish, name, record_refusal, role, rules, visitor
from pages.parts.shell.links import shared_parameters
from pages.parts.shell.selection import View
from publishing.access.rights import Role
from publishing.desk.briefings import TITLE, Outline, Writer, saved
from publishing.store.errors import BriefingSavedMeanwhile, DashboardError, NoSuchBriefing
from publishing.store.release_cache import current_store

LOG = logging.getLogger(__name__)
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
    words, none = view.words, not opened.outline.slides
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="briefing-ways"):
        options = {"type": "primary", "icon": ":material/slideshow:", "disabled": none}
        st.button(words.t("briefing.present"), key="briefing-present", on_click=choose, kwargs={"present": "1", "slide": ""}, **options)
        if not (none or is_long()):
            label = escape(words.t("briefing.notes_window"))
            parts = {name: value for name, value in shared_parameters(*PARTS).items() if name != "at"}
            address = escape(urlencode(parts | {"view": "notes"}))
            st.html(f'<a class="way" href="?{address}" target="_blank" rel="opener">{label}</a>', width="content")
        if not is_long():
            labels = {"label": words.t("briefing.copy"), "done": words.t("briefing.copied")}
            _COPY(key="copy", data=json.dumps(labels, ensure_ascii=False).encode(), width="content")
        st.button(words.t("briefing.close"), key="briefing-close", type="tertiary", icon=":material/close:", on_click=close)


def saving(view: View, opened: Opened, title: str) -> None:
    """Where the briefing is saved, and the actions that the visitor is authorised for."""
    words = view.words
    with st.container(key="figure-saving"):
        blocks.title(words.t("briefing.save_title"), _standing(view, opened))
        if role() >= Role.ANALYST and asks_for_sign_in(view):
            return
        if not may_publish():
            blocks.sentence(words.t("briefing.long" if is_long() else "briefing.links_only"))
            return
        if is_long():
            blocks.sentence(words.t("briefing.long_save"))
        _buttons(view, opened, title)
        _refused(view)


def _standing(view: View, opened: Opened) -> str:
    """By whom and when the briefing was saved, or that only its link has it."""
    words, briefing = view.words, opened.saved
    if briefing is None:
        return words.t("briefing.unsaved")
    key = "briefing.saved_edited" if opened.edited else "briefing.saved_as"
    author = author_name(briefing.author) or words.t("desk.nameless")
    return words.t(key, name=briefing.name, author=author, moment=moment(view, briefing.at))


def _buttons(view: View, opened: Opened, title: str) -> None:
    words, briefing = view.words, opened.saved
    with st.container(horizontal=True, gap="small", key="doors-saving"):
        save = {"on_click": _save, "args": (view, title, briefing.id if briefing else "", opened.version)}
        options = {"icon": ":material/save:", "disabled": briefing is not None and not opened.edited}
        st.button(words.t("briefing.save"), key="briefing-save", **options, **save)
        if briefing is None:
            return
        st.button(words.t("briefing.save_new"), key="briefing-save-new", type="tertiary", on_click=_save, args=(view, title, "", 0))
        with st.popover(words.t("briefing.delete"), type="tertiary", key="briefing-delete-sure"):
            blocks.sentence(words.t("briefing.delete_sure", name=briefing.name))
            st.button(words.t("briefing.delete_now"), key="briefing-delete", on_click=_delete, args=(view, briefing.id, opened.version))


def _writer() -> Writer:
    return Writer(current_store(), visitor(), name(), rules())


def _save(view: View, title: str, id: str, version: int) -> None:
    """Save the outline of the address; without a title, under the displayed one."""
    catch_up()
    outline = current()
    try:
        briefing = _writer().save(Outline(outline.title or title, outline.slides), id, version)
    except DashboardError as refused:
        _refuse(view, refused, id)
        return
    choose(saved=briefing.id, slides="", version="")
    st.session_state["briefing-done"] = view.words.t("briefing.was_saved", name=briefing.name)


def _delete(view: View, id: str, version: int) -> None:
    try:
        briefing = saved(current_store(), id)
        _writer().delete(id, version)
    except DashboardError as refused:
        _refuse(view, refused, id)
        return
    close()
    st.session_state["briefing-done"] = view.words.t("briefing.was_deleted", name=briefing.name)


def _refuse(view: View, refused: Exception, id: str) -> None:
    """Remember the reason, and after a conflicting save the id and version to overwrite."""
    LOG.exception("A briefing was not saved")
    record_refusal("briefing", refused)
    over = (id, refused.version) if isinstance(refused, BriefingSavedMeanwhile) else None
    if isinstance(refused, NoSuchBriefing):  # deleted meanwhile: the edit can only be saved as a new briefing
        choose(saved="", version="")
    st.session_state["briefing-refused"] = refused.sentence(view.words), over


def _refused(view: View) -> None:
    """Why the last attempt failed; after a conflicting save also how to go on."""
    reason, over = st.session_state.pop("briefing-refused", ("", None))
    if not reason:
        return
    words = view.words
    blocks.alert(reason)
    if over:
        id, version = over
        with st.container(horizontal=True, gap="small", key="doors-meanwhile"):
            look = {"on_click": choose, "args": (st.query_params,), "kwargs": {"slides": "", "version": ""}}
            st.button(words.t("briefing.look_theirs"), key="briefing-theirs", **look)
            st.button(words.t("briefing.save_over"), key="briefing-over", type="tertiary", on_click=_save, args=(view, "", id, version))
