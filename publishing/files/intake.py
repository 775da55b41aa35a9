"""Reads uploaded files and data folders into tables of text, with a report of every normalised cell.

Does not validate values (metrics.schema.tables) and makes no release (publishing/store/releases.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from metrics.schema.columns import fields
from metrics.schema.migrations import former_names
from metrics.schema.problems import KINDS, Problem
from metrics.schema.tables import TABLES
from publishing.files.decoding import ENCODINGS
from publishing.files.downloads import unguarded
from publishing.files.headings import columns, is_problems, with_tables
from publishing.files.limits import CELL, refusal
from publishing.files.marking import with_problems
from publishing.files.normalize_cell import CONTROL, ReadAs, normalize_cell
from publishing.files.opening import opened
from publishing.files.raw_sheet import Progress, RawSheet

__all__ = ["FileSaid", "ReadAs", "Taken", "take", "together", "with_problems"]

HEADER = 1
"""The row of the titles, as a spreadsheet shows it."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_EXCERPT = 80
"""Characters of a cell that its problem quotes."""


@dataclass(frozen=True)
class FileSaid:
    """The table, encoding and separator of a file or of one of its sheets.

    `encoding` and `separator` are empty for a sheet, `sheet` for a CSV file; `rows` excludes the header and trailing empty rows.
    """

    name: str
    table: str
    encoding: str
    separator: str
    rows: int
    sheet: str


@dataclass(frozen=True)
class Taken:
    """The content of uploaded files: tables of text with the declared columns that are present, problems and normalised cells.

    Row i of a table is row i + 2 of its spreadsheet. A refused file has a problem and no table.
    """

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    read_as: tuple[ReadAs, ...]
    files: tuple[FileSaid, ...]


def take(files: Sequence[tuple[str, bytes]], progress: Progress = lambda share: None, *, own: bool = False) -> Taken:
    """The tables of files (name, content), recognised by name or by columns.

    Control characters are problems, but in files of the `own` data folder, which nobody reviews, they are removed. Raises nothing for any
    name or content. Call publishing.store.releases.candidate next, and `together` for the problems of both.
    """
    intake = _Intake(own)
    for name, grids in opened(files, progress):
        before = intake.answers
        for grid, table in with_tables(grids):
            intake.add(grid, table)
        if intake.answers == before:
            # A workbook with empty or explanatory sheets only.
            intake.problems.append(refusal(name, "unknown_table"))
    return intake.result()


class _Intake:
    """Collects tables and problems over several files."""

    def __init__(self, own: bool = False) -> None:
        self._own = own
        self.tables: dict[str, pd.DataFrame] = {}
        self.problems: list[Problem] = []
        self.read_as: list[ReadAs] = []
        self.files: list[FileSaid] = []

    @property
    def answers(self) -> int:
        """The number of reports and problems; every file adds at least one."""
        return len(self.files) + len(self.problems)

    def add(self, grid: RawSheet | Problem, table: str) -> None:
        if isinstance(grid, Problem):
            self.problems.append(grid)
        elif not table or table in self.tables:
            self.problems.append(_refused_table(grid, table, self.files))
        else:
            self.tables[table], problems, readings = _table(table, grid, self._own)
            self.problems += problems
            self.read_as += readings
            self.files.append(_file_report(table, grid, len(self.tables[table])))

    def result(self) -> Taken:
        read_as = sorted(self.read_as, key=_row)
        return Taken(MappingProxyType(self.tables), tuple(self.problems), tuple(read_as), tuple(self.files))


def _row(read: ReadAs) -> tuple[int, int]:
    return list(TABLES).index(read.table), read.row


def _refused_table(grid: RawSheet, table: str, files: Sequence[FileSaid]) -> Problem:
    if not table:
        return refusal(grid.label, "unknown_table")
    first = next(file for file in files if file.table == table)
    return refusal(grid.label, "table_twice", table=table, other=_label(first))


def _label(file: FileSaid) -> str:
    return f"{file.name} › {file.sheet}" if file.sheet else file.name


def _file_report(table: str, grid: RawSheet, rows: int) -> FileSaid:
    return FileSaid(grid.file, table, ENCODINGS.get(grid.codec, ""), grid.separator, rows, grid.sheet)


def _table(table: str, grid: RawSheet, own: bool) -> tuple[pd.DataFrame, list[Problem], list[ReadAs]]:
    header, rows = grid.rows[0], _without_empty_end(grid.rows[1:])
    names = columns(table, header)
    problems = [*_of_header(table, header, names, rows), *_of_rows(table, header, rows, grid)]
    read_as: list[ReadAs] = []
    cells: dict[str, list[str]] = {}
    technical = {*TABLES[table].columns, *former_names(table)}
    plain = not grid.codec or technical.issuperset(header)
    for name in (name for name in TABLES[table].columns if name in names):
        at = names.index(name)
        texts = [row[at] if at < len(row) else "" for row in rows]
        column = _Column(table, name, at, grid, texts if plain else list(map(unguarded, texts)), own)
        cells[name], column_problems, column_readings = column.read()
        problems += column_problems
        read_as += column_readings
    return pd.DataFrame(cells, dtype="str"), problems, read_as


