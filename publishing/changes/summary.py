"""The differences between two releases as CSV, one line per cell."""

import csv
import io
from collections.abc import Iterable, Sequence

from publishing.changes.review import Difference
from publishing.changes.rows import keys
from publishing.files.downloads import guarded
from publishing.files.table_text import as_text


def as_lines(diffs: Iterable[Difference], titles: Sequence[str]) -> bytes:
    """CSV in UTF-8 with a byte order mark: table, kind (added, changed, removed, renamed), key, column, before, after.

    `titles` are the six column titles. No cell starts like a formula.
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([titles, *([guarded(cell) for cell in line] for diff in diffs for line in _lines(diff))])
    return buffer.getvalue().encode("utf-8-sig")


def _lines(diff: Difference) -> Iterable[tuple[str, ...]]:
    for kind, rows in (("added", diff.added), ("removed", diff.removed)):
        texts = as_text(rows)
        for key, row in zip(keys(diff.table, texts), texts.to_dict("records"), strict=True):
            for column, cell in row.items():
                sides = ("", cell) if kind == "added" else (cell, "")
                yield (diff.table, kind, key, column, *sides)
    for key, column, before, after in diff.changed.itertuples(index=False):
        yield diff.table, "changed", key, column, before, after
    for before, after in diff.rekeyed.itertuples(index=False):
        yield diff.table, "renamed", after, "", before, after
