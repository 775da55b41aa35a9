"""The world centred on the home city: partners as dots, their colour the kind of tie, their shape the recency of contact, each with
an arc from home.

Dots are layers of pydeck; assets/map.js draws land, arcs and names in the same view. Must not load outlines (the browser
fetches them) or choose words: names and lines come in the reader's language.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import pydeck

from charts.theme import Palette, rgb

ARCS_AT_MOST = 200
DESK = 840  # pixels of width from which dots have their full size
COMMON = 512 / DESK  # map units per pixel where the whole world has the width of a desktop screen
CORE = 0.45  # the radius of a core, as a part of its dot's
SHAPES = ("hollow", "cored", "filled")
"""Of a dot, in drawing order: an outline, an outline with a core, a full circle."""
_COLUMNS = ["city_id", "name", "country", "line", "since", "lon", "lat"]
_MORE = ("contact", "joined", "origins")


@dataclass(frozen=True)
class Kind:
    """How the places of one `type` are drawn: the name of their colour in the palette, filled or hollow, their radius in pixels."""

    type: str
    colour: str
    filled: bool
    radius: float


BORDERS = {"": ("borders", "disputed"), "without_disputed": ("borders",), "none": ()}
"""The groups of lines of assets/ground.svg that are drawn for each choice of `home.borders`."""


@dataclass(frozen=True)
class World:
    """A map as assets/map.js draws it.

    `deck` holds the dots; those of places have a `rank`, in the order of which they are named. `home` has name, lon and lat; `arcs`
    is the colour of the faint ones that lead to all places, "" for none: from home, or to a place from those of its `origins` (city_ids).
    `view` is the middle (lon, lat) and how many degrees (`half`) are seen on either
    side of it. `selected` is a city_id or "", `borders` are groups of lines of assets/ground.svg.
    """

    deck: pydeck.Deck
    home: dict[str, Any]
    arcs: str
    view: dict[str, float]
    selected: str
    borders: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The map as JSON text; pydeck's own has whitespace and is six times as long."""
        return _written(self._content())

    @cached_property
    def packed(self) -> str:
        """The same for the browser, a third shorter: the data of each layer is a list of `keys`, and `rows` of the values alone."""
        content = self._content()
        for layer in content["deck"]["layers"]:
            keys = list(layer["data"][0]) if layer["data"] else []
            layer["data"] = {"keys": keys, "rows": [[row[key] for key in keys] for row in layer["data"]]}
        return _written(content)

    def _content(self) -> dict[str, Any]:
        drawn = {name: getattr(self, name) for name in ("home", "arcs", "view", "selected", "borders")}
        return drawn | {"deck": {"layers": json.loads(self.deck.to_json())["layers"]}}


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def world(
    cities: pd.DataFrame,
    home: Mapping[str, Any],
    colours: Palette,
    selected: str | None,
    kinds: Sequence[Kind],
    within: pd.DataFrame | None = None,
) -> World:
    """The map of `cities`: city_id, name, country, type, lat, lon, population, since (text), line (text), one row a city.

    They may have contact (text), joined (year and part of it, missing without a date), shape (of SHAPES, "" for that of the kind) and
    weight: names are placed in its order, else in that of population. `home` has name, lat, lon and, unless all are drawn, borders (of
    BORDERS). `type` is one of the `kinds`. Rows without coordinates are left out. `within` are the rows that the view fits, so that it
    does not move with `cities`; by default `cities`.
    """
    placed = around(cities, home["lon"], kinds)
    framed = placed if within is None else around(within, home["lon"], kinds)
    layers = [*_points(placed, colours, kinds), *_home(home, colours), *_ring(placed, colours, selected)]
    view = {"lon": home["lon"], "lat": _middle(framed, home), "half": _half_span(framed, home)}
    here = {name: home[name] for name in ("name", "lon", "lat")}
    deck, arcs = pydeck.Deck(layers=layers, map_provider=None), "home" if len(placed) <= ARCS_AT_MOST else ""
    return World(deck, here, arcs, view, selected or "", BORDERS[home.get("borders", "")])


def between(city: Mapping[str, Any], home: Mapping[str, Any], colours: Palette, kind: Kind) -> World:
    """Home and one city (as a row of `world`), the middle halfway. Needs no frame of rows, since slides make hundreds."""
    lon, lat, hue = round((city["lon"] - home["lon"] + 180) % 360 - 180 + home["lon"], 2), round(city["lat"], 2), vars(colours)[kind.colour]
    place, edge = {"lon": lon, "lat": lat}, colours.land if kind.filled else hue
    dot = _circles(kind.type, [{**city, **place, "rank": 0}], kind.radius, [*rgb(hue if kind.filled else colours.land), 255], edge, 1.2)
    ring = _circles("selected", [place], max(10, kind.radius + 4), [0, 0, 0, 0], colours.ink, 2.5)
    low, high = height_of(lat), height_of(home["lat"])
    middle = math.degrees(math.atan(math.sinh(math.radians((low + high) / 2))))
    half = max(0.7 * abs(lon - home["lon"]), 1.4 * abs(low - high), 8.0)
    view = {"lon": (lon + home["lon"]) / 2, "lat": round(middle, 2), "half": half}
    here = {name: home[name] for name in ("name", "lon", "lat")}
    deck = pydeck.Deck(layers=[dot, *_home(home, colours), ring], map_provider=None)
    return World(deck, here, "", view, city["city_id"], BORDERS[home.get("borders", "")])


