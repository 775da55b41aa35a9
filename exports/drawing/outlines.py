"""Lines and outlines on a plane: cut to a frame, straightened to a tolerance. Knows no map and no unit."""

from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Line = tuple[Point, ...]
"""An outline is a line whose last point leads back to the first, which it does not repeat."""


def area(outline: Line) -> float:
    """The area of an outline, whichever way around it goes."""
    return abs(sum(x * down - right * y for (x, y), (right, down) in pairwise((*outline, *outline[:1])))) / 2


def within(outline: Line, width: float, height: float) -> Line:
    """The part of an outline in a frame (Sutherland and Hodgman); empty where none of it is."""
    if _inside(outline, width, height):
        return outline
    for axis, edge, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        outline = _cut(outline, axis, edge, sign)
    return outline


def _inside(line: Line, width: float, height: float) -> bool:
    return all(0 <= x <= width and 0 <= y <= height for x, y in line)


def _cut(outline: Line, axis: int, edge: float, sign: int) -> Line:
    """What of an outline lies on one side of an edge: above it (`sign` 1) or below it (-1) on the axis."""
    kept: list[Point] = []
    for one, other in pairwise((*outline[-1:], *outline)):
        before, after = (one[axis] - edge) * sign >= 0, (other[axis] - edge) * sign >= 0
        if before != after:
            kept.append(_crossing(one, other, axis, edge))
        if after:
            kept.append(other)
    return tuple(kept)


def _crossing(one: Point, other: Point, axis: int, edge: float) -> Point:
    part = (edge - one[axis]) / (other[axis] - one[axis])
    across = one[1 - axis] + part * (other[1 - axis] - one[1 - axis])
    return (edge, across) if axis == 0 else (across, edge)


def pieces(line: Line, width: float, height: float) -> list[Line]:
    """The parts of an open line in a frame (Liang and Barsky)."""
    if _inside(line, width, height):
        return [line]
    found: list[list[Point]] = []
    for one, other in pairwise(line):
        seen = _seen(one, other, width, height)
        if seen and found and found[-1][-1] == seen[0]:
            found[-1].append(seen[1])
        elif seen:
            found.append(list(seen))
    return [tuple(piece) for piece in found]


def _seen(one: Point, other: Point, width: float, height: float) -> tuple[Point, Point] | None:
    start, end = 0.0, 1.0
    for axis, edge in ((0, width), (1, height)):
        step = other[axis] - one[axis]
        if step == 0:
            if not 0 <= one[axis] <= edge:
                return None
            continue
        enters, leaves = sorted((-one[axis] / step, (edge - one[axis]) / step))
        start, end = max(start, enters), min(end, leaves)
    if start >= end:
        return None
    at = [tuple(one[axis] + part * (other[axis] - one[axis]) for axis in (0, 1)) for part in (start, end)]
    return (one if start == 0 else at[0]), (other if end == 1 else at[1])


def simplified(line: Line, tolerance: float, closed: bool = False) -> Line:
    """The line with fewest bends that strays nowhere by more than `tolerance` (Douglas and Peucker). An outline keeps three points."""
    if len(line) < 4:
        return line
    if not closed:
        return tuple(line[at] for at in _bends(line, tolerance))
    start = line[0]
    turn = max(range(len(line)), key=lambda at: hypot(line[at][0] - start[0], line[at][1] - start[1]))
    there, back = line[: turn + 1], (*line[turn:], start)
    outline = (*(there[at] for at in _bends(there, tolerance)), *(back[at] for at in _bends(back, tolerance)[1:-1]))
    return outline if len(outline) > 2 else (*outline, max(line, key=lambda point: _apart(point, outline[0], outline[-1])))


def _bends(line: Line, tolerance: float) -> list[int]:
    """The positions of the points that are kept."""
    kept, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        one, other = line[first], line[last]
        farthest = max(range(first + 1, last), key=lambda at: _apart(line[at], one, other))
        if _apart(line[farthest], one, other) > tolerance:
            kept.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return sorted(kept)


def _apart(point: Point, one: Point, other: Point) -> float:
    """How far a point is from the line through two others; from the first where they are the same."""
    right, down = other[0] - one[0], other[1] - one[1]
    long = hypot(right, down)
    if not long:
        return hypot(point[0] - one[0], point[1] - one[1])
    return abs(right * (point[1] - one[1]) - down * (point[0] - one[0])) / long
