"""The pieces of a slide as PowerPoint has them, each in its box; what has no room is counted for the first slide."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from charts.annotated import bare
from charts.marks import SHAPES
from charts.marks import colour as state_colour
from exports.deck.canvas import Canvas
from exports.deck.chart_notes import above, beneath, frames, plots
from exports.deck.lettering import GROWN, LINE, line_count, text_width, truncated
from exports.deck.look import LARGE, TEXT, Look, bare_head, card_ground
from exports.deck.native_charts import add_chart
from exports.deck.native_map import native_map
from exports.drawing.figure import Figure, Panel, figure
from exports.drawing.geometry import Box, Line
from exports.drawing.markup import Run, clean
from exports.slides import LISTED, Card, Cards, Chart, Facts, Map, Piece, Table, Text, line_of

GAP = 14
_SIZES = {"large": (64.0, 48.0, 40.0, 34.0, 29.0), "small": (34.0, 29.0, 24.0)}
FLATTEST = 200
"""The least height of a chart with its axes, in pixels."""
WIDE = 100
"""The most height of a bar across and the room around it, in pixels; on the screen see assets/stage.js."""

_CELL = 24.0  # pixels: the room around the text of a cell


def draw(canvas: Canvas, piece: Piece, box: Box, look: Look, headline: str, alone: bool, cited: bool) -> None:
    """A piece in its box. A title that repeats the headline is left out; `cited`: the slide names the sources below."""
    match piece:
        case Cards():
            cards(canvas, piece, box, look, row=not alone)
        case Chart():
            chart(canvas, piece, box, look, headline, cited)
        case Map():
            native_map(canvas, piece, box, look, headline)
        case Table():
            table(canvas, piece, box, look, headline)
        case Text():
            text(canvas, piece, box, look, alone)
        case Facts():
            facts(canvas, piece, box, look)


def cards(canvas: Canvas, piece: Cards, box: Box, look: Look, row: bool) -> None:
    """All in one row, or on a slide of their own in two rows where they are more than three."""
    many = len(piece.cards)
    across = max(many if row or many < 4 else -(-many // 2), 1)
    down = max(-(-many // across), 1)
    width, height = (box.width - GAP * (across - 1)) / across, (box.height - GAP * (down - 1)) / down
    height = height if row else min(height, 300)
    pad = 16.0 if width > 220 else 11.0
    heads = min(2, max((line_count(card.name, TEXT, width - 2 * pad) for card in piece.cards), default=1))
    for at, card in enumerate(piece.cards):
        own = Box(box.left + at % across * (width + GAP), box.top + at // across * (height + GAP), width, height)
        alt = ". ".join(filter(None, (f"{card.name}: {card.value}", card.state_word, *card.lines)))
        with canvas.group(own, name=card.name, alt=alt):
            _card(canvas, card, card_ground(canvas, own, look, pad), look, heads, _SIZES["small" if row or width < 300 else "large"])


def _card(canvas: Canvas, card: Card, box: Box, look: Look, heads: int, sizes: tuple[float, ...]) -> None:
    """`heads` is how many lines the names of all cards take, so that their values stand side by side."""
    ink, muted = look.colours.ink, look.colours.muted
    canvas.text(box, [[Run(look.cut(card.name, TEXT, box.width, heads), TEXT, muted)]], name="name")
    box = box.below(heads * TEXT * LINE + 2)
    sizes = sizes if card.reading.value is not None else _SIZES["small"]  # words, which another font may set wider
    size = next((size for size in sizes if text_width(card.value, size, bold=True) <= box.width), TEXT)
    value = look.cut(card.value, size, box.width, 2, bold=True)
    canvas.text(box, [[Run(value, size, ink if card.reading.value is not None else muted, True)]], name="value")
    box = box.below(line_count(value, size, box.width, bold=True) * size * LINE)
    if card.state_word:
        box = _state(canvas, card, box, look)
    _quiet(canvas, card, box, look)


def _state(canvas: Canvas, card: Card, box: Box, look: Look) -> Box:
    """The mark of a state and its word."""
    hue, side = state_colour(card.state, look.colours), TEXT * 0.8
    mark = Box(box.left, box.top + (TEXT * LINE - side) / 2, side, side)
    corners = tuple((mark.left + x * side / 16, mark.top + y * side / 16) for x, y in _corners(SHAPES.get(card.state, "")))
    if not corners:
        canvas.form(mark.inset(side * 0.15, side * 0.15), "ellipse", name="mark", edge=hue, width=2)
    elif card.state == "target_achieved":
        canvas.freeform([corners], name="mark", edge=hue, width=2.4)
    else:
        canvas.freeform([corners], name="mark", fill=hue)
    room = Box(box.left + side + 6, box.top, box.width - side - 6, box.height)
    word = look.cut(card.state_word, TEXT, room.width, 2, bold=True)
    canvas.text(room, [[Run(word, TEXT, hue, True)]], name="state")
    return box.below(line_count(word, TEXT, room.width, bold=True) * TEXT * LINE + 2)


def _corners(path: str) -> Line:
    """The corners of a mark's path, on its grid of 16."""
    x, y, corners = 0.0, 0.0, []
    for letter, numbers in re.findall(r"([A-Z])([^A-Z]*)", path):
        parts = [float(part) for part in re.findall(r"[\d.]+", numbers)]
        ways: dict[str, tuple[Sequence[float | None], Sequence[float | None]]] = {"H": (parts, [None]), "V": ([None], parts)}
        across, down = ways.get(letter, (parts[::2], parts[1::2]))
        for right, low in zip(across, down, strict=True):
            x, y = x if right is None else right, y if low is None else low
            corners.append((x, y))
    return tuple(corners)


