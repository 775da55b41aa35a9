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
    legend = _legend_places(piece, inner.width)
    legend_height = (legend[-1][1] + 1) * TEXT * LINE if legend else 0.0
    foot = (legend_height + 8 if legend else 0) + min(beneath_lines, 2) * TEXT * LINE + 8
    ground = Box(inner.left, inner.top, inner.width, inner.height - foot)
    _ground(canvas, ground, piece, look.colours)
    line = Box(inner.left, ground.bottom + 8, inner.width, TEXT * LINE)
    if piece.legend:
        _legend(canvas, line, piece, legend, look)
        line = Box(line.left, line.top + legend_height + 2, line.width, line.height)
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
        for arcs, width, fade in ((drawn.arcs, 1.2, colours.arc), (drawn.clear, 2.6, 1.0)):
            for line in _moved(arcs, box):
                canvas.freeform([line], name="arc", edge=vars(colours)[drawn.hue], width=width, fade=fade)
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


_RING = 8.0


def _legend_places(piece: Map, width: float) -> list[tuple[float, int]]:
    """Where each word of the legend begins: pixels from the left, and in which line."""
    places: list[tuple[float, int]] = []
    left, line = 0.0, 0
    for word, *_ in piece.legend:
        own = 2 * _RING + 6 + min(text_width(word, TEXT) + 6, width - 2 * _RING - 6)
        if left and left + own > width:
            left, line = 0.0, line + 1
        places.append((left, line))
        left += own + 22
    return places


def _legend(canvas: Canvas, box: Box, piece: Map, places: list[tuple[float, int]], look: Look) -> None:
    """The kinds of dots and their words."""
    colours, high = look.colours, TEXT * LINE
    for (word, hue, shape, wide), (across, line) in zip(piece.dots(12, 18), places, strict=True):
        left, top = box.left + across, box.top + line * high
        dot = Box(left + _RING - wide / 2, top + high / 2 - wide / 2, wide, wide)
        open_ = shape in ("hollow", "cored")
        fill, edge = (colours.land, hue) if open_ else (hue, colours.land)
        if shape == "ringed":
            canvas.form(dot.inset(-3, -3), "ellipse", name=word, edge=hue, width=1.6)
        canvas.form(dot, "ellipse", name=word, fill=fill, edge=edge, width=2.2 if open_ else 1)
        if shape == "cored":
            canvas.form(dot.inset(4, 4), "ellipse", name=word, fill=hue)
        kept = truncated(word, TEXT, box.width - 2 * _RING - 6)
        room = Box(left + 2 * _RING + 6, top, text_width(kept, TEXT) + 6, high)
        canvas.text(room, [[Run(kept, TEXT, look.muted)]], name=kept, wrap=False)
