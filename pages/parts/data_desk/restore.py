"""Restoring: publishes the content of an older release as a new one, with note and confirmation. Checks authorisation again."""

import logging
from html import escape

import streamlit as st

from pages.parts.data_desk.changes import summary
from pages.parts.data_desk.problems import hints
from pages.parts.data_desk.publish import NOTE
from pages.parts.shell.account_menu import again
from pages.parts.shell.current_user import is_fresh, noted_closed, rules, seat
from pages.parts.shell.selection import View
from publishing.store.errors import DashboardError, NotAllowed
from publishing.store.release_cache import current_release
from publishing.store.store import Entry

LOG = logging.getLogger(__name__)


def restore(view: View, entry: Entry) -> None:
    """The form that restores a release."""
    words, fields = view.words, {"number": str(entry.number)}
    with st.container(key="restore"):
        st.html(
            f'<h2 class="title">{escape(words.t("history.restore", **fields))}</h2>'
            f'<div class="subtitle">{escape(words.t("history.restore_measure", **fields))}</div>'
        )
        if not is_fresh():
            st.html(f'<div class="said">{escape(words.t("rights.too_old", hours=rules().hours))} {again(view)}</div>')
            return
        hints(view, current_release(entry.number))
        with st.form("restore-form", border=False):
            note = st.text_area(words.t("desk.note"), key=f"restore-note-{entry.number}", max_chars=NOTE, height=90)
            sure = st.checkbox(words.t("history.restore_confirm", **fields), key=f"restore-sure-{entry.number}")
            pressed = st.form_submit_button(words.t("history.restore_now"), type="primary", key="restore-now")
        refused = _restore(view, entry, note.strip(), sure) if pressed else ""
        if refused:
            st.html(f'<div class="faults" role="alert"><p>{escape(refused)}</p></div>')


def _restore(view: View, entry: Entry, note: str, sure: bool) -> str:
    """Restore and rerun; the reason where it was refused."""
    words = view.words
    if not note:
        return words.t("desk.note_missing")
    if not sure:
        return words.t("history.restore_unconfirmed")
    try:
        workspace, newest = seat(), current_release()
        if workspace is None:
            raise NotAllowed("The data desk is closed to this visitor")
        changes = summary(view, newest, current_release(entry.number))
        made = workspace.restore(entry.number, parent=newest, note=note)
    except DashboardError as refused:
        LOG.exception("A release was not restored")
        noted_closed("releases", refused)
        return refused.sentence(words)
    fields = {"number": str(made.number), "restored": str(entry.number)}
    st.session_state["history-said"] = words.t("history.restored", **fields, changes=changes or words.t("desk.effect_none"))
    st.rerun()
    return ""
