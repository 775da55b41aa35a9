"""A draft shown on every page, before it is published, to its author alone. Must not publish, nor change the draft."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import streamlit as st

from metrics.schema.release import Release
from pages.parts.shell.drafts_kept import keep_few
from publishing.desk.drafts import Draft, draft
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import candidate

HELD = "preview"
"""The session's own memory holds the previewed release: no address leads to it."""


def begin(draft_id: str, author: str) -> bool:
    """Show this session a draft of this author as if it were published; False where there is none, or it has problems.

    What is shown is the draft as it is now; begin again when it has changed.
    """
    prepared = draft(current_store(), draft_id, author)
    release = prepared and _candidate(current_release(prepared.base), _Content(prepared.id, prepared.at, prepared))
    if release is not None:
        keep_few(release)
    st.session_state[HELD] = release
    return release is not None


def end() -> bool:
    """Show this session what everyone sees; whether it saw something else before."""
    return st.session_state.pop(HELD, None) is not None


def previewed() -> Release | None:
    """The release that this session previews, numbered 0; None where it sees what everyone sees."""
    return st.session_state.get(HELD)


@dataclass(frozen=True)
class _Content:
    """A draft as it was saved at one time."""

    id: str
    at: datetime
    draft: Draft = field(compare=False)


@lru_cache(maxsize=4)
def _candidate(base: Release, content: _Content) -> Release | None:
    """One release a content, since what pages keep is kept by release; few, since each may hold large tables."""
    return candidate(base, content.draft.tables)[0]
