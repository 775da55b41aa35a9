"""A chart or the map as SVG with real text, for paper and files: what the browser draws, drawn here without one.

Written here because no library fits: plotly's own picture (kaleido) drives a Chrome; vl-convert carries a whole V8 and would need every
figure a second time in Vega; matplotlib is large, brings a look of its own and knows neither notes moved by pixels nor hatched
steps. A figure with a feature that exports/drawing/figure.py does not read is refused, so that no picture is wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from charts.map import World
from charts.theme import FONT, Drawing, Palette
from exports.drawing.figure import Json, Marker, Series, UnsupportedChart, figure
from exports.drawing.geometry import Box, Point
from exports.drawing.land import Ground, ground
from exports.drawing.markup import Lines, Run, clean, read
from exports.drawing.places import Place, Places, Scale

FAMILY = f"Dashboard Sans, {FONT}"
"""The font under the name it bears in our own file (assets/fonts), then as on the pages."""
ASCENT, DESCENT, LEADING = 0.95, 0.24, 1.3
"""Of the font: over and under its base line, and from line to line, in parts of its size."""
NAME = 13
"""Pixels: the size of a city's name, as of the small text beside the map."""
_EDGE = 0.8  # land is edged in its own colour, so that small islands stay visible
_PAD = 2  # pixels that plotly leaves around a note
_CLIP = {"clip-path": "url(#within)"}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_SYMBOLS = {"diamond": "M{1},0L0,{1}L-{1},0L0,-{1}Z", "square": "M{0},{0}H-{0}V-{0}H{0}Z", "line-ew": "M{2},0H-{2}"}
_SYMBOLS |= {"triangle-down": "M-{3},-{4}H{3}L0,{0}Z", "triangle-right": "M-{4},-{3}V{3}L{0},0Z"}
_SYMBOLS |= {"x-thin-open": "M{0},{0}L-{0},-{0}M{0},-{0}L-{0},{0}"}
_REACH = (1, 1.3, 1.4, 1.155, 0.5)  # of the radius, as plotly draws these symbols


def chart_svg(drawing: Drawing, width: float) -> str:
    """An SVG document of `width` by the drawing's own height in pixels, transparent. Raises UnsupportedChart."""
    chart = figure(drawing)
    if chart.unsupported:
        raise UnsupportedChart(chart.unsupported[0])
    side = chart.margin
    whole = Box(side["l"], side["t"], width - side["l"] - side["r"], drawing.height - side["t"] - side["b"])
    scales = [(panel, Scale(*panel.x["range"]), Scale(*panel.y["range"])) for panel in chart.panels]
    places = Places(whole, [Place(panel, whole.part(*panel.part), across, up) for panel, across, up in scales])
    root = _document(width, drawing.height)
    # Lines stay between the axes.
    _rect(SubElement(SubElement(root, "defs"), "clipPath", {"id": "within"}), (whole.left, whole.right), (whole.top, whole.bottom))
    signs = [shape for shape in chart.shapes if shape["type"] == "path"]
    for shape in chart.shapes:
        if shape not in signs:
            _shape(root, places, shape)
    for place in places.panels:
        _grid(root, place)
        _bars(root, place)
        _marks(root, place)
        _edges(root, place)
    for shape in signs:
        moved = "translate({:.1f} {:.1f}) scale(1 -1)".format(*places.at(shape, "xanchor", "yanchor"))
        _stroke(SubElement(root, "g", {"transform": moved}), shape["path"], **_line(shape["line"]))
    for note in chart.notes:
        _note(root, places, note)
    return tostring(root, encoding="unicode")


def _document(width: float, height: float) -> Element:
    """An empty SVG document in our font."""
    size = {"width": f"{width:g}", "height": f"{height:g}", "viewBox": f"0 0 {width:g} {height:g}"}
    return Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": FAMILY})


def _path(lines: Iterable[Sequence[Point]], end: str = "") -> str:
    """Lines as the text of a path, each with an `end`: Z for outlines."""
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line) + end for line in lines)


def _stroke(parent: Element, lines: str, colour: str, width: float, dash: str = "", clip: bool = False) -> None:
    """A line without a fill."""
    look = {"d": lines, "fill": "none", "stroke": colour, "stroke-width": f"{width:g}"}
    SubElement(parent, "path", look | ({"stroke-dasharray": dash} if dash else {}) | (_CLIP if clip else {}))


def _line(line: Json) -> Json:
    return {"colour": line["color"], "width": line.get("width", 2), "dash": line.get("dash", "").replace("px", "")}


def _rect(parent: Element, x: tuple[float, float], y: tuple[float, float], **look: str) -> None:
    place = {"x": f"{min(x):.1f}", "y": f"{min(y):.1f}", "width": f"{abs(x[1] - x[0]):.1f}", "height": f"{abs(y[1] - y[0]):.1f}"}
    SubElement(parent, "rect", place | look)


