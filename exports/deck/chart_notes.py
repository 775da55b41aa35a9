"""What a native chart cannot hold, as shapes at the same places: bands and shades under it; rings, names and numbers over it.

Numbers stay in the chart; what is drawn here does not move when somebody edits them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from charts.theme import SMALL
from exports.deck.canvas import Box, Sheet
from exports.deck.chart_axes import amounts, categories, days
from exports.deck.lettering import LINE, Lines, Run, marked_up, wide
from exports.deck.native_charts import Style
from exports.deck.panels import GROWN, Figure, Panel, Series, Value, area, colour, number, plot
from exports.drawing.outlines import Line, pieces


@dataclass(frozen=True)
class Place:
    """Where numbers of a panel stand on the slide: `plot` is its room, the rest its two scales, with `places` for columns and bars."""

    plot: Box
    panel: Panel
    low: tuple[float, float]
    high: tuple[float, float]
    places: tuple[float, ...] = ()

    def x(self, at: Value) -> float:
        """Pixels from the left edge of the slide."""
        share = self._between(at) if self.panel.kind == "columns" else self._share(at, 0)
        return self.plot.left + share * self.plot.width

    def y(self, at: Value) -> float:
        """Pixels from the upper edge of the slide."""
        share = 1 - self._between(at) if self.panel.kind == "lying" else self._share(at, 1)
        return self.plot.bottom - share * self.plot.height

    def _share(self, at: Value, side: int) -> float:
        return (at - self.low[side]) / ((self.high[side] - self.low[side]) or 1)

    def _between(self, at: Value) -> float:
        """How far along the categories a number stands: each has its middle at a half."""
        before = max((i for i, place in enumerate(self.places) if place <= at), default=0)
        after = min(before + 1, len(self.places) - 1)
        step = (self.places[after] - self.places[before]) or 1
        return (before + 0.5 + (at - self.places[before]) / step) / max(len(self.places), 1)


def place(panel: Panel, room: Box, exact: bool) -> Place:
    """The places of a panel, by the same scales that its chart is given."""
    up = amounts(panel.y)
    if panel.kind == "points":
        across = days(panel, room.width, exact) if panel.x.get("type") == "date" else amounts(panel.x)
        return Place(room, panel, (across.low, up.low), (across.high, up.high))
    across = amounts(panel.x) if panel.kind == "lying" else up
    return Place(room, panel, (across.low, up.low), (across.high, up.high), tuple(map(float, categories(panel)[0])))


def beneath(sheet: Sheet, found: Figure, places: Sequence[Place], box: Box) -> None:
    """Shades, rules and bands, under the charts."""
    for shape in found.shapes:
        if shape["type"] != "path":
            _shape(sheet, shape, places, area(found, box))
    for at in places:
        for series in at.panel.lines:
            if series.fill and at.panel.kind == "points":
                sheet.freeform(_filled(series, at), name=series.look, fill=series.fill[0], opacity=series.fill[1])
            if at.panel.kind != "points" and series.look != "points":
                runs = [tuple((at.x(x), at.y(y)) for x, y in run) for run in _runs(series)]
                sheet.freeform(runs, name=series.look, edge=series.colours[0][0], width=series.width)


def above(sheet: Sheet, found: Figure, places: Sequence[Place], box: Box, style: Style) -> None:
    """Rings of charts that hold none, words at points, notes."""
    for at in places:
        for series in at.panel.lines:
            _rings(sheet, series, at)
        for words in at.panel.words:
            for x, y, text in zip(words.x, words.y, words.texts, strict=True):
                lines = marked_up(text.replace("\N{NO-BREAK SPACE}", " ").strip(), Run("", SMALL * GROWN, words.colour), GROWN)
                _write(sheet, lines, at.x(x) + 10, at.y(y), "left", "middle", box)
    for shape in found.shapes:
        if shape["type"] == "path":
            _sign(sheet, shape, places, area(found, box))
    for note in found.notes:
        _note(sheet, note, places, area(found, box), box, style)


def _filled(series: Series, at: Place) -> Iterator[Line]:
    """The outlines of a filled series, one a run of points without a gap."""
    for run in _runs(series):
        points = [(at.x(x), at.y(y)) for x, y in run]
        if series.zero:
            points += [(points[-1][0], at.y(0)), (points[0][0], at.y(0))]
        yield tuple(points)


def _runs(series: Series) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(series.x, series.y, strict=True):
        if x is None or y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _rings(sheet: Sheet, series: Series, at: Place) -> None:
    """Rings: a chart of bars holds none, and not every program edges the points of a chart."""
    if series.marker is None or series.look != "points" or series.marker[0] != "circle":
        return
    _, size, fill, edge, width = series.marker
    for x, y in (point for run in _runs(series) for point in run):
        sheet.form(Box(at.x(x) - size / 2, at.y(y) - size / 2, size, size), "ellipse", name="ring", fill=fill, edge=edge, width=width)


def _where(mark: dict[str, Any], places: Sequence[Place], whole: Box, suffix: str = "") -> tuple[float, float]:
    """The place of a note or of a corner of a shape: in numbers of a panel, or in parts of the whole."""
    axis, _, domain = mark.get("yref", "y").partition(" ")
    at = next((one for one in places if one.panel.axis == axis), places[0])
    x, y = mark.get(f"x{suffix}", 0), mark.get(f"y{suffix}", 0)
    across = whole.left + x * whole.width if mark.get("xref") == "paper" else at.x(number(x))
    if domain:
        return across, at.plot.bottom - y * at.plot.height
    return across, whole.bottom - y * whole.height if axis == "paper" else at.y(number(y))


def _shape(sheet: Sheet, shape: dict[str, Any], places: Sequence[Place], whole: Box) -> None:
    (left, low), (right, high) = (_where(shape, places, whole, end) for end in ("0", "1"))
    line = shape.get("line", {})
    if shape["type"] == "rect":
        hue, opacity = colour(shape["fillcolor"])
        box = Box(max(min(left, right), whole.left), min(low, high), 0, abs(high - low))
        box = Box(box.left, box.top, min(max(left, right), whole.right) - box.left, box.height)
        sheet.form(box, "rect", name="shade", fill=hue, opacity=opacity)
    elif shape["type"] == "line":
        dash = "sysDot" if line.get("dash") else ""
        moved = tuple((x - whole.left, y - whole.top) for x, y in ((left, low), (right, high)))
        kept = [tuple((x + whole.left, y + whole.top) for x, y in piece) for piece in pieces(moved, whole.width, whole.height)]
        hue = colour(line.get("color", "#000000"))[0]
        sheet.freeform(kept, name="rule", edge=hue, width=line.get("width", 1) * GROWN, dash=dash)


def _sign(sheet: Sheet, shape: dict[str, Any], places: Sequence[Place], whole: Box) -> None:
    """A path in pixels around a place, upwards positive."""
    middle = _where({"x": shape["xanchor"], "y": shape["yanchor"]}, places, whole)
    steps = [tuple(map(float, step.split(","))) for step in re.findall(r"-?[\d.]+,-?[\d.]+", shape["path"])]
    line = tuple((middle[0] + x * GROWN, middle[1] - y * GROWN) for x, y in steps)
    sheet.freeform([line], name="sign", edge=colour(shape["line"]["color"])[0], width=shape["line"]["width"] * GROWN)


def _note(sheet: Sheet, note: dict[str, Any], places: Sequence[Place], whole: Box, box: Box, style: Style) -> None:
    font = note.get("font", {})
    plain = Run("", font.get("size", SMALL) * GROWN, colour(font.get("color", style.colours.muted))[0])
    x, y = _where(note, places, whole)
    x, y = x + note.get("xshift", 0) * GROWN, y - note.get("yshift", 0) * GROWN
    room = box if note.get("yref") == "paper" else Box(box.left, box.top, box.width, whole.bottom - box.top)
    _write(sheet, marked_up(note["text"], plain, GROWN), x, y, note.get("xanchor", "center"), note.get("yanchor", "middle"), room)


def _write(sheet: Sheet, lines: Lines, x: float, y: float, across: str, down: str, box: Box) -> None:
    """Lines at a point, moved as little as keeps them in the box."""
    width = max((sum(wide(run.text, run.size, run.bold) for run in line) for line in lines), default=0) + 2
    height = sum(max((run.size for run in line), default=0) * LINE for line in lines)
    left = x - width * {"left": 0, "center": 0.5, "right": 1}.get(across, 0.5)
    top = y - height * {"top": 0, "middle": 0.5, "bottom": 1}.get(down, 0.5)
    left, top = (
        min(max(at, first), max(last - long, first))
        for at, long, first, last in ((left, width, box.left, box.right), (top, height, box.top, box.bottom))
    )
    align = {"left": "l", "right": "r"}.get(across, "ctr")
    sheet.text(Box(left, top, width, height), lines, name="note", align=align, anchor="ctr", wrap=False)


def rooms(found: Figure, box: Box) -> list[Box]:
    """The frames of the panels of a figure: each with its plot and the words of its axes, none over another."""
    plots = [plot(found, panel, box) for panel in found.panels]
    edges = [box.top, *((one.bottom + other.top) / 2 for one, other in zip(plots, plots[1:], strict=False)), box.bottom]
    return [Box(box.left, top, box.width, bottom - top) for top, bottom in zip(edges, edges[1:], strict=False)]
