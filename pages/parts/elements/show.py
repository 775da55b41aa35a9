"""Draws parts (elements/content.py), cards, figures with their tables, and drawers on a page. Must not choose their content."""

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from metrics.themes.annotations import kinds
from pages.parts.elements.content import Figure, Headline, Html, Listing, Nothing, Numbers, Part
from pages.parts.elements.key_figures import NONE, USUAL, note_kinds, notes_html
from pages.parts.elements.reading_text import PAGE_OF, WIDTH, card, drawer_html, reading_of, telling
from pages.parts.elements.row_text import empty_html, listing_html, sources_line, title_html, with_headings
from pages.parts.shell.address import choose
from pages.parts.shell.components import chart, opening_rows
from pages.parts.shell.current_user import audited
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import not_usable
from pages.parts.shell.selection import View
from publishing.files.downloads import frame_as_csv

CHECKED = ":material/fact_check:"
"""The sign of what rests on sources."""


def source_button(view: View, indicator: str, key: str = "") -> None:
    """The button that opens the drawer of an indicator; without a key it is the small one of a card."""
    hint = view.words.t("drawer.open_of", title=view.words.of("indicator", indicator))
    clicked = _open_button(view, key, hint) if key else st.button(CHECKED, key=f"source-{indicator}", type="tertiary", help=hint)
    if clicked:
        open_drawer(view, indicator)


def _open_button(view: View, key: str, hint: str) -> bool:
    return st.button(view.words.t("drawer.open"), key=f"source-{key}", type="tertiary", icon=CHECKED, help=hint)


def open_drawer(view: View, indicator: str) -> None:
    """Open the drawer of an indicator."""
    drawer(view.words.of("indicator", indicator), f'<div class="drawer">{drawer_html(view, reading_of(view, indicator))}</div>')


def drawer(title: str, html: str, then: Callable[[], None] = lambda: None, **options: object) -> None:
    """Open a drawer at the side with HTML, beneath which `then` draws; `options` are those of `st.dialog`."""

    def body() -> None:
        st.html(html)
        then()

    st.dialog(title, position="right", **{"width": WIDTH, **options})(body)()


def figure(view: View, part: Figure, beside: Callable[[], None] | None = None) -> None:
    """Draw a chart in its frame; `beside` draws a control of its own into the line beneath it."""
    words, behind = view.words, part.behind
    with st.container(key=f"figure-{part.key}", height="stretch" if behind else "content"):
        st.html(title_html(part.title, part.measure))
        if not part.drawing:
            return
        if isinstance(part.drawing, str):
            opening_rows(part.drawing, f"chart-{part.key}")
        else:
            chart(part.drawing, f"chart-{part.key}", words.t("figure.alt", title=part.title, measure=part.measure), _saving(view))
        published = sources_line(view, part.sources) if part.sources or not behind else ""
        st.html(f'<div class="sourceline">{". ".join(filter(None, (published, behind and escape(behind.sources))))}</div>')
        if behind:
            if _open_button(view, f"figure-{part.key}", behind.rows):
                drawer(words.t("drawer.sources"), f'<div class="drawer"><p>{escape(part.title)}</p>{behind.html()}</div>')
        elif part.indicator:
            source_button(view, part.indicator, f"figure-{part.key}")
        if st.button(words.t("figure.table"), key=f"data-{part.key}", type="tertiary", icon=":material/table_rows:"):
            _table(view, part)
        if beside:
            beside()


def _saving(view: View) -> dict[str, str]:
    """The labels and file name ending for saving a chart as a picture."""
    after = f"{view.selection.as_of.isoformat()}_r{view.release.number}_{view.selection.lang}"
    return {"png": view.words.t("figure.save_png"), "svg": view.words.t("figure.save_svg"), "after": after}


def _table(view: View, part: Figure) -> None:
    """Show the table of a figure in a drawer, with its CSV (with a byte order mark, as Excel needs for Korean)."""
    named, title = with_headings(view, part.twin()), part.title

    def body() -> None:
        st.dataframe(named, hide_index=True, width="stretch", height="content" if len(named) < 16 else 560, alt=title, placeholder="")
        csv_button(view, part.key, lambda: named, part.key)

    drawer(view.words.t("figure.table"), f'<div class="drawer"><p>{escape(title)}</p></div>', body)


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


def cards(view: View, indicators: tuple[str, ...]) -> None:
    """A row of equal cards, fewer in a row on narrow screens; each with its name, linked to the page of its theme."""
    indicators = telling(view, indicators)
    if not indicators:
        return
    with st.grid(len(indicators), min_column_width=152, gap="small", key=f"cards-{indicators[0]}"):
        for indicator in indicators:
            with st.container(key=f"card-{indicator}", height="stretch"):
                title, page = view.words.of("indicator", indicator), PAGE_OF.get(indicator)
                link(view, page, title) if page else st.html(f'<div class="card"><div class="name">{escape(title)}</div></div>')
                st.html(card(view, indicator))
                source_button(view, indicator)


def show(view: View, part: Part | None, beside: Callable[[], None] | None = None) -> None:
    """Draw a part, nothing for None; `beside` draws a control into the line beneath a figure."""
    match part:
        case Headline():
            st.html(f'<h1 class="headline">{part.html}</h1>')
        case Numbers():
            cards(view, part.indicators)
        case Figure():
            figure(view, part, beside)
        case Nothing():
            with st.container(key=f"figure-{part.key}"):
                st.html(title_html(part.title) + (empty_html(part.sentence) if part.sentence else ""))
                if part.page:
                    link(view, part.page, part.link)
        case Html(""):
            st.html(part.html)
        case Html() | Listing():
            address = None if view.standing == "preview" else shared_parameters()
            with st.container(key=f"figure-{part.key}", height="stretch"):
                st.html(part.html if isinstance(part, Html) else listing_html(view, part, address))


def show_beside(view: View, widths: int | list[int], *columns: Iterable[Part | None]) -> None:
    """Draw parts in columns."""
    for column, parts in zip(st.columns(widths, gap="medium"), columns, strict=True):
        with column:
            for part in parts:
                show(view, part)


def chosen_note_kinds(view: View) -> tuple[str, ...]:
    """The kinds of the `notes` parameter: `none`, a list with commas, or the usual ones; a notice for unknown kinds."""
    available, text = kinds(view.release), st.query_params.get("notes", "")
    if text and text != NONE and any(kind not in available for kind in text.split(",")):
        not_usable(view, "notes")
    return note_kinds(view, text)


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
            on_change=_write_notes,
            args=(tuple(kind for kind in available if kind in USUAL),),
        )
        if chosen and st.toggle(words.t("annotation.list"), key="notes-told"):
            st.html(notes_html(view, chosen))


def _write_notes(usual: tuple[str, ...]) -> None:
    chosen = st.session_state["control-notes"]
    choose(notes="" if set(chosen) == set(usual) else chosen or NONE)
