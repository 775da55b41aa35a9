"""A chart as SVG with real text, for paper and files: the figure that the browser draws, drawn here without one.

Written here because no library fits: plotly's own picture (kaleido) drives a Chrome; vl-convert carries a whole V8 and would need every
figure said again in Vega; matplotlib is large, brings a look of its own and knows neither notes moved by pixels nor hatched
steps. Only what charts/ uses is known; anything else raises NotDrawn, never a wrong picture.
"""

import json
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from charts.theme import Drawing, templates
from exports.drawing import svg_text
from exports.drawing.bars import draw_bars
from exports.drawing.markup import read
from exports.drawing.scales import NotDrawn, Plane, Scale, plane
from exports.drawing.traces import one_look

_PAD = 2  # pixels that plotly leaves around a note
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_SYMBOLS = {"circle": "", "diamond": "M{1},0L0,{1}L-{1},0L0,-{1}Z", "square": "M{0},{0}H-{0}V-{0}H{0}Z", "line-ew": "M{2},0H-{2}"}
_SYMBOLS |= {"triangle-down": "M-{3},-{4}H{3}L0,{0}Z", "triangle-right": "M-{4},-{3}V{3}L{0},0Z"}
_SYMBOLS |= {"x-thin-open": "M{0},{0}L-{0},-{0}M{0},-{0}L-{0},{0}"}
_REACH = (1, 1.3, 1.4, 1.155, 0.5)  # of the radius, as plotly draws these symbols


def chart_svg(drawing: Drawing, width: float) -> str:
    """An SVG document of `width` by the drawing's own height in pixels, transparent. Raises NotDrawn for what it does not know."""
    figure = json.loads(drawing.text)
    figure["data"] = one_look(figure["data"])
    base, room = templates()[figure["template"]]["layout"], plane(figure, width, drawing.height)
    size = {"width": f"{width:g}", "height": f"{drawing.height:g}", "viewBox": f"0 0 {width:g} {drawing.height:g}"}
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": svg_text.FAMILY})
    _frame(root, room)
    shapes = figure["layout"].get("shapes", ())
    for shape in shapes:
        if shape["type"] != "path":
            _shape(root, room, shape)
    _grid(root, room)
    draw_bars(root, room, [trace for trace in figure["data"] if trace["type"] == "bar"], figure["layout"])
    for trace in figure["data"]:
        if trace["type"] not in ("bar", "scatter"):
            raise NotDrawn(f"a trace of the kind {trace['type']!r}")
        if trace["type"] == "scatter":
            _scatter(root, room, trace, base)
    _edges(root, room)
    for shape in shapes:
        if shape["type"] == "path":
            _sign(root, room, shape)
    for note in figure["layout"].get("annotations", ()):
        _note(root, room, base["annotationdefaults"] | note, base["annotationdefaults"]["font"] | note.get("font", {}))
    return tostring(root, encoding="unicode")


def _frame(root: Element, room: Plane) -> None:
    """What may be drawn within: lines stay between the axes."""
    left, top, right, bottom = room.box
    clip = SubElement(SubElement(root, "defs"), "clipPath", {"id": "within"})
    SubElement(clip, "rect", {"x": f"{left:g}", "y": f"{top:g}", "width": f"{right - left:g}", "height": f"{bottom - top:g}"})


def _shape(root: Element, room: Plane, shape: Mapping[str, Any]) -> None:
    x = [room.across(shape.get("xref", "x"), shape[end]) for end in ("x0", "x1")]
    y = [room.down(shape.get("yref", "y"), shape[end]) for end in ("y0", "y1")]
    if shape["type"] == "line":
        _stroke(root, f"M{x[0]:.1f},{y[0]:.1f}L{x[1]:.1f},{y[1]:.1f}", shape["line"])
    elif shape["type"] == "rect" and not shape["line"].get("width"):
        place = {"x": f"{min(x):.1f}", "y": f"{min(y):.1f}", "width": f"{abs(x[1] - x[0]):.1f}", "height": f"{abs(y[1] - y[0]):.1f}"}
        SubElement(root, "rect", place | {"fill": shape["fillcolor"], "clip-path": "url(#within)"})
    else:
        raise NotDrawn(f"a shape of the kind {shape['type']!r}")


