"""Headline numbers as cards of native shapes: name, value, the state of its target as shape and word, and small lines."""

import re
from collections.abc import Sequence

from charts.marks import SHAPES
from charts.marks import colour as state_colour
from exports.deck.canvas import Canvas
from exports.deck.lettering import LINE, line_count, text_width
from exports.deck.look import TEXT, Look, card_ground
from exports.drawing.geometry import Box, Line
from exports.drawing.markup import Run
from exports.slides import Card, Cards

GAP = 14
_SIZES = {"large": (64.0, 48.0, 40.0, 34.0, 29.0), "small": (34.0, 29.0, 24.0)}


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
    colours = look.colours
    name = look.cut(card.name, TEXT, box.width, heads)
    canvas.text(box, [[Run(name, TEXT, colours.muted)]], name="name")
    box = box.below(heads * TEXT * LINE + 2)
    size = next((size for size in sizes if text_width(card.value, size, bold=True) <= box.width), TEXT)
    value = look.cut(card.value, size, box.width, 2, bold=True)
    ink = colours.ink if card.reading.value is not None else colours.muted
    canvas.text(box, [[Run(value, size, ink, True)]], name="value")
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
