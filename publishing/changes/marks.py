"""Whether each changed value of a release is revised or corrected, as whoever publishes it says. Stores nothing."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from metrics.schema.release import Release
from publishing.changes.review import differences

REVISION, CORRECTION = "revision", "correction"
"""Newer or better information, and an error that is mended."""

Cell = tuple[str, str, str]
"""Table, column, and key of the row."""
Marks = Mapping[Cell, str]


def changed_cells(before: Release, after: Release) -> tuple[Cell, ...]:
    """The cells of rows on record that differ, in the order of the tables."""
    return tuple((diff.table, column, key) for diff in differences(before, after) for key, column in diff.changed[["key", "column"]].values)


def marks(cells: Iterable[Cell], corrected: Iterable[Cell]) -> dict[Cell, str]:
    """Each cell with its mark: a correction where it is among the corrected, else a revision."""
    errors = frozenset(corrected)
    return {cell: CORRECTION if cell in errors else REVISION for cell in cells}


def as_json(marked: Marks) -> dict[str, dict[str, dict[str, list[str]]]] | None:
    """The keys by mark, table and column; None without any."""
    lines: dict[str, dict[str, dict[str, list[str]]]] = {}
    for (mark, table, column), keys in groupby(sorted((mark, *cell) for cell, mark in marked.items()), key=lambda line: line[:3]):
        lines.setdefault(mark, {}).setdefault(table, {})[column] = [line[3] for line in keys]
    return lines or None


def from_json(stored: Mapping[str, Mapping[str, Mapping[str, Iterable[str]]]] | None) -> dict[Cell, str]:
    """The marks that `as_json` wrote; none for a release from before there were any."""
    return {
        (table, column, key): mark
        for mark, tables in (stored or {}).items()
        for table, columns in tables.items()
        for column, keys in columns.items()
        for key in keys
    }
