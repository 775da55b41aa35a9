"""The world centred on the home city: partners as dots by type, with a ring and an arc for the selected partner.

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

ARCS_AT_MOST = 40
NAMES_AT_MOST = 120
PHONE, DESK = 340, 840  # widths in pixels for which names are fitted
NAME_SIZE, HOME_SIZE = 12, 15
BESIDE, RISE, HOME_RISE = 9, 14, 22  # pixels from the middle of a dot to its name
COMMON = 512 / DESK  # map units per pixel where the whole world has the width of a desktop screen
PLACE = ("text", "lon", "lat", "anchor", "dx", "dy")
"""The fields of a placed name, in order: anchor is start, middle or end; dx and dy are pixels from the point."""
_COLUMNS = ["city_id", "name", "country", "line", "since", "lon", "lat"]


@dataclass(frozen=True)
class Kind:
    """How the places of one `type` are drawn: the name of their colour in the palette, filled or hollow, their radius in pixels."""

    type: str
    colour: str
    filled: bool
    radius: float


PARTNERS = (Kind("memorandum", "memorandum", False, 4.5), Kind("friendship", "friendship", True, 5.5), Kind("sister", "sister", True, 5.5))
"""The kinds of partners, in drawing order: memoranda lie under the others."""


@dataclass(frozen=True)
class World:
    """A map as assets/map.js draws it.

    `deck` holds the dots. `arcs` lead `from` home (lon, lat) `to` places, `clear` or faint. `names` are kinds of names: look (more,
    few, own, chosen), size (pixels), where names shrink with the map `fits`: the scale from which they have their full size, and
    places, each as PLACE says. `view` is the middle (lon, lat) and how many degrees (`half`) are seen on either side of it.
    `selected` is a city_id or "".
    """

    deck: pydeck.Deck
    arcs: dict[str, Any]
    names: list[dict[str, Any]]
    view: dict[str, float]
    selected: str

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
        drawn = {name: getattr(self, name) for name in ("arcs", "names", "view", "selected")}
        return drawn | {"deck": {"layers": json.loads(self.deck.to_json())["layers"]}}


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def world(
    cities: pd.DataFrame,
    home: Mapping[str, Any],
    colours: Palette,
    selected: str | None = None,
    kinds: Sequence[Kind] = PARTNERS,
    within: pd.DataFrame | None = None,
) -> World:
    """The map of `cities`: city_id, name, country, type, lat, lon, population, since (text), line (text), one row a city.

    `home` has name, lat and lon. `type` is one of the `kinds`. Names are placed in the order of `population`. Rows without
    coordinates are left out. `within` are the rows that the view fits, so that it does not move with `cities`; by default `cities`.
    """
    placed = around(cities, home["lon"], kinds)
    framed = placed if within is None else around(within, home["lon"], kinds)
    half = _half_span(framed, home)
    layers = [*_points(placed, colours, kinds), *_home(home, colours), *_ring(placed, colours, selected)]
    view = {"lon": home["lon"], "lat": _middle(framed, home), "half": half}
    arcs, names = _arcs(placed, home, selected), _names(placed, home, selected, half)
    return World(pydeck.Deck(layers=layers, map_provider=None), arcs, names, view, selected or "")


def around(cities: pd.DataFrame, home_lon: float, kinds: Sequence[Kind] = PARTNERS) -> pd.DataFrame:
    """The rows with coordinates, longitudes shifted to within 180 degrees of home, so that no line leaves the frame.

    Adds `radius`, that of the dot in pixels.
    """
    placed = cities[[*_COLUMNS, "type", "population"]].dropna(subset=["lat", "lon"]).reset_index(drop=True)
    placed = placed.assign(radius=placed["type"].map({kind.type: kind.radius for kind in kinds}).astype(float))
    return placed.assign(lon=((placed["lon"] - home_lon + 180) % 360 - 180 + home_lon).round(2), lat=placed["lat"].round(2))


def legend(colours: Palette) -> tuple[tuple[str, str, str], ...]:
    """(message key, colour, shape) of each kind of dot, in the order to show; shapes: `ringed`, `filled`, `hollow`."""
    return (
        ("chart.map_home", colours.home, "ringed"),
        ("chart.map_sister", colours.sister, "filled"),
        ("chart.map_friendship", colours.friendship, "filled"),
        ("chart.map_memorandum", colours.memorandum, "hollow"),
    )


def _half_span(placed: pd.DataFrame, home: Mapping[str, Any]) -> float:
    """Degrees of longitude on either side of home that fit all partners, also by height in a flat frame."""
    if placed.empty:
        return 180.0
    wide = (placed["lon"] - home["lon"]).abs().max() * 1.1
    ups = [_up(lat) for lat in (placed["lat"].min(), placed["lat"].max(), home["lat"])]
    tall = (max(ups) - min(ups)) * 1.4
    return min(180.0, max(wide, tall, 12.0))


def _middle(placed: pd.DataFrame, home: Mapping[str, Any]) -> float:
    """The latitude halfway on the map between the northernmost and the southernmost point."""
    ups = [_up(lat) for lat in (placed["lat"].min(), placed["lat"].max(), home["lat"]) if lat == lat]
    middle = math.radians((max(ups) + min(ups)) / 2)
    return round(math.degrees(math.atan(math.sinh(middle))), 2)


def _up(lat: float) -> float:
    """Mercator: the height of a latitude on the map, in degrees of longitude."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _arcs(placed: pd.DataFrame, home: Mapping[str, Any], selected: str | None) -> dict[str, Any]:
    """Faint arcs from home to all cities if there are few; a clear one to the selected city alone."""
    chosen = placed[placed["city_id"] == selected]
    drawn = placed if chosen.empty and len(placed) <= ARCS_AT_MOST else chosen
    return {"from": [home["lon"], home["lat"]], "to": drawn[["lon", "lat"]].to_numpy().tolist(), "clear": not chosen.empty}


