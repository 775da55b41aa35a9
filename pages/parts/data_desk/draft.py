"""The draft that is open at the desk, by the address, and the list of those that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

import streamlit as st

from metrics.schema.problems import Problem
from metrics.schema.release import Release
from pages.parts.shell.address import choose
from pages.parts.shell.selection import View
from publishing.desk.desk import DraftWorkspace, drafted
from publishing.desk.drafts import Draft
from publishing.files.downloads import title
from publishing.store.home_day import time_zone
from publishing.store.release_cache import current_release

OPEN = "desk-open"
"""Where a session remembers its open draft, since the menu leaves the page's own parts of the address behind."""


@dataclass(frozen=True, eq=False)
class Opened:
    """What lies on the desk: the release in force, the open draft and what it makes of its base.

    Without a draft `base` and `release` are the release in force; `release` is None for a draft with problems.
    """

    newest: Release
    draft: Draft | None
    base: Release
    release: Release | None
    problems: tuple[Problem, ...] = ()

    @property
    def tables(self) -> Mapping[str, object]:
        """The tables of the draft as text."""
        return self.draft.tables if self.draft else {}

    @property
    def id(self) -> str:
        """The draft's id; empty without one."""
        return self.draft.id if self.draft else ""

    @property
    def files(self) -> Sequence[dict]:
        """What is known of the files that went into the draft."""
        return self.draft.files if self.draft else ()


def open_draft(view: View, place: DraftWorkspace) -> Opened:
    """The draft of the address, else the one that this session had open; a note where the address names none of hers."""
    newest = current_release()
    wanted = st.query_params.get("draft", "")
    known = wanted or st.session_state.get(OPEN, "")
    draft = _held(place, known) if known else None
    if wanted and draft is None:
        st.info(view.words.t("desk.no_such_draft"), icon=":material/info:")
    remember(draft.id if draft else "")
    if draft is None:
        return Opened(newest, None, newest, newest)
    base = newest if draft.base == newest.number else current_release(draft.base)
    release, problems = drafted(draft, base)
    return Opened(newest, draft, base, release, problems)


def _held(place: DraftWorkspace, id: str) -> Draft | None:
    """A draft; the same object while it stays the same, so that what follows from it is worked out once."""
    found, held = place.draft(id), st.session_state.get("desk-draft")
    if found is None or (held is not None and (held.id, held.at, held.author) == (found.id, found.at, found.author)):
        return held if found is not None else None
    st.session_state["desk-draft"] = found
    return found


def remember(id: str) -> None:
    """Keep a draft open, in the address and for the way back from another page; an empty id closes it."""
    choose(draft=id)
    st.session_state[OPEN] = id


def drafts(view: View, place: DraftWorkspace) -> None:
    """The own drafts, each to be gone on with or thrown away; nothing where there are none."""
    found = place.drafts()
    if not found:
        return
    words = view.words
    with st.container(key="figure-drafts"):
        st.html(
            f'<h2 class="title">{escape(words.n("desk.drafts", len(found)))}</h2>'
            f'<div class="subtitle">{escape(words.t("desk.drafts_measure"))}</div>'
        )
        for draft in found:
            _listed(view, place, draft)


def _listed(view: View, place: DraftWorkspace, draft: Draft) -> None:
    words, lang = view.words, view.selection.lang
    tables = ", ".join(title(name, lang) for name in draft.tables)
    fields = {"moment": moment(view, draft.at), "number": str(draft.base)}
    with st.container(horizontal=True, vertical_alignment="center", key=f"draft-{draft.id}"):
        saved = f'<span class="when">{escape(words.t("desk.draft_of", **fields))}</span>'
        st.html(f'<div class="row"><div>{escape(tables)}{saved}</div></div>', width="stretch")
        st.button(words.t("desk.continue"), key=f"continue-{draft.id}", on_click=remember, args=(draft.id,))
        discard_button(view, place, draft.id)


def discard_button(view: View, place: DraftWorkspace, id: str) -> None:
    """A button that throws a draft away, behind another one, since it cannot be had back."""
    with st.popover(view.words.t("desk.discard"), type="tertiary", key=f"discarding-{id}"):
        st.button(view.words.t("desk.discard_sure"), key=f"discard-{id}", on_click=_discard, args=(view, place, id))


def _discard(view: View, place: DraftWorkspace, id: str) -> None:
    place.drop(id)
    remember("")
    st.session_state["desk-said"] = view.words.t("desk.discarded")


def moment(view: View, at: datetime) -> str:
    """A moment as the home city's clock shows it."""
    there = at.astimezone(time_zone(view.release))
    return view.words.t("desk.moment", day=there.date(), time=f"{there:%H:%M}")
