"""The style of the pieces of a slide: colours, typefaces, words, sizes; and the count of what was left out."""

from collections import Counter
from dataclasses import dataclass

from charts.theme import Palette
from exports.deck.canvas import Canvas
from exports.deck.lettering import LINE, Letters, line_count, truncated
from exports.drawing.geometry import Box
from exports.drawing.markup import Run, clean
from wording import Words

TEXT = 56 / 3
"""Pixels: 14 points, the smallest text of a slide but for the words of charts and maps."""
LARGE = 24.0
PAD = 16


@dataclass(frozen=True)
class Look:
    """The style of pieces. `ink` and `muted` colour text outside cards: in a template its own text colour.

    `scale` is the size of the slide against 13.33 inches. `omissions` counts what the file leaves out, by the end of the key of its
    sentence (`export.left_…`); `overflow` collects texts that move from a slide to its notes.
    """

    colours: Palette
    letters: Letters
    scale: float
    words: Words
    omissions: Counter[str]
    overflow: list[str]
    ink: str
    muted: str

    def cut(self, text: str, size: float, width: float, lines: int, bold: bool = False) -> str:
        """The text truncated to so many lines; a truncated text is counted and goes whole into the notes."""
        kept = truncated(text, size, width, lines, bold)
        if kept != clean(text):
            self.omissions["text"] += 1
            self.overflow.append(text)
        return kept


def card_ground(canvas: Canvas, box: Box, look: Look, pad: float = PAD) -> Box:
    """Draws the ground of a card in the colours of the briefing, in any template; returns the space inside."""
    canvas.form(box, "roundRect", name="card", fill=look.colours.card, edge=look.colours.line, width=1)
    return box.inset(pad, PAD - 2)


def bare_head(canvas: Canvas, text: str, box: Box, look: Look, bold: bool = False) -> Box:
    """A title or measure outside a card."""
    if not text:
        return box
    size, hue = (LARGE, look.ink) if bold else (TEXT, look.muted)
    kept = look.cut(text, size, box.width, 2)
    height = line_count(kept, size, box.width) * size * LINE
    canvas.text(Box(box.left, box.top, box.width, height), [[Run(kept, size, hue, bold)]], name="title")
    return box.below(height + 6)
