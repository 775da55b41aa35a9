"""Cuts fonts down to the letters that this dashboard can show: assets/fonts/dashboard-sans.woff2, the .ttf and paper/ beside it for paper.

Browsers take what Pretendard lacks from the reader's own fonts. Paper has Pretendard JP, and Noto for the scripts beyond it.

Run on purpose only; it must not run with the dashboard.

Usage: python tools/make_font.py   (as `make assets` does: after npm, pip and the packages of Debian unpacked in tools/noto)
"""

from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "tools/node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2"
TARGET = PROJECT / "assets/fonts/dashboard-sans.woff2"
PAPER_SOURCE = PROJECT / "tools/node_modules/pretendard-jp/dist/public/variable/PretendardJPVariable.ttf"
PAPER = TARGET.with_suffix(".ttf")  # what typst reads
# Licences of theirs reserve the names for the whole fonts, so the parts get those of their files (OFL, condition 3).

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
# On paper also Azerbaijani and phonetic letters, Greek and Cyrillic.
PAPER_BLOCKS = [(0x0250, 0x02AF), (0x0370, 0x052F)]
NOTO = PROJECT / "tools/noto/usr/share/fonts"
SCRIPTS = {
    "arabic": [(0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF)],
    "armenian": [(0x0530, 0x058F)],
    "bengali": [(0x0980, 0x09FF)],
    "canadian-aboriginal": [(0x1400, 0x167F)],
    "cherokee": [(0x13A0, 0x13FF)],
    "devanagari": [(0x0900, 0x097F)],
    "ethiopic": [(0x1200, 0x137F)],
    "georgian": [(0x10A0, 0x10FF), (0x1C90, 0x1CBF)],
    "gujarati": [(0x0A80, 0x0AFF)],
    "gurmukhi": [(0x0A00, 0x0A7F)],
    "hebrew": [(0x0590, 0x05FF)],
    "kannada": [(0x0C80, 0x0CFF)],
    "khmer": [(0x1780, 0x17FF)],
    "lao": [(0x0E80, 0x0EFF)],
    "latin": [(0x0400, 0x052F), (0x1D00, 0x1D7F), (0x1F00, 0x1FFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)],
    "malayalam": [(0x0D00, 0x0D7F)],
    "math": [(0x2150, 0x22FF)],
    "mongolian": [(0x1800, 0x18AF)],
    "myanmar": [(0x1000, 0x109F)],
    "n-ko": [(0x07C0, 0x07FF)],
    "oriya": [(0x0B00, 0x0B7F)],
    "sinhala": [(0x0D80, 0x0DFF)],
    "tamil": [(0x0B80, 0x0BFF)],
    "telugu": [(0x0C00, 0x0C7F)],
    "thaana": [(0x0780, 0x07BF)],
    "thai": [(0x0E00, 0x0E7F)],
    "tifinagh": [(0x2D30, 0x2D7F)],
}
"""The blocks of each script of living languages, by the name of its file in assets/fonts/paper; latin also has Greek and Cyrillic."""
JOINERS = {0x200C, 0x200D}  # shape the letters beside them
COLLECTION = {"korean": 1, "simplified": 2, "traditional": 3, "japanese": 0}  # the fonts in NotoSansCJK-Regular.ttc
# Kerning, marks, contextual forms, and the figures: tabular for columns and cards, proportional in sentences, fractions, case.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "liga", "rlig", "tnum", "lnum", "pnum", "frac", "sups", "subs", "case", "zero"]


def hangul_of_the_standard() -> set[int]:
    """The 2,350 syllables of KS X 1001, which cover ordinary Korean."""
    return {code for code in range(0xAC00, 0xD7A4) if _is_in_euc_kr(chr(code))}


def japanese_of_the_standard() -> set[int]:
    """Kana and the 2,965 kanji of level 1 of JIS X 0208, which cover ordinary Japanese and its place names."""
    codes = (bytes([row, cell]) for row in (0xA4, 0xA5, *range(0xB0, 0xD0)) for cell in range(0xA1, 0xFF))
    return {ord(letter) for code in codes if (letter := code.decode("euc_jp", errors="ignore"))}


