"""Shows the page of policy exports: figures, filter of regions, map, list."""

from html import escape

import streamlit as st

from metrics.schema.vocabulary import codes
from metrics.themes import exports_by
from pages.parts.elements.row_text import empty_html, title_html
from pages.parts.elements.show import csv_button, drawer, show, show_beside
from pages.parts.elements.show_map import map_and_list
from pages.parts.policy_exports.exports import (
    by_region,
    by_sector,
    by_state,
    by_year,
    chosen_projects,
    cities_on_the_map,
    countries_on_the_map,
    map_title,
    none_documented,
    not_counted,
    project_map,
    split,
    totals,
)
from pages.parts.policy_exports.list import GROUPS, STATUSES, heading_html, readable, record_html
from pages.parts.shell.components import rows as listing
from pages.parts.shell.fragments import part
from pages.parts.shell.parameters import choice, free_text, part_of, search_field, word_of
from pages.parts.shell.selection import View


def published(view: View) -> None:
    """The published figures, which no filter changes: the totals over time, and the newest split by field."""
    if exports_by.split(view.release, view.selection.as_of) is None:
        show(view, totals(view))
        st.html(f'<div class="subtitle">{escape(split(view).sentence)}</div>')
        return
    with st.container(key="exports-published"):
        show_beside(view, [6, 5], [totals(view)], [split(view)])


def documented(view: View) -> None:
    """The documented projects by year, field, region and state, and those not counted."""
    if not len(chosen_projects(view)):
        show(view, none_documented(view, "documented"))
        return
    for key, parts in {"exports-pair": (by_year, by_sector), "exports-three": (by_region, by_state, not_counted)}.items():
        with st.container(key=key):
            show_beside(view, len(parts), *((part(view),) for part in parts))


@part
def map_of_projects(view: View, rows) -> None:
    """The map and its list; a click reruns this fragment alone."""
    with st.container(key="exports-map"):
        key = "exports.map_measure" if countries_on_the_map(view) is None else "map.export_measure"
        placed = len(cities_on_the_map(view))
        measure = view.words.n(key, exports_by.without_city(view.release, chosen_projects(view))) if placed else ""
        st.html(title_html(map_title(view), measure))
        with st.container(key="folds-map"):
            map_and_list(view, project_map(view, rows, st.query_params.get("city", "")))


@part
def project_list(view: View, rows) -> None:
    """The list; its filters rerun this fragment alone."""
    words = view.words
    with st.container(key="figure-projects"):
        if not len(rows):
            st.html(title_html(words.n("exports.list_title", 0)) + empty_html(words.t("exports.none")))
            return
        st.html(heading_html(view, rows))
        matches = exports_by.listed(_chosen(view, rows))
        if not len(matches):
            st.html(empty_html(words.t("exports.list_none")))
            return
        _rows(view, matches.iloc[part_of(view, len(matches))])
        csv_button(view, "policy_exports", lambda: readable(view, matches), "projects")


def _chosen(view: View, rows):
    """Show the search and the filters; returns the matching rows."""
    words = view.words
    text = free_text("q")
    sectors = ("", *codes(view.release, "sectors"))
    sector = word_of(view, "sector", sectors, "")
    status = word_of(view, "status", STATUSES, "")
    with st.container(horizontal=True, vertical_alignment="center", key="exports-controls"):
        search_field(words.t("exports.search"), 320)
        _choice("sector", words.t("exports.all_sectors"), sectors, lambda s: words.of("sector", s))
        _choice("status", words.t("exports.all_statuses"), STATUSES, lambda s: words.t(GROUPS[s]) if s in GROUPS else words.of("status", s))
        if len(matches := exports_by.matching(view.release, exports_by.chosen(rows, sector, status), text)) < len(rows):
            st.html(f'<div class="subtitle">{escape(words.n("exports.list_title", len(matches)))}</div>', width="content")
    return matches


def _choice(name: str, everything: str, options: tuple[str, ...], label) -> None:
    choice(name, everything, options, lambda value: label(value) if value else everything, 220)


def _rows(view: View, rows) -> None:
    table = readable(view, rows)
    began = table.columns.get_loc(view.words.of("column", "started"))
    lines = [
        [key, *cells[:began], [cells[began], day], *cells[began + 1 :]]
        for key, day, cells in zip(rows["export_id"], rows["started"], table.itertuples(index=False, name=None), strict=True)
    ]
    picked = rows[rows["export_id"] == listing(list(table.columns), lines, "projects", view.words.t("exports.list_alt"))]
    if len(picked):
        drawer(view.words.of("column", "project"), f'<div class="drawer">{record_html(view, picked.iloc[0])}</div>')
