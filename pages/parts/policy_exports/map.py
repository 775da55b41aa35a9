"""The map of policy exports with what stands beside it: the cities, or the projects of the one that was chosen."""

from functools import lru_cache
from html import escape

import streamlit as st

from charts import clusters
from charts.export_map import export_world, kinds, legend
from charts.map import World, world
from metrics.schema.names import names
from metrics.themes import exports_by
from pages.parts.elements.countries import back_to_all, chosen_country, city_list, country_list, dot, many, pick, sizes_legend, told
from pages.parts.elements.drawer import first_items, source_line
from pages.parts.elements.map import drawn_by
from pages.parts.policy_exports.exports import shown_projects
from pages.parts.shell.components import world_map
from pages.parts.shell.fragments import part
from pages.parts.shell.navigation import link
from pages.parts.shell.selection import View


@part
def project_map(view: View, rows) -> None:
    """The map and its list; a click changes only these two."""
    cities, found = cities_on_the_map(view), countries_on_the_map(view)
    country = "" if found is None else chosen_country(view, found)
    chosen = cities[cities["city_id"] == st.query_params.get("city", "")]
    with st.container(key="exports-map"):
        _title(view)
        wide, beside = st.columns([7, 3], gap="medium")
        with wide:
            _map(view, cities, found, chosen, country)
        with beside:
            if len(chosen):
                _city(view, chosen.iloc[0], rows)
            elif country:
                _country(view, cities, found[found["country_code"] == country].iloc[0])
            elif found is not None:
                st.html(country_list(view, found, view.words.t("map.export_list")))
            else:
                _list(view, cities)
        _beneath(view, found is not None)


@lru_cache(maxsize=16)
def cities_on_the_map(view: View):
    """The cities that the filter leaves, with name, country and numbers in the reader's language; those with the most projects first."""
    words, lang, cities = view.words, view.selection.lang, exports_by.on_the_map(view.release, shown_projects(view))
    # Each number is said once, however many cities have it.
    counted = {n: words.n("exports.at_city", n) if n else words.t("exports.at_city_none") for n in cities["exported"].unique()}
    shown = {n: words.n("exports.at_city_shown", n) if n else "" for n in cities["shown"].unique()}
    countries = cities["country_code"].map(names(view.release, "country")[f"name_{lang}"])
    said = {"line": cities["exported"].map(counted), "since": cities["shown"].map(shown)}
    readable = cities.assign(name=cities[f"name_{lang}"], country=countries, **said)
    return readable.sort_values(["exported", "shown", "name"], ascending=[False, False, True])


@lru_cache(maxsize=16)
def countries_on_the_map(view: View):
    """A row a country with its words, where there are too many cities for a dot each; else None."""
    words, cities = view.words, cities_on_the_map(view)
    if not many(cities):
        return None
    found = clusters.by_country(cities, (cities["exported"] > 0).map({True: "exported", False: "shown"}))
    found = found.assign(**{part: found.get(part, 0) for part in ("exported", "shown")})
    found = found.assign(type=clusters.sizes(found["exported"]))
    return told(found, lambda row: words.n("map.export_country", row.cities), lambda row: _parts(view, row))


def _parts(view: View, row) -> str:
    words = view.words
    counted = words.n("map.export_counted", row.exported) if row.exported else ""
    return ", ".join(part for part in (counted, words.n("map.shown", row.shown) if row.shown else "") if part)


def title(view: View) -> str:
    """The finding of the map: in how many cities projects are on record."""
    words, cities = view.words, cities_on_the_map(view)
    if not len(cities):
        return words.t("exports.map_none")
    counted, others = int((cities["exported"] > 0).sum()), int((cities["exported"] == 0).sum())
    return words.n("exports.map_title", others, cities=words.n("count.export_cities", counted))


def _title(view: View) -> None:
    said = f'<h2 class="title">{escape(title(view))}</h2>'
    if len(cities_on_the_map(view)):
        key = "exports.map_measure" if countries_on_the_map(view) is None else "map.export_measure"
        measure = view.words.n(key, exports_by.without_city(view.release, shown_projects(view)))
        said += f'<div class="subtitle">{escape(measure)}</div>'
    st.html(said)


