"""A figure's JSON as panels of plain values, which the PDF and PowerPoint draw alike. Draws nothing.

Every kind of trace, line, marker, pattern, shape and note is read here, once; a feature that is not read is left out and named.
A panel is a pair of axes. Dates are days since the last of 1899, as workbooks count them; colours are as CSS has them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from charts.theme import Drawing, fade, templates

EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook."""
SYMBOLS = ("circle", "diamond", "square", "line-ew", "triangle-down", "triangle-right", "x-thin-open")
_DAY = 86_400_000  # milliseconds, in which a bar on an axis of dates has its width
Value = float | int | None
Json = dict[str, Any]


class UnsupportedChart(ValueError):
    """A figure uses a chart feature that files do not draw; the message names it."""


@dataclass(frozen=True)
class Marker:
    """The mark at a point: one of SYMBOLS, its size in pixels, its colours ("" for none) and the width of its edge."""

    symbol: str
    size: float
    fill: str
    edge: str
    width: float


@dataclass(frozen=True)
class Series:
    """A line, points, or both; None in `x` and `y` is a gap, steps are written out as corners. Without a line `width` is 0.

    `look` is line, dashed, dotted, points or band; `dash` is as SVG takes it. A `fill` that is not "" reaches down to zero with
    `zero`, else back to its first point. Without `clipped` the line may leave the plot.
    """

    name: str
    look: str
    x: tuple[Value, ...]
    y: tuple[Value, ...]
    colour: str
    width: float
    dash: str
    marker: Marker | None
    fill: str
    zero: bool
    clipped: bool

    @property
    def runs(self) -> list[list[tuple[float, float]]]:
        """The points between two gaps, together."""
        runs: list[list[tuple[float, float]]] = [[]]
        for x, y in zip(self.x, self.y, strict=True):
            if x is None or y is None:
                runs.append([])
            else:
                runs[-1].append((x, y))
        return [run for run in runs if run]

    @property
    def areas(self) -> list[list[tuple[float, float]]]:
        """The outlines of what is filled, one a run."""
        return [[*run, (run[-1][0], 0), (run[0][0], 0)] if self.zero else run for run in self.runs]


@dataclass(frozen=True)
class Bars:
    """Columns or bars across: places in `x`, lengths in `y`, a colour each, or one. `look` is bars, or hatched with a `pattern`.

    `width` and `shift`, the distance of their middle from their place, are in numbers of their axis.
    """

    name: str
    look: str
    x: tuple[Value, ...]
    y: tuple[Value, ...]
    colours: tuple[str, ...]
    pattern: Json
    lying: bool
    width: float
    shift: float = 0.0


@dataclass(frozen=True)
class Texts:
    """Texts to the right of points, as plotly's HTML."""

    x: tuple[Value, ...]
    y: tuple[Value, ...]
    texts: tuple[str, ...]
    size: float
    colour: str


@dataclass(frozen=True)
class Panel:
    """A pair of axes and what is drawn on it. `kind` is points, columns or lying (bars across).

    `x` and `y` are plotly's axes with what their template adds, their ranges and ticks as numbers; `axis` is the name of the second.
    `part` is (from, to), the part of the figure's height from below. `labelled`: whether the x axis has its texts here. `gap` is what
    bars leave empty, as a part of their place.
    """

    kind: str
    axis: str
    x: Json
    y: Json
    part: tuple[float, float]
    labelled: bool
    bars: tuple[Bars, ...]
    series: tuple[Series, ...]
    texts: tuple[Texts, ...]
    stacked: bool
    gap: float

    @property
    def turned(self) -> bool:
        """Whether its numbers grow downwards."""
        low, high = self.y["range"]
        return self.kind == "points" and low > high


@dataclass(frozen=True)
class Figure:
    """A figure: its panels from above to below, its shapes and notes as plotly has them with what the template adds, its margins.

    `unsupported` are the features that were left out.
    """

    panels: tuple[Panel, ...]
    shapes: tuple[Json, ...]
    notes: tuple[Json, ...]
    margin: dict[str, float]
    unsupported: tuple[str, ...]


