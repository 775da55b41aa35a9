"""The open draft, by the address, and the list of drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

import streamlit as st

from metrics.schema.problems import Problem
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from pages.parts.shell import blocks
from pages.parts.shell.address import choose
from pages.parts.shell.selection import View
from pages.parts.sources.sources import DEFAULT
from publishing.desk.desk import DraftWorkspace, drafted
from publishing.desk.drafts import Draft
from publishing.files.downloads import title
from publishing.store.home_day import time_zone
from publishing.store.release_cache import current_release

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
    """The draft of the address, else of the session; a notice where the address names none of the user's."""
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
