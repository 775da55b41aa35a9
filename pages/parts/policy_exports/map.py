"""The map of policy exports: its cities or countries, title and alternative text."""

from charts import clusters
from charts.map import World, world
from metrics.schema.names import names
from metrics.schema.release import cached_by_release
from metrics.themes import exports_by
from pages.parts.elements.countries import dot, many, told
from pages.parts.policy_exports.exports import shown_projects
from pages.parts.shell.selection import View


@cached_by_release(16)
def cities_on_the_map(view: View):
    """The filtered cities with name, country and counts in the reader's language; those with the most projects first."""
    words, lang, cities = view.words, view.selection.lang, exports_by.on_the_map(view.release, shown_projects(view))
    # Translated once for each number, not for each city.
    counted = {n: words.n("exports.at_city", n) if n else words.t("exports.at_city_none") for n in cities["exported"].unique()}
    uncounted = {n: words.n("exports.at_city_shown", n) if n else "" for n in cities["shown"].unique()}
    countries = cities["country_code"].map(names(view.release, "country", lang))
    lines = {"line": cities["exported"].map(counted), "since": cities["shown"].map(uncounted)}
    readable = cities.assign(name=words.names(cities), country=countries, **lines)
    return readable.sort_values(["exported", "shown", "name"], ascending=[False, False, True])


@cached_by_release(16)
def countries_on_the_map(view: View):
    """A row for each country, where there are too many cities for a dot each; else None."""
    words, cities = view.words, cities_on_the_map(view)
    if not many(cities):
        return None
    countries = clusters.by_country(cities, (cities["exported"] > 0).map({True: "exported", False: "shown"}))
    countries = countries.assign(**{part: countries.get(part, 0) for part in ("exported", "shown")})
    countries = countries.assign(type=clusters.sizes(countries["exported"]))
    return told(countries, lambda row: words.n("map.export_country", row.cities), lambda row: _parts(view, row))


def _parts(view: View, row) -> str:
    words = view.words
    counted = words.n("map.export_counted", row.exported) if row.exported else ""
    return ", ".join(part for part in (counted, words.n("map.shown", row.shown) if row.shown else "") if part)


def title(view: View) -> str:
    """The title of the map: in how many cities projects are on record."""
    words, cities = view.words, cities_on_the_map(view)
    if not len(cities):
        return words.t("exports.map_none")
    counted, others = int((cities["exported"] > 0).sum()), int((cities["exported"] == 0).sum())
    return words.n("exports.map_title", others, cities=words.n("count.export_cities", counted))


@cached_by_release()
def drawn_map(view: View, city: str, country: str) -> World:
    """The map, the chosen city or country ringed. Needs a home city."""
    home, countries = view.home, countries_on_the_map(view)
    here = {"name": view.home_name, "lat": home["lat"], "lon": home["lon"]}
    if countries is None:
        return clusters.export_world(cities_on_the_map(view), here, view.palette, city or None)
    ringed = countries.loc[countries["country_code"] == country, "city_id"]
    return world(countries, here, view.palette, next(iter(ringed), None), clusters.KINDS)


def map_alt(view: View, cities, grouped, city: str) -> str:
    words = view.words
    if grouped is None:
        return words.n("exports.map_alt", len(cities), city=city)
    return words.t("map.export_alt", city=city, n=len(cities), countries=len(grouped))


def dot_styles(view: View) -> dict[str, str]:
    """The style of the dot of each kind of city."""
    return {key.removeprefix("chart.map_"): dot(colour, shape, size) for key, colour, shape, size in clusters.export_legend(view.palette)}
