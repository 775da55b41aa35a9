"""The font of PDFs, and which letters it has."""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "assets" / "fonts"
FILE = FOLDER / "dashboard-sans.ttf"
MISSING = "\N{WHITE SQUARE}"
"""Stands for a letter that the font does not have."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_WORD = 24  # letters after which a longer word may be broken
_ALPHABETIC = r"[^\s\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"  # no letter or mark of Japanese, which breaks by itself
_LONG = re.compile(rf"{_ALPHABETIC}{{{_WORD}}}(?={_ALPHABETIC})")


@cache
def letters() -> frozenset[str]:
    """Every letter of the font, read from its table of letters (`cmap`, format 4, which every font has for the first 65,536)."""
    font = FILE.read_bytes()
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


def shaped(text: str) -> tuple[str, set[str]]:
    """A text as it can be set, and the letters that it lost to MISSING.

    White space becomes single blanks, marks that no reader sees (controls, turns of direction) go, very long words may be broken.
    """
    kept, lost = covered(" ".join(text.split()))
    return _LONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", kept), lost


def covered(text: str) -> tuple[str, set[str]]:
    """A text or an SVG document with letters of the font only, no mark that no reader sees, and the letters that it lost to MISSING."""
    seen = [letter for letter in text if unicodedata.category(letter) not in _UNSEEN]
    lost = {letter for letter in seen if letter not in letters()}
    return "".join(MISSING if letter in lost else letter for letter in seen), lost
