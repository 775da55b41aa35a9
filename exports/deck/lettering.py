"""Text as XML of Office: runs with language and typefaces, cleaned, measured and truncated. Draws nothing."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from charts.theme import SMALL, length
from exports.drawing.markup import Lines, Run, clean
from languages import language, typeface

LINE = 1.32
"""The height of a line in sizes of its letters."""
POINTS = 0.75
"""Points in a pixel of a slide."""
GROWN = 16 / SMALL
"""How much larger than on a page words, lines and margins of a figure are on a slide: the smallest words become 12 points."""
_ASIAN = {"Kore": "euc_kr", "Jpan": "euc_jp", "Hans": "gb2312", "Hant": "big5"}
"""The standards whose letters the typefaces of these scripts have."""
_COMPLEX = {
    "ARABIC": "Arab", "HEBREW": "Hebr", "THAANA": "Thaa", "NKO": "Nkoo", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru",
    "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh",
    "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr", "ETHIOPIC": "Ethi", "MONGOLIAN": "Mong", "TIBETAN": "Tibt",
}  # fmt: skip
"""Scripts of letters that join or turn, which Office takes from the typeface `cs`, by the first word of their letters' names."""
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
        return language(self.lang).tag


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


def faces(letters: Letters, text: str) -> str:
    """The typefaces of a run: Office takes each of its letters from one of the three."""
    by_slot = {"latin": letters.latin, "ea": _east(letters, text), "cs": _complex(text) or letters.latin}
    return "".join(f"<a:{slot} typeface={quoteattr(face)}/>" for slot, face in by_slot.items())


def _east(letters: Letters, text: str) -> str:
    """The file's own typeface, unless it lacks East Asian letters of the text that another has."""
    asian = re.sub("[^\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]", "", text)
    own = language(letters.lang).script.replace("Hang", "Kore")
    having = [script for script in _ASIAN if asian == asian.encode(codec := _ASIAN[script], "ignore").decode(codec)]
    return letters.east if not asian or own in having or not having else typeface(having[0])


def _complex(text: str) -> str:
    """The typeface of the first letter of a script of `_COMPLEX`, "" without one."""
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter >= "\u0590")
    return next((typeface(_COMPLEX[name]) for name in names if name in _COMPLEX), "")


def properties(run: Run, letters: Letters, tag: str = "a:rPr", scale: float = 1.0) -> str:
    """The look of a run as XML; `scale` is that of the slide."""
    size = max(100, round(run.size * POINTS * scale * 100))
    look = f'lang="{letters.code}" altLang="en-US" sz="{size}" b="{int(run.bold)}"'
    return f"<{tag} {look}>{paint(run.colour)}{faces(letters, run.text)}</{tag}>"


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
    look = f'<a:rPr lang="{letters.code}" altLang="en-US"{size}>{{}}</a:rPr>'
    return "".join(f"<a:p>{_broken(text, look.format(faces(letters, text)))}</a:p>" for text in texts)
