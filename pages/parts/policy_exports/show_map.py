"""Shows the map of policy exports with its cities, or the projects of the chosen city."""

from html import escape

import streamlit as st

from charts.clusters import EXPORT_SIZES, export_legend, sizes
from metrics.themes import exports_by
from pages.parts.elements.countries import country_list, dot, sizes_legend
from pages.parts.elements.map import drawn_by
from pages.parts.elements.show_countries import back_to_all, chosen_country, city_list, pick
from pages.parts.elements.source_text import first_items, source_line
from pages.parts.policy_exports.exports import shown_projects
from pages.parts.policy_exports.map import cities_on_the_map, countries_on_the_map, dot_styles, drawn_map, map_alt, title
from pages.parts.shell.components import world_map
from pages.parts.shell.fragments import part
from pages.parts.shell.links import link
from pages.parts.shell.selection import View


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
    heading = f'<h2 class="title">{escape(title(view))}</h2>'
    if len(cities_on_the_map(view)):
        key = "exports.map_measure" if countries_on_the_map(view) is None else "map.export_measure"
        measure = view.words.n(key, exports_by.without_city(view.release, shown_projects(view)))
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

    rows = cities.assign(kind=sizes(cities["exported"], EXPORT_SIZES)).itertuples()
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
        for key, colour, shape, size in export_legend(view.palette)
    )
    dots = sizes_legend(view, shown=True) if by_country else dots
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{drawn_by(view)}</div>')
