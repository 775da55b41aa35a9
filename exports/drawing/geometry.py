"""Boxes, lines and outlines on a plane: cut to a frame, simplified to a tolerance."""

from dataclasses import dataclass
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Line = tuple[Point, ...]
"""An outline is closed: the first point is not repeated at the end."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, from its left and upper edge."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def inset(self, across: float, down: float) -> "Box":
        """The box that much smaller on every side."""
        return Box(self.left + across, self.top + down, self.width - 2 * across, self.height - 2 * down)

    def below(self, height: float) -> "Box":
        """What is left of it under its first `height` pixels."""
        return Box(self.left, self.top + height, self.width, max(self.height - height, 0))

    def part(self, low: float, high: float) -> "Box":
        """The box between two parts of its height, counted from below."""
        return Box(self.left, self.top + (1 - high) * self.height, self.width, (high - low) * self.height)


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


def _cut(outline: Line, axis: int, edge: float, sign: int) -> Line:
    """What of an outline lies on a side of an edge: above it (`sign` 1) or below it (-1) on the axis."""
    kept: list[Point] = []
    for p, q in pairwise((*outline[-1:], *outline)):
        before, after = (p[axis] - edge) * sign >= 0, (q[axis] - edge) * sign >= 0
        if before != after:
            part = (edge - p[axis]) / (q[axis] - p[axis])
            across = p[1 - axis] + part * (q[1 - axis] - p[1 - axis])
            kept.append((edge, across) if axis == 0 else (across, edge))
        if after:
            kept.append(q)
    return tuple(kept)


def _inside(line: Line, width: float, height: float) -> bool:
    return all(0 <= x <= width and 0 <= y <= height for x, y in line)


def pieces(line: Line, width: float, height: float) -> list[Line]:
    """The parts of an open line in a frame (Liang and Barsky)."""
    if _inside(line, width, height):
        return [line]
    parts: list[list[Point]] = []
    for p, q in pairwise(line):
        seen = _seen(p, q, width, height)
        if seen and parts and parts[-1][-1] == seen[0]:
            parts[-1].append(seen[1])
        elif seen:
            parts.append(list(seen))
    return [tuple(piece) for piece in parts]


def _seen(p: Point, q: Point, width: float, height: float) -> tuple[Point, Point] | None:
    start, end = 0.0, 1.0
    for axis, edge in ((0, width), (1, height)):
        step = q[axis] - p[axis]
        if step == 0:
            if not 0 <= p[axis] <= edge:
                return None
            continue
        enters, leaves = sorted((-p[axis] / step, (edge - p[axis]) / step))
        start, end = max(start, enters), min(end, leaves)
    if start >= end:
        return None
    at = [(p[0] + part * (q[0] - p[0]), p[1] + part * (q[1] - p[1])) for part in (start, end)]
    return (p if start == 0 else at[0]), (q if end == 1 else at[1])


def simplified(line: Line, tolerance: float, closed: bool = False) -> Line:
    """The line with few points that deviates nowhere by more than `tolerance` (Douglas and Peucker). An outline keeps three points."""
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
        p, q = line[first], line[last]
        farthest = max(range(first + 1, last), key=lambda at: _apart(line[at], p, q))
        if _apart(line[farthest], p, q) > tolerance:
            kept.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return sorted(kept)


def _apart(point: Point, p: Point, q: Point) -> float:
    """How far a point is from the line through two others; from the first where they are the same."""
    right, down = q[0] - p[0], q[1] - p[1]
    long = hypot(right, down)
    if not long:
        return hypot(point[0] - p[0], point[1] - p[1])
    return abs(right * (point[1] - p[1]) - down * (point[0] - p[0])) / long
