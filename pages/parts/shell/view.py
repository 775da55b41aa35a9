"""The view of the browser's address, in which the selection is stored; or of a draft, shown to its author before it is published."""

from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from metrics.schema.names import offered_languages
from metrics.schema.release import Release, cached_by_release
from pages.parts.shell.address import own_path
from pages.parts.shell.selection import SHARED, Notice, View, known, parse
from publishing.desk.desk import Draft, draft
from publishing.store.errors import DamagedRelease, NoSuchRelease, StoreUnreachable, UnknownSchema
from publishing.store.home_language import home_language
from publishing.store.release_cache import current_release, current_store, pinned_release
from publishing.store.releases import UnreadableRelease, candidate, today_at_home


def current_view() -> View:
    """The view of the address that the browser shows."""
    query = {key: st.query_params[key] for key in st.query_params}
    release, today, standing, refused = _release_to_show(query.get("release", ""))
    browser = st.context.headers.get("Accept-Language") or st.context.locale or ""
    selection, notices = parse(query, today, browser, *known(release), home_language(release), offered_languages(release))
    return View(selection, refused + notices, release, st.context.theme.type or "light", today, standing)


REFUSED = {
    NoSuchRelease: "frame.no_release",
    DamagedRelease: "frame.damaged_release",
    UnknownSchema: "frame.damaged_release",
    UnreadableRelease: "frame.damaged_release",
    StoreUnreachable: "frame.release_away",
}


def _release_to_show(pinned: str) -> tuple[Release, date, str, tuple[Notice, ...]]:
    """The release to show, the date of today for it, its standing, and a notice where the pinned one cannot be shown."""
    preview = previewed()
    if preview is not None:
        return preview, today_at_home(preview), "preview", ()
    try:
        if pinned:
            release = pinned_release(pinned)
            return release, release_day(release), "pinned", ()
        notices: tuple[Notice, ...] = ()
    except tuple(REFUSED) as refused:
        notices = (Notice(REFUSED[type(refused)], pinned.partition("-")[0]),)
    release = current_release()
    return release, today_at_home(release), "", notices


@cached_by_release()
def release_day(release: Release) -> date:
    """The day on which a release was published, in the time zone of the home city. Raises StoreUnreachable.

    A pinned release uses it as today, so that a link shows the same on any later day.
    """
    return today_at_home(release, current_store().entry(release.number).at.astimezone)


def follow_address() -> Mapping[str, str]:
    """Carry the shared parameters to another page; returns the address of the session's page, which fragments update too."""
    memory = st.session_state.setdefault("carried", {})
    carry(st.query_params, memory, own_path())
    return memory["address"]


def carry(query: MutableMapping[str, str], memory: dict[str, Any], path: str) -> None:
    """Carry the shared parameters to another page, since Streamlit's menu drops them.

    `memory` is the session's: the last path and its address. On the same page the address is used unchanged.
    """
    address = memory.setdefault("address", {})
    if memory.get("path", path) != path:
        for name in SHARED:
            if name in address and name not in query:
                query[name] = address[name]
    memory["path"] = path
    address.clear()
    address.update(query)


HELD = "preview"
"""The key of the previewed release in the session; no address selects it."""
_PREVIEWED: WeakValueDictionary[tuple[str, datetime], Release] = WeakValueDictionary()
"""The previewed releases of all sessions, by draft id and time of saving."""


def begin_preview(draft_id: str, author: str) -> bool:
    """Show this session a draft of this author as if it were published; False where there is none, or it has problems.

    The preview is a snapshot of the draft; begin it again after a change.
    """
    prepared = draft(current_store(), draft_id, author)
    release = prepared and _candidate(prepared)
    st.session_state[HELD] = release
    return release is not None


def end_preview() -> bool:
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