def _shape(root: Element, places: Places, shape: Json) -> None:
    start, end = places.at(shape, "x0", "y0"), places.at(shape, "x1", "y1")
    if shape["type"] == "line":
        _stroke(root, _path([(start, end)]), **_line(shape["line"]), clip=True)
    else:
        _rect(root, (start[0], end[0]), (start[1], end[1]), fill=shape["fillcolor"], **_CLIP)


def _grid(root: Element, place: Place) -> None:
    """Faint lines across at the ticks."""
    axis, plot = place.panel.y, place.plot
    if axis["visible"] and axis["showgrid"]:
        for tick in axis["tickvals"]:
            line = (plot.left, place.y(tick)), (plot.right, place.y(tick))
            _stroke(root, _path([line]), axis["gridcolor"], axis["gridwidth"])


def _edges(root: Element, place: Place) -> None:
    """The line and ticks under the plot, and what is written at both axes, as far away as plotly puts it."""
    x, y, plot = place.panel.x, place.panel.y, place.plot
    if place.panel.labelled:
        ticks = "".join(f"M{place.x(tick):.1f},{plot.bottom:g}v{x['ticklen']}" for tick in x["tickvals"])
        _stroke(root, f"M{plot.left:g},{plot.bottom:g}H{plot.right:g}{ticks}", x["linecolor"], 1)
        foot = plot.bottom + x["ticklabelstandoff"] + 0.5 + x["ticklen"] + 1.2 * x["tickfont"]["size"]
        for tick, text in zip(x["tickvals"], x["ticktext"], strict=True):
            _write(root, read(text), place.x(tick), foot, x["tickfont"], "middle")
    if y["visible"]:
        for tick, text in zip(y["tickvals"], y["ticktext"], strict=True):
            middle = place.y(tick) + 0.35 * y["tickfont"]["size"]
            _write(root, read(text), plot.left - y["ticklabelstandoff"] - 0.5, middle, y["tickfont"], "end")


def _write(root: Element, lines: Lines, x: float, baseline: float, font: Json, anchor: str) -> None:
    """Lines below one another, the first on `baseline`; `anchor` is start, middle or end, and what `x` means with it."""
    for at, line in enumerate(lines):
        if not any(run.text.strip() for run in line):
            continue
        place = {"x": f"{x:.1f}", "y": f"{baseline + at * LEADING * font['size']:.1f}", "text-anchor": anchor}
        look = {"font-size": f"{font['size']:g}", "fill": font["color"], "xml:space": "preserve"}
        text = SubElement(root, "text", place | look)
        for run in line:
            own = {"font-weight": "700"} if run.bold else {}
            own |= {"font-size": f"{run.size:g}"} if run.size else {}
            own |= {"fill": run.colour} if run.colour else {}
            SubElement(text, "tspan", own).text = clean(run.text)


def _tallest(line: list[Run], font: Json) -> float:
    return max([font["size"], *(run.size for run in line)])


def _bars(root: Element, place: Place) -> None:
    """Bars in their order, each on the ones before where they are stacked."""
    reached: dict[float, float] = defaultdict(float)
    for bars in place.panel.bars:
        for row, (at, length) in enumerate(zip(bars.x, bars.y, strict=True)):
            if at is None or not length:
                continue
            first = reached[at] if place.panel.stacked else 0.0
            reached[at] = last = first + length
            sides = at + bars.shift - bars.width / 2, at + bars.shift + bars.width / 2
            across, up = ((first, last), sides) if bars.lying else (sides, (first, last))
            (left, right), (low, high) = map(place.x, across), map(place.y, up)
            _rect(root, (left, right), (low, high), fill=_hatch(root, bars.pattern, row) if bars.pattern else _of(bars.colours, row))


def _of(colours: str | Sequence[str], row: int) -> str:
    """One colour for all, or one for each bar."""
    return colours if isinstance(colours, str) else colours[row % len(colours)]


def _hatch(root: Element, pattern: Json, row: int) -> str:
    """The fill of a hatched bar: stripes as plotly spaces them, defined once for each pair of colours."""
    ink, ground = _of(pattern["fgcolor"], row), _of(pattern["bgcolor"], row)
    name = "hatch" + "".join(letter for letter in ink + ground if letter.isalnum())
    if root.find(f".//pattern[@id='{name}']") is None:
        side = round(pattern["size"] * 2**0.5, 2)
        size = {"width": f"{side}", "height": f"{side}"}
        cell = SubElement(next(root.iter("defs")), "pattern", {"id": name, "patternUnits": "userSpaceOnUse", **size})
        SubElement(cell, "rect", size | {"fill": ground})
        quarter = side / 4
        stripes = f"M{-quarter},{quarter}L{quarter},{-quarter}M0,{side}L{side},0M{3 * quarter},{5 * quarter}L{5 * quarter},{3 * quarter}"
        SubElement(cell, "path", {"d": stripes, "stroke": ink, "stroke-width": f"{pattern['solidity'] * pattern['size']:g}"})
    return f"url(#{name})"


