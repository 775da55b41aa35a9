"""A sparkline for a card. Must not have text or axes: the card has everything in words."""

import math
from collections.abc import Sequence
from typing import TypeGuard

from charts.theme import Palette

WIDTH, HEIGHT = 120, 32
_EDGE = 4  # space for the dot


def svg(values: Sequence[float | None], colours: Palette) -> str:
    """An SVG document of `values` at equal distances, as steps; None or NaN leaves a gap. Empty without known values."""
    known = [value for value in values if _is_known(value)]
    if not known:
        return ""
    low, high = min(known), max(known)
    places = [_across(at, len(values)) for at in range(len(values))]
    points = [(x, _up(value, low, high)) if _is_known(value) else None for x, value in zip(places, values, strict=True)]
    stroke = f'fill="none" stroke="{colours.muted}" stroke-width="1.5"'
    lines = "".join(f'<polyline points="{_steps(run)}" {stroke}/>' for run in _runs(points) if len(run) > 1)
    x, y = [point for point in points if point][-1]
    dot = f'<circle cx="{x:g}" cy="{y:g}" r="3" fill="{colours.ink}"/>'
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} aria-hidden="true" focusable="false">{lines}{dot}</svg>'


def _is_known(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _across(at: int, count: int) -> float:
    return round(_EDGE + (WIDTH - 2 * _EDGE) * (at / (count - 1) if count > 1 else 1), 1)


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
