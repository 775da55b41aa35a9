"""Cuts Pretendard down to the letters that this dashboard can show: assets/fonts/dashboard-sans.woff2, and the .ttf beside it for paper.

Paper has Japanese letters too, so its font is cut from Pretendard JP; browsers take them from the reader's own fonts.

Run on purpose only; it must not run with the dashboard.

Usage: python tools/make_font.py   (after `npm install --prefix tools` and `pip install -r tools/requirements.txt`)
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "tools/node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2"
TARGET = PROJECT / "assets/fonts/dashboard-sans.woff2"
PAPER_SOURCE = PROJECT / "tools/node_modules/pretendard-jp/dist/public/variable/PretendardJPVariable.ttf"
PAPER = TARGET.with_suffix(".ttf")  # what typst reads; all letters in one font, since its pictures mix no two well
# Their licences reserve the names for the whole fonts, so the parts get one of their own (OFL, condition 3).
NAME = "Dashboard Sans"

# Whole blocks, so that a name nobody thought of still shows: Latin to Extended-B, accents, Vietnamese (Extended Additional),
# punctuation and currency, letterlike, arrows and mathematics, enclosed, boxes, shapes and ticks, CJK marks, Hangul letters.
BLOCKS = [
    (0x0020, 0x024F),
    (0x02B0, 0x036F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x20CF),
    (0x2100, 0x22FF),
    (0x2460, 0x24FF),
    (0x2500, 0x27BF),
    (0x3000, 0x303F),
    (0x3131, 0x318E),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
]
# Kerning, marks, contextual forms, and the figures: tabular for columns and cards, proportional in sentences, fractions, case.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "liga", "rlig", "tnum", "lnum", "pnum", "frac", "sups", "subs", "case", "zero"]


def hangul_of_the_standard() -> set[int]:
    """The 2,350 syllables of KS X 1001, which cover ordinary Korean."""
    return {code for code in range(0xAC00, 0xD7A4) if _is_in_euc_kr(chr(code))}


def japanese_of_the_standard() -> set[int]:
    """Kana and the 2,965 kanji of level 1 of JIS X 0208, which cover ordinary Japanese and its place names."""
    codes = (bytes([row, cell]) for row in (0xA4, 0xA5, *range(0xB0, 0xD0)) for cell in range(0xA1, 0xFF))
    return {ord(letter) for code in codes if (letter := code.decode("euc_jp", errors="ignore"))}


def letters_in_our_texts() -> set[int]:
    """Every letter in the data and in the words of the interface: a rare syllable in a place name is wanted too."""
    files = [*PROJECT.glob("data/*.csv"), *PROJECT.glob("locale/*.po")]
    return {ord(letter) for file in files for letter in file.read_text(encoding="utf-8-sig")}


def cut(source: Path, target: Path, letters: set[int]) -> None:
    """Write the subset, with its weight axis, in the format of the target's suffix. Copyright and licence stay in the file."""
    flavor = "woff2" if target.suffix == ".woff2" else None
    options = subset.Options(flavor=flavor, layout_features=FEATURES, hinting=False, recalc_timestamp=False)
    options.name_IDs = [0, 1, 2, 4, 6, 9, 13, 14]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    for entry in font["name"].names:
        if entry.nameID in (1, 4, 6):
            entry.string = NAME.replace(" ", "") if entry.nameID == 6 else NAME
    subset.save_font(font, str(target), options)


def report(target: Path, wanted: set[int]) -> str:
    """One line: size, letters, weights, and which of our own letters the font does not have."""
    font = TTFont(target)
    missing = "".join(sorted(chr(code) for code in wanted - set(font.getBestCmap()) if chr(code).isprintable()))
    weights = ", ".join(f"{axis.axisTag} {axis.minValue:g}-{axis.maxValue:g}" for axis in font["fvar"].axes)
    size, letters = target.stat().st_size / 1024, len(font.getBestCmap())
    return f"{target.name}: {size:.0f} KiB, {letters} letters, {weights}; not in Pretendard: {missing or 'none'}"


def _is_in_euc_kr(letter: str) -> bool:
    # Python's euc_kr also writes the other syllables, as an eight-byte sequence of their parts; the standard's own take two bytes.
    return len(letter.encode("euc_kr", errors="ignore")) == 2


if __name__ == "__main__":
    ours = letters_in_our_texts()
    blocks = {code for first, last in BLOCKS for code in range(first, last + 1)}
    cut(SOURCE, TARGET, blocks | hangul_of_the_standard() | ours)
    cut(PAPER_SOURCE, PAPER, blocks | hangul_of_the_standard() | japanese_of_the_standard() | ours)
    print(report(PAPER, ours))
    print(report(TARGET, ours | set(map(ord, "ếảöãéíű₩€£¥✓▲◆■▼○●→←↑↓–—…·「」×÷±≤≥≈−%‰°²"))))
