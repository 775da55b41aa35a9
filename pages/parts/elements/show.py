"""Draws parts (elements/content.py), cards, figures with their tables, and drawers on a page. Must not choose their content."""

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from metrics.themes.annotations import kinds
from pages.parts.elements.content import Doors, Figure, Headline, Html, Listing, Nothing, Numbers, Part
from pages.parts.elements.key_figures import NONE, USUAL, note_kinds, notes_html
from pages.parts.elements.reading_text import PAGE_OF, WIDTH, card, drawer_html, reading_of, telling
from pages.parts.elements.row_text import empty_html, fold_html, listing_html, readable, sources_line, title_html, with_headings
from pages.parts.shell import blocks
from pages.parts.shell.address import choose
from pages.parts.shell.components import chart, opening_rows
from pages.parts.shell.current_user import audited, may_prepare
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.parameters import not_usable
from pages.parts.shell.selection import View
from publishing.files.downloads import frame_as_csv

DESK, WORKLIST = "data_desk", "stale"
CHECKED = ":material/fact_check:"
"""The sign of what rests on sources."""


def source_button(view: View, indicator: str, key: str = "") -> None:
    """The button that opens the drawer of an indicator; without a key it is the small one of a card."""
    hint = view.words.t("drawer.open_of", title=blocks.plain_label(view.words.of("indicator", indicator)))
    clicked = _open_button(view, key, hint) if key else st.button(hint, key=f"source-{indicator}", type="tertiary", icon=CHECKED, help=hint)
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

    st.dialog(blocks.plain_label(title), position="right", **{"width": WIDTH, **options})(body)()


def figure(view: View, part: Figure, beside: Callable[[], None] | None = None) -> None:
    """Draw a chart in its frame; `beside` draws a control of its own into the line beneath it."""
    words, behind = view.words, part.behind
    with st.container(key=f"figure-{part.key}", height="stretch" if behind else "content"):
        st.html(title_html(part.title, part.measure) + (fold_html(view) if part.drawing else ""))
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
    """Show the table of a figure in a drawer as a reader says its figures; its CSV (with a byte order mark, for Excel) has plain values."""
    rows, title = part.twin(), part.title
    numbers = with_headings(view, rows.select_dtypes("number")).columns
    right = {name: st.column_config.Column(alignment="right") for name in numbers}
    shown = with_headings(view, readable(view, rows, reading_of(view, part.indicator).unit if part.indicator else ""))

    def body() -> None:
        height = "content" if len(shown) < 16 else 560
        st.dataframe(shown, hide_index=True, width="stretch", height=height, alt=title, placeholder="", column_config=right)
        csv_button(view, part.key, lambda: with_headings(view, rows), part.key)

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
    with st.grid(len(indicators), min_column_width=152, gap="small", key=f"cards-{len(indicators)}-{indicators[0]}"):
        for indicator in indicators:
            with st.container(key=f"card-of-{indicator}", height="stretch"):
                title, page = view.words.of("indicator", indicator), PAGE_OF.get(indicator)
                number, context = card(view, indicator)
                link(view, page, title) if page else st.html(f'<div class="card"><div class="name">{escape(title)}</div></div>')
                st.html(number)
                st.html(context)
                source_button(view, indicator)


def doors(view: View, part: Doors) -> None:
    """Links side by side, each under its date; who may not use the data desk is led to the page of what is overdue."""
    with st.container(key=f"doors-{part.key}"):
        st.html(title_html(part.title))
        with st.grid(len(part.doors), min_column_width=200, gap="small", key=f"doors-of-{part.key}"):
            for door in part.doors:
                with st.container(gap=None):
                    st.html(f'<div class="when">{escape(door.when)}</div>')
                    page = door.page if door.page != DESK or may_prepare() else WORKLIST
                    link(view, page, door.text, **(door.parameters if page == door.page else {}))


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
        case Doors():
            doors(view, part)
        case Html(""):
            st.html(part.html)
        case Html() | Listing():
            address = None if view.standing == "preview" else shared_parameters()
            with st.container(key=f"figure-{part.key}", height="stretch"):
                st.html(part.html if isinstance(part, Html) else _folding(view, part, listing_html(view, part, address)))


def _folding(view: View, part: Listing, html: str) -> str:
    """A list with the switch that shows it on a phone, where its page folds."""
    head = title_html(part.title, part.measure)
    return head + (fold_html(view, "list") if part.items else "") + html.removeprefix(head)


def show_folded(view: View, part: Listing) -> None:
    """Draw a list folded: its title opens it."""
    address = None if view.standing == "preview" else shared_parameters()
    body = listing_html(view, part, address).removeprefix(title_html(part.title, part.measure))
    measure = f'<div class="subtitle">{escape(part.measure)}</div>' if part.measure else ""
    with st.container(key=f"figure-{part.key}"):
        st.html(f'<details class="unfolds"><summary><h2 class="title">{escape(part.title)}</h2></summary>{measure}{body}</details>')


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
