"""A figure's JSON as panels of plain series: what a chart of any program is made of. Draws nothing.

A panel is a pair of axes. Steps are written out as corners, dates as days since the last of 1899, as workbooks count them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from charts.theme import SMALL, Drawing
from exports.deck.canvas import Box
from exports.drawing.traces import one_look

EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook."""
GROWN = 16 / SMALL
"""How much larger than on a page words, lines and margins are on a slide: the smallest words become 12 points."""
Value = float | int | None


@dataclass(frozen=True)
class Series:
    """A line, points, or columns: `x` and `y` as numbers, None in `y` for a gap. Colours are `#RRGGBB` with an opacity.

    `look` is line, dashed, dotted, points, band or bars, hatched. `colours` has one colour, or one for each bar. `marker` is a
    symbol, its size in pixels, its fill, its edge and the width of that; None without markers. `zero`: filled down to zero.
    """

    name: str
    look: str
    x: tuple[Value, ...]
    y: tuple[Value, ...]
    colours: tuple[tuple[str, float], ...]
    width: float = 0.0
    marker: tuple[str, float, str, str, float] | None = None
    fill: tuple[str, float] | None = None
    zero: bool = False


@dataclass(frozen=True)
class Words:
    """Words at points of a panel, each with x, y and its text: what a figure writes in a trace of its own."""

    x: tuple[Value, ...]
    y: tuple[Value, ...]
    texts: tuple[str, ...]
    colour: str


@dataclass(frozen=True)
class Panel:
    """A pair of axes and what is drawn on it.

    `kind` is points (x and y are numbers), columns or lying (bars across). `x`, `y` are plotly's axes, `axis` the name of the second.
    `part` is (from, to), the part of the figure's height from below. `labelled`: whether the x axis has its words here. `bars` are the
    series of columns or bars, `lines` all others. `gap` is what bars leave empty, as a part of their room.
    """

    kind: str
    axis: str
    x: dict[str, Any]
    y: dict[str, Any]
    part: tuple[float, float]
    labelled: bool
    bars: tuple[Series, ...]
    lines: tuple[Series, ...]
    words: tuple[Words, ...]
    stacked: bool
    gap: float


@dataclass(frozen=True)
class Figure:
    """A figure: its panels from above to below, its notes and shapes as plotly has them, its margins in pixels of a slide.

    `unknown` are the kinds of traces that none of this can hold.
    """

    panels: tuple[Panel, ...]
    notes: tuple[dict[str, Any], ...]
    shapes: tuple[dict[str, Any], ...]
    margin: dict[str, float]
    unknown: tuple[str, ...] = field(default=())


def figure(drawing: Drawing) -> Figure:
    """The panels of a drawing."""
    whole = json.loads(drawing.text)
    layout, data = whole["layout"], one_look(whole["data"])
    drawn = [trace for trace in data if trace["type"] in ("scatter", "bar") and _placed(trace)]
    names = dict.fromkeys(trace.get("yaxis", "y") for trace in drawn) or {"y": None}
    panels = sorted((_panel(name, drawn, layout) for name in names), key=lambda panel: -panel.part[1])
    margin = {side: width * GROWN for side, width in layout["margin"].items()}
    unknown = tuple(dict.fromkeys(trace["type"] for trace in data if trace not in drawn))
    return Figure(tuple(panels), tuple(layout.get("annotations", ())), tuple(layout.get("shapes", ())), margin, unknown)


def _panel(name: str, data: list[dict[str, Any]], layout: dict[str, Any]) -> Panel:
    own = [trace for trace in data if trace.get("yaxis", "y") == name]
    x, y = layout.get("xaxis", {}), layout.get(f"yaxis{name[1:]}", {})
    bars = [trace for trace in own if trace["type"] == "bar"]
    lying = any(trace.get("orientation") == "h" for trace in bars)
    texts = [trace for trace in own if trace.get("mode") == "text"]
    lines = [trace for trace in own if trace not in bars and trace not in texts]
    part = tuple(y.get("domain", (0.0, 1.0)))
    gap = layout.get("bargap", 1 - (0.62 if lying else 0.68))
    read = tuple(_words(trace) for trace in texts)
    kind = "lying" if lying else "columns" if bars else "points"
    labelled = x.get("anchor", "y") == name and x.get("visible", True)
    stacked = layout.get("barmode") == "stack"
    drawn = tuple(map(_bars, bars)), tuple(map(_line, lines))
    return Panel(kind, name, x, y, (part[0], part[1]), labelled, *drawn, read, stacked, gap)


def _placed(trace: dict[str, Any]) -> bool:
    """Whether its points stand at numbers or dates, and not at words."""
    positions = [at for side in ("x", "y") for at in trace[side] if isinstance(at, str)]
    return all(re.match(r"\d{4}-\d\d-\d\d", at) for at in positions)


