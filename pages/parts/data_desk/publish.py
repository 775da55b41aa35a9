"""Publishing a draft: note, removals and button; after a newer release, its changes and the rebase onto it."""

import logging
from html import escape

import streamlit as st

from metrics.schema.release import Release, cached_by_release
from pages.parts.data_desk.changes import cell, summary
from pages.parts.data_desk.draft import Opened, discard_button, moment, remember
from pages.parts.data_desk.problems import column_title, grouped
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import asks_for_sign_in
from pages.parts.shell.current_user import author_name, record_refusal
from pages.parts.shell.preview import begin
from pages.parts.shell.selection import View
from publishing.access.refusals import KEYS, refusal
from publishing.changes.rebasing import Rebased, rebased
from publishing.changes.review import differences, removals
from publishing.desk.desk import DraftWorkspace
from publishing.store.errors import NewerRelease, StoreUnreachable
from publishing.store.releases import candidate

LOG = logging.getLogger(__name__)
NOTE = 500
"""Most characters of a note."""
SHOWN = 20
"""Most overwritten cells that are shown."""


def publish(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """The form that publishes the open draft, and the other actions."""
    words, removed = view.words, removals(differences(opened.base, opened.release))
    with st.container(key="figure-publish"):
        blocks.title(words.t("desk.publish", number=str(opened.newest.number + 1)), words.t("desk.publish_measure"))
        if asks_for_sign_in(view):
            draft_actions(view, workspace, opened)
            return
        # Its text persists across pages.
        options = {"max_chars": NOTE, "height": 90, "placeholder": words.t("desk.note_hint"), "persist_state": "session"}
        note = st.text_area(words.t("desk.note"), key=f"desk-note-{opened.id}", **options)
        sure = not removed or st.checkbox(words.n("desk.confirm_removals", removed), key=f"sure-{opened.id}-{removed}")
        if st.button(words.t("desk.publish_now"), type="primary", width="stretch", key="publish-now"):
            blocks.alert(_publish(view, workspace, opened, note.strip(), removed if sure else None))
        draft_actions(view, workspace, opened)


def draft_actions(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """Preview, close, discard."""
    words = view.words
    options = {"icon": ":material/visibility:", "width": "stretch", "disabled": opened.release is None}
    if st.button(words.t("desk.preview"), key="desk-preview", **options) and begin(opened.id, workspace.owner):
        st.switch_page("overview.py")
    with st.container(horizontal=True, gap="small", key="doors-draft"):
        st.button(words.t("desk.later"), key="later", type="tertiary", on_click=remember, args=("",))
        discard_button(view, workspace, opened.id)


def _publish(view: View, workspace: DraftWorkspace, opened: Opened, note: str, removed: int | None) -> str:
    """Publish and rerun; the reason where it was refused."""
    words = view.words
    if not note:
        return words.t("desk.note_missing")
    if removed is None:
        return words.t("desk.confirm_missing")
    changes = summary(view, opened.base, opened.release)
    try:
        entry = workspace.publish(opened.release, parent=opened.base, note=note, removals=removed)
    except NewerRelease as newer:
        st.session_state["desk-said"] = refusal(newer, words)
        st.rerun()
    except tuple(KEYS) as refused:
        LOG.exception("A draft was not published")
        record_refusal("data_desk", refused)
        return refusal(refused, words)
    st.session_state["desk-said"] = words.t("desk.published", number=str(entry.number), changes=changes)
    _clear(workspace, opened.id)
    st.rerun()
    return ""


def _clear(workspace: DraftWorkspace, id: str) -> None:
    """Discard the published draft. A failure leaves it in the list; the release stays published."""
    remember("")
    try:
        workspace.drop(id)
    except StoreUnreachable:
        LOG.exception("The published draft stays in the list")


def rebase_form(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """Releases since the draft's base, the cells it would overwrite, and the button to rebase it."""
    words = view.words
    with st.container(key="figure-behind"):
        fields = {"number": str(opened.newest.number), "base": str(opened.base.number)}
        blocks.title(words.t("desk.behind", **fields), words.t("desk.behind_measure", **fields))
        st.html(f'<ul class="list">{_newer_releases(view, workspace, opened)}</ul>')
        brought, problems, left = _rebased_draft(opened.base, opened.release, opened.newest, tuple(opened.tables))
        st.html(_overwritten(view, brought))
        if problems:
            blocks.alert(words.t("desk.rebase_problems"), grouped(view, problems))
        elif not left:
            blocks.sentence(words.t("desk.nothing_left", **fields))
        elif st.button(words.t("desk.rebase", **fields), key="rebase", type="primary", width="stretch"):
            workspace.keep(brought.tables, base=opened.newest, files=opened.files, id=opened.id)
            st.session_state["desk-said"] = words.t("desk.rebased", **fields)
            st.rerun()
        draft_actions(view, workspace, opened)


def _newer_releases(view: View, workspace: DraftWorkspace, opened: Opened) -> str:
    """The releases since the draft's base with author, time and note, and their combined changes."""
    words = view.words
    changes = summary(view, opened.base, opened.newest)
    lines = [
        f"<li><b>{entry.number}</b> {cell(entry.note)}"
        f'<span class="when">{cell(author_name(entry.author))}, {escape(moment(view, entry.at))}</span></li>'
        for entry in workspace.store.history()
        if entry.number > opened.base.number
    ]
    together = f"<li>{escape(words.t('desk.meanwhile', changes=changes))}</li>" if changes else ""
    return "".join(lines[:SHOWN]) + together


@cached_by_release(1, at=1)
def _rebased_draft(base: Release, draft: Release, newest: Release, tables: tuple[str, ...]) -> tuple[Rebased, tuple, bool]:
    """The draft rebased on the newest release, its problems there, and whether it still changes anything."""
    brought = rebased(base, draft, newest, tables)
    release, problems = candidate(newest, brought.tables)
    return brought, problems, release is not None and bool(differences(newest, release))


def _overwritten(view: View, brought: Rebased) -> str:
    """The cells of newer releases that the draft would overwrite."""
    words, lost = view.words, brought.overwritten
    if not len(lost):
        return f'<div class="said">{escape(words.t("desk.overwrites_nothing"))}</div>'
    gone = f'<span class="none">{escape(words.t("desk.row_gone"))}</span>'
    items = "".join(
        f"<li><code>{cell(key)}</code>"
        f'<span class="when cell">{escape(column_title(view, table, column))} <del>{cell(theirs) if theirs or column else gone}</del>'
        f" → <ins>{cell(ours) if ours or column else gone}</ins></span></li>"
        for table, key, column, theirs, ours in lost.head(SHOWN).itertuples(index=False)
    )
    rest = blocks.rest(words, "desk.more_cells", len(lost) - SHOWN)
    return f'<h3 class="part">{escape(words.n("desk.overwrites", len(lost)))}</h3><ul class="list">{items}{rest}</ul>'
