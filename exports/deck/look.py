"""What every piece of a slide is drawn with: colours, letters, words, sizes, and a tally of what had no room.

Draws no piece.
"""

from collections import Counter
from dataclasses import dataclass, field

from charts.theme import Palette
from exports.deck.canvas import Box, Sheet
from exports.deck.lettering import Letters, clean, fitted
from exports.deck.native_charts import Style
from wording import Words

TEXT = 56 / 3
"""Pixels: 14 points, the smallest text of a slide but for the words of charts and maps."""
LARGE = 24.0
PAD = 16


@dataclass
class Left:
    """How much of what a file had to leave out, by the end of the key of the sentence that says so (`export.left_…`)."""

    counted: Counter[str] = field(default_factory=Counter)

    def out(self, what: str, many: int = 1) -> None:
        """Notes that `many` of something are left out."""
        if many:
            self.counted[what] += many


@dataclass(frozen=True)
class Look:
    """What pieces are drawn with. `ink` and `muted` are for words on the bare slide: in a template its own colour.

    `aside` gathers what a slide has no room for and its notes say instead.
    """

    colours: Palette
    letters: Letters
    style: Style
    words: Words
    left: Left
    aside: list[str]
    ink: str
    muted: str

    def cut(self, text: str, size: float, width: float, lines: int, bold: bool = False) -> str:
        """The text as it fits so many lines; a cut is noted, and the whole stands in the notes."""
        kept = fitted(text, size, width, lines, bold)
        if kept != clean(text):
            self.left.out("text")
            self.aside.append(text)
        return kept


def plate(sheet: Sheet, box: Box, look: Look, pad: float = PAD) -> Box:
    """A card to stand on, in the colours of the briefing whatever the slide is; returns the room in it."""
    sheet.form(box, "roundRect", name="card", fill=look.colours.card, edge=look.colours.line, width=1)
    return box.inset(pad, PAD - 2)