def _map(view: View, cities, found, chosen, country: str) -> None:
    if not view.home:
        st.html(f'<div class="empty">{escape(view.words.t("map.no_home"))}</div>')
        return
    drawn = drawn_map(view, next(iter(chosen["city_id"]), ""), next(iter(chosen["country_code"]), country))
    world_map(drawn, "export-map", _alt(view, cities, found, view.home_name), pick)


@lru_cache(maxsize=64)
def drawn_map(view: View, city: str, country: str) -> World:
    """The map of a release with a home city, a ring around the chosen city or, where it shows countries, around the country."""
    home, found = view.home, countries_on_the_map(view)
    here = {"name": home[f"name_{view.selection.lang}"], "lat": home["lat"], "lon": home["lon"]}
    if found is None:
        return export_world(cities_on_the_map(view), here, view.palette, city or None)
    ringed = found.loc[found["country_code"] == country, "city_id"]
    return world(found, here, view.palette, next(iter(ringed), None), clusters.KINDS)


def _alt(view: View, cities, found, city: str) -> str:
    words = view.words
    if found is None:
        return words.n("exports.map_alt", len(cities), city=city)
    return words.t("map.export_alt", city=city, n=len(cities), countries=len(found))


def _dots(view: View) -> dict[str, str]:
    """The style of the dot of each kind of city."""
    return {key.removeprefix("chart.map_"): dot(colour, shape, size) for key, colour, shape, size in legend(view.palette)}


def _list(view: View, cities) -> None:
    words = view.words
    if not len(cities):
        st.html(f'<div class="empty">{escape(words.t("exports.none"))}</div>')
        return
    st.html(f'<div class="subtitle">{escape(words.t("exports.map_list"))}</div>')
    _cities(view, cities, lambda row: f"{row.name}, {row.country}")


def _cities(view: View, cities, name, **more: str) -> None:
    dots = _dots(view)

    def item(row) -> str:
        said = ", ".join(part for part in (row.line, row.since) if part)
        return f'<li><i style="{dots[row.kind]}"></i>{escape(name(row))}<span class="when">{escape(said)}</span></li>'

    rows = cities.assign(kind=kinds(cities["exported"])).itertuples()
    city_list(view, [item(row) for row in rows], "policy_exports", "list dots", **more)


def _country(view: View, cities, row) -> None:
    """The chosen country: how many of its cities are counted, and the first of them."""
    said = ", ".join(part for part in (row["country"] if row["cities"] > 1 else "", row["line"]) if part)
    st.html(f'<h3 class="title">{escape(row["name"])}</h3><div class="subtitle">{escape(said)}</div>')
    here = cities[cities["country_code"] == row["country_code"]]
    _cities(view, here, lambda city: city.name, q=here["country"].iloc[0])
    back_to_all(view.words.t("exports.map_close"))


def _city(view: View, city, rows) -> None:
    """The chosen city and its projects, counted or not, each with its state, start and source."""
    words = view.words
    here = exports_by.listed(exports_by.at_city(view.release, rows, city["city_id"]))
    items = [
        f"<li>{escape(row[f'project_{view.selection.lang}'])}"
        f'<span class="when">{escape(words.of("status", row["status"]))}, {escape(words.edtf(row["started"]))}. '
        f"{source_line(view, row['source_id'])}</span></li>"
        for _, row in here.iterrows()
    ]
    said = ", ".join(part for part in (city["country"], city["line"], city["since"]) if part)
    st.html(f'<h3 class="title">{escape(city["name"])}</h3><div class="subtitle">{escape(said)}</div>')
    st.html(f'<div class="scroll short" tabindex="0"><ul class="list">{first_items(view, items)}</ul></div>')
    link(view, "city", words.t("city.open"), city=city["city_id"])
    back_to_all(words.t("exports.map_close"))


def _beneath(view: View, by_country: bool) -> None:
    """The legend and the sentence on boundaries, with their source."""
    words = view.words
    dots = "".join(
        f'<span><i style="{dot(colour, shape, size)}"></i>{escape(words.t(key))}</span>'
        for key, colour, shape, size in legend(view.palette)
    )
    dots = sizes_legend(view, shown=True) if by_country else dots
    st.html(f'<div class="legend">{dots}</div><div class="sourceline">{drawn_by(view)}</div>')