def ideographs() -> dict[str, set[int]]:
    """Those of GB 2312, of both levels of Big5, of JIS X 0208 and of KS X 1001, by the form in which they are drawn; no letter twice."""
    standards = {"simplified": ("gb2312", 0xB0), "traditional": ("big5", 0xA4), "japanese": ("euc_jp", 0xB0), "korean": ("euc_kr", 0xCA)}
    drawn: dict[str, set[int]] = {}
    for form, (codec, first) in standards.items():
        codes = (bytes([row, cell]) for row in range(first, 0xFA) for cell in range(0x40, 0xFF))
        known = {ord(text) for code in codes if len(text := code.decode(codec, errors="ignore")) == 1}
        drawn[form] = {code for code in known if 0x4E00 <= code <= 0x9FFF}.difference(*drawn.values())
    return drawn


def letters_in_our_texts() -> set[int]:
    """Every letter in the data and in the words of the interface: a rare syllable in a place name is wanted too."""
    files = [*PROJECT.glob("data/*.csv"), *PROJECT.glob("locale/*.po")]
    return {ord(letter) for file in files for letter in file.read_text(encoding="utf-8-sig")}


def within(blocks: list[tuple[int, int]]) -> set[int]:
    """Every code of some blocks."""
    return {code for first, last in blocks for code in range(first, last + 1)}


def cut(source: Path, target: Path, letters: set[int], **changes: Any) -> None:
    """Write the subset, with its weight axis, in the format of the target's suffix. Copyright and licence stay in the file.

    `changes` are options of fontTools.subset beside ours.
    """
    flavor = "woff2" if target.suffix == ".woff2" else None
    options = subset.Options(**{"flavor": flavor, "layout_features": FEATURES, "hinting": False, "recalc_timestamp": False} | changes)
    options.name_IDs = [0, 1, 2, 4, 6, 9, 13, 14]
    font = subset.load_font(str(source), options)
    if source.suffix == ".ttc":
        _draw_as_at_home(source, font)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    name = target.stem.replace("-", " ").title()  # exports/pdf/font.py derives it alike
    for entry in font["name"].names:
        if entry.nameID in (1, 4, 6):
            entry.string = name.replace(" ", "") if entry.nameID == 6 else name
    if "CFF " in font:
        font["CFF "].cff.fontNames = [name.replace(" ", "")]
        font["CFF "].cff.topDictIndex[0].FullName = font["CFF "].cff.topDictIndex[0].FamilyName = name
    subset.save_font(font, str(target), options)


def _draw_as_at_home(collection: Path, font: TTFont) -> None:
    """Point ideographs of Big5, JIS and KS only at the forms of their countries; the fonts of a collection share their outlines."""
    for form, letters in ideographs().items():
        drawn = TTFont(collection, fontNumber=COLLECTION[form]).getBestCmap()
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.update({code: drawn[code] for code in letters & table.cmap.keys() & drawn.keys()})


def cut_noto(paper: set[int]) -> None:
    """Write the fonts of assets/fonts/paper, of the letters that the font of `paper` lacks."""
    folder = TARGET.parent / "paper"
    folder.mkdir(exist_ok=True)
    for script, blocks in SCRIPTS.items():
        name = "".join(part.title() for part in script.split("-") if script != "latin")
        letters, features = within(blocks) - paper | JOINERS, subset.Options().layout_features
        cut(NOTO / f"truetype/noto/NotoSans{name}-Regular.ttf", folder / f"dashboard-sans-{script}.ttf", letters, layout_features=features)
    collection = NOTO / "opentype/noto/NotoSansCJK-Regular.ttc"
    for name, letters in (("han", set().union(*ideographs().values())), ("hangul", set(range(0xAC00, 0xD7A4)))):
        cut(collection, folder / f"dashboard-sans-{name}.otf", letters - paper, layout_features=[], font_number=COLLECTION["simplified"])


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
    plain = within(BLOCKS) | hangul_of_the_standard() | ours
    cut(SOURCE, TARGET, plain)
    cut(PAPER_SOURCE, PAPER, plain | within(PAPER_BLOCKS) | japanese_of_the_standard())
    cut_noto(set(TTFont(PAPER).getBestCmap()))
    print(report(PAPER, ours))
    print(report(TARGET, ours | set(map(ord, "ếảöãéíű₩€£¥✓▲◆■▼○●→←↑↓–—…·「」×÷±≤≥≈−%‰°²"))))
