"""The map as plain shapes in a frame: land and borders of assets/ground.svg, arcs, dots and names. Draws nothing."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import accumulate
from math import asinh, hypot, pi, radians, tan
from pathlib import Path
from typing import Any

import pandas as pd

from charts.map import DESK, World
from charts.names import HOME_RISE, HOME_SIZE, NAME_SIZE, Side, inward, labels_that_fit, offset
from exports.drawing.geometry import Line, Point, area, pieces, simplified, within

GROUND = Path(__file__).parents[2] / "assets" / "ground.svg"
UNITS = 32768  # the width of the world in ground.svg
BOW = 0.3  # the height of an arc, as a part of its length; as in assets/map.js
ARC_STEPS = 24
SPECK = 1.5  # square pixels: a smaller island is left out, unless it is all of its territory that there is
_ROOM = 0.88  # of the height: what the dots may take of it


@dataclass(frozen=True)
class Territory:
    """The land of a territory that is seen: outlines, each closed by its first point. `name` is Natural Earth's, in English."""

    name: str
    outlines: tuple[Line, ...]


@dataclass(frozen=True)
class Dot:
    """A circle: its middle, `fill` (`#RRGGBB`) at an `opacity` from 0 to 1, `edge` (`#RRGGBB`) of a `width`.

    `kind` is its layer (a type of tie, home, home_ring, selected), `name` its city's, "" where it has none.
    """

    x: float
    y: float
    radius: float
    fill: str
    opacity: float
    edge: str
    width: float
    kind: str
    name: str


@dataclass(frozen=True)
class Name:
    """A name: (`x`, `y`) is its start, middle or end (`anchor`) at half its height; `look`: own and chosen are bold, few are not."""

    x: float
    y: float
    text: str
    anchor: str
    size: float
    look: str


@dataclass(frozen=True)
class Ground:
    """A map in a frame of `width` x `height`, origin at its top left, in pixels of a slide that is 1280 wide. All of it lies in the frame.

    To be drawn in this order. `arcs` are open lines, faint ones; `clear` are the parts of the one that leads to the chosen city; `hue`
    names the colour of both.
    """

    width: float
    height: float
    land: tuple[Territory, ...]
    borders: tuple[Line, ...]
    arcs: tuple[Line, ...]
    clear: tuple[Line, ...]
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]
    hue: str = "home"


@dataclass(frozen=True)
class _Frame:
    """Maps coordinates to the frame: `scale` is pixels a unit of ground.svg, (`x`, `y`) the unit in the middle."""

    width: float
    height: float
    x: float
    y: float
    scale: float

    def put(self, points: Line, turn: int = 0) -> Line:
        """Points of ground.svg, `turn` times around the world, in the frame."""
        left, top = self.width / 2 + (turn * UNITS - self.x) * self.scale, self.height / 2 - self.y * self.scale
        return tuple((x * self.scale + left, y * self.scale + top) for x, y in points)

    def at(self, lon: float, lat: float) -> Point:
        """A place in the frame."""
        return self.put((_mercator(lon, lat),))[0]


def ground(world: World, width: float, height: float, size: float = 16, tolerance: float = 0.6) -> Ground:
    """The map in a frame of `width` x `height` pixels, its names `size` pixels high, its outlines true to `tolerance` pixels.

    Home stands in the middle from left to right, and every dot in the frame. Names without room are left out, as on the screen.
    """
    drawn = json.loads(world.text)
    spread = size / NAME_SIZE  # dots grow with the names
    frame = _frame(drawn, width, height)
    land, borders = _land(frame, tuple(drawn["borders"]), tolerance)
    places = [row for row in _rows(drawn) if "city_id" in row]
    faint, clear = (
        _arcs(drawn, frame, rows) for rows in (places if drawn["arcs"] else [], [row for row in places if _is_chosen(drawn, row)])
    )
    dots = tuple(_dots(drawn, frame, spread))
    names = tuple(_names(drawn, frame, spread))
    return Ground(width, height, land, borders, faint, clear, dots, names, drawn["arcs"] or "home")


