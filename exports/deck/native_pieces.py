"""The pieces of a slide as PowerPoint has them: cards, charts, the map, tables and texts, each in its box.

What a piece has no room for is noted, to be said on the first slide.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from charts.annotated import bare
from exports.deck.canvas import Box, Sheet
from exports.deck.chart_notes import above, beneath, place, rooms
from exports.deck.lettering import LINE, Run, clean, fitted, lines_of, wide
from exports.deck.look import LARGE, TEXT, Look, plate
from exports.deck.native_cards import cards
from exports.deck.native_charts import native
from exports.deck.native_map import legend, native_map
from exports.deck.panels import Figure, Panel, Series, figure, plot
from exports.slides import Cards, Chart, Map, Piece, Table, Text
from wording import Words

SERIES = {
    "line": "export.series_line",
    "dashed": "export.series_dashed",
    "dotted": "export.series_dotted",
    "band": "export.series_band",
    "points": "export.series_points",
    "bars": "export.series_bars",
    "hatched": "export.series_hatched",
}
"""The words for what a series looks like."""
FLATTEST = 200
"""Pixels that a chart needs from above to below, with its axes."""


def draw(sheet: Sheet, piece: Piece, box: Box, look: Look, headline: str, alone: bool, cited: bool) -> None:
    """A piece in its box. A title that the headline says already is not said again; `cited`: the slide names the sources below."""
    match piece:
        case Cards():
            cards(sheet, piece, box, look, row=not alone)
        case Chart():
            chart(sheet, piece, box, look, headline, cited)
        case Map():
            map_piece(sheet, piece, box, look, headline)
        case Table():
            table(sheet, piece, box, look, headline)
        case Text():
            text(sheet, piece, box, look, alone)


def _head(sheet: Sheet, title: str, measure: str, box: Box, look: Look, headline: str) -> Box:
    """The title and measure of a piece, smaller in a small one; returns what is left of the box."""
    size = LARGE if box.height > 330 else 20.0
    runs, height = [], 0.0
    for said, high, hue, bold in ((title, size, look.colours.ink, True), (measure, TEXT, look.colours.muted, False)):
        if said and said != headline:
            kept = look.cut(said, high, box.width, 3 if bold else 2, bold)
            runs.append([Run(kept, high, hue, bold)])
            height += lines_of(kept, high, box.width, bold) * high * LINE + 2
    if not runs:
        return box
    sheet.text(Box(box.left, box.top, box.width, height), runs, name="title", after=2)
    return box.below(height + 6)


def _chart_head(sheet: Sheet, piece: Chart, box: Box, look: Look, headline: str) -> Box:
    """Title and measure of a chart; where they would leave no room to draw in, the notes say the measure."""
    title = 0 if piece.title == headline else min(3, lines_of(piece.title, 20.0, box.width, bold=True)) * 20.0 * LINE
    small = box.height - title - lines_of(piece.measure, TEXT, box.width) * TEXT * LINE < FLATTEST
    if small and piece.measure:
        look.left.out("text")
        look.aside.append(piece.measure)
    return _head(sheet, piece.title, "" if small else piece.measure, box, look, headline)


def chart(sheet: Sheet, piece: Chart, box: Box, look: Look, headline: str, cited: bool) -> None:
    """A chart with its finding and measure; its sources below it where the slide does not name them."""
    inner = _chart_head(sheet, piece, plate(sheet, box, look), look, headline)
    if piece.sourceline and not cited:
        line = look.cut(piece.sourceline, TEXT, inner.width, 1)
        foot = Box(inner.left, inner.bottom - TEXT * LINE, inner.width, TEXT * LINE)
        sheet.text(foot, [[Run(line, TEXT, look.colours.muted)]], name="sources")
        inner = Box(inner.left, inner.top, inner.width, inner.height - TEXT * LINE - 6)
    drawing, notes = bare(piece.drawing)
    look.left.out("marks", notes)
    found = figure(drawing)
    look.left.out("parts", len(found.unknown))
    found = _with_room(found, inner, look)
    exact = len(found.panels) > 1
    places = [place(panel, plot(found, panel, inner), exact) for panel in found.panels]
    beneath(sheet, found, places, inner)
    for panel, frame in zip(found.panels, rooms(found, inner), strict=True):
        data = native(panel, frame, plot(found, panel, inner), look.style, lambda series: series.name or _called(series, look.words), exact)
        sheet.chart(frame, data, name=piece.key, alt=piece.alt)
    above(sheet, found, places, inner, look.style)


def _called(series: Series, words: Words) -> str:
    """What a series without a name is called where its numbers are edited: what it looks like."""
    return words.t(SERIES[series.look])


def _with_room(found: Figure, box: Box, look: Look) -> Figure:
    """The figure without the bars that would stand closer than lines of text."""
    room = int((box.height - found.margin["t"] - found.margin["b"]) // (TEXT * 1.15))
    panels = []
    for panel in found.panels:
        many = max((len(series.x) for series in panel.bars), default=0)
        if panel.kind == "lying" and many > room:
            look.left.out("bars", many - room)
            panel = _first(panel, room)
        panels.append(panel)
    return Figure(tuple(panels), found.notes, found.shapes, found.margin, found.unknown)


def _first(panel: Panel, many: int) -> Panel:
    """A panel of bars across with the first so many of them, and what is drawn over those."""

    def cut(series: Series, rows: Sequence[float | None]) -> Series:
        kept = [at for at, row in enumerate(rows) if row is None or row < many]
        hues = series.colours[:many]
        return replace(series, x=tuple(series.x[at] for at in kept), y=tuple(series.y[at] for at in kept), colours=hues)

    axis = panel.y | {name: (panel.y.get(name) or [])[:many] for name in ("tickvals", "ticktext")}
    words = tuple(replace(one, x=one.x[:many], y=one.y[:many], texts=one.texts[:many]) for one in panel.words)
    bars, lines = tuple(cut(one, one.x) for one in panel.bars), tuple(cut(one, one.y) for one in panel.lines)
    return replace(panel, y=axis, bars=bars, lines=lines, words=words)


def map_piece(sheet: Sheet, piece: Map, box: Box, look: Look, headline: str) -> None:
    """The map with its legend and the sentence on boundaries."""
    if piece.title == headline or not piece.title:
        inner = _bare_head(sheet, piece.measure, box, look)
    else:
        inner = _bare_head(sheet, piece.title, box, look, bold=True)
        inner = _bare_head(sheet, piece.measure, inner, look)
    beneath_lines = lines_of(piece.beneath, TEXT, inner.width) if piece.beneath else 0
    foot = (TEXT * LINE + 8 if piece.legend else 0) + min(beneath_lines, 2) * TEXT * LINE + 8
    ground = Box(inner.left, inner.top, inner.width, inner.height - foot)
    native_map(sheet, ground, piece, look.colours)
    line = Box(inner.left, ground.bottom + 8, inner.width, TEXT * LINE)
    if piece.legend:
        legend(sheet, line, piece, look.colours, TEXT, look.muted)
        line = Box(line.left, line.bottom + 2, line.width, line.height)
    if piece.beneath:
        kept = look.cut(piece.beneath, TEXT, inner.width, 2)
        sheet.text(Box(line.left, line.top, line.width, min(beneath_lines, 2) * TEXT * LINE), [[Run(kept, TEXT, look.muted)]], name="note")


def _bare_head(sheet: Sheet, said: str, box: Box, look: Look, bold: bool = False) -> Box:
    """A title or measure on the bare slide."""
    if not said:
        return box
    size, hue = (LARGE, look.ink) if bold else (TEXT, look.muted)
    kept = look.cut(said, size, box.width, 2)
    height = lines_of(kept, size, box.width) * size * LINE
    sheet.text(Box(box.left, box.top, box.width, height), [[Run(kept, size, hue, bold)]], name="title")
    return box.below(height + 6)


def table(sheet: Sheet, piece: Table, box: Box, look: Look, headline: str) -> None:
    """A table: as many rows as fit, and how many more there are."""
    inner = _head(sheet, piece.title, "", plate(sheet, box, look), look, headline)
    columns = len(piece.heads)
    if not columns:
        return
    size = 20.0 if len(piece.rows) * 20 * 1.9 < inner.height - 40 else TEXT
    widths = _widths(piece, inner.width, size)
    room, heights, rows = inner.height - TEXT * LINE, [], []
    for at, row in enumerate((piece.heads, *piece.rows)):
        cells = [look.cut(cell, size, width - 16, 2) for cell, width in zip(row, widths, strict=True)]
        height = max(lines_of(cell, size, width - 16) for cell, width in zip(cells, widths, strict=True)) * size * LINE + 12
        if sum(heights) + height > room and at:
            break
        hue = look.colours.ink if at else look.colours.muted
        rows.append([[[Run(cell, size, hue, bold=not at)]] for cell in cells])
        heights.append(height)
    own = Box(inner.left, inner.top, sum(widths), sum(heights))
    rights = [all(re.fullmatch(r"[\d.,+−-]+", row[at]) for row in piece.rows) and bool(piece.rows) for at in range(columns)]
    alt = piece.title or ", ".join(piece.heads)
    sheet.table(own, widths, rows, heights, rights=rights, rule=look.colours.line, name=piece.title or "table", alt=clean(alt)[:500])
    if more := len(piece.rows) - len(rows) + 1:
        look.left.out("rows", more)
        said = Run(look.words.n("export.more_rows", more), TEXT, look.colours.muted)
        sheet.text(Box(inner.left, own.bottom + 4, inner.width, TEXT * LINE), [[said]], name="more")


def _widths(piece: Table, width: float, size: float) -> list[float]:
    """Columns as wide as their longest word asks for, in the room that there is."""
    longest = [max(min(wide(cell, size), width * 0.6) for cell in column) + 24 for column in zip(piece.heads, *piece.rows, strict=True)]
    return [one * width / sum(longest) for one in longest]


def text(sheet: Sheet, piece: Text, box: Box, look: Look, alone: bool) -> None:
    """Paragraphs or points in the largest size that holds them, down to 14 points; beyond that, as many as fit."""
    inner = _bare_head(sheet, piece.title, box, look, bold=True)
    bullet = 26.0 if piece.listed else 0.0
    sizes = (30.0, 27.0, 24.0, 21.0, TEXT) if alone else (24.0, 21.0, TEXT)
    size = next((size for size in sizes if _high(piece.lines, size, inner.width - bullet) <= inner.height), TEXT)
    kept = list(piece.lines)
    while kept and _high(kept, size, inner.width - bullet) > inner.height:
        kept.pop()
    if len(kept) < len(piece.lines):
        room = int((inner.height - _high(kept, size, inner.width - bullet)) // (size * LINE))
        kept += [fitted(piece.lines[len(kept)], size, inner.width - bullet, room)] if room > 0 else []
        look.left.out("text")
        look.aside.extend(piece.lines)
    lines = [[Run(line, size, look.ink)] for line in kept]
    sheet.text(inner, lines, name=piece.title or "text", after=size * 0.45, bullet=bullet)


def _high(lines: tuple[str, ...] | list[str], size: float, width: float) -> float:
    return sum(lines_of(line, size, width) * size * LINE + size * 0.45 for line in lines)