def _quiet(canvas: Canvas, card: Card, box: Box, look: Look) -> None:
    """The small lines of a card, as many as fit; if not all do, they go into the notes."""
    kept, room = [], box.height + 3
    for line in card.lines:
        room -= line_count(line, TEXT, box.width) * TEXT * LINE
        if room < 0:
            break
        kept.append([Run(line, TEXT, look.colours.muted)])
    if len(kept) < len(card.lines):
        look.omissions["lines"] += len(card.lines) - len(kept)
        look.overflow.append(": ".join((card.name, "; ".join(card.lines))))
    if kept:
        canvas.text(box, kept, name="rests on")


def _head(canvas: Canvas, title: str, measure: str, box: Box, look: Look, headline: str) -> Box:
    """The title and measure of a piece, smaller in a small one; returns what is left of the box."""
    size = LARGE if box.height > 330 else 20.0
    runs, height = [], 0.0
    for text, high, hue, bold in ((title, size, look.colours.ink, True), (measure, TEXT, look.colours.muted, False)):
        if text and text != headline:
            kept = look.cut(text, high, box.width, 3 if bold else 2, bold)
            runs.append([Run(kept, high, hue, bold)])
            height += line_count(kept, high, box.width, bold) * high * LINE + 2
    if not runs:
        return box
    canvas.text(Box(box.left, box.top, box.width, height), runs, name="title", after=2)
    return box.below(height + 6)


def _chart_head(canvas: Canvas, piece: Chart, box: Box, look: Look, headline: str) -> Box:
    """Title and measure of a chart; where they would leave no room to draw in, the notes have the measure."""
    title = 0 if piece.title == headline else min(3, line_count(piece.title, 20.0, box.width, bold=True)) * 20.0 * LINE
    small = box.height - title - line_count(piece.measure, TEXT, box.width) * TEXT * LINE < FLATTEST
    if small and piece.measure:
        look.omissions["text"] += 1
        look.overflow.append(piece.measure)
    return _head(canvas, piece.title, "" if small else piece.measure, box, look, headline)


