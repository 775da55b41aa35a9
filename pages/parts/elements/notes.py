"""The annotations of charts over time: which kinds the address asks for, the names to draw, the switch and the list beside it."""

from functools import lru_cache
from html import escape

import streamlit as st

from charts.annotated import Note
from metrics.themes.annotations import Noted, kinds, noted
from pages.parts.elements.drawer import source_line
from pages.parts.elements.row_text import content
from pages.parts.shell.address import choose
from pages.parts.shell.parameters import not_usable
from pages.parts.shell.selection import View

USUAL = ("term", "plan", "epidemic")
"""The kinds that are shown where the address asks for none in particular: those that explain the steps of the figures."""
NONE = "none"
STRIP = "term"
"""Of this kind one follows another, so they stand in a strip."""
LONGEST = 40
"""Characters of a name that are drawn."""


def shown_kinds(view: View) -> tuple[str, ...]:
    """The kinds that the address asks for, of those that the release has: `none`, some between commas, or the usual ones."""
    held, text = kinds(view.release), st.query_params.get("notes", "")
    if text and text != NONE and any(kind not in held for kind in text.split(",")):
        not_usable(view, "notes")
    return asked_kinds(view, text)


def asked_kinds(view: View, text: str) -> tuple[str, ...]:
    """The kinds that a text of the address asks for, of those that the release has."""
    wanted = text.split(",") if text else USUAL
    return tuple(kind for kind in kinds(view.release) if kind in wanted)


@lru_cache(maxsize=64)
def notes(view: View, chosen: tuple[str, ...]) -> tuple[Note, ...]:
    """The annotations of some kinds as a chart takes them."""
    labels = view.release.tables["annotations"].set_index("annotation_id")[f"label_{view.selection.lang}"]
    found = noted(view.release, view.selection.as_of, chosen)
    return tuple(Note(one.first, one.last, escape(labels[one.id][:LONGEST]), one.kind == STRIP, one.perhaps) for one in found)


def switch(view: View, chosen: tuple[str, ...]) -> None:
    """The choice of kinds and the way to what they are, in the line of a figure; nothing where the release has none."""
    held, words = kinds(view.release), view.words
    if not held:
        return
    st.session_state["control-notes"] = list(chosen)
    with st.popover(words.t("annotation.switch"), type="tertiary", icon=":material/flag:", key="notes"):
        st.pills(
            words.t("annotation.kinds"),
            held,
            selection_mode="multi",
            format_func=lambda kind: words.of("annotation_kind", kind),
            key="control-notes",
            on_change=_write,
            args=(tuple(kind for kind in held if kind in USUAL),),
        )
        if chosen and st.toggle(words.t("annotation.list"), key="notes-told"):
            st.html(_told(view, chosen))


def _write(usual: tuple[str, ...]) -> None:
    wanted = st.session_state["control-notes"]
    choose(notes="" if set(wanted) == set(usual) else wanted or NONE)


@lru_cache(maxsize=16)
def _told(view: View, chosen: tuple[str, ...]) -> str:
    """What the annotations are, as HTML: each with its dates, note and source, by kind and day."""
    rows = view.release.tables["annotations"].set_index("annotation_id", drop=False)
    found = sorted(noted(view.release, view.selection.as_of, chosen), key=lambda one: one.first)
    items = {kind: "".join(_item(view, rows, one) for one in found if one.kind == kind) for kind in chosen}
    titles = {kind: escape(view.words.of("annotation_kind", kind)) for kind in chosen}
    parts = [f'<h3>{titles[kind]}</h3><ul class="list">{inside}</ul>' for kind, inside in items.items() if inside]
    return f'<div class="scroll drawer" tabindex="0">{"".join(parts)}</div>'


def _item(view: View, rows, one: Noted) -> str:
    row = rows.loc[one.id].to_dict()
    note = f"{escape(view.words.name(row, 'note'))} " if row["note_en"] else ""
    said = f"{escape(view.words.name(row, 'title'))}, {escape(content(view, 'annotations', row))}"
    return f'<li>{said}<span class="when">{note}{source_line(view, row["source_id"])}</span></li>'
