"""Shows the world map with its filters, its list, its legend, and the city or country that was chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from charts.clusters import country_of
from charts.map import legend
from metrics.indicators.registry import read
from metrics.schema.tables import REGIONS
from pages.parts.elements.map import (
    LISTED,
    certain,
    chosen_partner,
    countries,
    country_list,
    dot,
    drawn_by,
    drawn_map,
    known_by_name,
    map_alt,
    on_the_map,
    partner_html,
    partners_html,
    sizes_legend,
)
from pages.parts.elements.row_text import source_line
from pages.parts.shell.address import choose
from pages.parts.shell.components import world_map
from pages.parts.shell.links import link
from pages.parts.shell.parameters import one_of
from pages.parts.shell.selection import TYPES, View


def chosen_country(view: View, countries) -> str:
    """The country_code of the address; "" with a notice for a country that is not on the map."""
    return one_of(view, "country", ["", *countries["country_code"]], "")


def pick(chosen: str) -> None:
    """Write the dot that was clicked into the address: a country, a city, or none."""
    country = country_of(chosen)
    choose(country=country, city="" if country else chosen)


def city_list(view: View, items: Sequence[str], page: str, look: str = "list", **more: str) -> None:
    """The first of many cities, each an item of HTML, and a link to a page that lists the others, with parameters of that page."""
    others = len(items) - LISTED
    height = " short" if others > 0 else ""
    st.html(f'<div class="scroll{height}" tabindex="0"><ul class="{look}">{"".join(items[:LISTED])}</ul></div>')
    if others > 0:
        link(view, page, view.words.n("map.rest", others), **more)


def back_to_all(label: str) -> None:
    """The button that leaves the chosen city or country."""
    st.button(
        label,
        key="map-close",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=choose,
        kwargs={"city": "", "country": ""},
    )


def partner_map(view: View) -> None:
    """Filters, the map, and its list beside it."""
    filters(view, certain(view))
    world(view)


def world(view: View, until: date | None = None) -> None:
    """The map, and beside it its list or the city that was chosen; with `until`, of those certainly signed by that day."""
    wide, beside = st.columns([7, 3], gap="medium")
    by_country = countries(view, until)
    country = "" if by_country is None else chosen_country(view, by_country)
    city = chosen_partner(view)
    with wide:
        _map(view, until, city["country_code"] if city else country)
    with beside:
        if city:
            _city(view, city)
        elif country:
            _country(view, until, by_country[by_country["country_code"] == country].iloc[0])
        else:
            _list(view, until)
    _beneath(view, by_country is not None)


def filters(view: View, known: int) -> None:
    """The filters of types and regions, and how many partners pass them."""
    words, total = view.words, read("partner_cities", view.release, view.selection.as_of)
    st.session_state["control-types"] = list(view.selection.types)
    st.session_state["control-regions"] = list(view.selection.regions)
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
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
        st.html(f'<div class="subtitle">{escape(known_by_name(view, known, total))}</div>', width="content")


def _write(part: str) -> None:
    choose(**{part: st.session_state[f"control-{part}"]})


def _map(view: View, until: date | None, country: str) -> None:
    if not view.home:
        st.html(f'<div class="empty">{escape(view.words.t("map.no_home"))}</div>')
        return
    world_map(drawn_map(view, until, country), "map", map_alt(view, until), pick)


def _list(view: View, until: date | None) -> None:
    """The list equivalent of the map: cities, or countries where the map shows countries."""
    words, rows, by_country = view.words, on_the_map(view, until), countries(view, until)
    if not len(rows):
        st.html(f'<div class="empty">{escape(words.t("map.none"))}</div>')
    elif by_country is not None:
        st.html(country_list(view, by_country, words.t("map.list_countries")))
    else:
        st.html(f'<div class="subtitle">{escape(words.t("map.list"))}</div>')
        city_list(view, partners_html(view, until), "partner_cities")


def _country(view: View, until: date | None, row) -> None:
    """The chosen country: how many partners of which kind, and the first of them."""
    rows = on_the_map(view, until)
    rows = rows[rows["country_code"] == row["country_code"]].sort_values("name")
    counted = f"{row['country']}: {row['line']}" if row["cities"] > 1 else row["line"]
    st.html(f'<h2 class="title">{escape(row["name"])}</h2><div class="subtitle">{escape(counted)}</div>')
    city_list(view, [partner_html(city, city.name) for city in rows.itertuples()], "partner_cities", q=row["name"])
    back_to_all(view.words.t("map.close"))


def _city(view: View, row: Mapping[str, object]) -> None:
    """The chosen city and its agreements, each with its date and source."""
    words = view.words
    agreements = view.release.tables["agreements"]
    acts = agreements[agreements["city_id"] == row["city_id"]].sort_values("signed")
    items = "".join(
        f"<li>{escape(words.of('tie', act.type))}, {escape(words.edtf(act.signed))}"
        f'<span class="when">{escape(words.of("role", act.role))}. {source_line(view, act.source_id)}</span></li>'
        for act in acts.itertuples()
    )
    st.html(f'<h2 class="title">{escape(row["name"])}</h2><div class="subtitle">{escape(row["country"])}, {escape(row["since"])}</div>')
    st.html(f'<div class="scroll short" tabindex="0"><ul class="list">{items}</ul></div>')
    link(view, "city", words.t("city.open"), city=row["city_id"])
    back_to_all(words.t("map.close"))


def _beneath(view: View, by_country: bool) -> None:
    """The legend and the sentence on boundaries, with their source."""
    words = view.words
    dots = "".join(
        f'<span><i style="{dot(colour, shape)}"></i>{escape(words.t(key))}</span>'
        for key, colour, shape in legend(view.palette)
        if key != "chart.map_memorandum"
    )
    dots = sizes_legend(view) if by_country else dots
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{drawn_by(view)}</div>')
