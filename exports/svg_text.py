"""Text in a picture: what plotly writes with the HTML it knows (bold, size, colour, line break), as lines of SVG text."""

from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

from charts.theme import FONT

FAMILY = f"Dashboard Sans, {FONT}"
"""The font under the name it bears in our own file (assets/fonts), then as on the pages."""
ASCENT, DESCENT, LEADING = 0.95, 0.24, 1.3
"""Of the font: over and under its base line, and from line to line, in parts of its size."""


@dataclass(frozen=True)
class Run:
    """A piece of a line in one style; no size or colour means that of the whole text."""

    text: str
    bold: bool = False
    size: float | None = None
    colour: str | None = None


class _Reader(HTMLParser):
    """Collects lines of runs; a tag that it does not know changes nothing, as in plotly."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Run]] = [[]]
        self._open: list[tuple[str, Run]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        style = dict(part.split(":", 1) for part in (dict(attrs).get("style") or "").split(";") if ":" in part)
        before = self._style()
        size = float(style["font-size"].removesuffix("px")) if "font-size" in style else before.size
        self._open.append((tag, Run("", before.bold or tag == "b", size, style.get("color", before.colour))))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        style = self._style()
        self.lines[-1].append(Run(data, style.bold, style.size, style.colour))

    def _style(self) -> Run:
        return self._open[-1][1] if self._open else Run("")


def read(text: str) -> list[list[Run]]:
    """The lines of a text as plotly takes it, entities resolved."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.lines


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


def clean(text: str) -> str:
    """A text without the characters that XML does not allow."""
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff" and not "\ud800" <= letter <= "\udfff")


def rise(line: list[Run], size: float) -> float:
    """How far the tallest letters of a line reach over its base line, in pixels."""
    return ASCENT * max([size, *(run.size for run in line if run.size)])


def drop(line: list[Run], size: float) -> float:
    """How far they reach under it."""
    return DESCENT * max([size, *(run.size for run in line if run.size)])
