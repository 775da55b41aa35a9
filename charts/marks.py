"""Small SVG documents beside words: marks of states and verdicts, told apart by shape as well as colour, and sparklines."""

import math
from collections.abc import Sequence
from typing import TypeGuard

from charts.theme import Palette

SHAPES = {
    "target_achieved": "M3 8.5 6.5 12 13 4.5",
    "reached_late": "M3 8.5 6.5 12 13 4.5",
    "on_track": "M8 3 13.5 13H2.5Z",
    "acceleration_needed": "M8 2 14 8 8 14 2 8Z",
    "limited_progress": "M3 3H13V13H3Z",
    "deterioration": "M2.5 3H13.5L8 13Z",
    "matches": "M3 8.5 6.5 12 13 4.5",
    "consistent": "M2 4.5H14M2 11.5H14M8 7.6V8.4",
    "differs": "M2.5 5.5H13.5M2.5 10.5H13.5M11.5 2.5 4.5 13.5",
    "definition": "M8 2 14 8 8 14 2 8Z",
}
"""Paths on a grid of 16; a state without one is drawn as a ring: nothing was published or can be checked."""

OPEN = ("target_achieved", "reached_late", "matches", "consistent", "differs")
"""The states whose path is a line."""

WIDTH, HEIGHT = 120, 32
_EDGE = 4  # space for the dot

RING = '<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>'


def mark(state: str, palette: Palette) -> str:
    """The mark of a state as an SVG document; the word beside it has the same meaning."""
    path = SHAPES.get(state)
    open_line = state in OPEN
    paint = 'fill="none" stroke="currentColor" stroke-width="2.4"' if open_line else 'fill="currentColor"'
    body = f'<path d="{path}" {paint}/>' if path else RING
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" style="color:{colour(state, palette)}">{body}</svg>'


def colour(state: str, palette: Palette) -> str:
    """The colour of a state: good, warning or bad; muted where unknown."""
    if state in ("target_achieved", "on_track", "matches", "consistent"):
        return palette.good
    if state in ("reached_late", "acceleration_needed", "limited_progress", "definition"):
        return palette.warn
    return palette.bad if state in ("deterioration", "differs") else palette.muted


def sparkline(values: Sequence[float | None], colours: Palette) -> str:
    """An SVG document of `values` at equal distances, as steps; None or NaN leaves a gap. Empty without known values."""
    known = [value for value in values if _is_known(value)]
    if not known:
        return ""
    low, high = min(known), max(known)
    # A single value is at the right end.
    places = [round(_EDGE + (WIDTH - 2 * _EDGE) * (at / (len(values) - 1) if len(values) > 1 else 1), 1) for at in range(len(values))]
    points = [(x, _up(value, low, high)) if _is_known(value) else None for x, value in zip(places, values, strict=True)]
    stroke = f'fill="none" stroke="{colours.muted}" stroke-width="1.5"'
    lines = "".join(f'<polyline points="{_steps(run)}" {stroke}/>' for run in _runs(points) if len(run) > 1)
    x, y = [point for point in points if point][-1]
    dot = f'<circle cx="{x:g}" cy="{y:g}" r="3" fill="{colours.ink}"/>'
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true" focusable="false">{lines}{dot}</svg>'


def _is_known(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _up(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * share, 1)


def _runs(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The runs of points between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return runs


def _steps(run: list[tuple[float, float]]) -> str:
    corners = [run[0]]
    for before, after in zip(run, run[1:], strict=False):
        corners += [(after[0], before[1]), after]
    return " ".join(f"{x:g},{y:g}" for x, y in corners)
