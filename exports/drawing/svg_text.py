"""Text in a picture: lines of runs (exports/drawing/markup.py) as lines of SVG text."""

from xml.etree.ElementTree import Element, SubElement

from charts.theme import FONT
from exports.drawing.markup import Run, clean

FAMILY = f"Dashboard Sans, {FONT}"
"""The font under the name it bears in our own file (assets/fonts), then as on the pages."""
ASCENT, DESCENT, LEADING = 0.95, 0.24, 1.3
"""Of the font: over and under its base line, and from line to line, in parts of its size."""


def write(parent: Element, lines: list[list[Run]], x: float, baseline: float, size: float, colour: str, anchor: str) -> None:
    """Write lines below one another, the first on `baseline`; `anchor` is start, middle or end, and what `x` means with it."""
    for at, line in enumerate(lines):
        place = {
            "x": f"{x:.1f}",
            "y": f"{baseline + at * LEADING * size:.1f}",
            "text-anchor": anchor,
            "font-size": f"{size:g}",
            "fill": colour,
        }
        if any(run.text.strip() for run in line):
            _write_line(SubElement(parent, "text", place | {"xml:space": "preserve"}), line)


def _write_line(element: Element, line: list[Run]) -> None:
    for run in line:
        look = {"font-weight": "700"} if run.bold else {}
        look |= {"font-size": f"{run.size:g}"} if run.size else {}
        look |= {"fill": run.colour} if run.colour else {}
        SubElement(element, "tspan", look).text = clean(run.text)


def rise(line: list[Run], size: float) -> float:
    """How far the tallest letters of a line reach over its base line, in pixels."""
    return ASCENT * max([size, *(run.size for run in line if run.size)])


def drop(line: list[Run], size: float) -> float:
    """How far they reach under it."""
    return DESCENT * max([size, *(run.size for run in line if run.size)])
