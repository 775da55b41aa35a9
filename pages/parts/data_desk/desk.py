"""The page of the data desk from top to bottom: who sits there, what is open, and the parts in the order in which they are used."""

from html import escape

import streamlit as st

from pages.parts.data_desk.changes import summary
from pages.parts.data_desk.downloads import give
from pages.parts.data_desk.draft import Opened, drafts, open_draft
from pages.parts.data_desk.offer import offered
from pages.parts.data_desk.problems import hints
from pages.parts.data_desk.publish import behind, otherwise, publish
from pages.parts.data_desk.review import review
from pages.parts.data_desk.upload import take
from pages.parts.shell.account_menu import way_in
from pages.parts.shell.current_user import called, noted_closed, role, rules, seat
from pages.parts.shell.links import link
from pages.parts.shell.selection import View
from publishing.access.refusals import refusal
from publishing.access.rights import Role
from publishing.desk.desk import DraftWorkspace
from publishing.store.errors import StoreUnreachable


def at_the_desk(view: View) -> None:
    """The desk, or why it is closed."""
    try:
        place = seat()
    except StoreUnreachable as away:
        _closed(view, refusal(away, view.words))
        return
    if place is None:
        noted_closed("data_desk")
        _closed(view, view.words.t(why_closed()))
        return
    place.adopt()
    opened = open_draft(view, place)
    st.html(_headline(view, opened))
    _who(view, place)
    _said()
    if opened.draft is not None:
        _with_draft(view, place, opened)
    if opened.draft is None:
        drafts(view, place)
        offered(view, place, opened)
        hints(view, opened.newest)
    _work(view, place, opened)


def _who(view: View, place: DraftWorkspace) -> None:
    """Who sits here, and the way to what was published."""
    key = "desk.who_signed_in" if place.rules.sign_in else "desk.who"
    said = view.words.t(key, name=called(place.author) or view.words.t("desk.nameless"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk-who"):
        st.html(f'<div class="who">{escape(said)}</div>', width="content")
        link(view, "releases", view.words.t("desk.history"))


def why_closed() -> str:
    """The key of the sentence that says why the visitor has no place at the desk."""
    if not rules().sign_in:
        return "rights.closed"
    return "rights.desk_sign_in" if role() == Role.NOBODY else "rights.desk_viewer"


def _closed(view: View, why: str) -> None:
    st.html(f'<h1 class="headline">{escape(view.words.t("desk.closed"))}</h1>')
    st.html(f'<div class="said closed">{escape(why)} {way_in(view)}</div>')


def _headline(view: View, opened: Opened) -> str:
    """What is in force, or what the open draft would change."""
    words = view.words
    changes = summary(view, opened.base, opened.release) if opened.release is not None else ""
    if opened.draft is None or not changes:
        said = words.t("desk.ready", number=f"<b>{opened.newest.number}</b>")
    else:
        said = words.t("desk.open", changes=escape(changes))
    return f'<h1 class="headline">{said}</h1>'


def _said() -> None:
    """What was done last, once; also beside the page, since it may be said above what is in sight."""
    done = st.session_state.pop("desk-said", None)
    if done:
        st.html(f'<div class="done" role="status">{escape(done)}</div>')
        st.toast(done.replace("$", r"\$"), icon=":material/check_circle:")


def _with_draft(view: View, place: DraftWorkspace, opened: Opened) -> None:
    left, right = st.columns([8, 4], gap="medium")
    with left:
        review(view, opened)
    with right:
        if opened.release is None:
            otherwise(view, place, opened)
        elif opened.draft.base == opened.newest.number:
            publish(view, place, opened)
        else:
            behind(view, place, opened)


def _work(view: View, place: DraftWorkspace, opened: Opened) -> None:
    left, right = st.columns([4, 8], gap="medium")
    with left:
        take(view, opened)
    with right:
        give(view, place, opened)
