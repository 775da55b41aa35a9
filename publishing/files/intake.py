"""Reads uploaded files and data folders into tables of text, with a report of every normalised cell.

Does not validate values (metrics.schema.tables) and makes no release (publishing/store/releases.py).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from metrics.schema.checks import unknown_column
from metrics.schema.columns import Codes, Field, fields, with_codes
from metrics.schema.migrations import former_names
from metrics.schema.problems import KINDS, Problem
from metrics.schema.tables import TABLES, schema_for
from publishing.files.downloads import unguarded
from publishing.files.headings import (
    Progress,
    RawSheet,
    columns,
    is_problems,
    last_row,
    named_column,
    nearest_column,
    row_of_titles,
    span,
    with_tables,
)
from publishing.files.limits import CELL, refusal
from publishing.files.normalize_cell import CONTROL, NormalizedCell, ReadAs, normalize_cell
from publishing.files.opening import ENCODINGS, opened
from publishing.files.row_names import Names, folded

HEADER = 1
"""The row of the titles, as a spreadsheet shows it."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_EXCERPT = 80
"""Characters of a cell that its problem quotes."""
_NAMED = 10
"""Most cells that a problem names."""
_ERRORS = frozenset(["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA"])
"""Errors of spreadsheets, which a CSV file holds as text."""
_ONE_COMMA = re.compile(r"-?[0-9]{1,3},[0-9]{3}")


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

    Row i of a table is row i + 2 of its spreadsheet. A refused file has a problem and no table. `doubts` are values to be confirmed,
    `aside` the sheets that hold no table beside one that does, `release` the oldest release that a workbook was downloaded from.
    """

    tables: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...]
    read_as: tuple[ReadAs, ...]
    files: tuple[FileReport, ...]
    doubts: tuple[Problem, ...] = ()
    aside: tuple[str, ...] = ()
    release: int | None = None


def take(
    files: Sequence[tuple[str, bytes]],
    progress: Progress = lambda share: None,
    *,
    own: bool = False,
    codes: Codes = MappingProxyType({}),
    names: Names = MappingProxyType({}),
) -> Intake:
    """The tables of files (name, content), recognised by name or by columns.

    Control characters are problems, but in files of the `own` data folder, which nobody reviews, they are removed. `codes` are
    those of the city's own words, as `codes_of` gives them, `names` what columns in words may mean, as `known_names` does. Raises
    nothing for any name or content. Call publishing.store.releases.candidate next, and `together` for the problems of both.
    """
    taken = _Taken(own, codes, names)
    for name, sheets in opened(files, progress):
        before = len(taken.files) + len(taken.problems)
        pairs = list(with_tables(sheets))
        in_workbook = {sheet.file for sheet, table in pairs if table and isinstance(sheet, RawSheet) and sheet.sheet}
        for sheet, table in pairs:
            if isinstance(sheet, Problem):
                taken.problems.append(sheet)
            elif not table and sheet.file in in_workbook and not row_of_titles(sheet):
                taken.aside.append(sheet.label)
            elif not table or table in taken.tables:
                taken.problems.append(_refused_table(sheet, table, taken.files))
            else:
                taken.add(sheet, table)
        if len(taken.files) + len(taken.problems) == before:
            # A workbook with empty or explanatory sheets only.
            taken.problems.append(refusal(name, "unknown_table"))
    return taken.whole()


@dataclass
class _Taken:
    """What was read so far."""

    own: bool
    codes: Codes
    names: Names
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    read_as: list[ReadAs] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    releases: list[int] = field(default_factory=list)

    def add(self, sheet: RawSheet, table: str) -> None:
        """Read a sheet as a table."""
        header, rows = sheet.rows[0], _without_empty_end(sheet.rows[1:])
        names = columns(table, header)
        self.problems += [*_of_header(table, header, names, rows), *_of_rows(table, header, rows, sheet)]
        cells: dict[str, list[str]] = {}
        declared = fields(schema_for(table, names))
        technical = {*declared, *former_names(table)}
        plain = not sheet.codec or technical.issuperset(header)
        for name, column in ((name, column) for name, column in declared.items() if name in names):
            at = names.index(name)
            texts = [row[at] if at < len(row) else "" for row in rows]
            texts = texts if plain else list(map(unguarded, texts))
            column = with_codes(column, self.codes)
            ids, column_problems, column_readings = _column(table, name, column, at, sheet, texts, self.own)
            cells[name], by_name = _ids_of(table, name, ids, self.names.get(column.refers, {}))
            self.problems += column_problems
            self.read_as += column_readings + by_name
            self.doubts += () if self.own else _doubtful(table, name, column, sheet, texts)
        for at, name in enumerate(named_column(table, title) for title in header):
            if name in cells:
                said = [row[at].strip() if at < len(row) else "" for row in rows]
                cells[name], column_problems, column_readings = _in_words(table, name, said, cells[name], self.names)
                self.problems += column_problems
                self.read_as += column_readings
        self.tables[table] = pd.DataFrame(cells, dtype="str")
        self.releases += [sheet.release] if sheet.release else []
        self.files.append(FileReport(sheet.file, table, ENCODINGS.get(sheet.codec, ""), sheet.separator, len(rows), sheet.sheet))

    def whole(self) -> Intake:
        """All of it; normalised cells by table and row."""
        read_as = sorted(self.read_as, key=lambda cell: (list(TABLES).index(cell.table), cell.row))
        release = min(self.releases, default=None)
        tables, files, doubts = MappingProxyType(self.tables), tuple(self.files), tuple(self.doubts)
        return Intake(tables, tuple(self.problems), tuple(read_as), files, doubts, tuple(self.aside), release)


def _refused_table(sheet: RawSheet, table: str, reports: Sequence[FileReport]) -> Problem:
    if table:
        first = next(report for report in reports if report.table == table)
        return refusal(sheet.label, "table_twice", table=table, other=first.label)
    if sheet.hidden:
        return refusal(sheet.label, "hidden_sheet")
    row = row_of_titles(sheet)
    return refusal(sheet.label, "titles_below", row=row) if row else refusal(sheet.label, "unknown_table")


def _doubtful(table: str, name: str, column: Field, grid: RawSheet, texts: Sequence[str]) -> Iterator[Problem]:
    """Cells whose value may be meant otherwise: a comma where the file separates by semicolons, letters of another encoding."""
    for row, text in enumerate(texts, start=HEADER + 1):
        if column.kind in ("number", "whole") and grid.separator == ";" and _ONE_COMMA.fullmatch(text.strip()):
            params = {"taken": text.strip().replace(",", ""), "meant": text.strip().replace(",", ".")}
            yield Problem(table, row, name, text, "decimal_comma", params)
        elif not text.isascii() and (meant := _misread(text)):
            yield Problem(table, row, name, text[:_EXCERPT], "mojibake", {"meant": meant[:_EXCERPT]})


def _misread(text: str) -> str:
    """The text that was UTF-8 and was read as Windows-1252 or Latin-1: "SeÃ³ul"; "" for any other."""
    for codec in ("cp1252", "latin-1"):
        try:
            return text.encode(codec).decode()
        except UnicodeError:
            continue
    return ""


def _without_empty_end(rows: list[list[str]]) -> list[list[str]]:
    last = next((at for at in range(len(rows), 0, -1) if any(cell.strip() for cell in rows[at - 1])), 0)
    return rows[:last]


def _of_header(table: str, header: list[str], names: list[str], rows: list[list[str]]) -> Iterator[Problem]:
    absent = [name for name in TABLES[table].columns if name not in names]
    for at, (title, name) in enumerate(zip(header, names, strict=True)):
        if name and name in names[:at]:
            yield Problem(table, None, name, "", "duplicate_column")
        elif (
            not name
            and title.strip()
            and not is_problems(title)
            and not named_column(table, title)
            and former_names(table).get(title.strip()) != ""
        ):
            nearest = nearest_column(table, title, absent)
            misspelt = Problem(table, None, title[:_EXCERPT], "", "misspelt_column", {"nearest": nearest})
            yield misspelt if nearest else unknown_column(TABLES[table], title[:_EXCERPT])
        elif not title.strip() and any(at < len(row) and row[at].strip() for row in rows):
            yield Problem(table, None, "", "", "untitled_column", {"number": at + 1})


def _of_rows(table: str, header: list[str], rows: list[list[str]], grid: RawSheet) -> Iterator[Problem]:
    width = len(header)
    if grid.sheet:
        filled = ((row, at) for row, cells in enumerate(rows, start=HEADER) for at in range(width, len(cells)) if cells[at].strip())
        if beside := [span(place) for place in filled]:
            yield Problem(table, None, "", "", "beside_table", {"cells": _first(beside)})
        if merged := [cells for cells in grid.merged if last_row(cells) > HEADER]:
            yield Problem(table, None, "", "", "merged_cells", {"cells": _first(merged)})
        return
    for number, row in enumerate(rows, start=HEADER + 1):
        if row and len(row) != width and (len(row) < width or any(cell.strip() for cell in row[width:])):
            yield Problem(table, number, "", "", "broken_row", {"found": len(row), "expected": width})


def _first(cells: Sequence[str]) -> str:
    return ", ".join(cells[:_NAMED]) + (" …" if len(cells) > _NAMED else "")


def _column(
    table: str, name: str, declared: Field, at: int, grid: RawSheet, texts: list[str], own: bool
) -> tuple[list[str], list[Problem], list[ReadAs]]:
    """The normalised cells of a column, their problems, and the changes made."""
    normalized = {text: normalize_cell(declared, text, grid.epoch) for text in dict.fromkeys(texts)}
    problems, read_as = [], []
    for row, text in enumerate(texts, start=HEADER):
        cell, place = normalized[text], (row, at)
        if fault := _fault(text, cell, grid.faults.get(place), own):
            problems.append(Problem(table, row + 1, name, *fault))
        elif place in grid.origins:
            kind, origin = grid.origins[place]
            read_as.append(ReadAs(table, row + 1, name, origin, cell.text, kind))
        elif cell.way:
            read_as.append(ReadAs(table, row + 1, name, text, cell.text, cell.way))
    return [normalized[text].text for text in texts], problems, read_as


def _ids_of(table: str, name: str, cells: list[str], known: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[ReadAs]]:
    """The cells of a reference, a name that means one row alone replaced by its id, and where that was done."""
    there = {id for every in known.values() for id in every}
    meant = {cell: known.get(folded(cell), ()) for cell in cells if cell and cell not in there}
    ids = {cell: every[0] for cell, every in meant.items() if len(every) == 1}
    read_as = [ReadAs(table, row, name, cell, ids[cell], "word") for row, cell in enumerate(cells, HEADER + 1) if cell in ids]
    return [ids.get(cell, cell) for cell in cells], read_as


def _in_words(table: str, name: str, said: Sequence[str], cells: list[str], names: Names) -> tuple[list[str], list[Problem], list[ReadAs]]:
    """The cells of a reference with those that are told in words only, and the rows where cell and words contradict each other."""
    refers = TABLES[table].columns[name].metadata["field"].refers
    known, problems, read_as, ids = names.get(refers, {}), [], [], list(cells)
    there = {id for every in known.values() for id in every}
    for row, (text, id) in enumerate(zip(said, cells, strict=True)):
        meant = known.get(folded(text), ())
        if not text or id in meant or (id and not meant and id not in there):
            continue
        if not id and len(meant) == 1:
            ids[row] = meant[0]
            read_as.append(ReadAs(table, row + HEADER + 1, name, text, meant[0], "word"))
        elif id and meant:
            problems.append(Problem(table, row + HEADER + 1, name, text[:_EXCERPT], "contradiction", {"meant": ", ".join(meant), "id": id}))
        else:
            params = {"table": refers.partition(".")[0]}
            problems.append(Problem(table, row + HEADER + 1, name, text[:_EXCERPT], "unknown_name", params))
    return ids, problems, read_as


def _fault(text: str, cell: NormalizedCell, unreadable: tuple[str, Mapping] | None, own: bool) -> tuple[str, str, Mapping] | None:
    """What a problem quotes of a cell, its kind and its parameters; None for a cell without a problem."""
    if unreadable:
        return text[:_EXCERPT], *unreadable
    if len(text) > CELL:
        return _visible(text[:_EXCERPT]), "cell_too_long", {"limit": CELL}
    if not own and (hidden := CONTROL.search(text)):
        return _visible(text[:_EXCERPT]), "control_character", {"code": f"U+{ord(hidden[0]):04X}"}
    if cell.text.upper() in _ERRORS:
        return cell.text, "error_value", {}
    if cell.shortened:
        return text, "shortened_date", {}
    return (text, "ambiguous_date", {"readings": list(cell.readings)}) if cell.readings else None


def _visible(text: str) -> str:
    """A text with a visible sign in place of each control character."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def together(*groups: Iterable[Problem]) -> tuple[Problem, ...]:
    """All problems of an upload, the gravest per cell; a problem of a whole row replaces those of its cells."""
    every = [problem for group in groups for problem in group]
    misspelt = {(problem.table, problem.params["nearest"]) for problem in every if problem.kind == "misspelt_column"}
    every = [problem for problem in every if problem.kind != "missing_column" or (problem.table, problem.column) not in misspelt]
    rows = {(problem.table, problem.row) for problem in every if problem.row and not problem.column}
    gravest: dict[tuple, Problem] = {}
    for problem in sorted(every, key=lambda problem: _RANK[problem.kind]):
        if not problem.row:
            gravest.setdefault((problem.table, problem.column, problem.kind, repr(problem.params)), problem)
        elif not problem.column or (problem.table, problem.row) not in rows:
            gravest.setdefault((problem.table, problem.row, problem.column), problem)
    return tuple(sorted(gravest.values(), key=_place))


def _place(problem: Problem) -> tuple[int, int, int]:
    declared = list(schema_for(problem.table, [problem.column]).columns) if problem.table else []
    column = declared.index(problem.column) + 1 if problem.column in declared else 0
    return (list(TABLES).index(problem.table) + 1 if problem.table else 0, problem.row or 0, column)
