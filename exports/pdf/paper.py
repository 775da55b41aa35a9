"""The pieces of a slide as plain values for exports/pdf/handout.typ, charts and maps as SVG; every text in letters of the fonts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

from charts.annotated import bare
from charts.marks import colour, mark
from charts.theme import Palette
from exports.drawing.figure import UnsupportedChart
from exports.drawing.svg import chart_svg, map_svg
from exports.pdf import font
from exports.slides import Cards, Chart, Cover, Facts, Map, Piece, Slide, Source, Table, Text
from wording import Words

WIDTH = 747
"""Pixels of a chart as wide as the page: at 0.66 points a pixel, 174 mm."""
GAP = 20
"""Pixels between two pieces beside one another."""
LABEL, LINE, PARAGRAPH = 120, 400, 4000
"""Letters of what stands in a card, of a title or a cell, of a paragraph: more has no room on a page."""
_MAP = 0.48  # height of a map, of its width
_TEXT = re.compile("<text .*?</text>", re.DOTALL)
_LONG = 1500  # letters, about: a piece with more may go on over the page
_USUAL = 0.9  # of the texts of a column decide its width
_LEAST, _MOST, _UNBROKEN, _LINE = 7, 40, 16, 105  # letters: of a column at least and at most, of a text that stays whole, of a row
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
            "rows": [[self._within(slide, piece, len(row)) for piece in row] for row in in_rows((*slide.pieces, *slide.details))],
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
        label = [part for part in self.text(unquote(source.url)).split(font.BREAK) if part]  # a break of typst's is in no copied address
        texts = {"line": self.text(source.line), "label": label, "url": source.url if web else ""}
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
            return picture | self._covered(chart_svg(drawing, width), width, drawing.height)
        except UnsupportedChart:
            self.undrawn.append(picture["title"])
            return picture | {"svg": ""}

    @piece.register
    def _(self, piece: Map, width: float, cited: bool) -> dict[str, Any]:
        dots = piece.dots(11, 17)
        legend = [{"word": self.text(word), "colour": hue, "shape": shape, "wide": wide} for word, hue, shape, wide in dots]
        texts = {"title": self.text(piece.title), "measure": self.text(piece.measure), "alt": self.text(piece.alt)}
        height = min(width, WIDTH) * _MAP
        drawn = self._covered(map_svg(piece.world, self.colours, width, height), width, height)
        return {"kind": "picture", **texts, **drawn, "beneath": self.text(piece.beneath), "legend": legend}

    def _covered(self, svg: str, width: float, height: float) -> dict[str, Any]:
        """A picture of a size in pixels, with letters of the first font only, and its labels in letters of others."""
        kept, lost = font.covered(svg)
        self.lost |= lost
        kept, labels = without_labels_beyond(kept)
        return {"svg": kept, "labels": labels, "width": width, "height": height}

    @piece.register
    def _(self, piece: Table, width: float, cited: bool) -> dict[str, Any]:
        title, more = self.text(piece.title), len(piece.rows) - self.rows
        if more > 0:
            self.cut[title] += more
        rows = [[self.text(cell) for cell in row] for row in piece.rows[: self.rows]]
        rest = self.words.n("handout.more_rows", more) if more > 0 else ""
        heads = [self.text(head) for head in piece.heads]
        return {"kind": "table", "title": title, "heads": heads, "widths": shares(heads, rows), "rows": rows, "rest": rest}

    @piece.register
    def _(self, piece: Facts, width: float, cited: bool) -> dict[str, Any]:
        across = 1 if width < 0.6 * WIDTH * 0.66 / self.points else len(piece.rows)
        return {"kind": "facts", "across": across, "rows": [[self.text(text) for text in row] for row in piece.rows]}

    @piece.register
    def _(self, piece: Cover, width: float, cited: bool) -> dict[str, Any]:
        return self.piece(Text(tuple(filter(None, (piece.occasion, *piece.lines, *piece.standing)))), width, cited)

    @piece.register
    def _(self, piece: Text, width: float, cited: bool) -> dict[str, Any]:
        lines = [self.text(line, PARAGRAPH) for line in piece.lines]
        return {"kind": "text", "title": self.text(piece.title), "lines": lines, "listed": piece.listed}


def shares(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The share of each column of a table in its width: the room of its longest texts, none too narrow to read and none too wide.

    A few texts that are longer than the others are broken, so that they do not take the room of other columns; where a line has too
    little room, the wide columns give it, and no short text such as a date is broken.
    """
    columns = [sorted(map(_room, column)) for column in zip(heads, *rows, strict=True)]
    least = [max(_LEAST, *(_room(word) + 1 for word in (head or " ").split(" "))) for head in heads]
    least = [max([few, *(room + 2 for room in column if room <= _UNBROKEN)]) for few, column in zip(least, columns, strict=True)]
    wished = [min(max(few, column[int(len(column) * _USUAL)]), _MOST) for few, column in zip(least, columns, strict=True)]
    spare, over = sum(wished) - sum(least), max(0, sum(wished) - _LINE)
    if not spare:
        return wished
    return [wish - min(wish - few, round(over * (wish - few) / spare)) for few, wish in zip(least, wished, strict=True)]


def _room(text: str) -> int:
    """The letters of a text, those of East Asia twice."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def in_rows(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """Pieces in rows: the first, cards, maps and wide tables alone, the others two beside one another; facts beside the first."""
    rows: list[tuple[Piece, ...]] = []
    room = False
    if len(pieces) > 1 and isinstance(pieces[1], Facts):
        rows, pieces = [pieces[:2]], pieces[2:]
    for at, piece in enumerate(pieces):
        alone = (
            (at == 0 and not rows) or isinstance(piece, Cards | Facts | Map) or (isinstance(piece, Table) and len(piece.heads) > _BESIDE)
        )
        if room and not alone:
            rows[-1] = (*rows[-1], piece)
        else:
            rows.append((piece,))
        room = not alone and not room
    return rows


def without_labels_beyond(svg: str) -> tuple[str, list[dict[str, Any]]]:
    """A picture without the labels that have letters beyond the first font, and these for the template.

    It sets them itself: in a picture typst mixes no two fonts whose letters join.
    """
    labels = []
    if font.beyond(svg):
        for text in _TEXT.findall(svg):
            if font.beyond(text):
                svg = svg.replace(text, "")
                labels.append(_label(text))
    return svg, labels


def _label(text: str) -> dict[str, Any]:
    """A text of a picture: where its base line begins, is in the middle or ends (`part` 0, 0.5, 1), and its runs. All in pixels."""
    whole = fromstring(text)
    runs = [
        {
            "text": run.text,
            "size": float(run.get("font-size", whole.get("font-size", 0))),
            "fill": run.get("fill", whole.get("fill")),
            "weight": int(run.get("font-weight", whole.get("font-weight", 400))),
        }
        for run in (whole, *whole)
        if run.text
    ]
    part = {"start": 0, "middle": 0.5, "end": 1}[whole.get("text-anchor", "start")]
    return {"x": float(whole.get("x", 0)), "y": float(whole.get("y", 0)), "part": part, "runs": runs}
