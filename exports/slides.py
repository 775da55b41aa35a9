"""A briefing as it is shown and taken home: slides made of pieces, each with all its words. Screen, PowerPoint and PDF draw the same.

Holds no way of drawing, and chooses no word: whoever makes a slide gives text in the reader's language.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from charts.map import World
from charts.theme import Drawing, Palette
from metrics.counting.reading import Reading

LETTERS = 60
"""Most letters of the title in a file name."""
LISTED = 8
"""Most rows of a table on a slide; the notes have all, paper too."""
Rows = Callable[[], pd.DataFrame]
"""What makes a table when it is asked for."""


@dataclass(frozen=True)
class Source:
    """A source as its line reads (title, publisher, date) and its address, "" where it has none."""

    line: str
    url: str


@dataclass(frozen=True)
class Card:
    """A headline number; `state` is of metrics/counting/progress.py, "" without a target; `reading` is where the value comes from."""

    name: str
    value: str
    lines: tuple[str, ...]
    reading: Reading
    state: str = ""
    state_word: str = ""


@dataclass(frozen=True)
class Cards:
    """Headline numbers, side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Chart:
    """A chart: `title` is its finding, `measure` what is drawn in which unit; `rows` gives the table that it draws, by column names."""

    key: str
    title: str
    measure: str
    drawing: Drawing
    alt: str
    sourceline: str
    rows: Rows | None = field(default=None, compare=False)


_USUAL = 10.0


@dataclass(frozen=True)
class Map:
    """The map. `legend`: (word, colour, shape) of each kind of dot, shapes as charts.map.legend, and its diameter in pixels where dots
    have sizes; `beneath`: the sentence on boundaries.
    """

    title: str
    measure: str
    world: World
    alt: str
    legend: tuple[tuple[Any, ...], ...]
    beneath: str

    def dots(self, usual: float, most: float) -> list[tuple[str, str, str, float]]:
        """The legend with the diameter of each dot: of `usual` where dots have one size, of at most `most` for the largest."""
        wide = [float(look[0]) if look else _USUAL for _, _, _, *look in self.legend]
        scale = min(usual / _USUAL, most / max(wide, default=_USUAL))
        return [(word, hue, shape, own * scale) for (word, hue, shape, *_), own in zip(self.legend, wide, strict=True)]


@dataclass(frozen=True)
class Table:
    """A table: its rows, each a text a column; `whole` gives all rows and columns where a slide has fewer."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    whole: Rows | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Text:
    """Paragraphs, or with `listed` the points of a list."""

    lines: tuple[str, ...]
    title: str = ""
    listed: bool = False


@dataclass(frozen=True)
class Facts:
    """Short answers about one subject, a few: (question, answer, detail or "") each."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Cover:
    """The title slide: `occasion` over the headline, `lines` under it, `standing` says as of when; `emblem` is a PNG, b"" without one."""

    occasion: str
    lines: tuple[str, ...]
    standing: tuple[str, ...]
    emblem: bytes = b""


Piece = Cards | Chart | Map | Table | Text | Facts | Cover


@dataclass(frozen=True)
class Slide:
    """One slide: its headline says what it shows. `note` is the presenter's own; `explanations` are definitions and formulas for the notes.

    `kind` is the name under which it was asked for. One piece fills the slide; of two or more the first is the largest. `details` are
    lists that have no room on it, for the notes. An `empty` one says that nothing is on record: nobody is offered it.
    """

    kind: str
    headline: str
    pieces: tuple[Piece, ...]
    note: str = ""
    explanations: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    details: tuple[Text, ...] = ()
    empty: bool = False


@dataclass(frozen=True)
class Briefing:
    """Slides in order on one release: `release` is its number, `day` the as-of date, `lang` their language, `colours` theirs."""

    title: str
    city: str
    day: date
    release: int
    lang: str
    colours: Palette
    slides: tuple[Slide, ...]


def line_of(row: Sequence[str]) -> str:
    """A row of a table as a line of the notes."""
    return ", ".join(filter(None, row))


def file_name(briefing: Briefing, ending: str) -> str:
    """Title, date, release and language in letters that every file system accepts: `Seoul-abroad_2026-11-25_r3_en.pptx`.

    Letters and digits of any script stay, all else becomes a hyphen. A title without any gives `briefing`.
    """
    title = unicodedata.normalize("NFC", briefing.title)
    kept = re.sub(r"[\W_]+", "-", title).strip("-")[:LETTERS].strip("-") or "briefing"
    return f"{kept}_{briefing.day.isoformat()}_r{briefing.release}_{briefing.lang}.{ending}"