def _sign(root: Element, room: Plane, shape: Mapping[str, Any]) -> None:
    """A path in pixels around a place, upwards positive."""
    if shape.get("xsizemode") != "pixel" or shape.get("ysizemode") != "pixel":
        raise NotDrawn("a path that is not in pixels")
    at = room.across(shape.get("xref", "x"), shape["xanchor"]), room.down(shape.get("yref", "y"), shape["yanchor"])
    moved = SubElement(root, "g", {"transform": f"translate({at[0]:.1f} {at[1]:.1f}) scale(1 -1)"})
    _stroke(moved, shape["path"], shape["line"], clip=False)


def _stroke(root: Element, path: str, line: Mapping[str, Any], clip: bool = True) -> None:
    look = {"d": path, "fill": "none", "stroke": line["color"], "stroke-width": f"{line.get('width', 2):g}"}
    if "dash" in line:
        look["stroke-dasharray"] = line["dash"].replace("px", "")
    SubElement(root, "path", look | ({"clip-path": "url(#within)"} if clip else {}))


def _grid(root: Element, room: Plane) -> None:
    """Faint lines across at the ticks."""
    for name, axis in room.axes.items():
        if axis.look.get("visible", True) and axis.look["showgrid"]:
            if name[0] == "x":
                raise NotDrawn("upright grid lines")
            left, _, right, _ = room.box
            for tick in axis.look.get("tickvals", ()):
                line = {"color": axis.look["gridcolor"], "width": axis.look["gridwidth"]}
                _stroke(root, f"M{left:g},{axis.at(tick):.1f}H{right:g}", line, clip=False)


def _edges(root: Element, room: Plane) -> None:
    """The line and ticks under the figure, and what is written at both axes."""
    for name, axis in room.axes.items():
        if axis.look.get("visible", True):
            across = name[0] == "x"
            foot = room.axes[axis.look.get("anchor", "y")].start if across else room.box[0]
            if across:
                _foot(root, axis, foot)
            for tick, text in zip(axis.look.get("tickvals", ()), axis.look.get("ticktext", ()), strict=True):
                _tick(root, axis, axis.at(tick), foot, text, across)


def _foot(root: Element, axis: Scale, foot: float) -> None:
    ticks = "".join(f"M{axis.at(tick):.1f},{foot:g}v{axis.look['ticklen']}" for tick in axis.look.get("tickvals", ()))
    _stroke(root, f"M{axis.start:g},{foot:g}H{axis.end:g}{ticks}", {"color": axis.look["linecolor"], "width": 1}, clip=False)


def _tick(root: Element, axis: Scale, at: float, foot: float, text: str, across: bool) -> None:
    """The text of a tick, as far from the axis as plotly puts it."""
    font, gap = axis.look["tickfont"], axis.look["ticklabelstandoff"] + 0.5
    if across:
        x, baseline, anchor = at, foot + gap + axis.look["ticklen"] + 1.2 * font["size"], "middle"
    else:
        x, baseline, anchor = foot - gap, at + 0.35 * font["size"], "end"
    svg_text.write(root, read(text), x, baseline, font["size"], font["color"], anchor)