def _points(placed: pd.DataFrame, colours: Palette, kinds: Sequence[Kind]) -> list[pydeck.Layer]:
    """A layer per kind with rows, so that a colour is sent once and not with every row."""
    layers = []
    for kind in kinds:
        rows, hue = placed.loc[placed["type"] == kind.type, _COLUMNS].to_dict("records"), getattr(colours, kind.colour)
        edge, width = (colours.land, 1.2) if kind.filled else (hue, 1.8)
        fill = [*rgb(hue if kind.filled else colours.land), 255]
        if rows:
            layers.append(_circles(kind.type, rows, kind.radius, fill, edge, width, pickable=True))
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


Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
Spot = tuple[float, float, str, float]  # across, down in pixels, name, radius of the dot
Side = tuple[int, int]  # position of a name relative to its dot: right, left, above, below
_SIDES: tuple[Side, ...] = ((1, 0), (-1, 0), (0, -1), (0, 1))


def labels_that_fit(
    placed: pd.DataFrame, home: Mapping[str, Any], width: float, half: float, fixed: Mapping[Any, Side] | None = None
) -> dict[Any, Side]:
    """The rows of `placed` whose names fit, in a frame of `width` pixels that shows `half` degrees on either side of home.

    Rows are placed in their order; a name may cover no dot, no other name and no edge. `fixed` sides are not changed.
    Returns index -> side of the dot as (right, down): (1, 0) right, (-1, 0) left, (0, -1) above, (0, 1) below.
    """
    scale = width / (2 * half)
    spots = {row.Index: ((row.lon - home["lon"]) * scale, -_up(row.lat) * scale, row.name, row.radius) for row in placed.itertuples()}
    sides = dict(fixed or {})
    boxes = _in_the_way(spots, -_up(home["lat"]) * scale, home["name"]) + [_box(*spots[at], side) for at, side in sides.items()]
    for at in placed.index:
        for side in () if at in sides else _SIDES:
            box = _box(*spots[at], side)
            if -width / 2 < box[0] and box[2] < width / 2 and not any(_overlap(box, other) for other in boxes):
                sides[at] = side
                boxes.append(box)
                break
    return sides


