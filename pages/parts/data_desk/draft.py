"""The open draft, by the address: which it is, the list of drafts, publishing it, and rebasing it onto a newer release."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape

import streamlit as st

from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES
from pages.parts.data_desk.changes import cell, column_title
from pages.parts.data_desk.marking import answer_key, asked_marks
from pages.parts.data_desk.problems import grouped
from pages.parts.data_desk.summary import summary
from pages.parts.shell import blocks
from pages.parts.shell.account_menu import asks_for_sign_in
from pages.parts.shell.address import choose
from pages.parts.shell.current_user import author_name, record_refusal
from pages.parts.shell.selection import View
from pages.parts.shell.view import begin_preview
from pages.parts.sources.sources import DEFAULT
from publishing.changes.doubts import as_counts
from publishing.changes.marks import Marks
from publishing.changes.review import differences, removals
from publishing.changes.rows import Rebased, rebased
from publishing.desk.approval import approver
from publishing.desk.desk import Draft, DraftWorkspace, draft_doubts, drafted, undamaged
from publishing.files.downloads import title
from publishing.store.errors import DashboardError, NewerRelease, StoreUnreachable
from publishing.store.release_cache import current_release
from publishing.store.releases import candidate, time_zone

LOG = logging.getLogger(__name__)
NOTE = 500
"""Most characters of a note."""
SHOWN = 20
"""Most overwritten cells that are shown."""
STEPS = "desk-steps"
"""Session key of what each draft was before its last steps: its tables, base and files, None before the first."""
UNDONE = 20
"""Most steps that are kept."""
OPEN = "desk-open"
"""Session key of the open draft, since the menu drops query parameters."""


@dataclass(frozen=True, eq=False)
class Opened:
    """The current release, the open draft and the release that it makes of its base.

    Without a draft `base` and `release` are the current release; `release` is None for a draft with problems. `tables`, `id` and `files`
    are those of the draft.
    """

    newest: Release
    draft: Draft | None
    base: Release
    release: Release | None
    problems: tuple[Problem, ...] = ()
    tables: Mapping[str, object] = field(default_factory=dict)
    id: str = ""
    files: Sequence[dict] = ()


def open_draft(view: View, workspace: DraftWorkspace) -> Opened:
    """The draft of the address, own or a colleague's, else of the session; a notice where the address names none."""
    newest = current_release()
    requested = st.query_params.get("draft", "")
    known = requested or st.session_state.get(OPEN, "")
    draft = _cached_draft(workspace, known) if known else None
    if requested and draft is None:
        st.info(view.words.t("desk.no_such_draft"), icon=":material/info:")
    remember(draft.id if draft else "")
    if draft is None:
        return Opened(newest, None, newest, newest)
    base = newest if draft.base == newest.number else current_release(draft.base)
    release, problems = drafted(draft, base)
    return Opened(newest, draft, base, release, problems, draft.tables, draft.id, draft.files)


def _cached_draft(workspace: DraftWorkspace, id: str) -> Draft | None:
    """A draft; the same object while it is unchanged, so that caches keyed on it hold."""
    draft, cached = workspace.draft(id), st.session_state.get("desk-draft")
    if draft is None or (cached is not None and (cached.id, cached.at, cached.author) == (draft.id, draft.at, draft.author)):
        return cached if draft is not None else None
    st.session_state["desk-draft"] = draft
    return draft


def remember(id: str) -> None:
    """Note the open draft in address and session; an empty id closes it."""
    choose(draft=id)
    st.session_state[OPEN] = id


def save(
    workspace: DraftWorkspace,
    opened: Opened,
    tables: Mapping,
    *,
    base: Release | None = None,
    files: Sequence[Mapping] | None = None,
) -> None:
    """Save tables as the open draft, else as a new one, which is then open; what the draft was before can be brought back."""
    held = opened.files if files is None else files
    id = workspace.keep(tables, base=base or opened.base, files=held, id=opened.id)
    steps = st.session_state.setdefault(STEPS, {}).setdefault(id, [])
    steps.append((opened.tables, opened.base, opened.files) if opened.id else None)
    del steps[:-UNDONE]
    remember(id)


