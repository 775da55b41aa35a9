"""What a native chart has no form for, as shapes at the same positions: bands and shades under it; rings, names and numbers over it.

These shapes do not move when the numbers of the chart are edited.
"""

import re

from exports.deck.canvas import Canvas
from exports.deck.chart_axes import across, amounts, categories
from exports.deck.lettering import GROWN, LINE, text_width
from exports.drawing.figure import Figure, Json, Panel, Series
from exports.drawing.geometry import Box, pieces
from exports.drawing.markup import Lines, Run, read
from exports.drawing.places import Place, Places, Scale

_FORMS = {"circle": "ellipse", "diamond": "diamond", "triangle-down": "flowChartMerge"}
_APART = 10  # pixels between a point and its text


def plots(figure: Figure, box: Box) -> Places:
    """The plots of a figure in its box, without its margins; texts beside them take two fifths of it at most."""
    side = {name: width * GROWN for name, width in figure.margin.items()}
    left, right = min(side["l"], box.width * 0.4), min(side["r"], box.width * 0.42)
    whole = Box(box.left + left, box.top + side["t"], box.width - left - right, box.height - side["t"] - side["b"])
    return Places(whole, [_place(panel, whole.part(*panel.part), len(figure.panels) > 1) for panel in figure.panels])


def _place(panel: Panel, plot: Box, exact: bool) -> Place:
    """A panel by the same scales that its chart is given."""
    wide = amounts(panel.x) if panel.kind == "lying" else across(panel, plot.width, exact)
    axes, high = Scale(wide.low, wide.high), amounts(panel.y)
    if panel.kind == "points":
        return Place(panel, plot, axes, Scale(high.low, high.high, turned=panel.turned))
    lying = panel.kind == "lying"
    standing = Scale(0, 1, tuple(map(float, categories(panel)[0])), turned=lying)
    return Place(panel, plot, *((axes, standing) if lying else (standing, Scale(high.low, high.high))))


def beneath(canvas: Canvas, figure: Figure, places: Places) -> None:
    """Shades, rules and bands, under the charts."""
    for shape in figure.shapes:
        if shape["type"] != "path":
            _shape(canvas, shape, places)
    for place in places.panels:
        for series in place.panel.series:
            if series.fill and place.panel.kind == "points":
                canvas.freeform(map(place.line, series.areas), name=series.look, fill=series.fill)
            if place.panel.kind != "points" and series.look != "points":
                canvas.freeform(map(place.line, series.runs), name=series.look, edge=series.colour, width=series.width * GROWN)


def above(canvas: Canvas, figure: Figure, places: Places, box: Box) -> None:
    """Rings, texts at points, signs and notes, over the charts."""
    for place in places.panels:
        for series in place.panel.series:
            _rings(canvas, series, place)
        for texts in place.panel.texts:
            plain = Run("", texts.size * GROWN, texts.colour)
            for x, y, text in zip(texts.x, texts.y, texts.texts, strict=True):
                if x is None or y is None:
                    continue
                lines = read(text.replace("\N{NO-BREAK SPACE}", " ").strip(), plain, GROWN)
                _write(canvas, lines, (place.x(x) + _APART, place.y(y)), ("left", "middle"), box)
    for shape in figure.shapes:
        if shape["type"] == "path":
            # In pixels around a place, upwards positive.
            left, top = places.at(shape, "xanchor", "yanchor")
            steps = re.findall(r"(-?[\d.]+),(-?[\d.]+)", shape["path"])
            line = tuple((left + float(x) * GROWN, top - float(y) * GROWN) for x, y in steps)
            canvas.freeform([line], name="sign", edge=shape["line"]["color"], width=shape["line"]["width"] * GROWN)
    for note in figure.notes:
        _note(canvas, note, places, box)


def _rings(canvas: Canvas, series: Series, place: Place) -> None:
    """Rings and other marks: a chart of bars holds none, and not every program draws the points of a chart."""
    mark = series.marker
    if mark is None or series.look != "points" or mark.symbol not in _FORMS:
        return
    size, edge = mark.size * GROWN, mark.edge or mark.fill
    for x, y in (point for run in series.runs for point in place.line(run)):
        ring = Box(x - size / 2, y - size / 2, size, size)
        canvas.form(ring, _FORMS[mark.symbol], name="ring", fill=mark.fill or edge, edge=edge, width=mark.width * GROWN)


def _shape(canvas: Canvas, shape: Json, places: Places) -> None:
    (left, low), (right, high), whole = places.at(shape, "x0", "y0"), places.at(shape, "x1", "y1"), places.whole
    if shape["type"] == "rect":
        first, last = max(min(left, right), whole.left), min(max(left, right), whole.right)
        canvas.form(Box(first, min(low, high), last - first, abs(high - low)), "rect", name="shade", fill=shape["fillcolor"])
        return
    moved, line = tuple((x - whole.left, y - whole.top) for x, y in ((left, low), (right, high))), shape["line"]
    kept = [tuple((x + whole.left, y + whole.top) for x, y in piece) for piece in pieces(moved, whole.width, whole.height)]
    dash = "sysDot" if line.get("dash") else ""
    canvas.freeform(kept, name="rule", edge=line["color"], width=line.get("width", 1) * GROWN, dash=dash)


def _note(canvas: Canvas, note: Json, places: Places, box: Box) -> None:
    (x, y), font, paper = places.at(note), note["font"], note.get("yref") == "paper"
    room = box if paper else Box(box.left, box.top, box.width, places.whole.bottom - box.top)
    lines = read(note["text"], Run("", font["size"] * GROWN, font["color"]), GROWN)
    spot = x + note["xshift"] * GROWN, y - note["yshift"] * GROWN
    _write(canvas, lines, spot, (note["xanchor"], note["yanchor"]), room)


def _write(canvas: Canvas, lines: Lines, spot: tuple[float, float], anchors: tuple[str, str], box: Box) -> None:
    """Text at a point, moved by as little as keeps it inside the box."""
    width = max((sum(text_width(run.text, run.size, run.bold) for run in line) for line in lines), default=0) + 2
    height = sum(max((run.size for run in line), default=0) * LINE for line in lines)
    left = spot[0] - width * {"left": 0, "center": 0.5, "right": 1}[anchors[0]]
    top = spot[1] - height * {"top": 0, "middle": 0.5, "bottom": 1}[anchors[1]]
    place = _within(left, width, box.left, box.right), _within(top, height, box.top, box.bottom)
    align = {"left": "l", "right": "r", "center": "ctr"}[anchors[0]]
    canvas.text(Box(*place, width, height), lines, name="note", align=align, anchor="ctr", wrap=False)


def _within(start: float, length: float, first: float, last: float) -> float:
    return min(max(start, first), max(last - length, first))


def frames(places: Places, box: Box) -> list[Box]:
    """The frames of the panels of a figure: each with its plot and the texts of its axes, none over another."""
    plots = [place.plot for place in places.panels]
    edges = [box.top, *((upper.bottom + lower.top) / 2 for upper, lower in zip(plots, plots[1:], strict=False)), box.bottom]
    return [Box(box.left, top, box.width, bottom - top) for top, bottom in zip(edges, edges[1:], strict=False)]
