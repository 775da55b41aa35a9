"""The world map of partner cities with what stands beside it: the list that says the same, or the city that was chosen."""

from html import escape

import streamlit as st

from charts.map import deck, legend, selected_city
from metrics.indicators import read
from metrics.names import names
from metrics.partnerships import documented_partners
from metrics.tables import REGIONS
from pages._drawer import source_line
from pages._view import TYPES, View, choose


def partner_map(view: View) -> None:
    """Filters, the map, and its list beside it."""
    everyone = _readable(view, documented_partners(view.release, view.selection.as_of))
    rows = _filtered(view, everyone)
    _filters(view, len(rows))
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        _map(view, rows)
    with beside:
        chosen = everyone[everyone["city_id"] == view.selection.city]
        if len(chosen):
            _city(view, chosen.iloc[0])
        else:
            _list(view, rows)
    _beneath(view)


def _readable(view: View, rows):
    """The partners with name, country, since and line in the reader's language."""
    words, lang = view.words, view.selection.lang
    countries = names(view.release, "country")[f"name_{lang}"]
    return rows.assign(
        name=rows[f"name_{lang}"],
        country=rows["country_code"].map(countries),
        since=[_since(view, row) for row in rows.itertuples()],
        line=[words.of("tie", tie) for tie in rows["type"]],
    )


def _since(view: View, row) -> str:
    """When the tie began; said with care where the register does not settle it by the date."""
    return view.words.t("tie.since" if row.certain else "tie.perhaps", when=view.words.edtf(row.since))


def _filtered(view: View, rows):
    chosen = view.selection
    kept = rows[rows["type"].isin(chosen.types)] if chosen.types else rows
    return kept[kept["region"].isin(chosen.regions)] if chosen.regions else kept


def _filters(view: View, shown: int) -> None:
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


def _map(view: View, rows) -> None:
    lang, home = view.selection.lang, view.home
    if not home:
        st.html(f'<div class="empty">{escape(view.words.t("map.no_home"))}</div>')
        return
    here = {"name": home[f"name_{lang}"], "lat": home["lat"], "lon": home["lon"]}
    # The style sheet gives the frame its height, in step with the width of the screen, so that no partner is cut off.
    with st.container(key="worldmap", height=410, border=False):
        st.pydeck_chart(
            deck(rows, here, view.palette, view.selection.city or None),
            height="stretch",
            key="map",
            on_select=_pick,
            selection_mode="single-object",
            alt=view.words.t("map.alt", city=here["name"], n=len(rows)),
        )


def _pick() -> None:
    choose(st.query_params, city=selected_city(st.session_state["map"]["selection"]))


def _list(view: View, rows) -> None:
    words, palette = view.words, view.palette
    if not len(rows):
        st.html(f'<div class="empty">{escape(words.t("map.none"))}</div>')
        return
    colours = {"sister": palette.sister, "friendship": palette.friendship}
    ordered = rows.sort_values(["country", "name"])
    items = "".join(
        f'<li><i style="background:{colours[row.type]}"></i>{escape(row.name)}, {escape(row.country)}'
        f'<span class="when">{escape(row.line)}, {escape(row.since)}</span></li>'
        for row in ordered[["name", "country", "type", "line", "since"]].itertuples(index=False, name="Partner")
    )
    st.html(
        f'<div class="subtitle">{escape(words.t("map.list"))}</div><div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>'
    )


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
    st.button(
        words.t("map.close"),
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