def _undo(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """Bring back what the draft was before the last step; before the first there was none."""
    before = st.session_state[STEPS][opened.id].pop()
    if before is None:
        workspace.drop(opened.id)
        remember("")
    else:
        tables, base, files = before
        workspace.keep(tables, base=base, files=files, id=opened.id)
    st.session_state["desk-said"] = view.words.t("desk.undone")


def drafts(view: View, workspace: DraftWorkspace) -> None:
    """The user's drafts, to continue or discard; nothing without any."""
    own = workspace.drafts()
    if not own:
        return
    words = view.words
    with st.container(key="figure-drafts"):
        blocks.title(words.n("desk.drafts", len(own)), words.t("desk.drafts_measure"))
        for draft in own:
            _listed(view, workspace, draft)


def _listed(view: View, workspace: DraftWorkspace, draft: Draft) -> None:
    words, lang = view.words, view.selection.lang
    tables = ", ".join(title(name, lang) for name in draft.tables)
    fields = {"moment": moment(view, draft.at), "number": str(draft.base)}
    with st.container(horizontal=True, vertical_alignment="center", key=f"draft-{draft.id}"):
        saved = f'<span class="when">{escape(words.t("desk.draft_of", **fields))}</span>'
        st.html(f'<div class="row"><div>{escape(tables)}{saved}</div></div>', width="stretch")
        st.button(words.t("desk.continue"), key=f"continue-{draft.id}", on_click=remember, args=(draft.id,))
        discard_button(view, workspace, draft.id)


def discard_button(view: View, workspace: DraftWorkspace, id: str) -> None:
    """A button that discards a draft, with a confirmation."""
    with st.popover(view.words.t("desk.discard"), type="tertiary", key=f"discarding-{id}"):
        st.button(view.words.t("desk.discard_sure"), key=f"discard-{id}", on_click=_discard, args=(view, workspace, id))


def _discard(view: View, workspace: DraftWorkspace, id: str) -> None:
    workspace.drop(id)
    remember("")
    st.session_state["desk-said"] = view.words.t("desk.discarded")


def moment(view: View, at: datetime) -> str:
    """A moment in the home city's time zone."""
    there = at.astimezone(time_zone(view.release))
    return view.words.t("desk.moment", day=there.date(), time=f"{there:%H:%M}")


def chosen_table() -> str:
    """The table in the address, else the default."""
    named = st.query_params.get("data", DEFAULT)
    return named if named in TABLES else DEFAULT


def publish(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """The form that publishes the open draft, and the other actions."""
    words, removed = view.words, removals(differences(opened.base, opened.release))
    with st.container(key="figure-publish"):
        blocks.title(words.t("desk.publish"), words.t("desk.publish_measure"))
        if asks_for_sign_in(view):
            draft_actions(view, workspace, opened)
            return
        # Its text persists across pages.
        options = {"max_chars": NOTE, "height": 90, "placeholder": words.t("desk.note_hint"), "persist_state": "session"}
        note = st.text_area(words.t("desk.note"), key=f"desk-note-{opened.id}", **options)
        sure = not removed or st.checkbox(words.n("desk.confirm_removals", removed), key=f"sure-{opened.id}-{removed}")
        doubts = _doubts(opened.draft, opened.base, opened.release, view.today)
        checked = not doubts or _confirm(view, opened.id, doubts)
        marked = asked_marks(view, opened.id, opened.base, opened.release)
        ready = not workspace.rules.second_person or is_approved(view, workspace, opened)
        if st.button(words.t("desk.publish_now"), type="primary", width="stretch", key="publish-now", disabled=not ready):
            confirmed = as_counts(doubts) if checked else None
            blocks.alert(_publish(view, workspace, opened, note.strip(), removed if sure else None, confirmed, marked))
        draft_actions(view, workspace, opened)


def is_approved(view: View, workspace: DraftWorkspace, opened: Opened) -> bool:
    """Whether somebody but its author approved the draft, and say who."""
    name, words = approver(workspace.store, opened.release, opened.draft.author), view.words
    blocks.sentence(words.t("desk.approved_by", name=author_name(name)) if name else words.t("desk.approval_missing"))
    return bool(name)


def _address(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """The address of the draft, to copy, for a colleague; nothing without a sign-in, where there is one author only."""
    words = view.words
    if workspace.rules.sign_in:
        with st.popover(words.t("desk.address"), type="tertiary", key=f"address-{opened.id}"):
            blocks.sentence(words.t("desk.address_about"))
            st.code(f"{(st.context.url or '').partition('?')[0]}?draft={opened.id}", language=None, wrap_lines=True)


@cached_by_release(1)
def _doubts(draft: Draft, base: Release, made: Release, on: date) -> tuple[Problem, ...]:
    return draft_doubts(draft, base, made, undamaged(current_release), on)


def _confirm(view: View, id: str, doubts: Sequence[Problem]) -> bool:
    """The doubtful values, and whether the user has confirmed them."""
    st.html(f'<div class="faults doubts" role="status">{grouped(view.words, doubts)}</div>')
    return st.checkbox(view.words.n("desk.confirm_doubts", len(doubts)), key=answer_key("checked", id, doubts))


def draft_actions(view: View, workspace: DraftWorkspace, opened: Opened) -> None:
    """Preview, close, discard."""
    words = view.words
    options = {"icon": ":material/visibility:", "width": "stretch", "disabled": opened.release is None}
    if st.button(words.t("desk.preview"), key="desk-preview", **options) and begin_preview(opened.id, workspace.owner):
        st.switch_page("overview.py", query_params={"lang": view.selection.lang})
    with st.container(horizontal=True, gap="small", key="doors-draft"):
        if st.session_state.get(STEPS, {}).get(opened.id):
            st.button(words.t("desk.undo"), key="undo", type="tertiary", on_click=_undo, args=(view, workspace, opened))
        _address(view, workspace, opened)
        st.button(words.t("desk.later"), key="later", type="tertiary", on_click=remember, args=("",))
        discard_button(view, workspace, opened.id)


def _publish(
    view: View,
    workspace: DraftWorkspace,
    opened: Opened,
    note: str,
    removed: int | None,
    confirmed: Mapping[str, int] | None,
    marked: Marks | None,
) -> str:
    """Publish and rerun; the reason where it was refused. What is None was not answered."""
    words = view.words
    if not note:
        return words.t("desk.note_missing")
    for answer, missing in ((removed, "confirm"), (confirmed, "doubts"), (marked, "mark")):
        if answer is None:
            return words.t(f"desk.{missing}_missing")
    changes = summary(view, opened.base, opened.release)
    made = {"note": note, "removals": removed, "confirmed": confirmed, "marks": marked}
    try:
        entry = workspace.publish(opened.release, parent=opened.base, **made)
    except NewerRelease as newer:
        st.session_state["desk-said"] = newer.sentence(words)
        st.rerun()
    except DashboardError as refused:
        LOG.exception("A draft was not published")
        record_refusal("data_desk", refused)
        return refused.sentence(words)
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
            blocks.alert(words.t("desk.rebase_problems"), grouped(view.words, problems))
        elif not left:
            blocks.sentence(words.t("desk.nothing_left", **fields))
        elif st.button(words.t("desk.rebase", **fields), key="rebase", type="primary", width="stretch"):
            save(workspace, opened, brought.tables, base=opened.newest)
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
        f'<span class="when cell">{escape(column_title(view.words, table, column))} <del>{cell(theirs) if theirs or column else gone}</del>'
        f" → <ins>{cell(ours) if ours or column else gone}</ins></span></li>"
        for table, key, column, theirs, ours in lost.head(SHOWN).itertuples(index=False)
    )
    rest = blocks.rest(words, "desk.more_cells", len(lost) - SHOWN)
    return f'<h3 class="part">{escape(words.n("desk.overwrites", len(lost)))}</h3><ul class="list">{items}{rest}</ul>'
