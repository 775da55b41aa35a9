"""A table of the draft as a grid: cells are typed or pasted, and taken like a file that stands for the whole table."""

from collections.abc import Callable, Iterable
from zlib import crc32

import streamlit as st

from metrics.schema.columns import Field
from metrics.schema.names import Rows
from pages.parts.data_desk.draft import Opened, chosen_table
from pages.parts.data_desk.form import columns_of, follow_moved_table, rows_of, table_choice
from pages.parts.shell.fragments import now, part
from publishing.files.table_text import csv_text

FIRST = 2
"""The number of the first row, as in a file with one line of headings."""
HEIGHT = 520
"""Pixels."""


@part
def grid(opened: Opened, check: Callable[[tuple[tuple[str, bytes], ...]], None]) -> None:
    """The choice of a table and its rows, as a fragment; `check` takes the files."""
    follow_moved_table()
    view, table = now(), chosen_table()
    rows, columns = rows_of(opened, table), columns_of(opened, table)
    table_choice(view, table)
    lang = view.selection.lang
    edited = st.data_editor(
        _numbered(rows, columns),
        num_rows="dynamic",
        height=HEIGHT,
        column_config={name: _column(field, lang) for name, field in columns.items()},
        key=f"grid-{table}-{crc32(repr((opened.id, rows.values.tolist())).encode())}",
        alt=view.words.t("desk.how_grid"),
    )
    if st.button(view.words.t("desk.row_keep"), type="primary", key="grid-keep"):
        check(((f"{table}.csv", csv_text([columns, *_cells(edited)]).encode()),))


def _numbered(rows: Rows, columns: Iterable[str]) -> Rows:
    """The rows in every column of the table, numbered as in a file."""
    every = rows.reindex(columns=list(columns), fill_value="").reset_index(drop=True)
    every.index = every.index + FIRST
    return every


def _column(field: Field, lang: str) -> object:
    return st.column_config.TextColumn(field.title.of(lang), help=field.description.of(lang))


def _cells(edited: Rows) -> list[list[str]]:
    """The cells as text; a new row holds None where nothing was typed."""
    return [["" if cell is None or cell != cell else str(cell) for cell in row] for row in edited.itertuples(index=False)]
