"""The pieces of a slide as plain values for exports/pdf/handout.typ, charts and maps as SVG; every text in letters of the font."""

from collections import Counter
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any
from urllib.parse import unquote

from charts.annotated import bare
from charts.marks import colour, mark
from charts.theme import Palette
from exports.drawing.figure import UnsupportedChart
from exports.drawing.svg import chart_svg, map_svg
from exports.pdf import font
from exports.slides import Cards, Chart, Map, Piece, Slide, Source, Table, Text
from wording import Words

WIDTH = 747
"""Pixels of a chart as wide as the page: at 0.66 points a pixel, 174 mm."""
GAP = 20
"""Pixels between two pieces beside one another."""
LABEL, LINE, PARAGRAPH = 120, 400, 4000
"""Letters of what stands in a card, of a title or a cell, of a paragraph: more has no room on a page."""
_MAP = 0.48  # height of a map, of its width
_LONG = 1500  # letters, about: a piece with more may go on over the page
_BESIDE = 4  # columns of a table that still has room in half a page


@dataclass
class Paper:
    """Sets slides on paper in a language and its colours. `points` are those of a pixel; `rows` the most of a table.

    Afterwards `lost` are the letters that the font does not have, `undrawn` the titles of charts that cannot be drawn, `cut` the
    rows left out by title of their table, `shortened` how many texts end before their end, `marks` how many notes around charts have
    no place, `sources` what was cited, in the order of their numbers.
    """

    colours: Palette
    words: Words
    points: float
    rows: int
    lost: set[str] = field(default_factory=set)
    undrawn: list[str] = field(default_factory=list)
    cut: Counter[str] = field(default_factory=Counter)
    shortened: int = 0
    marks: int = 0
    sources: list[Source] = field(default_factory=list)

    def slide(self, slide: Slide) -> dict[str, Any]:
        """A slide as the template takes it: its pieces in rows of one or two, its sources by their numbers."""
        first = len(self.sources)
        self.sources += [source for source in dict.fromkeys(slide.sources) if source not in self.sources]
        return {
            "headline": self.text(slide.headline),
            "rows": [[self._within(slide, piece, len(row)) for piece in row] for row in in_rows(slide.pieces)],
            "note": self.text(slide.note, PARAGRAPH),
            "told": [self.text(line, PARAGRAPH) for line in slide.explanations],
            "sources": [self._cited(source, first) for source in dict.fromkeys(slide.sources)],
        }

    def text(self, text: str, most: int = LINE) -> str:
        """A text as the font can show it, of `most` letters."""
        if len(text) > most:
            text = f"{text[:most]}…"
            self.shortened += 1
        kept, lost = font.shaped(text)
        self.lost |= lost
        return kept

    def _within(self, slide: Slide, piece: Piece, beside: int) -> dict[str, Any]:
        """A piece in a row of so many, without a title that repeats the headline."""
        whole = WIDTH * 0.66 / self.points
        values = self.piece(piece, whole if beside == 1 else (whole - GAP) / 2, bool(slide.sources))
        values["long"] = values["kind"] != "picture" and len(str(values)) > _LONG
        return values | ({"title": ""} if getattr(piece, "title", "") == slide.headline else {})

    def _cited(self, source: Source, first: int) -> dict[str, Any]:
        at = self.sources.index(source)
        web = source.url.startswith(("https://", "http://"))
        texts = {"line": self.text(source.line), "label": self.text(unquote(source.url)), "url": source.url if web else ""}
        return {"number": at, "new": at >= first, **texts}

    @singledispatchmethod
    def piece(self, piece: Piece, width: float, cited: bool) -> dict[str, Any]:
        """A piece in `width` pixels; one of a slide that is `cited` names no sources of its own. Raises TypeError for an unknown one."""
        raise TypeError(f"no piece of a slide: {type(piece).__name__}")

    @piece.register
    def _(self, piece: Cards, width: float, cited: bool) -> dict[str, Any]:
        cards = []
        for card in piece.cards:
            look = {"mark": mark(card.state, self.colours), "colour": colour(card.state, self.colours)} if card.state else {}
            name, value, state, *lines = (self.text(text, LABEL) for text in (card.name, card.value, card.state_word, *card.lines))
            cards.append({"name": name, "value": value, "lines": lines, "state": state, **look})
        return {"kind": "cards", "cards": cards}

    @piece.register
    def _(self, piece: Chart, width: float, cited: bool) -> dict[str, Any]:
        picture: dict[str, Any] = {"kind": "picture", "title": self.text(piece.title), "measure": self.text(piece.measure)}
        picture |= {"alt": self.text(piece.alt), "beneath": "" if cited else self.text(piece.sourceline), "legend": []}
        drawing, marks = bare(piece.drawing)
        self.marks += marks
        try:
            return picture | {"svg": self._covered(chart_svg(drawing, width)), "height": drawing.height}
        except UnsupportedChart:
            self.undrawn.append(picture["title"])
            return picture | {"svg": "", "height": 0}

    @piece.register
    def _(self, piece: Map, width: float, cited: bool) -> dict[str, Any]:
        legend = [{"word": self.text(word), "colour": hue, "shape": shape} for word, hue, shape in piece.legend]
        texts = {"title": self.text(piece.title), "measure": self.text(piece.measure), "alt": self.text(piece.alt)}
        height = min(width, WIDTH) * _MAP
        drawn = self._covered(map_svg(piece.world, self.colours, width, height))
        return {"kind": "picture", **texts, "svg": drawn, "height": height, "beneath": self.text(piece.beneath), "legend": legend}

    def _covered(self, svg: str) -> str:
        """A picture with letters of the font only; its own marks are all of them."""
        kept, lost = font.covered(svg)
        self.lost |= lost
        return kept

    @piece.register
    def _(self, piece: Table, width: float, cited: bool) -> dict[str, Any]:
        title, more = self.text(piece.title), len(piece.rows) - self.rows
        if more > 0:
            self.cut[title] += more
        rows = [[self.text(cell) for cell in row] for row in piece.rows[: self.rows]]
        rest = self.words.n("handout.more_rows", more) if more > 0 else ""
        heads = [self.text(head) for head in piece.heads]
        # The share of each column: its longest text in letters, none of them without room and none with too much.
        widths = [min(max([6, *map(len, column)]), 40) for column in zip(heads, *rows, strict=True)]
        return {"kind": "table", "title": title, "heads": heads, "widths": widths, "rows": rows, "rest": rest}

    @piece.register
    def _(self, piece: Text, width: float, cited: bool) -> dict[str, Any]:
        lines = [self.text(line, PARAGRAPH) for line in piece.lines]
        return {"kind": "text", "title": self.text(piece.title), "lines": lines, "listed": piece.listed}


def in_rows(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """Pieces in rows: the first, cards, maps and wide tables alone, the others two beside one another."""
    rows: list[tuple[Piece, ...]] = []
    room = False
    for at, piece in enumerate(pieces):
        alone = at == 0 or isinstance(piece, Cards | Map) or (isinstance(piece, Table) and len(piece.heads) > _BESIDE)
        if room and not alone:
            rows[-1] = (*rows[-1], piece)
        else:
            rows.append((piece,))
        room = not alone and not room
    return rows