def number(at: Any) -> Value:
    """A position on an axis as a number: a date as its day, what is no number as None."""
    if isinstance(at, str):
        return (date.fromisoformat(at[:10]) - EPOCH).days
    return None if at is None or at != at else at


def colour(text: str) -> tuple[str, float]:
    """A colour as CSS has it, `#RRGGBB` or `rgba(…)`, as `#RRGGBB` and its opacity."""
    if text.startswith("#"):
        return text.upper(), 1.0
    red, green, blue, *opacity = re.findall(r"[\d.]+", text)
    return "#{:02X}{:02X}{:02X}".format(*(int(float(part)) for part in (red, green, blue))), float(opacity[0]) if opacity else 1.0


def _line(trace: dict[str, Any]) -> Series:
    line, mode = trace.get("line", {}), trace.get("mode", "lines")
    points = list(zip(map(number, trace["x"]), map(number, trace["y"]), strict=True))
    if line.get("shape") == "hv":
        points = list(_corners(points))
    filled = trace.get("fill") in ("toself", "tozeroy")
    look = "band" if trace.get("fill") == "toself" else "points" if "lines" not in mode else _dash(line.get("dash", ""))
    hue = colour(line.get("color") or trace.get("marker", {}).get("color") or trace.get("fillcolor", "#000000"))
    return Series(
        trace.get("name", ""), look, tuple(x for x, _ in points), tuple(y for _, y in points), (hue,),
        line.get("width", 2) * GROWN if "lines" in mode else 0.0,
        _marker(trace) if "markers" in mode else None,
        colour(trace["fillcolor"]) if filled and "fillcolor" in trace else None,
        trace.get("fill") == "tozeroy",
    )  # fmt: skip


def _dash(dash: str) -> str:
    """Dashes as plotly gives them, `5px,5px`: those shorter than the space between them are dots."""
    if dash in ("", "solid"):
        return "line"
    lengths = [float(part) for part in re.findall(r"[\d.]+", dash)]
    return "dotted" if dash == "dot" or (len(lengths) > 1 and lengths[0] < lengths[1]) else "dashed"


_SYMBOLS = {
    **{"line-ew": "dash", "diamond": "diamond", "square": "square", "x-thin-open": "x"},
    **dict.fromkeys(("triangle-down", "triangle-right"), "triangle"),
}
"""What PowerPoint calls a mark; its triangles stand upright only."""


def _marker(trace: dict[str, Any]) -> tuple[str, float, str, str, float]:
    marker = trace.get("marker", {})
    line = marker.get("line", {})
    fill = marker.get("color") if isinstance(marker.get("color"), str) else ""
    symbol = _SYMBOLS.get(marker.get("symbol", "circle"), "circle")
    edge = line.get("color", fill)
    return symbol, marker.get("size", 6) * GROWN, fill or edge, edge, line.get("width", 0) * GROWN


def _corners(points: list[tuple[Value, Value]]) -> Iterator[tuple[Value, Value]]:
    """Steps: a value is held until the next point, then taken up at once."""
    before: tuple[Value, Value] = (None, None)
    for x, y in points:
        if None not in before and y is not None and y != before[1]:
            yield x, before[1]
        yield x, y
        before = (x, y)


def _bars(trace: dict[str, Any]) -> Series:
    marker, lying = trace.get("marker", {}), trace.get("orientation") == "h"
    pattern, given = marker.get("pattern"), marker.get("color", "#000000")
    hues = (pattern or {}).get("fgcolor") or given
    hues = hues if isinstance(hues, list) else [hues]
    at, long = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
    return Series(
        trace.get("name", ""), "hatched" if pattern else "bars", tuple(map(number, at)), tuple(map(number, long)), tuple(map(colour, hues))
    )


def _words(trace: dict[str, Any]) -> Words:
    ink = trace.get("textfont", {}).get("color", "#000000")
    return Words(tuple(map(number, trace["x"])), tuple(map(number, trace["y"])), tuple(trace["text"]), ink)


def plot(found: Figure, panel: Panel, box: Box) -> Box:
    """Where the plot of a panel stands in the box of its figure."""
    whole = area(found, box)
    low, high = panel.part
    return Box(whole.left, whole.top + (1 - high) * whole.height, whole.width, (high - low) * whole.height)


def area(found: Figure, box: Box) -> Box:
    """The box without the margins; words beside the plot take two fifths of it at most."""
    side = found.margin
    left = min(side["l"], box.width * 0.4)
    right = min(side["r"], box.width * 0.42)
    return Box(box.left + left, box.top + side["t"], box.width - left - right, box.height - side["t"] - side["b"])
