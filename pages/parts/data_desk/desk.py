"""The data desk page: the user, the open draft, and the parts in order of use."""

from html import escape

import streamlit as st

from pages.parts.data_desk.changes import summary
from pages.parts.data_desk.draft import Opened, drafts, open_draft
from pages.parts.data_desk.offer import offer_figure
from pages.parts.data_desk.problems import hints
from pages.parts.data_desk.publish import draft_actions, publish, rebase_form
from pages.parts.data_desk.review import review
from pages.parts.data_desk.table_downloads import table_downloads
from pages.parts.data_desk.uploads import uploads
from pages.parts.shell.account_menu import way_in
from pages.parts.shell.current_user import called, noted_closed, role, rules, seat
from pages.parts.shell.links import link
from pages.parts.shell.selection import View
from publishing.access.rights import Role
from publishing.desk.desk import DraftWorkspace
from publishing.store.errors import StoreUnreachable


def at_the_desk(view: View) -> None:
    """The desk, or why access is refused."""
    try:
        workspace = seat()
    except StoreUnreachable as away:
        _closed(view, away.sentence(view.words))
        return
    if workspace is None:
        noted_closed("data_desk")
        _closed(view, view.words.t(why_closed()))
        return
    workspace.adopt()
    opened = open_draft(view, workspace)
    st.html(_headline(view, opened))
    _who(view, workspace)
    _done()
    if opened.draft is not None:
        _with_draft(view, workspace, opened)
    if opened.draft is None:
        drafts(view, workspace)
        offer_figure(view, workspace, opened)
        hints(view, opened.newest)
    _work(view, workspace, opened)


def _who(view: View, workspace: DraftWorkspace) -> None:
    """The user, and a link to the releases."""
    key = "desk.who_signed_in" if workspace.rules.sign_in else "desk.who"
    text = view.words.t(key, name=called(workspace.author) or view.words.t("desk.nameless"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-who"):
        st.html(f'<div class="who">{escape(text)}</div>', width="content")
        link(view, "releases", view.words.t("desk.history"))


def why_closed() -> str:
    """The message key for why the visitor is not authorised."""
    if not rules().sign_in:
        return "rights.closed"
    return "rights.desk_sign_in" if role() == Role.NOBODY else "rights.desk_viewer"


def _closed(view: View, why: str) -> None:
    st.html(f'<h1 class="headline">{escape(view.words.t("desk.closed"))}</h1>')
    st.html(f'<div class="said closed">{escape(why)} {way_in(view)}</div>')


def _headline(view: View, opened: Opened) -> str:
    """The current release, or what the open draft would change."""
    words = view.words
    changes = summary(view, opened.base, opened.release) if opened.release is not None else ""
    if opened.draft is None or not changes:
        sentence = words.t("desk.ready", number=f"<b>{opened.newest.number}</b>")
    else:
        sentence = words.t("desk.open", changes=escape(changes))
    return f'<h1 class="headline">{sentence}</h1>'


def _done() -> None:
    """The confirmation of the last action, shown once; also as a toast, since the top may be out of sight."""
    done = st.session_state.pop("desk-said", None)
    if done:
        st.html(f'<div class="done" role="status">{escape(done)}</div>')
        st.toast(done.replace("$", r"\$"), icon=":material/check_circle:")


def _with_draft(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    left, right = st.columns([8, 4], gap="medium")
    with left:
        review(view, opened)
    with right:
        if opened.release is None:
            draft_actions(view, workspace, opened)
        elif opened.draft.base == opened.newest.number:
            publish(view, workspace, opened)
        else:
            rebase_form(view, workspace, opened)


def _work(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    left, right = st.columns([4, 8], gap="medium")
    with left:
        table_downloads(view, opened)
    with right:
        uploads(view, workspace, opened)
