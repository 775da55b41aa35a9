"""Publish: why, the rows that go, and the button; where somebody published meanwhile, what that changed and the way on top of it."""

import logging
from html import escape

import streamlit as st

from metrics.schema.release import Release, cached_by_release
from pages.parts.data_desk.changes import cell, summary
from pages.parts.data_desk.draft import Opened, discard_button, moment, remember
from pages.parts.data_desk.problems import column_title, grouped
from pages.parts.shell.account_menu import again
from pages.parts.shell.current_user import called, is_fresh, noted_closed
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
"""Characters of a note."""
SHOWN = 20
"""Cells that a draft would overwrite which are shown one by one."""


def publish(view: View, place: DraftWorkspace, opened: Opened) -> None:
    """The form that publishes the open draft, and what else can be done with it."""
    words, removed = view.words, removals(differences(opened.base, opened.release))
    with st.container(key="figure-publish"):
        st.html(
            f'<h2 class="title">{escape(words.t("desk.publish", number=str(opened.newest.number + 1)))}</h2>'
            f'<div class="subtitle">{escape(words.t("desk.publish_measure"))}</div>'
        )
        if not is_fresh():
            st.html(f'<div class="said">{escape(words.t("rights.too_old", hours=place.rules.hours))} {again(view)}</div>')
            otherwise(view, place, opened)
            return
        note = _note(view, opened)
        sure = not removed or st.checkbox(words.n("desk.confirm_removals", removed), key=f"sure-{opened.id}-{removed}")
        asked = st.button(words.t("desk.publish_now"), type="primary", width="stretch", key="publish-now")
        refused = _publish(view, place, opened, note.strip(), removed if sure else None) if asked else ""
        if refused:
            st.html(f'<div class="faults" role="alert"><p>{escape(refused)}</p></div>')
        otherwise(view, place, opened)


def _note(view: View, opened: Opened) -> str:
    """Why; what was written stays while the analyst looks at other pages."""
    words, key = view.words, f"desk-note-{opened.id}"
    shown = {"height": 90, "placeholder": words.t("desk.note_hint"), "persist_state": "session"}
    return st.text_area(words.t("desk.note"), key=key, max_chars=NOTE, **shown)


def otherwise(view: View, place: DraftWorkspace, opened: Opened) -> None:
    """Preview, leave for later, discard."""
    words = view.words
    shown = {"icon": ":material/visibility:", "width": "stretch", "disabled": opened.release is None}
    if st.button(words.t("desk.preview"), key="desk-preview", **shown) and begin(opened.id, place.owner):
        st.switch_page("overview.py")
    with st.container(horizontal=True, gap="small", key="doors-draft"):
        st.button(words.t("desk.later"), key="later", type="tertiary", on_click=remember, args=("",))
        discard_button(view, place, opened.id)


def _publish(view: View, place: DraftWorkspace, opened: Opened, note: str, removed: int | None) -> str:
    """Publish, say so and begin anew; the sentence why not, where it was refused."""
    words = view.words
    if not note:
        return words.t("desk.note_missing")
    if removed is None:
        return words.t("desk.confirm_missing")
    changes = summary(view, opened.base, opened.release)
    try:
        entry = place.publish(opened.release, parent=opened.base, note=note, removals=removed)
    except NewerRelease as newer:
        st.session_state["desk-said"] = refusal(newer, words)
        st.rerun()
    except tuple(KEYS) as refused:
        LOG.exception("A draft was not published")
        noted_closed("data_desk", refused)
        return refusal(refused, words)
    st.session_state["desk-said"] = words.t("desk.published", number=str(entry.number), changes=changes)
    _clear(place, opened.id)
    st.rerun()
    return ""


def _clear(place: DraftWorkspace, id: str) -> None:
    """Put the published draft away. Where that fails it stays in the list, and what was published stays published."""
    remember("")
    try:
        place.drop(id)
    except StoreUnreachable:
        LOG.exception("The published draft stays in the list")


def behind(view: View, place: DraftWorkspace, opened: Opened) -> None:
    """What was published since the draft was begun, what the draft would overwrite of it, and the button that brings it on top."""
    words = view.words
    with st.container(key="figure-behind"):
        fields = {"number": str(opened.newest.number), "base": str(opened.base.number)}
        st.html(
            f'<h2 class="title">{escape(words.t("desk.behind", **fields))}</h2>'
            f'<div class="subtitle">{escape(words.t("desk.behind_measure", **fields))}</div>'
        )
        st.html(f'<ul class="list">{_meanwhile(view, place, opened)}</ul>')
        brought, problems, left = _on_top(opened.base, opened.release, opened.newest, tuple(opened.tables))
        st.html(_overwritten(view, brought))
        if problems:
            st.html(f'<div class="faults" role="alert"><p>{escape(words.t("desk.rebase_problems"))}</p>{grouped(view, problems)}</div>')
        elif not left:
            st.html(f'<div class="said">{escape(words.t("desk.nothing_left", **fields))}</div>')
        elif st.button(words.t("desk.rebase", **fields), key="rebase", type="primary", width="stretch"):
            place.keep(brought.tables, base=opened.newest, files=opened.files, id=opened.id)
            st.session_state["desk-said"] = words.t("desk.rebased", **fields)
            st.rerun()
        otherwise(view, place, opened)


def _meanwhile(view: View, place: DraftWorkspace, opened: Opened) -> str:
    """The releases since the draft's base, each with who, when and why, and what they changed together."""
    words = view.words
    changes = summary(view, opened.base, opened.newest)
    lines = [
        f"<li><b>{entry.number}</b> {cell(entry.note)}"
        f'<span class="when">{cell(called(entry.author))}, {escape(moment(view, entry.at))}</span></li>'
        for entry in place.store.history()
        if entry.number > opened.base.number
    ]
    together = f"<li>{escape(words.t('desk.meanwhile', changes=changes))}</li>" if changes else ""
    return "".join(lines[:SHOWN]) + together


@cached_by_release(1, at=1)
def _on_top(base: Release, draft: Release, newest: Release, tables: tuple[str, ...]) -> tuple[Rebased, tuple, bool]:
    """The draft on the newest release, what is wrong with it there, and whether it still changes anything."""
    brought = rebased(base, draft, newest, tables)
    release, problems = candidate(newest, brought.tables)
    return brought, problems, release is not None and bool(differences(newest, release))


def _overwritten(view: View, brought: Rebased) -> str:
    """Which cells of what was published meanwhile the draft would overwrite."""
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
    rest = f'<li class="rest">{escape(words.n("desk.more_cells", len(lost) - SHOWN))}</li>' if len(lost) > SHOWN else ""
    return f'<h3 class="part">{escape(words.n("desk.overwrites", len(lost)))}</h3><ul class="list">{items}{rest}</ul>'
