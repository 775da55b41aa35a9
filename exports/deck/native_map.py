"""The map as shapes of PowerPoint in one group: land, borders, arcs, dots and names, each editable.

Their positions come from exports/drawing/land.py.
"""

from charts.theme import Palette
from exports.deck.canvas import Canvas
from exports.deck.lettering import LINE, text_width, truncated
from exports.drawing.geometry import Box, Line
from exports.drawing.land import Dot, Name, ground
from exports.drawing.markup import Run
from exports.slides import Map

TOLERANCE = 0.8
_NAMES = 16.0  # pixels: 12 points


def native_map(canvas: Canvas, box: Box, piece: Map, colours: Palette) -> None:
    """The map in its box, over the sea."""
    drawn = ground(piece.world, box.width, box.height, _NAMES, TOLERANCE)
    with canvas.group(box, name=piece.title or piece.measure, alt=piece.alt):
        canvas.form(box, "rect", name="sea", fill=colours.sea)
        for territory in drawn.land:
            outlines = _moved(territory.outlines, box)
            canvas.freeform(outlines, name=territory.name, fill=colours.land, edge=colours.land, width=0.8)
        canvas.freeform(_moved(drawn.borders, box), name="borders", edge=colours.border, width=0.8)
        arc, fade = (2.6, 1.0) if drawn.clear else (1.6, colours.arc)
        for line in _moved(drawn.arcs, box):
            canvas.freeform([line], name="arc", edge=colours.home, width=arc, fade=fade)
        for dot in drawn.dots:
            _dot(canvas, dot, box)
        for name in drawn.names:
            _name(canvas, name, box, colours)


def _moved(lines: tuple[Line, ...], box: Box) -> list[Line]:
    return [tuple((x + box.left, y + box.top) for x, y in line) for line in lines]


def _dot(canvas: Canvas, dot: Dot, box: Box) -> None:
    place = Box(box.left + dot.x - dot.radius, box.top + dot.y - dot.radius, 2 * dot.radius, 2 * dot.radius)
    fill = dot.fill if dot.opacity else ""
    canvas.form(place, "ellipse", name=dot.name or dot.kind, fill=fill, opacity=dot.opacity, edge=dot.edge, width=dot.width, alt=dot.name)


def _name(canvas: Canvas, name: Name, box: Box, colours: Palette) -> None:
    run = Run(name.text, name.size, colours.ink, bold=name.look in ("own", "chosen"))
    width, height = text_width(name.text, name.size) + 4, name.size * LINE
    left = box.left + name.x - width * {"start": 0, "middle": 0.5, "end": 1}[name.anchor]
    align = {"start": "l", "middle": "ctr", "end": "r"}[name.anchor]
    place = Box(left, box.top + name.y - height / 2, width, height)
    canvas.text(place, [[run]], name=name.text, align=align, anchor="ctr", wrap=False)


def legend(canvas: Canvas, box: Box, piece: Map, colours: Palette, size: float, ink: str) -> None:
    """The kinds of dots and their words, in a row."""
    left = box.left
    for word, hue, shape in piece.legend:
        ring = 8.0
        dot = Box(left, box.top + size * LINE / 2 - ring, 2 * ring, 2 * ring).inset(2, 2)
        fill, edge = (colours.land, hue) if shape == "hollow" else (hue, colours.land)
        if shape == "ringed":
            canvas.form(dot.inset(-3, -3), "ellipse", name=word, edge=hue, width=1.6)
        canvas.form(dot, "ellipse", name=word, fill=fill, edge=edge, width=2.2 if shape == "hollow" else 1)
        word = truncated(word, size, box.width / len(piece.legend) - 50)
        width = text_width(word, size) + 6
        canvas.text(Box(left + 2 * ring + 6, box.top, width, size * LINE), [[Run(word, size, ink)]], name=word, wrap=False)
        left += 2 * ring + 6 + width + 22
