"""The map as shapes of PowerPoint in one group, placed by exports/drawing/land.py: land, borders, arcs, dots and names."""

from charts.theme import Palette
from exports.deck.canvas import Canvas
from exports.deck.lettering import LINE, line_count, text_width, truncated
from exports.deck.look import TEXT, Look, bare_head
from exports.drawing.geometry import Box, Line
from exports.drawing.land import Name, ground
from exports.drawing.markup import Run
from exports.slides import Map

TOLERANCE = 0.8
_NAMES = 16.0  # pixels: 12 points


def native_map(canvas: Canvas, piece: Map, box: Box, look: Look, headline: str) -> None:
    """The map with its legend and the sentence on boundaries."""
    if piece.title == headline or not piece.title:
        inner = bare_head(canvas, piece.measure, box, look)
    else:
        inner = bare_head(canvas, piece.title, box, look, bold=True)
        inner = bare_head(canvas, piece.measure, inner, look)
    beneath_lines = line_count(piece.beneath, TEXT, inner.width) if piece.beneath else 0
    foot = (TEXT * LINE + 8 if piece.legend else 0) + min(beneath_lines, 2) * TEXT * LINE + 8
    ground = Box(inner.left, inner.top, inner.width, inner.height - foot)
    _ground(canvas, ground, piece, look.colours)
    line = Box(inner.left, ground.bottom + 8, inner.width, TEXT * LINE)
    if piece.legend:
        _legend(canvas, line, piece, look.colours, TEXT, look.muted)
        line = Box(line.left, line.bottom + 2, line.width, line.height)
    if piece.beneath:
        kept = look.cut(piece.beneath, TEXT, inner.width, 2)
        canvas.text(Box(line.left, line.top, line.width, min(beneath_lines, 2) * TEXT * LINE), [[Run(kept, TEXT, look.muted)]], name="note")


def _ground(canvas: Canvas, box: Box, piece: Map, colours: Palette) -> None:
    """The map itself in its box, over the sea."""
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
            place = Box(box.left + dot.x - dot.radius, box.top + dot.y - dot.radius, 2 * dot.radius, 2 * dot.radius)
            label, fill = dot.name or dot.kind, dot.fill if dot.opacity else ""
            canvas.form(place, "ellipse", name=label, fill=fill, opacity=dot.opacity, edge=dot.edge, width=dot.width, alt=dot.name)
        for name in drawn.names:
            _name(canvas, name, box, colours)


def _moved(lines: tuple[Line, ...], box: Box) -> list[Line]:
    return [tuple((x + box.left, y + box.top) for x, y in line) for line in lines]


def _name(canvas: Canvas, name: Name, box: Box, colours: Palette) -> None:
    run = Run(name.text, name.size, colours.ink, bold=name.look in ("own", "chosen"))
    width, height = text_width(name.text, name.size) + 4, name.size * LINE
    left = box.left + name.x - width * {"start": 0, "middle": 0.5, "end": 1}[name.anchor]
    align = {"start": "l", "middle": "ctr", "end": "r"}[name.anchor]
    place = Box(left, box.top + name.y - height / 2, width, height)
    canvas.text(place, [[run]], name=name.text, align=align, anchor="ctr", wrap=False)


def _legend(canvas: Canvas, box: Box, piece: Map, colours: Palette, size: float, ink: str) -> None:
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
