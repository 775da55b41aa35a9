"""The editor of a briefing: the list of slides, and a form and preview of the selected slide.

Edits and the selected slide go into the address (pages/parts/briefing/opened_briefing.py).
"""

import json
from dataclasses import replace
from html import escape

import streamlit as st

from exports.slides import Slide
from pages.parts.briefing.opened_briefing import current, edit
from pages.parts.briefing.slide_html import slide_json
from pages.parts.briefing.slide_words import chosen, full_name
from pages.parts.briefing.slides import COVER, KINDS, day, filled, offered, slide_of, slides_of
from pages.parts.briefing.start import cities
from pages.parts.shell import blocks
from pages.parts.shell.address import catch_up, choose
from pages.parts.shell.blocks import plain_label
from pages.parts.shell.components import element
from pages.parts.shell.links import link
from pages.parts.shell.parameters import number_within, write
from pages.parts.shell.selection import View
from publishing.desk.briefings import NOTE, SLIDES, TITLE, Outline, SlideRequest

_PREVIEW = element("preview")


def outline(view: View, outline: Outline) -> int:
    """Draw the list of slides; the index of the selected slide."""
    slides = slides_of(view, outline)
    at = number_within(view, "at", 1, max(1, len(slides)), 1) - 1
    with st.container(key="figure-outline"):
        _list(view, outline, slides)
        _add(view, len(slides))
    return at


def slide(view: View, outline: Outline, at: int) -> None:
    slides = slides_of(view, outline)
    with st.container(key="figure-slide"):
        if not slides:
            blocks.sentence(view.words.t("briefing.no_slides"), "empty")
            return
        request = outline.slides[at]
        _preview(view, slides[at])
        _place(view, at, len(slides))
        if request.kind == "city":
            _city(view, request, at)
        _texts(view, outline, at)
        if request.kind == "title":
            _cover(view, request, at)
        if page := KINDS[request.kind].page:  # where its filters are changed
            link(view, page, view.words.t("briefing.on_its_page", page=view.words.of("page", page)), **request.parts)


def _list(view: View, outline: Outline, slides: tuple[Slide, ...]) -> None:
    """The slides by icon and headline; selecting one opens it."""
    words = view.words
    blocks.title(words.n("briefing.slides", len(slides)))
    if not slides:
        return
    st.radio(
        words.t("briefing.outline"),
        range(1, len(slides) + 1),
        format_func=lambda at: f":material/{KINDS[slides[at - 1].kind].icon}: {plain_label(slides[at - 1].headline)}",
        captions=[_caption(view, request) for request in outline.slides],
        key="control-at",
        on_change=write,
        args=("at", 1),
        label_visibility="collapsed",
    )


def _caption(view: View, request: SlideRequest) -> str:
    """A slide's kind, its filters, and whether it has a note."""
    words = view.words
    noted = words.t("briefing.has_note") if request.note else ""
    return plain_label(" · ".join(part for part in (full_name(view, request.kind), chosen(view, request), noted) if part))


def _add(view: View, many: int) -> None:
    words = view.words
    if many >= SLIDES:
        blocks.sentence(words.t("briefing.full", most=SLIDES), "subtitle")
        return
    st.session_state["briefing-kind"] = None
    st.selectbox(
        words.t("briefing.add_slide"),
        list(filled(view, offered(view))),
        index=None,
        format_func=lambda kind: full_name(view, kind),
        placeholder=words.t("briefing.add_slide"),
        key="briefing-kind",
        on_change=_add_chosen,
        label_visibility="collapsed",
    )


def _add_chosen() -> None:
    kind = st.session_state["briefing-kind"]
    if kind:
        catch_up()
        place = current().end
        edit(lambda outline: outline.added([SlideRequest(kind)]))
        choose(at=place + 1)


def _preview(view: View, slide: Slide) -> None:
    """The slide, drawn by the script that presents it, in full width."""
    data = f'{{"colours":{json.dumps(vars(view.palette))},"slide":{slide_json(slide, view.palette, view.words)}}}'
    with st.container(key="slide-preview"):
        _PREVIEW(key="slide-drawn", data=data.encode())


def _place(view: View, at: int, many: int) -> None:
    words = view.words
    moves = (
        ("up", "arrow_upward", at == 0, lambda outline: outline.moved(at, at - 1), at - 1),
        ("down", "arrow_downward", at == many - 1, lambda outline: outline.moved(at, at + 1), at + 1),
        ("double", "content_copy", many >= SLIDES, lambda outline: outline.doubled(at), at + 1),
        ("remove", "delete", False, lambda outline: outline.without(at), min(at, many - 2)),
    )
    with st.container(horizontal=True, gap="small", key="doors-slide"):
        st.html(f'<div class="subtitle">{escape(words.t("briefing.number", at=at + 1, many=many))}</div>', width="stretch")
        for name, icon, never, change, then in moves:
            st.button(
                words.t(f"briefing.{name}"),
                key=f"slide-{name}",
                type="tertiary",
                icon=f":material/{icon}:",
                disabled=never,
                on_click=_move,
                args=(change, then),
            )


def _move(change, then: int) -> None:
    edit(change)
    choose(at=then + 1 if then > 0 else "")


def _city(view: View, request: SlideRequest, at: int) -> None:
    ids = cities(view)
    st.session_state["slide-city"] = request.parts.get("city") if request.parts.get("city") in ids else None
    st.selectbox(
        view.words.t("briefing.city"),
        list(ids),
        index=None,
        format_func=ids.get,
        placeholder=view.words.t("briefing.city"),
        key="slide-city",
        on_change=_city_chosen,
        args=(at,),
    )


def _cover(view: View, request: SlideRequest, at: int) -> None:
    """The occasion of a briefing, for its title slide."""
    for name in COVER:
        key, words = f"slide-{name}", view.words.of("briefing", name)
        value = request.parts.get(name, "")
        more = {"on_change": _cover_changed, "args": (name, at)}
        if name == "held":
            st.session_state[key] = day(value)
            st.date_input(words, key=key, format="YYYY-MM-DD", **more)
        else:
            st.session_state[key] = value
            st.text_input(words, key=key, max_chars=TITLE, **more)


def _cover_changed(name: str, at: int) -> None:
    value = str(st.session_state[f"slide-{name}"] or "")
    edit(lambda outline: outline.changed(at, chosen={**outline.slides[at].parts, name: value}))


def _city_chosen(at: int) -> None:
    city = st.session_state["slide-city"] or ""
    edit(lambda outline: outline.changed(at, chosen={**outline.slides[at].parts, "city": city}))


def _texts(view: View, outline: Outline, at: int) -> None:
    words, request = view.words, outline.slides[at]
    st.session_state["slide-title"], st.session_state["slide-note"] = request.title, request.note
    own = outline.title if request.kind == "title" and outline.title else slide_of(view, replace(request, title="")).headline
    options = {"max_chars": TITLE, "placeholder": own, "help": words.t("briefing.headline_help")}
    st.text_input(words.t("briefing.headline"), key="slide-title", on_change=_text, args=("title", at), **options)
    st.text_area(words.t("briefing.note"), key="slide-note", max_chars=NOTE, height=110, on_change=_text, args=("note", at))


def _text(part: str, at: int) -> None:
    edit(lambda outline: outline.changed(at, **{part: st.session_state[f"slide-{part}"]}))
