"""Another person's draft, opened by its address: to approve it, or to continue with a copy."""

import streamlit as st

from pages.parts.data_desk.draft import Opened, is_approved, remember
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import asks_for_sign_in
from pages.parts.shell.current_user import record_refusal
from pages.parts.shell.selection import View
from publishing.desk.desk import DraftWorkspace
from publishing.store.errors import DashboardError


def colleague(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """What may be done with another person's draft."""
    words = view.words
    with st.container(key="figure-colleague"):
        blocks.title(words.t("desk.colleague"), words.t("desk.colleague_measure"))
        if workspace.rules.second_person and opened.release is not None and not asks_for_sign_in(view):
            _approval(view, workspace, opened)
        with st.container(horizontal=True, gap="small", key="doors-colleague"):
            st.button(words.t("desk.copy"), key="draft-copy", on_click=_copy, args=(view, workspace, opened))
            st.button(words.t("desk.later"), key="later", type="tertiary", on_click=remember, args=("",))


def _approval(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    words = view.words
    if is_approved(view, workspace, opened) or not st.button(words.t("desk.approve"), type="primary", width="stretch", key="approve"):
        return
    try:
        workspace.approve(opened.release, opened.draft)
    except DashboardError as refused:
        record_refusal("data_desk", refused)
        blocks.alert(refused.sentence(words))
    else:
        st.rerun()


def _copy(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    remember(workspace.keep(opened.tables, base=opened.base, files=opened.files))
    st.session_state["desk-said"] = view.words.t("desk.copied")
