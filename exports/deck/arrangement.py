"""The layout of a slide: a single piece fills it, of several the first is the largest, headline numbers beside others go on top."""

from collections.abc import Sequence

from exports.drawing.geometry import Box
from exports.slides import Cards, Piece

GAP = 16
ROW = 178
"""The height of a row of headline numbers."""
_FIRST = 0.62  # of the width


def arrange(pieces: Sequence[Piece], box: Box) -> list[tuple[Piece, Box]]:
    """The pieces with their boxes, in the order in which they are read."""
    rows = [piece for piece in pieces if isinstance(piece, Cards)]
    others = [piece for piece in pieces if not isinstance(piece, Cards)]
    if not others or not rows:
        return list(zip(pieces, _shared(len(pieces), box), strict=True))
    height = min(ROW, (box.height - GAP) * 0.4 / len(rows))
    tops = [Box(box.left, box.top + at * (height + GAP), box.width, height) for at in range(len(rows))]
    rest = box.below(len(rows) * (height + GAP))
    return [*zip(rows, tops, strict=True), *zip(others, _shared(len(others), rest), strict=True)]


def _shared(many: int, box: Box) -> list[Box]:
    """One box, or a large one and the others beside it, one under another."""
    if many < 2:
        return [box][:many]
    wide = (box.width - GAP) * (_FIRST if many == 2 else _FIRST - 0.04)
    first = Box(box.left, box.top, wide, box.height)
    high = (box.height - GAP * (many - 2)) / (many - 1)
    beside = [Box(first.right + GAP, box.top + at * (high + GAP), box.width - GAP - wide, high) for at in range(many - 1)]
    return [first, *beside]
