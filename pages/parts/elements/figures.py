"""A chart with all that belongs to it: its finding as title, measure and unit, source line, text alternative, table and CSV."""

from collections.abc import Callable
from html import escape

import streamlit as st

from pages.parts.elements.content import Figure
from pages.parts.elements.drawer import WIDTH
from pages.parts.elements.show_drawer import source_button
from pages.parts.elements.source_text import sources_line
from pages.parts.shell.components import chart
from pages.parts.shell.current_user import audited
from pages.parts.shell.selection import View
from publishing.files.downloads import frame_as_csv


def figure(view: View, part: Figure, beside: Callable[[], None] | None = None) -> None:
    """Draw a chart in its frame; `beside` draws a control of its own into the line beneath it."""
    words = view.words
    with st.container(key=f"figure-{part.key}"):
        st.html(f'<h2 class="title">{escape(part.title)}</h2><div class="subtitle">{escape(part.measure)}</div>')
        chart(part.drawing, f"chart-{part.key}", words.t("figure.alt", title=part.title, measure=part.measure), saving(view))
        st.html(f'<div class="sourceline">{sources_line(view, part.sources)}</div>')
        if part.indicator:
            source_button(view, part.indicator, f"figure-{part.key}")
        if st.button(words.t("figure.table"), key=f"data-{part.key}", type="tertiary", icon=":material/table_rows:"):
            table(view, part.key, part.title, part.twin())
        if beside:
            beside()


def saving(view: View) -> dict[str, str]:
    """The labels and file name ending for saving a chart as a picture."""
    after = f"{view.selection.as_of.isoformat()}_r{view.release.number}_{view.selection.lang}"
    return {"png": view.words.t("figure.save_png"), "svg": view.words.t("figure.save_svg"), "after": after}


def table(view: View, key: str, title: str, frame) -> None:
    """Show a frame as a table in a dialog, with its CSV (with a byte order mark, as Excel needs for Korean)."""
    words = view.words
    named = frame.rename(columns={column: words.of("column", column) for column in frame.columns})

    def body() -> None:
        st.html(f'<div class="drawer"><p>{escape(title)}</p></div>')
        st.dataframe(named, hide_index=True, width="stretch", height="content" if len(named) < 16 else 560, alt=title, placeholder="")
        csv_button(view, key, lambda: named, key)

    st.dialog(words.t("figure.table"), position="right", width=WIDTH)(body)()


def csv_button(view: View, name: str, frame: Callable[[], object], key: str, quiet: bool = False) -> None:
    """The button that downloads a table as CSV; its frame, with columns named, is made on click."""
    file = f"{name}_{view.selection.as_of.isoformat()}_{view.selection.lang}.csv"
    st.download_button(
        view.words.t("figure.csv"),
        data=audited(file, lambda: frame_as_csv(frame())),
        file_name=file,
        mime="text/csv",
        on_click="ignore",
        type="tertiary" if quiet else "secondary",
        icon=":material/download:",
        key=f"csv-{key}",
    )