def figure(drawing: Drawing) -> Figure:
    """The figure of a drawing."""
    whole = json.loads(drawing.text)
    layout, base = whole["layout"], templates()[whole["template"]]["layout"]
    unsupported: dict[str, None] = {}

    def each(read: Callable[[Json], Any], parts: Iterable[Json]) -> Iterator[Any]:
        for part in parts:
            try:
                yield read(part)
            except UnsupportedChart as feature:
                unsupported[str(feature)] = None

    traces = list(each(partial(_trace, layout=layout, base=base), (look for trace in whole["data"] for look in _one_look(trace))))
    names = dict.fromkeys([*(f"y{name[5:]}" for name in layout if name.startswith("yaxis")), *(axis for axis, _ in traces)]) or ["y"]
    panels = [_panel(name, [mark for axis, mark in traces if axis == name], layout, base) for name in names]
    panels.sort(key=lambda panel: -panel.part[1])
    shapes, notes = each(_shape, layout.get("shapes", ())), each(partial(_note, base=base), layout.get("annotations", ()))
    return Figure(tuple(panels), tuple(shapes), tuple(notes), layout["margin"], tuple(unsupported))


def number(value: Any) -> Any:
    """A position as a number: a date as its day, what is no number as None. Raises UnsupportedChart for any other text."""
    if not isinstance(value, str):
        return None if value is None or value != value else value
    try:
        return (date.fromisoformat(value[:10]) - EPOCH).days
    except ValueError:
        raise UnsupportedChart(f"an axis of categories ({value!r})") from None


def _numbers(values: Iterable[Any]) -> tuple[Value, ...]:
    return tuple(map(number, values))