def _mercator(lon: float, lat: float) -> Point:
    up = asinh(tan(radians(lat))) / pi
    return (lon + 180) / 360 * UNITS, (1 - up) / 2 * UNITS


def _rows(drawn: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every circle of the map with the look of its layer."""
    for layer in drawn["deck"]["layers"]:
        yield from ({"layer": layer, **row} for row in layer["data"])


def _frame(drawn: dict[str, Any], width: float, height: float) -> _Frame:
    """The view of the browser; where it would cut dots off in a frame as flat as this one, from farther away."""
    view = drawn["view"]
    x, y = _mercator(view["lon"], view["lat"])
    far = max((abs(_mercator(row["lon"], row["lat"])[1] - y) for row in _rows(drawn)), default=1.0)
    scale = min(width / (view["half"] / 180 * UNITS), height * _ROOM / 2 / max(far, 1.0))
    return _Frame(width, height, x, y, scale)


def _is_chosen(drawn: dict[str, Any], row: dict[str, Any]) -> bool:
    return bool(row["city_id"] == drawn["selected"])


def _arcs(drawn: dict[str, Any], frame: _Frame, rows: Sequence[dict[str, Any]]) -> tuple[Line, ...]:
    """The parts of the arcs from home, or from the origins of a place, to some places that lie in the frame."""
    home = drawn["home"]["lon"], drawn["home"]["lat"]
    known = {row["city_id"]: (row["lon"], row["lat"]) for layer in drawn["deck"]["layers"] for row in layer["data"] if row.get("city_id")}
    starts = ((row, [known[id] for id in row["origins"] if id in known] if "origins" in row else [home]) for row in rows)
    bows = (frame.put(_arc(start, (row["lon"], row["lat"]))) for row, origins in starts for start in origins)
    return tuple(piece for bow in bows for piece in pieces(bow, frame.width, frame.height))


def _arc(start: Point, end: Point) -> Line:
    """A bow to the north in units of ground.svg, higher the farther it goes."""
    (x, y), (to_x, to_y) = _mercator(*start), _mercator(*end)
    bend = (x + to_x) / 2, (y + to_y) / 2 - hypot(to_x - x, to_y - y) * BOW
    parts = [step / ARC_STEPS for step in range(ARC_STEPS + 1)]
    return tuple(
        ((1 - t) ** 2 * x + 2 * t * (1 - t) * bend[0] + t * t * to_x, (1 - t) ** 2 * y + 2 * t * (1 - t) * bend[1] + t * t * to_y)
        for t in parts
    )


def _dots(drawn: dict[str, Any], frame: _Frame, spread: float) -> Iterator[Dot]:
    for row in _rows(drawn):
        layer = row["layer"]
        x, y = frame.at(row["lon"], row["lat"])
        fill, edge = ("#{:02X}{:02X}{:02X}".format(*layer[name][:3]) for name in ("getFillColor", "getLineColor"))
        look = fill, layer["getFillColor"][3] / 255, edge, layer["getLineWidth"] * spread
        yield Dot(x, y, _radius(layer, frame, spread) * spread, *look, layer["id"], row.get("name", ""))


def _radius(layer: dict[str, Any], frame: _Frame, spread: float) -> float:
    """In pixels before they are spread; as deck.gl has it, a little over half where the world is small."""
    whole = layer["radiusMaxPixels"]
    return min(whole, max(layer["radiusMinPixels"], whole * frame.scale * UNITS / spread / DESK))


def _names(drawn: dict[str, Any], frame: _Frame, spread: float) -> Iterator[Name]:
    """The names that have room in this frame, in the order of their weight; home and the chosen city always."""
    placed, home = _places(drawn, frame, spread), drawn["home"]
    width, half = frame.width / spread, frame.width / frame.scale / UNITS * 180
    fixed = {at: inward(placed.at[at, "lon"] - home["lon"], half) for at in placed.index[placed["chosen"]]}
    for at, side in labels_that_fit(placed, home, width, half, fixed).items():
        row = placed.loc[at]
        look, size = ("chosen", HOME_SIZE) if row["chosen"] else ("few", NAME_SIZE)
        yield from _stood(row, side, offset(side, row["radius"]), look, size, frame, spread)
    yield from _stood(home, (0, -1), (0, -HOME_RISE), "own", HOME_SIZE, frame, spread)


def _places(drawn: dict[str, Any], frame: _Frame, spread: float) -> pd.DataFrame:
    """The dots of places (name, lon, lat, radius, chosen): the chosen one first, with its ring, then the heaviest."""
    rows = [
        {"name": row["name"], "lon": row["lon"], "lat": row["lat"], "rank": row["rank"], "chosen": _is_chosen(drawn, row),
         "radius": _radius(row["layer"], frame, spread) + 6 * _is_chosen(drawn, row)}
        for row in _rows(drawn)
        if "city_id" in row
    ]  # fmt: skip
    placed = pd.DataFrame(rows, columns=["name", "lon", "lat", "rank", "chosen", "radius"]).astype({"chosen": bool})
    return placed.sort_values(["chosen", "rank"], ascending=[False, True], ignore_index=True)


_ANCHORS = {1: "start", 0: "middle", -1: "end"}


def _stood(place: Any, side: Side, shift: Point, look: str, size: float, frame: _Frame, spread: float) -> Iterator[Name]:
    """A name on a side of its place, unless the upper or lower edge would cut it."""
    x, y = frame.at(place["lon"], place["lat"])
    x, y, size = x + shift[0] * spread, y + shift[1] * spread, size * spread
    if size * 0.6 <= y <= frame.height - size * 0.6:
        yield Name(x, y, place["name"], _ANCHORS[side[0]], size, look)


@lru_cache(maxsize=4)
def _land(frame: _Frame, borders: tuple[str, ...], tolerance: float) -> tuple[tuple[Territory, ...], tuple[Line, ...]]:
    """The land, as often as the frame shows the world, and its borders of these groups."""
    territories, groups = _outlines()
    seen = (Territory(name, _seen(outlines, frame, tolerance)) for name, outlines in territories)
    chosen = [line for group in borders for line in groups[group]]
    lines = [piece for turn in (-1, 0, 1) for line in chosen for piece in pieces(frame.put(line, turn), frame.width, frame.height)]
    return tuple(territory for territory in seen if territory.outlines), tuple(simplified(line, tolerance) for line in lines)


def _seen(outlines: tuple[Line, ...], frame: _Frame, tolerance: float) -> tuple[Line, ...]:
    """The outlines of a territory in the frame, without specks; the largest stays where all are specks."""
    put = [within(frame.put(outline, turn), frame.width, frame.height) for turn in (-1, 0, 1) for outline in outlines]
    sized = [(area(outline), outline) for outline in put if len(outline) > 2]
    kept = [outline for size, outline in sized if size >= SPECK] or [outline for _, outline in sorted(sized, key=lambda pair: -pair[0])[:1]]
    return tuple(simplified(outline, tolerance, closed=True) for outline in kept)


@lru_cache(maxsize=1)
def _outlines() -> tuple[tuple[tuple[str, tuple[Line, ...]], ...], dict[str, tuple[Line, ...]]]:
    """Every territory of ground.svg with its outlines, and each group of borders."""
    text = GROUND.read_text(encoding="utf-8")
    land = re.findall(r'data-name="([^"]*)" d="([^"]*)"', text)
    borders = re.findall(r'<path id="([^"]*)" d="([^"]*)"', text)
    return tuple((unescape(name), _lines(drawn)) for name, drawn in land), {group: _lines(drawn) for group, drawn in borders}


def _lines(drawn: str) -> tuple[Line, ...]:
    """The lines of a path whose steps are relative to the point before."""
    lines = ([float(number) for number in re.findall(r"-?[\d.]+", part)] for part in drawn.split("M")[1:])
    return tuple(tuple(zip(accumulate(line[::2]), accumulate(line[1::2]), strict=True)) for line in lines)