def _marks(root: Element, place: Place) -> None:
    """Lines, areas, markers and texts of a panel."""
    for series in place.panel.series:
        if series.fill:
            SubElement(root, "path", {"d": _path(map(place.line, series.areas), "Z"), "fill": series.fill, **_CLIP})
        lines = [place.line(run) for run in series.runs if len(run) > 1]
        if series.width and lines:
            _stroke(root, _path(lines), series.colour, series.width, series.dash, series.clipped)
        if series.marker:
            _markers(root, [point for run in series.runs for point in place.line(run)], series.marker, series)
    for texts in place.panel.texts:
        font = {"size": texts.size, "color": texts.colour}
        for x, y, text in zip(texts.x, texts.y, texts.texts, strict=True):
            if x is not None and y is not None:
                _write(root, read(text), place.x(x), place.y(y) + 0.35 * texts.size, font, "start")


def _markers(root: Element, points: Sequence[Point], marker: Marker, series: Series) -> None:
    look = {"fill": marker.fill or "none", "stroke": marker.edge or "none", "stroke-width": f"{marker.width:g}"}
    look |= _CLIP if series.clipped else {}
    radius = marker.size / 2
    for x, y in points:
        if marker.symbol == "circle":
            SubElement(root, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:g}"} | look)
        else:
            outline = _SYMBOLS[marker.symbol].format(*(round(radius * reach, 2) for reach in _REACH))
            SubElement(root, "path", {"d": outline, "transform": f"translate({x:.1f} {y:.1f})"} | look)


def _note(root: Element, places: Places, note: Json) -> None:
    """A note by the corner that its anchors name; plotly hides one beyond the range of its axes."""
    (x, y), plot, font = places.at(note), places.of(note).plot, note["font"]
    seen = note.get("xref") == "paper" or plot.left - 0.5 <= x <= plot.right + 0.5
    if not (seen and (" " in note.get("yref", "y") or note.get("yref") == "paper" or plot.top - 0.5 <= y <= plot.bottom + 0.5)):
        return
    side, lines = note["xanchor"], read(note["text"])
    x += note["xshift"] + {"left": _PAD, "center": 0, "right": -_PAD}[side]
    y -= note["yshift"]
    rise, drop = ASCENT * _tallest(lines[0], font), DESCENT * _tallest(lines[-1], font)
    high = rise + (len(lines) - 1) * LEADING * font["size"] + drop
    top = {"top": y + _PAD, "middle": y - high / 2, "bottom": y - _PAD - high}[note["yanchor"]]
    _write(root, lines, x, top + rise, font, _ANCHORS[side])


def map_svg(world: World, colours: Palette, width: float, height: float) -> str:
    """The map as an SVG document of `width` by `height` pixels: sea, land, borders, arcs, dots, names."""
    placed = ground(world, width, height, NAME)
    root, size = _document(width, height), {"width": f"{width:g}", "height": f"{height:g}"}
    frame = SubElement(SubElement(root, "defs"), "clipPath", {"id": "frame"})
    SubElement(frame, "rect", size | {"rx": "10"})
    whole = SubElement(root, "g", {"clip-path": "url(#frame)"})
    SubElement(whole, "rect", size | {"fill": colours.sea})
    _land(whole, placed, colours)
    for dot in placed.dots:
        look = {"fill": dot.fill, "fill-opacity": f"{dot.opacity:.2f}", "stroke": dot.edge, "stroke-width": f"{dot.width:.1f}"}
        SubElement(whole, "circle", {"cx": f"{dot.x:.1f}", "cy": f"{dot.y:.1f}", "r": f"{dot.radius:.1f}", **look})
    for name in placed.names:
        bold = name.look in ("own", "chosen")
        look = {"fill": colours.home if name.look == "own" else colours.ink, "font-weight": "800" if bold else "500"}
        place = {"x": f"{name.x:.1f}", "y": f"{name.y + (ASCENT - DESCENT) / 2 * name.size:.1f}", "text-anchor": name.anchor}
        SubElement(whole, "text", place | look | {"font-size": f"{name.size:g}"}).text = clean(name.text)
    return tostring(root, encoding="unicode")


def _land(parent: Element, placed: Ground, colours: Palette) -> None:
    outlines = (outline for territory in placed.land for outline in territory.outlines)
    edge = {"stroke": colours.land, "stroke-width": f"{_EDGE}"}
    SubElement(parent, "path", {"d": _path(outlines, "Z"), "fill": colours.land, **edge})
    _stroke(parent, _path(placed.borders), colours.border, 0.6)
    for arcs, width, opacity in ((placed.arcs, 1, colours.arc), (placed.clear, 2, 1)):
        look = {"stroke-width": f"{width}", "stroke-opacity": f"{opacity}"}
        SubElement(parent, "path", {"d": _path(arcs), "fill": "none", "stroke": vars(colours)[placed.hue], **look})