def _without_empty_end(rows: list[list[str]]) -> list[list[str]]:
    last = next((at for at in range(len(rows), 0, -1) if any(cell.strip() for cell in rows[at - 1])), 0)
    return rows[:last]


def _of_header(table: str, header: list[str], names: list[str], rows: list[list[str]]) -> Iterator[Problem]:
    for at, (title, name) in enumerate(zip(header, names, strict=True)):
        if name and name in names[:at]:
            yield Problem(table, None, name, "", "duplicate_column")
        elif not name and title.strip() and not _is_passed_over(table, title):
            yield Problem(table, None, title[:_EXCERPT], "", "unknown_column", {"allowed": list(TABLES[table].columns)})
        elif not title.strip() and any(at < len(row) and row[at].strip() for row in rows):
            yield Problem(table, None, "", "", "untitled_column", {"number": at + 1})


def _is_passed_over(table: str, title: str) -> bool:
    return is_problems(title) or former_names(table).get(title.strip()) == ""


def _of_rows(table: str, header: list[str], rows: list[list[str]], grid: RawSheet) -> Iterator[Problem]:
    if grid.sheet:
        return
    width = len(header)
    for number, row in enumerate(rows, start=HEADER + 1):
        if row and len(row) != width and (len(row) < width or any(cell.strip() for cell in row[width:])):
            yield Problem(table, number, "", "", "broken_row", {"found": len(row), "expected": width})


class _Column:
    """Normalises the cells of one column."""

    def __init__(self, table: str, name: str, at: int, grid: RawSheet, texts: list[str], own: bool) -> None:
        self.table, self.name, self.texts, self.own = table, name, texts, own
        self.field = fields(TABLES[table])[name]
        self.epoch = grid.epoch
        self.dates = {row: text for (row, column), text in grid.dates.items() if column == at and row >= HEADER}
        self.faults = {row: kind for (row, column), kind in grid.faults.items() if column == at and row >= HEADER}

    def read(self) -> tuple[list[str], list[Problem], list[ReadAs]]:
        """The normalised cells, their problems, and the changes made."""
        normalized = {text: normalize_cell(self.field, text, self.epoch) for text in dict.fromkeys(self.texts)}
        cells = [normalized[text].text for text in self.texts]
        problems, read_as = [], []
        for at, text in enumerate(self.texts):
            row = at + HEADER
            if problem := self._problem(row, text, normalized[text].readings):
                problems.append(problem)
            elif row in self.dates:
                read_as.append(ReadAs(self.table, row + 1, self.name, self.dates[row], cells[at], "date_cell"))
            elif normalized[text].way:
                read_as.append(ReadAs(self.table, row + 1, self.name, text, cells[at], normalized[text].way))
        return cells, problems, read_as

    def _problem(self, row: int, text: str, readings: tuple[str, ...]) -> Problem | None:
        if row in self.faults:
            return Problem(self.table, row + 1, self.name, text[:_EXCERPT], self.faults[row])
        if len(text) > CELL:
            return Problem(self.table, row + 1, self.name, _visible(text[:_EXCERPT]), "cell_too_long", {"limit": CELL})
        if not self.own and (hidden := CONTROL.search(text)):
            code = f"U+{ord(hidden[0]):04X}"
            return Problem(self.table, row + 1, self.name, _visible(text[:_EXCERPT]), "control_character", {"code": code})
        if readings:
            return Problem(self.table, row + 1, self.name, text, "ambiguous_date", {"readings": list(readings)})
        return None


def _visible(text: str) -> str:
    """A text with a visible sign in place of each control character."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def together(*groups: Iterable[Problem]) -> tuple[Problem, ...]:
    """All problems of an upload, the gravest per cell; a problem of a whole row replaces those of its cells."""
    every = [problem for group in groups for problem in group]
    rows = {(problem.table, problem.row) for problem in every if problem.row and not problem.column}
    gravest: dict[tuple, Problem] = {}
    for problem in sorted(every, key=lambda problem: _RANK[problem.kind]):
        if not problem.row:
            gravest.setdefault((problem.table, problem.column, problem.kind, repr(problem.params)), problem)
        elif not problem.column or (problem.table, problem.row) not in rows:
            gravest.setdefault((problem.table, problem.row, problem.column), problem)
    return tuple(sorted(gravest.values(), key=_place))


def _place(problem: Problem) -> tuple[int, int, int]:
    declared = list(TABLES[problem.table].columns) if problem.table else []
    column = declared.index(problem.column) + 1 if problem.column in declared else 0
    return (list(TABLES).index(problem.table) + 1 if problem.table else 0, problem.row or 0, column)
