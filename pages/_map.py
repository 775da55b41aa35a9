"""The world map of partner cities with what stands beside it: the list that says the same, or the city that was chosen.

The overview shows the whole; the page of partner cities puts the same parts together with a year.
"""

from datetime import date
from functools import lru_cache
from html import escape

import streamlit as st

from charts.map import legend
from charts.map import world as drawn_world
from metrics.indicators import read
from metrics.names import names
from metrics.partnerships import documented_partners
from metrics.tables import REGIONS
from pages._drawer import source_line
from pages._drawings import world_map
from pages._view import TYPES, View, choose


def partner_map(view: View) -> None:
    """Filters, the map, and its list beside it."""
    filters(view, int(on_the_map(view)["certain"].sum()))
    world(view)


def world(view: View, until: date | None = None) -> None:
    """The map, and beside it its list or the city that was chosen; with `until`, of those certainly signed by that day."""
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        _map(view, until)
    with beside:
        everyone = partners(view, view.selection.as_of)
        chosen = everyone[everyone["city_id"] == view.selection.city]
        if len(chosen):
            _city(view, chosen.iloc[0])
        else:
            st.html(_list(view, until))
    _beneath(view)


@lru_cache(maxsize=16)
def partners(view: View, on: date):
    """All partners documented by a day, in the reader's language; kept, so never to be changed."""
    return readable(view, documented_partners(view.release, on))


@lru_cache(maxsize=16)
def on_the_map(view: View, until: date | None = None):
    """The partners that the filters leave; with `until`, only those certainly signed by that day."""
    rows = filtered(view, partners(view, until or view.selection.as_of))
    return rows[rows["certain"]] if until else rows


def readable(view: View, rows):
    """The partners with name, country, since and line in the reader's language; `began` keeps the date that `since` says."""
    words, lang = view.words, view.selection.lang
    countries = names(view.release, "country")[f"name_{lang}"]
    return rows.assign(
        name=rows[f"name_{lang}"],
        country=rows["country_code"].map(countries),
        began=rows["since"],
        since=[_since(view, row) for row in rows.itertuples()],
        line=[words.of("tie", tie) for tie in rows["type"]],
    )


def _since(view: View, row) -> str:
    """When the tie began; said with care where the register does not settle it by the date."""
    return view.words.t("tie.since" if row.certain else "tie.perhaps", when=view.words.edtf(row.since))


def filtered(view: View, rows):
    """The rows of the types and regions that the reader chose."""
    chosen = view.selection
    kept = rows[rows["type"].isin(chosen.types)] if chosen.types else rows
    return kept[kept["region"].isin(chosen.regions)] if chosen.regions else kept


def filters(view: View, shown: int) -> None:
    """The controls of types and regions, and how many of the whole are shown."""
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
        st.html(f'<div class="subtitle">{escape(words.t("filter.shown", shown=shown, total=total.value))}</div>', width="content")


def _write(part: str) -> None:
    choose(st.query_params, **{part: st.session_state[f"control-{part}"]})


def _map(view: View, until: date | None) -> None:
    if not view.home:
        st.html(f'<div class="empty">{escape(view.words.t("map.no_home"))}</div>')
        return
    alt = view.words.t("map.alt", city=view.home[f"name_{view.selection.lang}"], n=len(on_the_map(view, until)))
    world_map(_drawn(view, until), "map", alt, pick)


@lru_cache(maxsize=64)
def _drawn(view: View, until: date | None):
    """The map as it is drawn, in a view that holds all partners, so that it stands still while filters or the day change."""
    home = view.home
    here = {"name": home[f"name_{view.selection.lang}"], "lat": home["lat"], "lon": home["lon"]}
    everyone = partners(view, view.selection.as_of)
    return drawn_world(on_the_map(view, until), here, view.palette, view.selection.city or None, within=everyone)


def pick(city: str) -> None:
    """Write the city that was clicked on a map into the address."""
    choose(st.query_params, city=city)


@lru_cache(maxsize=64)
def _list(view: View, until: date | None) -> str:
    words, rows = view.words, on_the_map(view, until)
    if not len(rows):
        return f'<div class="empty">{escape(words.t("map.none"))}</div>'
    ordered = rows.sort_values(["country", "name"])
    items = "".join(
        f'<li><i class="dot-{row.type}"></i>{escape(row.name)}, {escape(row.country)}'
        f'<span class="when">{escape(row.line)}, {escape(row.since)}</span></li>'
        for row in ordered[["name", "country", "type", "line", "since"]].itertuples(index=False, name="Partner")
    )
    return f'<div class="subtitle">{escape(words.t("map.list"))}</div><div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>'


def _city(view: View, row) -> None:
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
    st.html(f'<div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>')
    back_to_all(words.t("map.close"))


def back_to_all(label: str) -> None:
    """A quiet button that leaves the chosen city."""
    st.button(
        label,
        key="map-close",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=choose,
        args=(st.query_params,),
        kwargs={"city": ""},
    )


SHAPES = {
    "ringed": "background:{0};box-shadow:0 0 0 3px color-mix(in srgb,{0} 25%,transparent)",
    "filled": "background:{0}",
    "hollow": "border:2px solid {0};box-sizing:border-box",
}


def _beneath(view: View) -> None:
    """The legend and the sentence on boundaries, with their source."""
    words = view.words
    dots = "".join(
        f'<span><i style="{SHAPES[shape].format(colour)}"></i>{escape(words.t(key))}</span>'
        for key, colour, shape in legend(view.palette)
        if key != "chart.map_memorandum"
    )
    territories = view.release.tables["territories"]
    boundary = territories["boundary_source_id"].iloc[0] if len(territories) else ""
    source = source_line(view, boundary) if boundary else ""
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{escape(words.t("map.disclaimer"))} {source}</div>')
