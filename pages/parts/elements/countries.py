"""The list and legend of maps of very many cities: countries with the number of their cities, and the cities of the chosen country.

Knows neither partners nor exports: pages pass the rows with their words."""

from collections.abc import Callable
from html import escape

from charts.clusters import MOST, legend
from pages.parts.shell.selection import View

LISTED = 200
"""Cities listed beside a map; the list of the page has all."""
SHAPES = {
    "ringed": "background:{0};box-shadow:0 0 0 3px color-mix(in srgb,{0} 25%,transparent)",
    "filled": "background:{0}",
    "hollow": "border:2px solid {0};box-sizing:border-box",
}
RowText = Callable[[object], str]
"""The text of a row."""


def many(rows) -> bool:
    """Whether there are too many cities to show each."""
    return len(rows) > MOST


def told(countries, whole: RowText, parts: RowText):
    """The rows of `charts.clusters.by_country` with the texts of their dots: how many cities, and of which kinds."""
    rows, lone = list(countries.itertuples()), countries["cities"] == 1
    counted = {"country": [whole(row) for row in rows], "line": [parts(row) for row in rows]}
    return countries.assign(**{column: countries[column].where(lone, texts) for column, texts in counted.items()})


def country_list(view: View, countries, heading: str) -> str:
    """The list equivalent of the map, as HTML: each country with its number of cities, and of which kinds."""
    items = "".join(
        f'<li><b class="sum">{view.words.number(row.cities)}</b>{escape(row.name)}<span class="when">{escape(row.line)}</span></li>'
        for row in countries[["cities", "name", "line"]].itertuples(index=False, name="Country")
    )
    return f'<div class="subtitle">{escape(heading)}</div><div class="scroll" tabindex="0"><ul class="list">{items}</ul></div>'


def dot(colour: str, shape: str, size: float = 11) -> str:
    """The style of a dot of a legend or a list."""
    return f"width:{size}px;height:{size}px;{SHAPES[shape].format(colour)}"


def sizes_legend(view: View, shown: bool = False) -> str:
    """The legend of a map of countries, as HTML; `shown` adds the dot of countries where nothing is counted."""
    return "".join(
        f'<span><i style="{dot(colour, shape, size)}"></i>{escape(view.words.t(key))}</span>'
        for key, colour, shape, size in legend(view.palette, shown)
    )
