"""Names beside dots on paper and slides, where nobody can zoom: the first of them choose first, and none covers anything.

assets/names.js does the same on a page.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts.map import height_of

NAME_SIZE, HOME_SIZE = 12, 15
BESIDE, RISE, HOME_RISE = 9, 14, 22  # pixels from the middle of a dot to its name
AT_MOST = 120

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
Spot = tuple[float, float, str, float]  # across, down in pixels, name, radius of the dot
Side = tuple[int, int]  # position of a name relative to its dot, as (right, down)
_SIDES: tuple[Side, ...] = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


def labels_that_fit(
    placed: pd.DataFrame, home: Mapping[str, Any], width: float, half: float, fixed: Mapping[Any, Side] | None = None
) -> dict[Any, Side]:
    """The rows of `placed` whose names fit, in a frame of `width` pixels that shows `half` degrees on either side of home.

    Rows are placed in their order; a name may cover no dot, no other name and no edge. `fixed` sides are not changed.
    Returns index -> side of the dot as (right, down): (1, 0) right, (-1, 0) left, (0, -1) above, (1, 1) below to the right.
    """
    scale = width / (2 * half)
    spots = {row.Index: ((row.lon - home["lon"]) * scale, -height_of(row.lat) * scale, row.name, row.radius) for row in placed.itertuples()}
    sides = dict(fixed or {})
    boxes = _in_the_way(spots, -height_of(home["lat"]) * scale, home["name"]) + [_box(*spots[at], side) for at, side in sides.items()]
    for at in placed.index[:AT_MOST]:
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
    beside, rise = offset(side, radius)
    x, y = x + beside + side[0] * wide, y + rise
    return x - wide, y - high, x + wide, y + high


def offset(side: Side, radius: float) -> tuple[float, float]:
    """Pixels (right, down) from the middle of a dot to the nearest end of its name, at half the name's height."""
    near = 0.7 if all(side) else 1.0
    return side[0] * max(BESIDE, radius + 3) * near, side[1] * max(RISE, radius + 8) * near


def inward(east: float, half: float) -> Side:
    """The side of a ringed city's name: above it, or inwards near an edge of the frame."""
    return (0, -1) if abs(east) < half * 0.85 else (-1, 0) if east > 0 else (1, 0)


def _length(name: str, size: int) -> float:
    """The approximate width of a name in pixels: Hangul and Han letters are square, Latin ones a little over half as wide."""
    return sum(0.92 if ord(letter) >= 0x1100 else 0.57 for letter in name) * size


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
