"""Shows the list of projects: search, filters, CSV, a drawer for each row."""

from html import escape

import streamlit as st

from metrics.themes import exports_by
from pages.parts.elements.drawer import WIDTH
from pages.parts.elements.figures import csv_button
from pages.parts.policy_exports.list import GROUPS, STATUSES, heading_html, readable, record_html
from pages.parts.shell.components import rows as listing
from pages.parts.shell.fragments import part
from pages.parts.shell.parameters import choice, free_text, narrow, part_of, word_of
from pages.parts.shell.selection import View


@part
def project_list(view: View, rows) -> None:
    """The list; its filters rerun this fragment alone."""
    words = view.words
    with st.container(key="figure-projects"):
        if not len(rows):
            message = escape(words.t("exports.none"))
            st.html(f'<h2 class="title">{escape(words.n("exports.list_title", 0))}</h2><div class="empty">{message}</div>')
            return
        st.html(heading_html(view, rows))
        matches = exports_by.listed(_chosen(view, rows))
        if not len(matches):
            st.html(f'<div class="empty">{escape(words.t("exports.list_none"))}</div>')
            return
        _table(view, matches.iloc[part_of(view, len(matches))])
        csv_button(view, "policy_exports", lambda: readable(view, matches), "projects")


def _chosen(view: View, rows):
    """Show the search and the filters; returns the matching rows."""
    words = view.words
    text = free_text("q")
    sector = word_of(view, "sector", ("", *exports_by.SECTORS), "")
    status = word_of(view, "status", STATUSES, "")
    with st.container(horizontal=True, vertical_alignment="center", key="exports-controls"):
        search = words.t("exports.search")
        st.text_input(search, key="control-q", on_change=narrow, args=("q",), placeholder=search, label_visibility="collapsed", width=320)
        _choice("sector", words.t("exports.all_sectors"), ("", *exports_by.SECTORS), lambda s: words.of("sector", s))
        _choice("status", words.t("exports.all_statuses"), STATUSES, lambda s: words.t(GROUPS[s]) if s in GROUPS else words.of("status", s))
        matches = exports_by.matching(view.release, exports_by.chosen(rows, sector, status), text)
        if len(matches) < len(rows):
            st.html(f'<div class="subtitle">{escape(words.n("exports.list_title", len(matches)))}</div>', width="content")
    return matches


def _choice(name: str, everything: str, options: tuple[str, ...], label) -> None:
    choice(name, everything, options, lambda value: label(value) if value else everything, 220)


def _table(view: View, rows) -> None:
    table = readable(view, rows)
    began = table.columns.get_loc(view.words.of("column", "started"))
    lines = [
        [key, *cells[:began], [cells[began], day], *cells[began + 1 :]]
        for key, day, cells in zip(rows["export_id"], rows["started"], table.itertuples(index=False, name=None), strict=True)
    ]
    picked = rows[rows["export_id"] == listing(list(table.columns), lines, "projects", view.words.t("exports.list_alt"))]
    if len(picked):
        _drawer(view, picked.iloc[0])


def _drawer(view: View, row) -> None:
    """The drawer of a record: its facts, note, sources, and the other records of its place and field."""
    title = view.words.of("column", "project")
    st.dialog(title, position="right", width=WIDTH)(lambda: st.html(f'<div class="drawer">{record_html(view, row)}</div>'))()
