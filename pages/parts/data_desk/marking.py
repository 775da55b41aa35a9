"""What the form of publication asks about changed values: whether each is revised or corrected."""

from collections.abc import Iterable
from functools import partial
from zlib import crc32

import streamlit as st

from metrics.schema.release import Release
from pages.parts.data_desk.changes import column_title
from pages.parts.shell.selection import View
from publishing.changes.marks import CORRECTION, REVISION, Cell, Marks, changed_cells, marks
from publishing.changes.review import keys
from publishing.changes.rows import raw
from publishing.files.downloads import title
from publishing.files.row_names import row_names

EACH = "each"
"""The answer that some are revised and others corrected."""
NAMED = 200
"""Most cells that are offered one by one."""


def asked_marks(view: View, id: str, base: Release, made: Release) -> Marks | None:
    """The marks of the changed values, as the user says; None until all are said. Without any nothing is asked."""
    words, cells = view.words, changed_cells(base, made)
    if not cells:
        return {}
    ways = [REVISION, CORRECTION, *([EACH] if 1 < len(cells) <= NAMED else [])]
    key = answer_key("mark", id, cells)
    way = st.radio(words.n("desk.mark", len(cells)), ways, format_func=partial(words.of, "desk.mark"), index=None, key=key)
    if way is None:
        return None
    corrected = cells if way == CORRECTION else ()
    if way == EACH:
        options = {"format_func": _names(view, made, cells).get, "key": f"{key}-corrected"}
        corrected = st.multiselect(words.t("desk.mark_corrected"), cells, **options)
    return marks(cells, corrected)


def answer_key(name: str, id: str, asked: object) -> str:
    """The key of an answer that holds only for what was asked, the same on every server: `hash` of a text is not."""
    return f"{name}-{id}-{crc32(repr(asked).encode())}"


def _names(view: View, made: Release, cells: Iterable[Cell]) -> dict[Cell, str]:
    """What each cell is called: its table, the row in words, its column."""
    of, words = partial(raw, made), view.words
    rows = {table: dict(zip(keys(table, of(table)), row_names(table, of, words), strict=True)) for table, _, _ in cells}
    called = {cell: (title(cell[0], words.lang), rows[cell[0]][cell[2]], column_title(words, *cell[:2])) for cell in cells}
    return {cell: ", ".join(parts) for cell, parts in called.items()}
