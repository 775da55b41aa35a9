"""The open briefing: an outline in the address, or a saved one by its id. Edits change the address; only saving writes to the store.

Draws nothing. Edits survive a reload, a shared link and the back button.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from pages.parts.briefing.slides import KINDS, notices_of
from pages.parts.shell.address import catch_up, choose, put
from pages.parts.shell.blocks import plain_label
from pages.parts.shell.selection import View
from publishing.desk.briefings import LINK, Outline, Saved, decode, encode, saved
from publishing.store.errors import NoSuchBriefing, StoreUnreachable
from publishing.store.release_cache import current_store

PARTS = ("slides", "saved", "version", "at")
"""Query parameters of an open briefing: the outline where it differs from the saved one, the saved id and version, the selected slide."""
LONG = "long"
"""The value in the address where the outline is too long for it; the session then has the outline."""
OPEN_PARTS, LONG_OUTLINE, AWAY = "briefing-open", "briefing-long", "briefing-away"
"""Session keys: the query parameters of the last opened briefing, its outline if too long, whether the reader is on another page."""


@dataclass(frozen=True)
class Opened:
    """An open briefing: its outline, the saved briefing and version it is based on, and whether it differs from that."""

    outline: Outline
    saved: Saved | None = None
    version: int = 0
    edited: bool = True


def opened(view: View) -> tuple[Opened | None, tuple[str, ...]]:
    """The briefing of the address (None where none is open), and a notice for each part that could not be used."""
    came = st.session_state.pop(AWAY, False)
    if came and not any(name in st.query_params for name in PARTS):  # from another page: the menu drops query parameters
        put(st.query_params, **st.session_state.get(OPEN_PARTS, {}))
    briefing, notices = _saved(view)
    draft = _draft()
    if draft is None and "slides" in st.query_params:
        notices.append(view.words.t("briefing.no_link"))
        put(st.query_params, slides="")
    outline = draft or (briefing.outline if briefing else None)
    st.session_state[OPEN_PARTS] = {name: st.query_params[name] for name in PARTS if name in st.query_params}
    if outline is None:
        return None, tuple(notices)
    known = replace(outline, slides=tuple(request for request in outline.slides if request.kind in KINDS))
    edited = draft is not None and (briefing is None or draft != briefing.outline)
    return Opened(known, briefing, _version(briefing), edited), (*notices, *notices_of(view, outline))


def _saved(view: View) -> tuple[Saved | None, list[str]]:
    id = st.query_params.get("saved", "")
    if not id:
        return None, []
    try:
        briefing = saved(current_store(), id)
    except NoSuchBriefing:
        put(st.query_params, saved="", version="")
        return None, [view.words.t("briefing.not_there")]
    except StoreUnreachable:
        return None, [view.words.t("store.unreachable")]
    return briefing, [] if briefing.outline else [view.words.t("briefing.damaged", name=plain_label(briefing.name))]


def decoded(text: str) -> Outline | None:
    """The outline encoded in a text of the address; None if unreadable."""
    return st.session_state.get(LONG_OUTLINE) if text == LONG else decode(text)


def _draft() -> Outline | None:
    return decoded(st.query_params.get("slides", ""))


def _version(briefing: Saved | None) -> int:
    """The version of the saved briefing that the edit is based on."""
    text = st.query_params.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else briefing.version if briefing else 0


def current() -> Outline:
    """The outline of the address, to be edited; an empty one where none is open."""
    draft = _draft()
    if draft is None and (id := st.query_params.get("saved", "")):
        draft = saved(current_store(), id).outline
    return draft or Outline()


def edit(change: Callable[[Outline], Outline]) -> None:
    catch_up()
    if (id := st.query_params.get("saved", "")) and "version" not in st.query_params:
        choose(version=saved(current_store(), id).version)
    choose(slides=encoded(change(current())))


def encoded(outline: Outline) -> str:
    """An outline as text for the address; one that is too long stays in the session."""
    text = encode(outline)
    if len(text) <= LINK:
        return text
    st.session_state[LONG_OUTLINE] = outline
    return LONG


def is_long() -> bool:
    """Whether the open briefing is too long for its link, so that a reload loses it."""
    return st.query_params.get("slides") == LONG


def close() -> None:
    choose(**dict.fromkeys(PARTS, ""))


def parts_elsewhere() -> dict[str, str]:
    """Note that the reader is on another page; the query parameters of the last opened briefing."""
    st.session_state[AWAY] = True
    return st.session_state.get(OPEN_PARTS, {})
