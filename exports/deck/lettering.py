"""Text as XML of Office: runs with language and typefaces, cleaned, measured and truncated. Draws nothing."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from charts.theme import SMALL, length
from exports.drawing.markup import Lines, Run, clean
from languages import LANGUAGES

LINE = 1.32
"""The height of a line in sizes of its letters."""
POINTS = 0.75
"""Points in a pixel of a slide."""
GROWN = 16 / SMALL
"""How much larger than on a page words, lines and margins of a figure are on a slide: the smallest words become 12 points."""
_SAFE, _BOLD = 1.06, 1.16  # letters beside those that `length` was made for
_BEYOND = 20_000  # letters: longer texts fit no slide and are not measured further


@dataclass(frozen=True)
class Letters:
    """The typefaces and language of a file: `latin` and `east` (Asian) are names, or references to a theme's."""

    lang: str
    latin: str
    east: str

    @property
    def code(self) -> str:
        """The language as Office says it."""
        return LANGUAGES[self.lang].tag


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The approximate width of a text in pixels; an upper estimate, since the fonts of the reader's machine are unknown."""
    return length(text[:_BEYOND]) * size / SMALL * (_BOLD if bold else _SAFE)


def line_count(text: str, size: float, width: float, bold: bool = False) -> int:
    """The approximate number of lines of a text in a `width` in pixels."""
    return sum(max(1, math.ceil(text_width(part, size, bold) / max(width, 1.0))) for part in text.split("\n"))


def truncated(text: str, size: float, width: float, lines: int = 1, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it would take more than `lines` lines."""
    text = clean(text)
    if line_count(text, size, width, bold) <= lines:
        return text
    first = "\n".join(text.split("\n")[:lines])
    lengths = range(1, min(len(first), _BEYOND) + 1)
    fitting = bisect_left(lengths, True, key=lambda end: line_count(first[:end] + "…", size, width, bold) > lines)
    return first[:fitting].rstrip() + "…"


def paint(colour: str, opacity: float = 1.0) -> str:
    """A fill of a colour as CSS has it (`#RRGGBB` or `rgba(…)`), or of a theme's."""
    if colour.startswith("rgb"):
        red, green, blue, *own = re.findall(r"[\d.]+", colour)
        colour, opacity = "#{:02X}{:02X}{:02X}".format(*map(int, (red, green, blue))), opacity * float(*own or (1,))
    see_through = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    if colour.startswith("#"):
        return f'<a:solidFill><a:srgbClr val="{colour[1:]}">{see_through}</a:srgbClr></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{colour}">{see_through}</a:schemeClr></a:solidFill>'


def faces(letters: Letters) -> str:
    """The typefaces of a run."""
    east = quoteattr(letters.east)
    return f"<a:latin typeface={quoteattr(letters.latin)}/><a:ea typeface={east}/><a:cs typeface={quoteattr(letters.latin)}/>"


def properties(run: Run, letters: Letters, tag: str = "a:rPr", scale: float = 1.0) -> str:
    """The look of a run as XML; `scale` is that of the slide."""
    size = max(100, round(run.size * POINTS * scale * 100))
    look = f'lang="{letters.code}" altLang="en-US" sz="{size}" b="{int(run.bold)}"'
    return f"<{tag} {look}>{paint(run.colour)}{faces(letters)}</{tag}>"


def paragraphs(lines: Lines, letters: Letters, align: str = "l", after: float = 0, bullet: float = 0, scale: float = 1.0) -> str:
    """Paragraphs as XML. `after` is the room after each and `bullet` how far the text of a list is set in, both in pixels."""
    inset = round(bullet * POINTS * scale * 12_700)
    sign = f'<a:buFont typeface="Arial"/><a:buChar char="{chr(0x2022)}"/>' if bullet else "<a:buNone/>"
    space = f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(after * POINTS * scale * 100)}"/></a:spcAft>'
    start = f'<a:pPr marL="{inset}" indent="{-inset}" algn="{align}">{space}{sign}</a:pPr>'
    return "".join(f"<a:p>{start}{''.join(_run(run, letters, scale) for run in line)}</a:p>" for line in lines or [[]])


def _run(run: Run, letters: Letters, scale: float) -> str:
    look = properties(run, letters, scale=scale)
    if run.field:
        return f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="{run.field}">{look}<a:t>{escape(clean(run.text))}</a:t></a:fld>'
    return _broken(run.text, look)


def _broken(text: str, look: str) -> str:
    """Runs of one look, with breaks where the text has them."""
    return f"<a:br>{look}</a:br>".join(f"<a:r>{look}<a:t>{escape(part)}</a:t></a:r>" for part in clean(text).split("\n"))


def unstyled(texts: Iterable[str], letters: Letters, points: float = 0) -> str:
    """Paragraphs that inherit their colour, and their size unless `points` are given: titles of a template, notes."""
    size = f' sz="{round(points * 100)}"' if points else ""
    look = f'<a:rPr lang="{letters.code}" altLang="en-US"{size}>{faces(letters)}</a:rPr>'
    return "".join(f"<a:p>{_broken(text, look)}</a:p>" for text in texts)
