"""The map of policy exports with what stands beside it: the cities, or the projects of the one that was chosen."""

from html import escape

import streamlit as st

from charts.export_map import export_world, kinds, legend
from metrics import exports_by
from metrics.names import names
from pages._drawer import source_line
from pages._drawings import world_map
from pages._fragments import part
from pages._map import SHAPES, back_to_all, pick
from pages._view import View

LISTED = 200
"""Cities beside the map; all projects stand in the list below it."""


@part
def project_map(view: View, rows) -> None:
    """The map and its list; a click changes only these two."""
    cities = _readable(view, exports_by.on_the_map(view.release, rows))
    city = st.query_params.get("city", "")
    with st.container(key="exports-map"):
        _title(view, cities, rows)
        wide, beside = st.columns([7, 3], gap="medium")
        chosen = cities[cities["city_id"] == city]
        with wide:
            _map(view, cities, city if len(chosen) else None)
        with beside:
            if len(chosen):
                _city(view, chosen.iloc[0], rows)
            else:
                _list(view, cities)
        _beneath(view)


def _readable(view: View, cities):
    """The cities with name, country and their numbers in the reader's language; those with the most projects first."""
    words, lang = view.words, view.selection.lang
    counted = [words.n("exports.at_city", n) if n else words.t("exports.at_city_none") for n in cities["exported"]]
    shown = [words.n("exports.at_city_shown", n) if n else "" for n in cities["shown"]]
    countries = cities["country_code"].map(names(view.release, "country")[f"name_{lang}"])
    readable = cities.assign(name=cities[f"name_{lang}"], country=countries, line=counted, since=shown)
    return readable.sort_values(["exported", "shown", "name"], ascending=[False, False, True])


def _title(view: View, cities, rows) -> None:
    words = view.words
    if not len(cities):
        st.html(f'<h2 class="title">{escape(words.t("exports.map_none"))}</h2>')
        return
    counted, others = int((cities["exported"] > 0).sum()), int((cities["exported"] == 0).sum())
    title = words.n("exports.map_title", others, cities=words.n("count.export_cities", counted))
    measure = words.n("exports.map_measure", exports_by.without_city(view.release, rows))
    st.html(f'<h2 class="title">{escape(title)}</h2><div class="subtitle">{escape(measure)}</div>')


def _map(view: View, cities, chosen: str | None) -> None:
    home, lang, words = view.home, view.selection.lang, view.words
    if not home:
        st.html(f'<div class="empty">{escape(words.t("map.no_home"))}</div>')
        return
    here = {"name": home[f"name_{lang}"], "lat": home["lat"], "lon": home["lon"]}
    alt = words.n("exports.map_alt", len(cities), city=here["name"])
    world_map(export_world(cities, here, view.palette, chosen), "export-map", alt, pick)


def _dots(view: View) -> dict[str, str]:
    """The style of the dot of each kind of city."""
    return {key.removeprefix("chart.map_"): _dot(colour, shape, size) for key, colour, shape, size in legend(view.palette)}


def _dot(colour: str, shape: str, size: float) -> str:
    return f"width:{size}px;height:{size}px;{SHAPES[shape].format(colour)}"


def _list(view: View, cities) -> None:
    words = view.words
    if not len(cities):
        st.html(f'<div class="empty">{escape(words.t("exports.none"))}</div>')
        return
    dots, more = _dots(view), len(cities) - LISTED
    cities = cities.head(LISTED)
    items = "".join(
        f'<li><i style="{dots[kind]}"></i>{escape(row.name)}, {escape(row.country)}'
        f'<span class="when">{escape(", ".join(part for part in (row.line, row.since) if part))}</span></li>'
        for kind, row in zip(
            kinds(cities["exported"]),
            cities[["name", "country", "line", "since"]].itertuples(index=False, name="City"),
            strict=True,
        )
    )
    items += f"<li>{escape(words.t('drawer.more_rows', n=more))}</li>" if more > 0 else ""
    said = escape(words.t("exports.map_list"))
    st.html(f'<div class="subtitle">{said}</div><div class="scroll" tabindex="0"><ul class="list dots">{items}</ul></div>')


def _city(view: View, city, rows) -> None:
    """The chosen city and its projects, counted or not, each with its state, start and source."""
    words = view.words
    here = exports_by.listed(exports_by.at_city(view.release, rows, city["city_id"]))
    items = "".join(
        f"<li>{escape(row[f'project_{view.selection.lang}'])}"
        f'<span class="when">{escape(words.of("status", row["status"]))}, {escape(words.edtf(row["started"]))}. '
        f"{source_line(view, row['source_id'])}</span></li>"
        for _, row in here.iterrows()
    )
    said = ", ".join(part for part in (city["country"], city["line"], city["since"]) if part)
    st.html(f'<h3 class="title">{escape(city["name"])}</h3><div class="subtitle">{escape(said)}</div>')
    st.html(f'<div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>')
    back_to_all(words.t("exports.map_close"))


def _beneath(view: View) -> None:
    """The legend and the sentence on boundaries, with their source."""
    words = view.words
    dots = "".join(
        f'<span><i style="{_dot(colour, shape, size)}"></i>{escape(words.t(key))}</span>'
        for key, colour, shape, size in legend(view.palette)
    )
    territories = view.release.tables["territories"]
    source = source_line(view, territories["boundary_source_id"].iloc[0]) if len(territories) else ""
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{escape(words.t("map.disclaimer"))} {source}</div>')
