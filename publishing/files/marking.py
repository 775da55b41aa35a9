"""Adds a column of problems to an uploaded file.

Changes no other cell; a file that cannot be opened is returned as it is.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from metrics.schema.problems import Problem
from metrics.schema.tables import field_of
from publishing.files.downloads import archived
from publishing.files.headings import PROBLEMS, RawSheet, is_problems, with_tables
from publishing.files.limits import DAMAGED, unpacking
from publishing.files.opening import open_file
from publishing.files.sentences import Words, sentence
from publishing.files.sheets import UNWRITABLE

Notes = Mapping[int, str]
"""The text of the column by row; row 1 has its title and the problems of the whole table."""
_KEEPS_LOOKS = 200_000
"""Cells up to which a workbook keeps its formatting; a larger one is written as text, in bounded memory."""


def with_problems(name: str, content: bytes, problems: Iterable[Problem], words: Words) -> bytes:
    """A CSV file, a workbook or an archive of these, with a last column of problems in a language.

    Problems of the whole table follow the column's title; the column is ignored when the file is uploaded again. A CSV file
    keeps its encoding unless it cannot encode the sentences; UTF-8 gets the byte order mark that Excel needs.
    """
    every = list(problems)
    if members := _members(name, content):
        return archived((member, with_problems(member, part, every, words)) for member, part in members.items())
    notes = [
        (grid, _notes(table, every, words)) for grid, table in with_tables(open_file(name, content)) if table and isinstance(grid, RawSheet)
    ]
    if notes and notes[0][0].sheet:
        return _workbook(content, notes)
    return _csv(*notes[0]) if notes else content


def _notes(table: str, problems: Sequence[Problem], words: Words) -> Notes:
    rows: dict[int, list[str]] = {1: [PROBLEMS.of(words.lang)]}
    for problem in problems:
        if problem.table == table:
            rows.setdefault(problem.row or 1, []).append(_line(problem, words))
    return {row: "\n".join(lines) for row, lines in rows.items()}


def _line(problem: Problem, words: Words) -> str:
    text, field = sentence(problem, words), field_of(problem.table, problem.column)
    if problem.row and field:
        text = f"{field.title.of(words.lang)}: {text}"
    return UNWRITABLE.sub("", text)


def _members(name: str, content: bytes) -> dict[str, bytes]:
    """The files of an archive; none if it is a workbook, something else, or cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if unpacking(name, archive) or "[Content_Types].xml" in archive.namelist():
                return {}
            return {part.filename: archive.read(part) for part in archive.infolist() if not part.is_dir()}
    except DAMAGED:
        return {}


def _with_column(grid: RawSheet, notes: Notes) -> list[list[str]]:
    """The rows with the column of problems last, replacing an earlier one."""
    earlier = [at for at, title in enumerate(grid.rows[0]) if is_problems(title)]
    rows = [[cell for at, cell in enumerate(row) if at not in earlier] for row in grid.rows]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row)), notes.get(number, "")] for number, row in enumerate(rows, start=1)]


def _csv(grid: RawSheet, notes: Notes) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=grid.separator, lineterminator="\r\n").writerows(_with_column(grid, notes))
    with_mark = "utf-8-sig"  # Excel does not recognise UTF-8 without it.
    try:
        return buffer.getvalue().encode(with_mark if grid.codec == "utf-8" else grid.codec)
    except UnicodeEncodeError:
        return buffer.getvalue().encode(with_mark)


def _workbook(content: bytes, notes: Sequence[tuple[RawSheet, Notes]]) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if sum(len(grid.rows) * len(grid.rows[0]) for grid, _ in notes) <= _KEEPS_LOOKS and (marked := _marked(content, notes)):
            return marked
    return _as_text(notes)


def _marked(content: bytes, notes: Sequence[tuple[RawSheet, Notes]]) -> bytes | None:
    """The workbook with the column; None if openpyxl, which may raise anything for an odd one, cannot load or save it."""
    from openpyxl import load_workbook
    from openpyxl.styles import Alignment

    buffer = io.BytesIO()
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
        for grid, rows in notes:
            sheet = book[grid.sheet]
            earlier = [at for at, title in enumerate(grid.rows[0], start=1) if is_problems(title)]
            at = earlier[0] if earlier else max(map(len, grid.rows)) + 1
            for number in range(1, len(grid.rows) + 1):
                sheet.cell(number, at).value = rows.get(number)
                sheet.cell(number, at).alignment = Alignment(wrap_text=True, vertical="top")
        book.save(buffer)
    except Exception:
        return None
    return buffer.getvalue()


def _as_text(notes: Sequence[tuple[RawSheet, Notes]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for grid, rows in notes:
        sheet = book.create_sheet(grid.sheet)
        for row in _with_column(grid, rows):
            cells = [WriteOnlyCell(sheet, UNWRITABLE.sub("", cell)) if cell else None for cell in row]
            for cell in filter(None, cells):
                cell.data_type = "s"
            sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
