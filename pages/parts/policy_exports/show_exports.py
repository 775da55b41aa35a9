"""Shows the charts of policy exports and the filter of regions."""

from html import escape

import streamlit as st

from metrics.schema.tables import REGIONS
from metrics.themes import exports_by
from pages.parts.elements.map import known_by_name
from pages.parts.elements.show import show
from pages.parts.policy_exports.exports import (
    TOTAL,
    by_region,
    by_sector,
    by_state,
    by_year,
    none_documented,
    not_counted,
    reading_of,
    shown_projects,
    split,
    totals,
)
from pages.parts.shell.address import choose
from pages.parts.shell.selection import View


def published(view: View) -> None:
    """The published figures, which no filter changes: the totals over time, and the newest split by field."""
    if exports_by.split(view.release, view.selection.as_of) is None:
        show(view, totals(view))
        st.html(f'<div class="subtitle">{escape(split(view).said)}</div>')
        return
    with st.container(key="exports-published"):
        wide, beside = st.columns([6, 5], gap="medium")
        with wide:
            show(view, totals(view))
        with beside:
            show(view, split(view))


def documented(view: View) -> None:
    """The documented projects by year, field, region and state, and those not counted."""
    if not len(shown_projects(view)):
        show(view, none_documented(view, "documented"))
        return
    with st.container(key="exports-pair"):
        for column, part in zip(st.columns(2, gap="medium"), (by_year, by_sector), strict=True):
            with column:
                show(view, part(view))
    with st.container(key="exports-three"):
        for column, part in zip(st.columns(3, gap="medium"), (by_region, by_state, not_counted), strict=True):
            with column:
                show(view, part(view))


def region_filter(view: View):
    """The filter of regions, and how many of the published total are documented; returns the filtered rows."""
    words, regions = view.words, view.selection.regions
    rows = shown_projects(view)
    st.session_state["control-regions"] = list(regions)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        st.multiselect(
            words.t("filter.regions"),
            REGIONS,
            format_func=lambda region: words.of("region", region),
            key="control-regions",
            on_change=_write_regions,
            placeholder=words.t("filter.all_regions"),
            label_visibility="collapsed",
            width=300,
        )
        coverage = known_by_name(view, exports_by.documented(rows), reading_of(view, TOTAL))
        st.html(f'<div class="subtitle">{escape(coverage)}</div>', width="content")
    return rows


def _write_regions() -> None:
    choose(regions=st.session_state["control-regions"])
