"""A draft shown on every page, before it is published, to its author alone. Must not publish, nor change the draft."""

from datetime import datetime
from weakref import WeakValueDictionary

import streamlit as st

from metrics.schema.release import Release
from publishing.desk.desk import Draft, draft
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import candidate

HELD = "preview"
"""The key of the previewed release in the session; no address selects it."""
_PREVIEWED: WeakValueDictionary[tuple[str, datetime], Release] = WeakValueDictionary()
"""The previewed releases of all sessions, by draft id and time of saving."""


def begin(draft_id: str, author: str) -> bool:
    """Show this session a draft of this author as if it were published; False where there is none, or it has problems.

    The preview is a snapshot of the draft; begin again after a change.
    """
    prepared = draft(current_store(), draft_id, author)
    release = prepared and _candidate(prepared)
    st.session_state[HELD] = release
    return release is not None


def end() -> bool:
    """End the preview of this session; whether there was one."""
    return st.session_state.pop(HELD, None) is not None


def previewed() -> Release | None:
    """The release that this session previews, numbered 0; None without a preview."""
    return st.session_state.get(HELD)


def _candidate(prepared: Draft) -> Release | None:
    """One Release object per draft content, since pages cache by release."""
    known = _PREVIEWED.get((prepared.id, prepared.at))
    release = known or candidate(current_release(prepared.base), prepared.tables)[0]
    if release is not None:
        _PREVIEWED[prepared.id, prepared.at] = release
    return release
