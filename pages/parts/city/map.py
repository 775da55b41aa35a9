"""The small map of a dossier: the city ringed, and the arc from home."""

from charts.map import PARTNERS, Kind, World
from charts.map import world as drawn_world
from metrics.schema.release import cached_by_release
from pages.parts.city.city import about
from pages.parts.shell.selection import View

OTHER = Kind("other", "ink", True, 5.5)
"""A city without a tie in force: a dot in ink, as on the map of exports."""


def alt(view: View) -> str:
    """The alternative text of the map."""
    return view.words.t("city.map_alt", city=about(view).name, home=view.home_name)


def place(view: View) -> str:
    """The country, region and population of the city."""
    city, words = about(view), view.words
    parts = [city.country, words.of("region", city.row["region"])]
    people = city.row["population"]
    if city.row["level"] == "city" and people == people:
        parts.append(words.t("city.people", n=people))
    return ", ".join(part for part in parts if part)


@cached_by_release()
def world(view: View) -> World:
    """The map centred on home with the city ringed."""
    home, city = view.home, about(view)
    here = {"name": view.home_name, "lat": home["lat"], "lon": home["lon"]}
    kind = OTHER.type if city.tie is None else city.tie["type"]
    rows = view.release.tables["cities"]
    rows = rows[rows["city_id"] == view.selection.city]
    rows = rows.assign(
        type=kind, name=city.name, country=city.country, line="" if city.tie is None else view.words.of("tie", kind), since=""
    )
    return drawn_world(rows, here, view.palette, view.selection.city, (*PARTNERS, OTHER))
