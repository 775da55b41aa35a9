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
from publishing.files.downloads import unguarded
from publishing.files.headings import Progress, RawSheet, columns, is_problems, with_tables
from publishing.files.limits import CELL, refusal
from publishing.files.normalize_cell import CONTROL, NormalizedCell, ReadAs, normalize_cell
from publishing.files.opening import ENCODINGS, opened

HEADER = 1
"""The row of the titles, as a spreadsheet shows it."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_EXCERPT = 80
"""Characters of a cell that its problem quotes."""


@dataclass(frozen=True)
class FileReport:
    """The table, encoding and separator of a file or of one of its sheets.

    `encoding` and `separator` are empty for a sheet, `sheet` for a CSV file; `rows` excludes the header and trailing empty rows.
    """

    name: str
    table: str
    encoding: str
    separator: str
    rows: int
    sheet: str

    @property
    def label(self) -> str:
        """The file and its sheet, for readers."""
        return f"{self.name} › {self.sheet}" if self.sheet else self.name


@dataclass(frozen=True)
class Intake:
    """The content of uploaded files: tables of text with the declared columns that are present, problems and normalised cells.

    Row i of a table is row i + 2 of its spreadsheet. A refused file has a problem and no table.
    """

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    read_as: tuple[ReadAs, ...]
    files: tuple[FileReport, ...]


def take(files: Sequence[tuple[str, bytes]], progress: Progress = lambda share: None, *, own: bool = False) -> Intake:
    """The tables of files (name, content), recognised by name or by columns.

    Control characters are problems, but in files of the `own` data folder, which nobody reviews, they are removed. Raises nothing for any
    name or content. Call publishing.store.releases.candidate next, and `together` for the problems of both.
    """
    tables: dict[str, pd.DataFrame] = {}
    reports: list[FileReport] = []
    problems: list[Problem] = []
    read_as: list[ReadAs] = []
    for name, sheets in opened(files, progress):
        before = len(reports) + len(problems)
        for sheet, table in with_tables(sheets):
            if isinstance(sheet, Problem):
                problems.append(sheet)
            elif not table or table in tables:
                problems.append(_refused_table(sheet, table, reports))
            else:
                tables[table], faults, readings = _table(table, sheet, own)
                problems += faults
                read_as += readings
                encoding = ENCODINGS.get(sheet.codec, "")
                reports.append(FileReport(sheet.file, table, encoding, sheet.separator, len(tables[table]), sheet.sheet))
        if len(reports) + len(problems) == before:
            # A workbook with empty or explanatory sheets only.
            problems.append(refusal(name, "unknown_table"))
    read_as.sort(key=lambda cell: (list(TABLES).index(cell.table), cell.row))
    return Intake(MappingProxyType(tables), tuple(problems), tuple(read_as), tuple(reports))


def _refused_table(sheet: RawSheet, table: str, reports: Sequence[FileReport]) -> Problem:
    if not table:
        return refusal(sheet.label, "unknown_table")
    first = next(report for report in reports if report.table == table)
    return refusal(sheet.label, "table_twice", table=table, other=first.label)


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
        texts = texts if plain else list(map(unguarded, texts))
        cells[name], column_problems, column_readings = _column(table, name, at, grid, texts, own)
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
        elif not name and title.strip() and not is_problems(title) and former_names(table).get(title.strip()) != "":
            yield Problem(table, None, title[:_EXCERPT], "", "unknown_column", {"allowed": list(TABLES[table].columns)})
        elif not title.strip() and any(at < len(row) and row[at].strip() for row in rows):
            yield Problem(table, None, "", "", "untitled_column", {"number": at + 1})


def _of_rows(table: str, header: list[str], rows: list[list[str]], grid: RawSheet) -> Iterator[Problem]:
    if grid.sheet:
        return
    width = len(header)
    for number, row in enumerate(rows, start=HEADER + 1):
        if row and len(row) != width and (len(row) < width or any(cell.strip() for cell in row[width:])):
            yield Problem(table, number, "", "", "broken_row", {"found": len(row), "expected": width})


def _column(table: str, name: str, at: int, grid: RawSheet, texts: list[str], own: bool) -> tuple[list[str], list[Problem], list[ReadAs]]:
    """The normalised cells of a column, their problems, and the changes made."""
    field = fields(TABLES[table])[name]
    normalized = {text: normalize_cell(field, text, grid.epoch) for text in dict.fromkeys(texts)}
    problems, read_as = [], []
    for row, text in enumerate(texts, start=HEADER):
        cell, date_cell = normalized[text], grid.dates.get((row, at))
        if fault := _fault(text, cell, grid.faults.get((row, at), ""), own):
            problems.append(Problem(table, row + 1, name, *fault))
        elif date_cell is not None:
            read_as.append(ReadAs(table, row + 1, name, date_cell, cell.text, "date_cell"))
        elif cell.way:
            read_as.append(ReadAs(table, row + 1, name, text, cell.text, cell.way))
    return [normalized[text].text for text in texts], problems, read_as


def _fault(text: str, cell: NormalizedCell, unreadable: str, own: bool) -> tuple[str, str, dict] | None:
    """What a problem quotes of a cell, its kind and its parameters; None for a cell without a problem."""
    if unreadable:
        return text[:_EXCERPT], unreadable, {}
    if len(text) > CELL:
        return _visible(text[:_EXCERPT]), "cell_too_long", {"limit": CELL}
    if not own and (hidden := CONTROL.search(text)):
        return _visible(text[:_EXCERPT]), "control_character", {"code": f"U+{ord(hidden[0]):04X}"}
    return (text, "ambiguous_date", {"readings": list(cell.readings)}) if cell.readings else None


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
