"""Adds what a page shows to a briefing as slides, with filters and date. Saves nothing: the briefing is edited in its link."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.parts.briefing.opened_briefing import OPEN_PARTS, decoded, encoded, parts_elsewhere
from pages.parts.briefing.slide_words import chosen, display_title
from pages.parts.briefing.slides import kinds_of, request_for, slide_of
from pages.parts.shell import blocks
from pages.parts.shell.links import link
from pages.parts.shell.selection import View
from publishing.desk.briefings import SLIDES, Outline, SlideRequest, listed
from publishing.store.errors import StoreUnreachable
from publishing.store.release_cache import current_store

NEW, OPEN = "new", "open"
"""Keys of the new and the last opened briefing; saved ones go by their id."""
SAVED_AT_MOST = 50


def add_view(view: View, page: str) -> None:
    """The button in the toolbar of a page that has slides."""
    if page == "briefing":
        return
    open_parts = parts_elsewhere()
    kinds = kinds_of(view, page)
    title = view.words.t("briefing.add")
    if kinds and st.button(title, key="add-view", type="tertiary", icon=":material/add_to_queue:"):
        st.dialog(title, width="medium")(lambda: _body(view, kinds, open_parts))()


def _body(view: View, kinds: tuple[str, ...], open_parts: dict[str, str]) -> None:
    words = view.words
    address = {name: st.query_params[name] for name in st.query_params}
    requests = {kind: request_for(view, kind, address) for kind in kinds}
    kinds = tuple(kind for kind in kinds if not slide_of(view, requests[kind]).empty)
    picked = st.pills(
        words.t("briefing.which"),
        kinds,
        selection_mode="multi",
        format_func=lambda kind: words.of("slide", kind),
        key="add-kinds",
    )
    blocks.sentence(_with(view, [requests[kind] for kind in picked or kinds]), "subtitle")
    targets = _targets(view, open_parts)
    target = st.selectbox(words.t("briefing.to"), list(targets), format_func=lambda name: targets[name].title, key="add-to")
    slides = [requests[kind] for kind in picked]
    label = words.n("briefing.add_now", len(slides)) if slides else words.t("briefing.add_none")
    if st.button(label, type="primary" if slides else "secondary", key="add-now", disabled=not slides, width="stretch"):
        _add(view, targets[target], slides)


def _with(view: View, requests: list[SlideRequest]) -> str:
    """Which filters and date the slides take along."""
    words = view.words
    choices = ", ".join(dict.fromkeys(part for request in requests for part in chosen(view, request).split(", ") if part))
    dated = any("as_of" in request.parts for request in requests)
    sentence = words.t("briefing.with", chosen=choices) if choices else words.t("briefing.with_nothing")
    return sentence if dated else f"{sentence} {words.t('briefing.date_follows')}"


@dataclass(frozen=True)
class Target:
    """A briefing that slides can be added to: its title, its outline, and the query parameters to keep."""

    title: str
    outline: Outline
    parts: dict[str, str]


def _targets(view: View, open_parts: dict[str, str]) -> dict[str, Target]:
    """The last opened briefing, a new one, and the saved ones by id."""
    words = view.words
    try:
        briefings = {briefing.id: briefing for briefing in listed(current_store())[:SAVED_AT_MOST] if briefing.outline is not None}
    except StoreUnreachable:
        briefings = {}
    saved = {id: Target(item.name, item.outline, {"saved": id, "version": str(item.version)}) for id, item in briefings.items()}
    mine = saved.pop(open_parts.get("saved", ""), None)
    draft = decoded(open_parts.get("slides", "")) or (mine.outline if mine else None)
    targets = {NEW: Target(words.t("briefing.new"), Outline(), {}), **saved}
    if draft is None:
        return targets
    parts = {**(mine.parts if mine else {}), **{name: open_parts[name] for name in ("saved", "version") if name in open_parts}}
    return {OPEN: Target(words.t("briefing.open_one", title=display_title(view, draft)), draft, parts), **targets}


def _add(view: View, target: Target, slides: list[SlideRequest]) -> None:
    words, before = view.words, target.outline
    if len(before.slides) + len(slides) > SLIDES:
        blocks.sentence(words.t("briefing.full", most=SLIDES))
        return
    st.session_state[OPEN_PARTS] = {**target.parts, "slides": encoded(before.added(slides)), "at": str(before.end + 1)}
    st.html(f'<div class="done" role="status">{escape(words.n("briefing.added", len(slides)))}</div>')
    link(view, "briefing", words.t("briefing.open_it"), **st.session_state[OPEN_PARTS])