def _scatter(root: Element, room: Plane, trace: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    across, down = room.axes[trace.get("xaxis", "x")], room.axes[trace.get("yaxis", "y")]
    places = [None if x is None or y is None else (across.at(x), down.at(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
    clip = trace.get("cliponaxis", True)
    parts = trace["mode"].split("+")
    if unknown := set(parts) - {"lines", "markers", "text"}:
        raise NotDrawn(f"a scatter of {', '.join(sorted(unknown))}")
    if "lines" in parts:
        _lines(root, [run for run in _runs(places) if len(run) > 1], trace, down, clip)
    if "markers" in parts:
        _markers(root, [place for place in places if place], trace["marker"], clip)
    if "text" in parts:
        _texts(root, places, trace, base)


def _runs(places: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The places between two gaps, together."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return runs


def _lines(root: Element, runs: list[list[tuple[float, float]]], trace: Mapping[str, Any], down: Scale, clip: bool) -> None:
    shape, fill = trace["line"].get("shape", "linear"), trace.get("fill", "none")
    if shape not in ("linear", "hv") or fill not in ("none", "tozeroy", "toself"):
        raise NotDrawn(f"a line of shape {shape!r}, filled {fill!r}")
    paths = [_path(run, shape) for run in runs]
    if fill != "none":
        ends = "Z" if fill == "toself" else f"V{down.at(0):.1f}H{{:.1f}}Z"
        whole = "".join(path + ends.format(run[0][0]) for path, run in zip(paths, runs, strict=True))
        SubElement(root, "path", {"d": whole, "fill": trace["fillcolor"], "clip-path": "url(#within)"})
    if trace["line"].get("width") != 0 and paths:
        _stroke(root, "".join(paths), trace["line"], clip)


def _path(run: list[tuple[float, float]], shape: str) -> str:
    step = "H{0:.1f}V{1:.1f}" if shape == "hv" else "L{0:.1f},{1:.1f}"
    (x, y), rest = run[0], run[1:]
    return f"M{x:.1f},{y:.1f}" + "".join(step.format(*place) for place in rest)


def _markers(root: Element, places: list[tuple[float, float]], marker: Mapping[str, Any], clip: bool) -> None:
    symbol, radius, edge = marker.get("symbol", "circle"), marker["size"] / 2, marker.get("line", {})
    if symbol not in _SYMBOLS:
        raise NotDrawn(f"a marker of the form {symbol!r}")
    look = {"fill": marker.get("color", "none"), "stroke": edge.get("color", "none"), "stroke-width": f"{edge.get('width', 0):g}"}
    look |= {"clip-path": "url(#within)"} if clip else {}
    for x, y in places:
        place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:g}"}
        outline = _SYMBOLS[symbol].format(*(round(radius * reach, 2) for reach in _REACH))
        drawn = place if symbol == "circle" else {"d": outline, "transform": f"translate({x:.1f} {y:.1f})"}
        SubElement(root, "circle" if symbol == "circle" else "path", drawn | look)


def _texts(root: Element, places: list[tuple[float, float] | None], trace: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    if trace["textposition"] != "middle right":
        raise NotDrawn(f"text at the {trace['textposition']}")
    font = base["font"] | trace["textfont"]
    for place, text in zip(places, trace["text"], strict=True):
        if place:
            svg_text.write(root, read(text), place[0], place[1] + 0.35 * font["size"], font["size"], font["color"], "start")


def _note(root: Element, room: Plane, note: Mapping[str, Any], font: Mapping[str, Any]) -> None:
    """A note without an arrow, by the corner that its anchors name."""
    if note["showarrow"]:
        raise NotDrawn("a note with an arrow")
    x, y = room.across(note.get("xref", "x"), note["x"]), room.down(note.get("yref", "y"), note["y"])
    if not (room.seen(note.get("xref", "x"), x) and room.seen(note.get("yref", "y"), y)):
        return
    side, lines = note.get("xanchor", "center"), read(note["text"])
    x += note.get("xshift", 0) + {"left": _PAD, "center": 0, "right": -_PAD}[side]
    y -= note.get("yshift", 0)
    rise, drop = svg_text.rise(lines[0], font["size"]), svg_text.drop(lines[-1], font["size"])
    high = rise + (len(lines) - 1) * svg_text.LEADING * font["size"] + drop
    top = {"top": y + _PAD, "middle": y - high / 2, "bottom": y - _PAD - high}[note.get("yanchor", "middle")]
    svg_text.write(root, lines, x, top + rise, font["size"], font["color"], _ANCHORS[side])
