"""The fonts of PDFs, and which letters they have: one for most documents, others for the scripts beyond it."""

import re
import struct
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "assets" / "fonts"
FILES = (FOLDER / "dashboard-sans.ttf", *sorted((FOLDER / "paper").glob("dashboard-sans-*.[ot]tf")))
"""In the order in which a letter is looked for."""
MISSING = "\N{WHITE SQUARE}"
"""Stands for a letter that no font has."""
BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a very long word may be broken."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_LOOSE = re.compile(f"(?<![\u0590-\u1cff])[{_JOINERS}]+|[{_JOINERS}]+(?![\u0590-\u1cff])")  # beside no letter whose shape they change
_WORD = 24  # letters after which a longer word may be broken
_ALPHABETIC = r"[^\s\u0590-\u08ff\u0900-\u109f\u1780-\u18af\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"  # letters that stand by themselves
_LONG = re.compile(rf"{_ALPHABETIC}{{{_WORD}}}(?={_ALPHABETIC})")


def family(file: Path) -> str:
    """The name of a font, which tools/make_font.py makes of that of its file."""
    return file.stem.replace("-", " ").title()


@cache
def letters(file: Path = FILES[0]) -> frozenset[str]:
    """Every letter of a font, read from its table of letters (`cmap`, format 4, which every font has for the first 65,536)."""
    font = file.read_bytes()
    tables = {font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0] for at in range(12, 12 + 16 * _short(font, 4), 16)}
    start = tables[b"cmap"]
    offsets = [struct.unpack(">I", font[at + 4 : at + 8])[0] for at in range(start + 4, start + 4 + 8 * _short(font, start + 2), 8)]
    table = next(start + offset for offset in offsets if _short(font, start + offset) == 4)
    segments = _short(font, table + 6) // 2
    lasts, firsts = table + 14, table + 16 + 2 * segments
    ranges = [(_short(font, firsts + 2 * at), _short(font, lasts + 2 * at)) for at in range(segments)]
    return frozenset(chr(code) for first, last in ranges for code in range(first, min(last, 0xFFFD) + 1))


def _short(font: bytes, at: int) -> int:
    return struct.unpack(">H", font[at : at + 2])[0]


def beyond(text: str) -> dict[str, str]:
    """The letters of a text that the first font lacks, by the family of the font that they are set in. Opens no font without need."""
    needed: dict[str, str] = defaultdict(str)
    for letter in sorted(set(text) - letters()):
        if name := _family_of(letter):
            needed[name] += letter
    return needed


@cache
def _family_of(letter: str) -> str:
    """The first family that has a letter, "" for none and for a mark that no reader sees, which is set in the font of its neighbours."""
    if unicodedata.category(letter) in _UNSEEN:
        return ""
    return next((family(file) for file in FILES if letter in letters(file)), "")


def shaped(text: str) -> tuple[str, set[str]]:
    """A text as it can be set, and the letters that it lost to MISSING.

    White space becomes single blanks, marks that no reader sees (controls, turns of direction) go, very long words may be broken.
    """
    kept, lost = covered(" ".join(text.split()))
    return _LONG.sub(f"\\g<0>{BREAK}", kept), lost


def covered(text: str) -> tuple[str, set[str]]:
    """A text or an SVG document with letters of the fonts only, no mark that no reader sees, and the letters that it lost to MISSING.

    Joiners stay where they shape the letters beside them.
    """
    seen = [letter for letter in _LOOSE.sub("", text) if letter in _JOINERS or unicodedata.category(letter) not in _UNSEEN]
    lost = {letter for letter in set(seen) if letter not in _JOINERS and not _family_of(letter)}
    return "".join(MISSING if letter in lost else letter for letter in seen), lost