def chart(canvas: Canvas, piece: Chart, box: Box, look: Look, headline: str, cited: bool) -> None:
    """A chart with its finding and measure; its sources below it where the slide does not name them."""
    inner = _chart_head(canvas, piece, card_ground(canvas, box, look), look, headline)
    if piece.sourceline and not cited:
        line = look.cut(piece.sourceline, TEXT, inner.width, 1)
        foot = Box(inner.left, inner.bottom - TEXT * LINE, inner.width, TEXT * LINE)
        canvas.text(foot, [[Run(line, TEXT, look.colours.muted)]], name="sources")
        inner = Box(inner.left, inner.top, inner.width, inner.height - TEXT * LINE - 6)
    drawing, notes = bare(piece.drawing)
    look.omissions["marks"] += notes
    whole = _with_room(figure(drawing), inner, look)
    look.omissions["parts"] += len(whole.unsupported)
    inner = _low(whole, inner)
    places = plots(whole, inner)
    beneath(canvas, whole, places)
    for place, frame in zip(places.panels, frames(places, inner), strict=True):
        add_chart(canvas, place, frame, look, exact=len(places.panels) > 1, name=piece.key, alt=piece.alt)
    above(canvas, whole, places, inner)


def _with_room(whole: Figure, box: Box, look: Look) -> Figure:
    """The figure without empty panels, and without the bars that would stand closer than lines of text."""
    room = int((box.height - (whole.margin["t"] + whole.margin["b"]) * GROWN) // (TEXT * 1.15))
    panels = []
    for panel in [panel for panel in whole.panels if panel.bars or panel.series or panel.texts] or whole.panels[:1]:
        many = max((len(series.x) for series in panel.bars), default=0)
        if panel.kind == "lying" and many > room:
            look.omissions["bars"] += many - room
            panel = _first(panel, room)
        panels.append(panel)
    return replace(whole, panels=tuple(panels))


def _low(whole: Figure, box: Box) -> Box:
    """The box of a figure, no higher than a few bars across need, which else become as thick as beams."""
    lying = [len(series.x) for panel in whole.panels if panel.kind == "lying" for series in panel.bars]
    most = max(lying) * WIDE + (whole.margin["t"] + whole.margin["b"]) * GROWN if lying else box.height
    return replace(box, height=min(box.height, most))


def _first(panel: Panel, many: int) -> Panel:
    """A panel of bars across with the first so many of them, and what is drawn over those."""

    def cut(series: Any, rows: Sequence[float | None]) -> Any:
        kept = [at for at, row in enumerate(rows) if row is None or row < many]
        return replace(series, x=tuple(series.x[at] for at in kept), y=tuple(series.y[at] for at in kept))

    axis = panel.y | {name: panel.y[name][:many] for name in ("tickvals", "ticktext")}
    texts = tuple(replace(text, x=text.x[:many], y=text.y[:many], texts=text.texts[:many]) for text in panel.texts)
    bars, series = tuple(cut(bars, bars.x) for bars in panel.bars), tuple(cut(series, series.y) for series in panel.series)
    return replace(panel, y=axis, bars=bars, series=series, texts=texts)


def table(canvas: Canvas, piece: Table, box: Box, look: Look, headline: str) -> None:
    """A table: as many rows as fit, at most LISTED; the notes have the others."""
    inner = _head(canvas, piece.title, "", card_ground(canvas, box, look), look, headline)
    if not piece.heads:
        return
    size = 20.0 if min(len(piece.rows), LISTED) * 20 * 1.9 < inner.height - 40 else TEXT
    columns = list(zip(piece.heads, *piece.rows, strict=True))
    widths = _widths(columns, size, inner.width)
    room, rows = inner.height - TEXT * LINE, []
    heights: list[float] = []
    for at, row in enumerate((piece.heads, *piece.rows[:LISTED])):
        cells = [look.cut(cell, size, width - 16, 2) for cell, width in zip(row, widths, strict=True)]
        height = max(line_count(cell, size, width - 16) for cell, width in zip(cells, widths, strict=True)) * size * LINE + 12
        if sum(heights) + height > room and at:
            break
        hue = look.colours.ink if at else look.colours.muted
        rows.append([[[Run(cell, size, hue, bold=not at)]] for cell in cells])
        heights.append(height)
    own = Box(inner.left, inner.top, sum(widths), sum(heights))
    rights = [bool(cells) and all(re.fullmatch(r"[\d.,+−-]+", cell) for cell in cells) for _, *cells in columns]
    alt = piece.title or ", ".join(piece.heads)
    canvas.table(own, widths, rows, heights, rights=rights, rule=look.colours.line, name=piece.title or "table", alt=clean(alt)[:500])
    if more := len(piece.rows) - len(rows) + 1:
        look.overflow.extend(map(line_of, piece.rows[len(rows) - 1 :]))
        note = Run(look.words.n("export.more_rows", more), TEXT, look.colours.muted)
        canvas.text(Box(inner.left, own.bottom + 4, inner.width, TEXT * LINE), [[note]], name="more")


def _widths(columns: Sequence[Sequence[str]], size: float, whole: float) -> list[float]:
    """The widths of columns, together `whole`: each has room for its longest word, and more by the length of its cells."""
    cells = [[text_width(cell, size, bold=not at) for at, cell in enumerate(column)] for column in columns]
    words = [[text_width(word, size, bold=not at) for at, cell in enumerate(column) for word in cell.split()] for column in columns]
    least = [max(widths, default=0.0) + _CELL for widths in words]
    wished = [max(few, min(max(widths), whole * 0.6) + _CELL) for few, widths in zip(least, cells, strict=True)]
    spare, wishes = whole - sum(least), sum(wished) - sum(least)
    if spare <= 0:
        return [few * whole / sum(least) for few in least]
    if wishes <= spare:
        return [wish * whole / sum(wished) for wish in wished]
    return [few + (wish - few) * spare / wishes for few, wish in zip(least, wished, strict=True)]


def text(canvas: Canvas, piece: Text, box: Box, look: Look, alone: bool) -> None:
    """Paragraphs or points in the largest size that holds them, down to 14 points; beyond that, as many as fit."""
    inner = bare_head(canvas, piece.title, box, look, bold=True)
    bullet = 26.0 if piece.listed else 0.0
    sizes = (30.0, 27.0, 24.0, 21.0, TEXT) if alone else (24.0, 21.0, TEXT)
    size = next((size for size in sizes if _high(piece.lines, size, inner.width - bullet) <= inner.height), TEXT)
    kept = list(piece.lines)
    while kept and _high(kept, size, inner.width - bullet) > inner.height:
        kept.pop()
    if len(kept) < len(piece.lines):
        room = int((inner.height - _high(kept, size, inner.width - bullet)) // (size * LINE))
        kept += [truncated(piece.lines[len(kept)], size, inner.width - bullet, room)] if room > 0 else []
        look.omissions["text"] += 1
        look.overflow.extend(piece.lines)
    lines = [[Run(line, size, look.ink)] for line in kept]
    canvas.text(inner, lines, name=piece.title or "text", after=size * 0.45, bullet=bullet)


def facts(canvas: Canvas, piece: Facts, box: Box, look: Look) -> None:
    """Questions with their answers, one below the other, each over as much of its detail as has room; the notes have the registers."""
    high = box.height / len(piece.rows)
    for at, (question, answer, detail) in enumerate(piece.rows):
        own = Box(box.left, box.top + at * high, box.width, high - 6)
        canvas.form(Box(own.left, own.top, own.width, 1.5), "rect", name="rule", fill=look.colours.line)
        size = next((size for size in (28.0, 24.0) if high > 120 or size < 28 if line_count(answer, size, own.width, bold=True) == 1), 21.0)
        answer = look.cut(answer, size, own.width, 2, bold=True)
        used = TEXT * LINE + line_count(answer, size, own.width, bold=True) * size * LINE + 8
        lines = [[Run(question, TEXT, look.muted)], [Run(answer, size, look.ink, True)]]
        if detail and (room := int((own.height - used) // (TEXT * LINE))) > 0:
            lines.append([Run(truncated(detail, TEXT, own.width, room), TEXT, look.muted)])
        canvas.text(own.below(8), lines, name=question)


def _high(lines: tuple[str, ...] | list[str], size: float, width: float) -> float:
    return sum(line_count(line, size, width) * size * LINE + size * 0.45 for line in lines)