def _in_the_way(spots: Mapping[Any, Spot], home_y: float, home_name: str) -> list[Box]:
    """The boxes of every dot, and of home with its ring and its name."""
    half = _length(home_name, HOME_SIZE) / 2 + 4
    home = [(-12, home_y - 12, 12, home_y + 12), (-half, home_y - HOME_RISE - 10, half, home_y - 12)]
    return home + [(x - r, y - r, x + r, y + r) for x, y, _, radius in spots.values() for r in (max(5, radius),)]


def _box(x: float, y: float, name: str, radius: float, side: Side) -> Box:
    """The box of a name beside its dot."""
    wide, high = _length(name, NAME_SIZE) / 2 + 2, NAME_SIZE * 0.65
    beside, rise = _clear(radius)
    x, y = x + side[0] * (beside + wide), y + side[1] * rise
    return x - wide, y - high, x + wide, y + high


def _clear(radius: float) -> tuple[float, float]:
    """Pixels from the middle of a dot to the start of a name beside it, and to the middle of a name above or below it."""
    return max(BESIDE, radius + 3), max(RISE, radius + 8)


def _length(name: str, size: int) -> float:
    """The approximate width of a name in pixels: Hangul and Han letters are square, Latin ones a little over half as wide."""
    return sum(0.92 if ord(letter) >= 0x1100 else 0.57 for letter in name) * size


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _names(placed: pd.DataFrame, home: Mapping[str, Any], selected: str | None, half: float) -> list[dict[str, Any]]:
    """Names that fit on a phone, always in full size; those that fit only on a desktop shrink with the map, so that none collide."""
    ranked = placed.sort_values("population", ascending=False, na_position="last").head(NAMES_AT_MOST)
    chosen = {at: _inward(placed.at[at, "lon"] - home["lon"], half) for at in placed.index[placed["city_id"] == selected]}
    few = labels_that_fit(ranked, home, PHONE, half, chosen)
    more = {at: side for at, side in labels_that_fit(ranked, home, DESK, half, few).items() if at not in few}
    few = {at: side for at, side in few.items() if at not in chosen}
    own = {"text": home["name"], "lon": home["lon"], "lat": home["lat"], "anchor": "middle", "dx": 0, "dy": -HOME_RISE}
    ringed = [row | {"dx": row["dx"] * 2, "dy": row["dy"] * 1.6} for row in _beside(placed, chosen)]  # clear of the ring
    return [
        *_named("more", _beside(ranked, more), NAME_SIZE, fits=round(1 / (COMMON * half / 180), 4)),
        *_named("few", _beside(ranked, few), NAME_SIZE),
        *_named("own", [own], HOME_SIZE),
        *_named("chosen", ringed, HOME_SIZE),
    ]


def _inward(east: float, half: float) -> Side:
    """The side of a ringed city's name: above it, or inwards near an edge of the frame."""
    return (0, -1) if abs(east) < half * 0.85 else (-1, 0) if east > 0 else (1, 0)


_ANCHORS = {1: "start", 0: "middle", -1: "end"}


def _beside(placed: pd.DataFrame, sides: Mapping[Any, Side]) -> list[dict[str, Any]]:
    rows = placed.loc[list(sides)]
    return [
        {"text": row.name, "lon": row.lon, "lat": row.lat, "anchor": _ANCHORS[right], "dx": right * clear[0], "dy": down * clear[1]}
        for row, (right, down) in zip(rows.itertuples(), sides.values(), strict=True)
        for clear in (_clear(row.radius),)
    ]


def _named(look: str, rows: list[dict[str, Any]], size: int, **more: float) -> list[dict[str, Any]]:
    return [{"look": look, "size": size, "places": [[row[name] for name in PLACE] for row in rows], **more}] if rows else []
