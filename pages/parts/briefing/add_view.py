"""What a page shows, put on a slide of a briefing, with its filters and its date. Saves nothing: the briefing is an edit in its link."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from pages.parts.briefing.opened_briefing import HELD, drafted, linked, parts_elsewhere
from pages.parts.briefing.slide_words import chosen, shown_title
from pages.parts.briefing.slides import kinds_of, wanted
from pages.parts.shell.links import link
from pages.parts.shell.selection import View
from publishing.desk.briefings import SLIDES, Outline, Wanted, listed
from publishing.store.errors import StoreUnreachable
from publishing.store.release_cache import current_store

NEW, OPEN = "new", "open"
"""The briefings that a slide can go to, besides the saved ones by their id."""
SAVED_AT_MOST = 50


def add_view(view: View, page: str) -> None:
    """The button in the bar of a page that has slides."""
    if page == "briefing":
        return
    held = parts_elsewhere()
    kinds = kinds_of(view, page)
    if kinds and st.button(view.words.t("briefing.add"), key="add-view", type="tertiary", icon=":material/add_to_queue:"):
        _dialog(view, kinds, held)


def _dialog(view: View, kinds: tuple[str, ...], held: dict[str, str]) -> None:
    title = view.words.t("briefing.add")
    st.dialog(title, width="medium")(lambda: _body(view, kinds, held))()


def _body(view: View, kinds: tuple[str, ...], held: dict[str, str]) -> None:
    """Which slides, into which briefing, and the button."""
    words = view.words
    address = {name: st.query_params[name] for name in st.query_params}
    asked = {kind: wanted(view, kind, address) for kind in kinds}
    picked = st.pills(
        words.t("briefing.which"),
        kinds,
        selection_mode="multi",
        format_func=lambda kind: words.of("slide", kind),
        key="add-kinds",
    )
    st.html(f'<div class="subtitle">{escape(_with(view, [asked[kind] for kind in picked or kinds]))}</div>')
    targets = _targets(view, held)
    target = st.selectbox(words.t("briefing.to"), list(targets), format_func=lambda name: targets[name].title, key="add-to")
    slides = [asked[kind] for kind in picked]
    label = words.n("briefing.add_now", len(slides)) if slides else words.t("briefing.add_none")
    if st.button(label, type="primary" if slides else "secondary", key="add-now", disabled=not slides, width="stretch"):
        _add(view, targets[target], slides)


def _with(view: View, asked: list[Wanted]) -> str:
    """What of the reader's choices goes along."""
    words = view.words
    said = ", ".join(dict.fromkeys(part for one in asked for part in chosen(view, one).split(", ") if part))
    dated = any("as_of" in one.parts for one in asked)
    with_said = words.t("briefing.with", chosen=said) if said else words.t("briefing.with_nothing")
    return with_said if dated else f"{with_said} {words.t('briefing.date_follows')}"


@dataclass(frozen=True)
class Target:
    """A briefing that slides can be added to: what it is called, its outline, and the parts of its address that stay."""

    title: str
    outline: Outline
    parts: dict[str, str]


def _targets(view: View, held: dict[str, str]) -> dict[str, Target]:
    """The briefing last open, a new one, and the saved ones by their id."""
    words = view.words
    try:
        kept = {one.id: one for one in listed(current_store())[:SAVED_AT_MOST] if one.outline is not None}
    except StoreUnreachable:
        kept = {}
    saved = {id: Target(one.name, one.outline, {"saved": id, "version": str(one.version)}) for id, one in kept.items()}
    mine = saved.pop(held.get("saved", ""), None)
    draft = drafted(held.get("slides", "")) or (mine.outline if mine else None)
    found = {NEW: Target(words.t("briefing.new"), Outline(), {}), **saved}
    if draft is None:
        return found
    parts = {**(mine.parts if mine else {}), **{name: held[name] for name in ("saved", "version") if name in held}}
    return {OPEN: Target(words.t("briefing.open_one", title=shown_title(view, draft)), draft, parts), **found}


def _add(view: View, target: Target, slides: list[Wanted]) -> None:
    """Put the slides in, say so, and show the way there."""
    words, before = view.words, target.outline
    if len(before.slides) + len(slides) > SLIDES:
        st.html(f'<div class="said">{escape(words.t("briefing.full", most=SLIDES))}</div>')
        return
    st.session_state[HELD] = {**target.parts, "slides": linked(before.added(slides)), "at": str(before.end + 1)}
    st.html(f'<div class="done" role="status">{escape(words.n("briefing.added", len(slides)))}</div>')
    link(view, "briefing", words.t("briefing.open_it"), **st.session_state[HELD])
