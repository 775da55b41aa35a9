"""What happened around a chart over time: quiet bands, rules and a strip over it, named where there is room.

Says what is to be drawn; assets/chart.js finds the room, since only the browser knows how wide a chart is. Must not choose words.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from charts.theme import Drawing, Palette, fade

ROWS, ROW, STRIP = 2, 17, 18
"""Rows for names over the chart; the height of each and of the strip in pixels, as assets/chart.js has them."""


@dataclass(frozen=True)
class Note:
    """A name over a time: from `first` to `last`, the same day for a moment; `strip` puts it into the strip, where one follows another.
    From `last` to `perhaps` it may have gone on: paler.
    """

    first: date
    last: date
    label: str
    strip: bool = False
    perhaps: date | None = None


def annotated(figure: dict[str, Any], notes: Sequence[Note], colours: Palette, lift: int = 4) -> dict[str, Any]:
    """The figure with notes, the weightiest first: as much taller as they need over it; without any within its years the figure itself.

    `lift` is the height in pixels that is taken directly over the chart. The figure passed in is not changed.
    """
    layout = figure["layout"]
    since, until = layout["xaxis"]["range"]
    inside = [note for note in notes if note.last.isoformat() > since and note.first.isoformat() < until]
    if not inside:
        return figure
    strip, rows = any(note.strip for note in inside), any(not note.strip for note in inside)
    taller = 4 + strip * STRIP + rows * ROWS * ROW
    tints = [fade(colours.muted, colours.band * part) for part in (0.9, 2, 0.4)]
    entries = [_entry(note, since, until) for note in inside]
    meta = {"lift": lift, "tints": tints, "rule": colours.faint, "taller": taller, "notes": entries}
    margin = layout["margin"] | {"t": layout["margin"]["t"] + taller}
    return figure | {"layout": layout | {"meta": meta, "margin": margin, "height": layout["height"] + taller}}


def _entry(note: Note, since: str, until: str) -> list[Any]:
    first, last = max(note.first.isoformat(), since), min(note.last.isoformat(), until)
    pale = [min(note.perhaps.isoformat(), until)] if note.perhaps and last < until else []
    return [first, last, note.label, *([int(note.strip)] if note.strip or pale else []), *pale]


def bare(drawing: Drawing) -> tuple[Drawing, int]:
    """The drawing without its notes, for what cannot find room for them, and how many it had."""
    figure = json.loads(drawing.text)
    layout = figure["layout"]
    if not (meta := layout.pop("meta", None)):
        return drawing, 0
    layout["margin"]["t"] -= meta["taller"]
    layout["height"] -= meta["taller"]
    return Drawing(json.dumps(figure, ensure_ascii=False, separators=(",", ":")), layout["height"]), len(meta["notes"])
