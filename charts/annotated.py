"""Annotations of a chart over time: pale bands, rules and a strip above it, with labels where they fit.

The data of the annotations; assets/chart.js places the labels, since only the browser knows the width. Must not choose words.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from charts.theme import Drawing, Palette, fade

ROWS, ROW, STRIP = 2, 17, 18
"""Rows of labels above the chart; the height of each and of the strip in pixels, as in assets/chart.js."""


@dataclass(frozen=True)
class Note:
    """A label over a period from `first` to `last`, the same day for an event; `strip` draws it in the strip of consecutive periods.
    Between `last` and `perhaps` the end is uncertain: paler.
    """

    first: date
    last: date
    label: str
    strip: bool = False
    perhaps: date | None = None


def annotated(figure: dict[str, Any], notes: Sequence[Note], colours: Palette, lift: int = 4) -> dict[str, Any]:
    """The figure with notes, the most important first, made taller by their height; the figure itself if none lies within its axis.

    `lift` is the height in pixels already used directly above the chart. The figure passed in is not changed.
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
    """The drawing without its notes, for renderers that cannot place them, and how many it had."""
    figure = json.loads(drawing.text)
    layout = figure["layout"]
    if not (meta := layout.pop("meta", None)):
        return drawing, 0
    layout["margin"]["t"] -= meta["taller"]
    layout["height"] -= meta["taller"]
    return Drawing(json.dumps(figure, ensure_ascii=False, separators=(",", ":")), layout["height"]), len(meta["notes"])
