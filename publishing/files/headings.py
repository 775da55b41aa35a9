"""CSV files and sheets as rows of text, their tables, and the column of each title: technical names and titles in any order.

Recognised by names and titles in both languages only, never by the cells.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from metrics.schema.columns import Bilingual, fields
from metrics.schema.migrations import former_names
from metrics.schema.problems import Problem
from metrics.schema.tables import TABLES
from publishing.files.downloads import ACCOMPANYING
from publishing.files.normalize_cell import WINDOWS_EPOCH

Progress = Callable[[float], None]
"""Called with the progress, from 0 to 1."""
PROBLEMS = Bilingual("Problems", "문제")
"""The title of the column that marking.py adds; ignored when the file is uploaded again."""


@dataclass(frozen=True)
class RawSheet:
    """One CSV file or one sheet of a workbook. `rows[0]` is the header; row i is row i + 1 of the spreadsheet.

    `codec` and `separator` are empty for a sheet, `sheet` for a CSV file. By (row, column), counted from 0: `dates` has the
    original value of date cells, `faults` the kind of problem of unreadable cells.
    """

    file: str
    rows: list[list[str]]
    codec: str = ""
    separator: str = ""
    sheet: str = ""
    epoch: datetime = WINDOWS_EPOCH
    dates: Mapping[tuple[int, int], str] = field(default_factory=dict)
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The file and its sheet, for readers."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file


def with_tables(opened: Iterable[RawSheet | Problem]) -> Iterator[tuple[RawSheet | Problem, str]]:
    """Each sheet with the table it holds ("" if unknown), and problems as they come; dictionary and guide sheets are left out."""
    named: set[str] = set()
    for grid in opened:
        if isinstance(grid, Problem):
            yield grid, ""
        elif grid.sheet not in ACCOMPANYING:
            # A workbook's name identifies its first table only; its other sheets are identified by their own names.
            names = [grid.sheet] if grid.file in named else [grid.sheet, grid.file]
            if table := table_of(names, grid.rows[0] if grid.rows else []):
                named.add(grid.file)
            yield grid, table


def columns(table: str, header: Sequence[str]) -> list[str]:
    """The technical name of the column of each title, former technical names included; "" if there is none."""
    exact, folded = _names(table)
    return [exact.get(title) or folded.get(_folded(title), "") for title in header]


def table_of(names: Sequence[str], header: Sequence[str]) -> str:
    """The table that a file holds, "" if neither its columns nor its names identify it.

    A name counts if a title of that table is present too, unless the columns are all those of another table; without a
    name, at least half of a table's columns must be present.
    """
    matches = {table: len(set(columns(table, header)) - {""}) for table in TABLES}
    whole = [table for table in TABLES if matches[table] == len(TABLES[table].columns)]
    named = next(filter(None, map(named_table, names)), "")
    if named and (named in whole or (matches[named] and not whole)):
        return named
    likely = whole or [table for table in TABLES if 2 * matches[table] >= len(TABLES[table].columns)]
    most = max((matches[table] for table in likely), default=0)
    best = [table for table in likely if matches[table] == most]
    return best[0] if len(best) == 1 else ""


def named_table(name: str) -> str:
    """The table whose technical name or title a file or sheet name begins with; "" if there is none."""
    text = _folded(re.sub(r"\.(csv|tsv|txt|xlsx)$", "", re.split(r"[/\\]| › ", name)[-1], flags=re.IGNORECASE))
    begun = [known for known in _tables() if re.match(rf"{re.escape(known)}(?![^\W\d_])", text)]
    return _tables()[max(begun, key=len)] if begun else ""


def is_problems(title: str) -> bool:
    """Whether a title is that of the column of problems, which may be followed by problems of the whole table."""
    return title.strip().split("\n")[0] in (PROBLEMS.en, PROBLEMS.ko)


@cache
def _tables() -> dict[str, str]:
    titles = {table: schema.metadata["title"] for table, schema in TABLES.items()}
    return {_folded(name): table for table, title in titles.items() for name in (title.en, title.ko, table)}


@cache
def _names(table: str) -> tuple[dict[str, str], dict[str, str]]:
    declared = fields(TABLES[table])
    titles = {title: name for name, field in declared.items() for title in (field.title.en, field.title.ko)}
    renamed = {before: today for before, today in former_names(table).items() if today}
    exact = titles | renamed | {name: name for name in declared}
    meant: dict[str, set[str]] = {}
    for title, name in exact.items():
        meant.setdefault(_folded(title), set()).add(name)
    return exact, {title: next(iter(names)) for title, names in meant.items() if len(names) == 1}


def _folded(title: str) -> str:
    """A title without case, width, spaces and invisible characters."""
    return re.sub(r"[\s\u200b\u200e\u200f\ufeff]+", "", unicodedata.normalize("NFKC", title)).casefold()
