"""Shows a world map with its filters, its list, its legend, and the city or country that was chosen."""

from html import escape

import streamlit as st

from charts.clusters import country_of
from metrics.indicators.registry import read
from metrics.schema.tables import REGIONS
from pages.parts.elements.map import LISTED, CityMap, country_list, drawn_by, known_by_name, legend_html
from pages.parts.elements.row_text import empty_html, title_html
from pages.parts.shell.address import choose
from pages.parts.shell.components import world_map
from pages.parts.shell.links import link
from pages.parts.shell.parameters import word_of
from pages.parts.shell.selection import TYPES, View


def map_and_list(view: View, part: CityMap) -> None:
    """The map, and beside it its list, or the city or country of the address; beneath them the legend and the note on boundaries."""
    wide, beside = st.columns([7, 3], gap="medium")
    country = "" if part.countries is None else word_of(view, "country", ["", *part.countries["country_code"]], "")
    with wide:
        if view.home:
            world_map(part.drawn(part.chosen.get("country_code", country)), part.key, part.alt, _pick)
        else:
            st.html(empty_html(view.words.t("map.no_home")))
    with beside:
        if part.chosen:
            _city(view, part)
        elif country:
            _country(view, part, country)
        elif part.countries is not None:
            st.html(country_list(view, part.countries, part.lists[1]))
        elif cities := part.items(""):
            st.html(f'<div class="subtitle">{escape(part.lists[0])}</div>')
            _cities(view, part, cities)
        else:
            st.html(empty_html(part.empty))
    st.html(f'<div class="legend">{legend_html(view, part.dots)}</div><div class="sourceline">{drawn_by(view)}</div>')


def _pick(dot: str) -> None:
    """Write the dot that was clicked into the address: a country, a city, or none."""
    country = country_of(dot)
    choose(country=country, city="" if country else dot)


def _city(view: View, part: CityMap) -> None:
    """The chosen city and its records, each with its source."""
    st.html(title_html(part.chosen["name"], part.where, part.level))
    st.html(f'<div class="scroll short" tabindex="0"><ul class="list">{part.records()}</ul></div>')
    link(view, "city", view.words.t("city.open"), city=part.chosen["city_id"])
    _back(part.back)


def _country(view: View, part: CityMap, code: str) -> None:
    """The chosen country: how many cities of which kind, and the first of them."""
    row = part.countries.set_index("country_code").loc[code]
    line = part.between.join((row["country"], row["line"])) if row["cities"] > 1 else row["line"]
    st.html(title_html(row["name"], line, part.level))
    _cities(view, part, part.items(code), q=row["name"])
    _back(part.back)


def _cities(view: View, part: CityMap, items, **more: str) -> None:
    """The first of many cities, and a link to the page that lists the others, with parameters of that page."""
    others = len(items) - LISTED
    height = " short" if others > 0 else ""
    st.html(f'<div class="scroll{height}" tabindex="0"><ul class="{part.look}">{"".join(items[:LISTED])}</ul></div>')
    if others > 0:
        link(view, part.page, view.words.n("map.rest", others), **more)


def _back(label: str) -> None:
    """The button that leaves the chosen city or country."""
    options = {"type": "tertiary", "icon": ":material/arrow_back:", "on_click": choose, "kwargs": {"city": "", "country": ""}}
    st.button(label, key="map-close", **options)


def filters(view: View, known: int, total: str, *, with_types: bool = True) -> None:
    """The filters of types and regions, and how many are known by name, of the indicator `total`."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        if with_types:
            st.session_state["control-types"] = list(view.selection.types)
            st.pills(
                words.t("filter.types"),
                TYPES,
                selection_mode="multi",
                format_func=lambda tie: words.of("tie", tie),
                key="control-types",
                on_change=_write,
                args=("types",),
                label_visibility="collapsed",
            )
        st.session_state["control-regions"] = list(view.selection.regions)
        st.multiselect(
            words.t("filter.regions"),
            REGIONS,
            format_func=lambda region: words.of("region", region),
            key="control-regions",
            on_change=_write,
            args=("regions",),
            placeholder=words.t("filter.all_regions"),
            label_visibility="collapsed",
            width=300,
        )
        coverage = known_by_name(view, known, read(total, view.release, view.selection.as_of))
        st.html(f'<div class="subtitle">{escape(coverage)}</div>', width="content")


def _write(part: str) -> None:
    choose(**{part: st.session_state[f"control-{part}"]})
