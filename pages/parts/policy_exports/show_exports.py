"""Shows the page of policy exports: figures, filter of regions, map, list."""

from html import escape

import streamlit as st

from charts.export_map import kinds, legend
from metrics.schema.tables import REGIONS
from metrics.themes import exports_by
from pages.parts.elements.map import country_list, dot, drawn_by, known_by_name, sizes_legend
from pages.parts.elements.reading_text import WIDTH
from pages.parts.elements.row_text import first_items, source_line
from pages.parts.elements.show import csv_button, show
from pages.parts.elements.show_map import back_to_all, chosen_country, city_list, pick
from pages.parts.policy_exports.exports import (
    TOTAL,
    by_region,
    by_sector,
    by_state,
    by_year,
    chosen_projects,
    cities_on_the_map,
    countries_on_the_map,
    dot_styles,
    drawn_map,
    map_alt,
    map_title,
    none_documented,
    not_counted,
    reading_of,
    split,
    totals,
)
from pages.parts.policy_exports.list import GROUPS, STATUSES, heading_html, readable, record_html
from pages.parts.shell.address import choose
from pages.parts.shell.components import rows as listing
from pages.parts.shell.components import world_map
from pages.parts.shell.fragments import part
from pages.parts.shell.links import link
from pages.parts.shell.parameters import choice, free_text, narrow, one_of, part_of
from pages.parts.shell.selection import View


def published(view: View) -> None:
    """The published figures, which no filter changes: the totals over time, and the newest split by field."""
    if exports_by.split(view.release, view.selection.as_of) is None:
        show(view, totals(view))
        st.html(f'<div class="subtitle">{escape(split(view).sentence)}</div>')
        return
    with st.container(key="exports-published"):
        wide, beside = st.columns([6, 5], gap="medium")
        with wide:
            show(view, totals(view))
        with beside:
            show(view, split(view))


def documented(view: View) -> None:
    """The documented projects by year, field, region and state, and those not counted."""
    if not len(chosen_projects(view)):
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
    rows = chosen_projects(view)
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


@part
def project_map(view: View, rows) -> None:
    """The map and its list; a click reruns this fragment alone."""
    cities, countries = cities_on_the_map(view), countries_on_the_map(view)
    country = "" if countries is None else chosen_country(view, countries)
    chosen = cities[cities["city_id"] == st.query_params.get("city", "")]
    with st.container(key="exports-map"):
        _title(view)
        wide, beside = st.columns([7, 3], gap="medium")
        with wide:
            _map(view, cities, countries, chosen, country)
        with beside:
            if len(chosen):
                _city(view, chosen.iloc[0], rows)
            elif country:
                _country(view, cities, countries[countries["country_code"] == country].iloc[0])
            elif countries is not None:
                st.html(country_list(view, countries, view.words.t("map.export_list")))
            else:
                _list(view, cities)
        _beneath(view, countries is not None)


def _title(view: View) -> None:
    heading = f'<h2 class="title">{escape(map_title(view))}</h2>'
    if len(cities_on_the_map(view)):
        key = "exports.map_measure" if countries_on_the_map(view) is None else "map.export_measure"
        measure = view.words.n(key, exports_by.without_city(view.release, chosen_projects(view)))
        heading += f'<div class="subtitle">{escape(measure)}</div>'
    st.html(heading)


def _map(view: View, cities, countries, chosen, country: str) -> None:
    if not view.home:
        st.html(f'<div class="empty">{escape(view.words.t("map.no_home"))}</div>')
        return
    drawn = drawn_map(view, next(iter(chosen["city_id"]), ""), next(iter(chosen["country_code"]), country))
    world_map(drawn, "export-map", map_alt(view, cities, countries, view.home_name), pick)


def _list(view: View, cities) -> None:
    words = view.words
    if not len(cities):
        st.html(f'<div class="empty">{escape(words.t("exports.none"))}</div>')
        return
    st.html(f'<div class="subtitle">{escape(words.t("exports.map_list"))}</div>')
    _cities(view, cities, lambda row: f"{row.name}, {row.country}")


def _cities(view: View, cities, name, **more: str) -> None:
    dots = dot_styles(view)

    def item(row) -> str:
        details = ", ".join(part for part in (row.line, row.since) if part)
        return f'<li><i style="{dots[row.kind]}"></i>{escape(name(row))}<span class="when">{escape(details)}</span></li>'

    rows = cities.assign(kind=kinds(cities["exported"])).itertuples()
    city_list(view, [item(row) for row in rows], "policy_exports", "list dots", **more)


def _country(view: View, cities, row) -> None:
    """The chosen country: its counts, and its first cities."""
    line = ", ".join(part for part in (row["country"] if row["cities"] > 1 else "", row["line"]) if part)
    st.html(f'<h3 class="title">{escape(row["name"])}</h3><div class="subtitle">{escape(line)}</div>')
    here = cities[cities["country_code"] == row["country_code"]]
    _cities(view, here, lambda city: city.name, q=here["country"].iloc[0])
    back_to_all(view.words.t("exports.map_close"))


def _city(view: View, city, rows) -> None:
    """The chosen city and its projects, counted or not, each with its state, start and source."""
    words = view.words
    here = exports_by.listed(exports_by.at_city(view.release, rows, city["city_id"]))
    items = [
        f"<li>{escape(words.name(row, 'project'))}"
        f'<span class="when">{escape(words.of("status", row["status"]))}, {escape(words.edtf(row["started"]))}. '
        f"{source_line(view, row['source_id'])}</span></li>"
        for _, row in here.iterrows()
    ]
    line = ", ".join(part for part in (city["country"], city["line"], city["since"]) if part)
    st.html(f'<h3 class="title">{escape(city["name"])}</h3><div class="subtitle">{escape(line)}</div>')
    st.html(f'<div class="scroll short" tabindex="0"><ul class="list">{first_items(view, items)}</ul></div>')
    link(view, "city", words.t("city.open"), city=city["city_id"])
    back_to_all(words.t("exports.map_close"))


def _beneath(view: View, by_country: bool) -> None:
    """The legend, and the note on boundaries with its source."""
    words = view.words
    dots = "".join(
        f'<span><i style="{dot(colour, shape, size)}"></i>{escape(words.t(key))}</span>'
        for key, colour, shape, size in legend(view.palette)
    )
    dots = sizes_legend(view, shown=True) if by_country else dots
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{drawn_by(view)}</div>')


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
        _rows(view, matches.iloc[part_of(view, len(matches))])
        csv_button(view, "policy_exports", lambda: readable(view, matches), "projects")


def _chosen(view: View, rows):
    """Show the search and the filters; returns the matching rows."""
    words = view.words
    text = free_text("q")
    sector = one_of(view, "sector", ("", *exports_by.SECTORS), "")
    status = one_of(view, "status", STATUSES, "")
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


def _rows(view: View, rows) -> None:
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