def around(cities: pd.DataFrame, home_lon: float, kinds: Sequence[Kind]) -> pd.DataFrame:
    """The rows with coordinates, longitudes shifted to within 180 degrees of home, so that no line leaves the frame.

    Adds `radius`, that of the dot in pixels, `shape` where there is none, and `rank`: the heaviest is 0.
    """
    placed = cities.dropna(subset=["lat", "lon"]).reset_index(drop=True)
    own = {kind.type: "filled" if kind.filled else "hollow" for kind in kinds}
    shape = placed["type"].map(own)
    if "shape" in placed:
        shape = placed["shape"].where(placed["shape"] != "", shape)
    radius = placed["type"].map({kind.type: kind.radius for kind in kinds}).astype(float)
    weight = placed["weight" if "weight" in placed else "population"].astype(float)
    rank = weight.rank(method="first", ascending=False, na_option="bottom").astype(int) - 1
    lon = ((placed["lon"] - home_lon + 180) % 360 - 180 + home_lon).round(2)
    return placed.assign(radius=radius, shape=shape, rank=rank, lon=lon, lat=placed["lat"].round(2))


def legend(colours: Palette, kinds: Sequence[Kind]) -> tuple[tuple[str, str, str], ...]:
    """(type, colour, shape) of the home city's dot, of type `home`, and of each kind, the last drawn first; shapes: `ringed`, `filled`,
    `hollow`.
    """
    dots = ((kind.type, vars(colours)[kind.colour], "filled" if kind.filled else "hollow") for kind in reversed(kinds))
    return (("home", colours.home, "ringed"), *dots)


def _half_span(placed: pd.DataFrame, home: Mapping[str, Any]) -> float:
    """Degrees of longitude on either side of home that fit all partners, also by height in a flat frame."""
    if placed.empty:
        return 180.0
    wide = (placed["lon"] - home["lon"]).abs().max() * 1.1
    ups = [height_of(lat) for lat in (placed["lat"].min(), placed["lat"].max(), home["lat"])]
    tall = (max(ups) - min(ups)) * 1.4
    return min(180.0, max(wide, tall, 12.0))


def _middle(placed: pd.DataFrame, home: Mapping[str, Any]) -> float:
    """The latitude halfway on the map between the northernmost and the southernmost point."""
    ups = [height_of(lat) for lat in (placed["lat"].min(), placed["lat"].max(), home["lat"]) if lat == lat]
    middle = math.radians((max(ups) + min(ups)) / 2)
    return round(math.degrees(math.atan(math.sinh(middle))), 2)


def height_of(lat: float) -> float:
    """In Mercator's projection the height of a latitude on the map, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _points(placed: pd.DataFrame, colours: Palette, kinds: Sequence[Kind]) -> list[pydeck.Layer]:
    """A layer for each kind and shape with rows, so that a colour is sent once and not with every row."""
    columns = [*_COLUMNS, *(name for name in _MORE if name in placed), "rank"]
    layers = []
    for kind in kinds:
        own = "filled" if kind.filled else "hollow"
        for shape in SHAPES:
            rows = placed.loc[(placed["type"] == kind.type) & (placed["shape"] == shape), columns]
            name = kind.type if shape == own else f"{kind.type} {shape}"
            if len(rows):
                layers += _shaped(name, rows, kind.radius, shape, vars(colours)[kind.colour], colours.land)
    return layers


def _shaped(name: str, rows: pd.DataFrame, radius: float, shape: str, hue: str, land: str) -> list[pydeck.Layer]:
    """The dots of one shape; a core is a layer of its own above its outline."""
    edge, width = (land, 1.2) if shape == "filled" else (hue, 1.8)
    fill = [*rgb(hue if shape == "filled" else land), 255]
    known = rows.astype(object).where(rows.notna(), None)
    layers = [_circles(name, known.to_dict("records"), radius, fill, edge, width, pickable=True)]
    if shape == "cored":
        cores = known[[column for column in ("lon", "lat", "joined") if column in known]].to_dict("records")
        layers.append(_circles(f"{name} core", cores, radius * CORE, [*rgb(hue), 255], hue, 0))
    return layers


def _home(home: Mapping[str, Any], colours: Palette) -> list[pydeck.Layer]:
    """The home city: a dot in a ring, the only mark in its colour."""
    here = [{"lon": home["lon"], "lat": home["lat"]}]
    halo = _circles("home_ring", here, 11, [*rgb(colours.home), 12], colours.home, 1.5)
    return [halo, _circles("home", here, 5.5, [*rgb(colours.home), 255], colours.home, 1)]


def _ring(placed: pd.DataFrame, colours: Palette, selected: str | None) -> list[pydeck.Layer]:
    chosen = placed[placed["city_id"] == selected]
    rows = chosen[["lon", "lat"]].to_dict("records")
    radius = max([10, *(chosen["radius"] + 4)])
    return [_circles("selected", rows, radius, [0, 0, 0, 0], colours.ink, 2.5)] if rows else []


def _circles(layer: str, rows: list[dict[str, Any]], radius: float, fill: list[int], edge: str, width: float, **more: Any) -> pydeck.Layer:
    """Circles of `radius` pixels on a desktop, little more than half of it on a phone, where dots are closer."""
    size = {"radius_units": "'common'", "get_radius": radius * COMMON, "radius_min_pixels": radius * 0.55, "radius_max_pixels": radius}
    line = {"stroked": True, "line_width_units": "'pixels'", "get_line_width": width, "get_line_color": rgb(edge)}
    return pydeck.Layer("ScatterplotLayer", rows, id=layer, get_position="[lon, lat]", get_fill_color=fill, **size, **line, **more)