def _known(feature: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise UnsupportedChart(f"{feature} {value!r}")
    return value


def _one_look(trace: Json) -> Iterator[Json]:
    """The trace; one whose marks have colours of their own as one trace a colour."""
    marker = trace.get("marker", {})
    edge = marker.get("line", {})
    colours = [part.get("color") for part in (marker, edge)]
    if trace["type"] != "scatter" or not any(isinstance(colour, list) for colour in colours):
        yield trace
        return
    looks = list(zip(*(colour if isinstance(colour, list) else [colour] * len(trace["x"]) for colour in colours), strict=True))
    for fill, line in dict.fromkeys(looks):
        own = {side: [at for at, look in zip(trace[side], looks, strict=True) if look == (fill, line)] for side in ("x", "y")}
        yield trace | own | {"marker": marker | {"color": fill, "line": edge | {"color": line}}}


def _trace(trace: Json, layout: Json, base: Json) -> tuple[str, Bars | Texts | Series]:
    """A trace and the y axis that it is on."""
    kind, axis = _known("a trace of the kind", trace["type"], ("bar", "scatter")), trace.get("yaxis", "y")
    _known("a second x axis", trace.get("xaxis", "x"), ("x",))
    if kind == "bar":
        _known("bars in the mode", layout.get("barmode", "group"), ("group", "stack"))
        return axis, _bars(trace)
    for name in ("xaxis", f"yaxis{axis[1:]}"):
        if "range" not in layout.get(name, {}):
            raise UnsupportedChart(f"an axis {name} without a range")
    mode = _known("a scatter of", trace["mode"], ("lines", "markers", "lines+markers", "text"))
    if mode != "text":
        return axis, _series(trace)
    _known("text at the", trace["textposition"], ("middle right",))
    font = base["font"] | trace["textfont"]
    return axis, Texts(_numbers(trace["x"]), _numbers(trace["y"]), tuple(trace["text"]), font["size"], font["color"])


def _series(trace: Json) -> Series:
    line, mark, lined = trace.get("line", {}), trace.get("marker", {}), "lines" in trace["mode"]
    shape = _known("a line of the shape", line.get("shape", "linear"), ("linear", "hv"))
    fill = _known("an area filled", trace.get("fill", "none"), ("none", "tozeroy", "toself"))
    points = zip(_numbers(trace["x"]), _numbers(trace["y"]), strict=True)
    x, y = zip(*(_corners(points) if shape == "hv" else points), strict=True) if trace["x"] else ((), ())
    colour = line.get("color") or mark.get("color") or trace.get("fillcolor", "#000000")
    colour = fade(colour, trace["opacity"]) if "opacity" in trace else colour
    dash = line.get("dash", "").replace("px", "")
    on, _, off = dash.partition(",")
    # Dashes that are shorter than the space between them are dots.
    drawn = "line" if not dash else "dotted" if float(on) < float(off) else "dashed"
    look = "band" if fill == "toself" else drawn if lined else "points"
    edge, marker = mark.get("line", {}), None
    if "markers" in trace["mode"]:
        symbol = _known("a marker of the form", mark.get("symbol", "circle"), SYMBOLS)
        marker = Marker(symbol, mark.get("size", 6), mark.get("color") or "", edge.get("color") or "", edge.get("width", 0))
    area = trace["fillcolor"] if fill != "none" else ""
    width, clipped = line.get("width", 2) if lined else 0, trace.get("cliponaxis", True)
    return Series(trace.get("name", ""), look, x, y, colour, width, dash, marker, area, fill == "tozeroy", clipped)


def _corners(points: Iterable[tuple[Value, Value]]) -> Iterator[tuple[Value, Value]]:
    """Steps: a value is held until the next point, then taken up at once."""
    before: tuple[Value, Value] = (None, None)
    for x, y in points:
        if None not in before and y is not None and y != before[1]:
            yield x, before[1]
        yield x, y
        before = (x, y)


def _bars(trace: Json) -> Bars:
    marker, lying = trace["marker"], trace.get("orientation") == "h"
    pattern = marker.get("pattern", {})
    _known("a pattern of", pattern.get("shape", "/"), ("/",))
    places, lengths = (trace["y"], trace["x"]) if lying else (trace["x"], trace["y"])
    width = trace.get("width", 0) / (_DAY if any(isinstance(place, str) for place in places) else 1)
    colours = pattern.get("fgcolor") or marker["color"]
    colours = (colours,) if isinstance(colours, str) else tuple(colours)
    look = "hatched" if pattern else "bars"
    return Bars(trace.get("name", ""), look, _numbers(places), _numbers(lengths), colours, pattern, lying, width)


def _panel(name: str, marks: list[Bars | Texts | Series], layout: Json, base: Json) -> Panel:
    bars = tuple(mark for mark in marks if isinstance(mark, Bars))
    places = sorted({place for mark in bars for place in mark.x if place is not None})
    step = min((after - before for before, after in zip(places, places[1:], strict=False)), default=1.0)
    x, y = _axis("xaxis", layout, base, places or [0], step), _axis(f"yaxis{name[1:]}", layout, base, [0], 2)
    kind = "lying" if any(mark.lying for mark in bars) else "columns" if bars else "points"
    gap = layout.get("bargap", 1 - max((mark.width for mark in bars), default=0) / (365.25 if x.get("type") == "date" else 1))
    stacked, labelled = layout.get("barmode") == "stack", x.get("anchor", "y") == name and x["visible"]
    if not stacked:
        # Bars that share the room of a place stand side by side.
        room, own = step * (1 - gap) / max(len(bars), 1), 1 - layout.get("bargroupgap", 0)
        middle = (len(bars) - 1) / 2
        bars = tuple(replace(mark, shift=(at - middle) * room, width=room * own) for at, mark in enumerate(bars))
    series, texts = tuple(mark for mark in marks if isinstance(mark, Series)), tuple(mark for mark in marks if isinstance(mark, Texts))
    return Panel(kind, name, x, y, tuple(y.get("domain", (0.0, 1.0))), labelled, bars, series, texts, stacked, gap)


def _axis(name: str, layout: Json, base: Json, places: Sequence[float], step: float) -> Json:
    """An axis; without a range it has half a step more than its places on either side, as plotly gives columns."""
    axis = {"visible": True, "range": (places[0] - step / 2, places[-1] + step / 2)} | base[name[:5]] | layout.get(name, {})
    return axis | {"range": _numbers(axis["range"]), "tickvals": _numbers(axis.get("tickvals", ())), "ticktext": axis.get("ticktext", ())}


def _shape(shape: Json) -> Json:
    kind = _known("a shape of the kind", shape["type"], ("line", "rect", "path"))
    if kind == "path" and (shape.get("xsizemode"), shape.get("ysizemode")) != ("pixel", "pixel"):
        raise UnsupportedChart("a path that is not in pixels")
    if kind == "rect" and shape["line"].get("width"):
        raise UnsupportedChart("a rectangle with an edge")
    return shape


def _note(note: Json, base: Json) -> Json:
    whole = {"xanchor": "center", "yanchor": "middle", "xshift": 0, "yshift": 0} | base["annotationdefaults"] | note
    if whole["showarrow"]:
        raise UnsupportedChart("a note with an arrow")
    return whole | {"font": base["annotationdefaults"]["font"] | note.get("font", {})}
