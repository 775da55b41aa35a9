"""Shows the switch of the annotations of charts over time, and their list."""

import streamlit as st

from metrics.themes.annotations import kinds
from pages.parts.elements.notes import NONE, USUAL, asked_kinds, notes_html
from pages.parts.shell.address import choose
from pages.parts.shell.parameters import not_usable
from pages.parts.shell.selection import View


def shown_kinds(view: View) -> tuple[str, ...]:
    """The kinds of the `notes` parameter: `none`, a list with commas, or the usual ones; a notice for unknown kinds."""
    available, text = kinds(view.release), st.query_params.get("notes", "")
    if text and text != NONE and any(kind not in available for kind in text.split(",")):
        not_usable(view, "notes")
    return asked_kinds(view, text)


def switch(view: View, chosen: tuple[str, ...]) -> None:
    """The choice of kinds and their list, in the line beneath a figure; nothing where the release has none."""
    available, words = kinds(view.release), view.words
    if not available:
        return
    st.session_state["control-notes"] = list(chosen)
    with st.popover(words.t("annotation.switch"), type="tertiary", icon=":material/flag:", key="notes"):
        st.pills(
            words.t("annotation.kinds"),
            available,
            selection_mode="multi",
            format_func=lambda kind: words.of("annotation_kind", kind),
            key="control-notes",
            on_change=_write,
            args=(tuple(kind for kind in available if kind in USUAL),),
        )
        if chosen and st.toggle(words.t("annotation.list"), key="notes-told"):
            st.html(notes_html(view, chosen))


def _write(usual: tuple[str, ...]) -> None:
    chosen = st.session_state["control-notes"]
    choose(notes="" if set(chosen) == set(usual) else chosen or NONE)
