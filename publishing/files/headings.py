"""CSV files and sheets as rows of text, their tables, and the column of each title: technical names and titles in any order.

Recognised by names and titles in both languages only, never by the cells.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from functools import cache

from languages import codes, language_name
from metrics.schema.columns import Bilingual, families, fields
from metrics.schema.migrations import former_names
from metrics.schema.problems import Problem
from metrics.schema.tables import TABLES, field_of
from publishing.files.downloads import ACCOMPANYING, in_words
from publishing.files.normalize_cell import WINDOWS_EPOCH

Progress = Callable[[float], None]
"""Called with the progress, from 0 to 1."""
SEARCHED = 20
"""Rows among which titles are looked for."""
_SIMILAR = 0.7
"""The least likeness of a misspelt title to the right one."""
PROBLEMS = Bilingual("Problems", "문제")
"""The title of the column that marking.py adds; ignored when the file is uploaded again."""


Place = tuple[int, int]
"""Row and column of a cell in a sheet, counted from 0."""


@dataclass(frozen=True)
class RawSheet:
    """One CSV file or one sheet of a workbook. `rows[0]` is the header; row i is row i + 1 of the spreadsheet.

    `codec` and `separator` are empty for a sheet, `sheet` for a CSV file; `release` is the one that a workbook was downloaded from.
    `origins` has the kind of ReadAs and the text of cells that hold something else than what is taken, `faults` the kind of problem of
    unreadable cells and its parameters, `merged` the merged ranges.
    """

    file: str
    rows: list[list[str]]
    codec: str = ""
    separator: str = ""
    sheet: str = ""
    epoch: datetime = WINDOWS_EPOCH
    release: int | None = None
    hidden: bool = False
    merged: tuple[str, ...] = ()
    origins: Mapping[Place, tuple[str, str]] = field(default_factory=dict)
    faults: Mapping[Place, tuple[str, Mapping]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The file and its sheet, for readers."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file


def with_tables(opened: Iterable[RawSheet | Problem]) -> Iterator[tuple[RawSheet | Problem, str]]:
    """Each sheet with the table it holds ("" if unknown or hidden), and problems as they come; dictionary and guide sheets are left out."""
    named: set[str] = set()
    for grid in opened:
        if isinstance(grid, Problem):
            yield grid, ""
        elif grid.sheet not in ACCOMPANYING:
            # A workbook's name identifies its first table only; its other sheets are identified by their own names.
            names = [grid.sheet] if grid.file in named else [grid.sheet, grid.file]
            table = table_of(names, grid.rows[0] if grid.rows else []) if not grid.hidden else ""
            if table:
                named.add(grid.file)
            yield grid, table


def row_of_titles(grid: RawSheet) -> int:
    """The row, as a spreadsheet shows it, in which the titles of a table stand below the first; 0 if none does."""
    places = enumerate(grid.rows[1:SEARCHED], start=2)
    return next((number for number, row in places if table_of([grid.sheet, grid.file], row)), 0)


def span(place: Place, columns: int = 1, rows: int = 1) -> str:
    """A cell or a range of cells as spreadsheets name it: `K5`, `A2:A5`."""
    row, column = place
    first, last = f"{_letters(column)}{row + 1}", f"{_letters(column + columns - 1)}{row + rows}"
    return first if first == last else f"{first}:{last}"


def _letters(column: int) -> str:
    rest, letter = divmod(column, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + letter)


def last_row(cells: str) -> int:
    """The last row of a range of cells, from 1."""
    return int(re.sub("[A-Z]", "", cells.split(":")[-1]))


def nearest_column(table: str, title: str, among: Sequence[str]) -> str:
    """The column among some whose name or title is the most similar to a misspelt one; "" where none is similar enough."""
    declared, wanted = fields(TABLES[table]), _folded(title)
    known = {_folded(text): name for name in among for text in (name, declared[name].title.en, declared[name].title.ko)}
    return next((known[text] for text in get_close_matches(wanted, known, 1, _SIMILAR)), "")


def columns(table: str, header: Sequence[str]) -> list[str]:
    """The technical name of the column of each title, former technical names included; "" if there is none."""
    exact, folded = _names(table)
    return [exact.get(title) or folded.get(_folded(title)) or _in_language(table, title) for title in header]


def table_of(names: Sequence[str], header: Sequence[str]) -> str:
    """The table that a file holds, "" if neither its columns nor its names identify it.

    A name counts if a title of that table is present too, unless the columns are all those of another table; without a
    name, at least half of a table's columns must be present. A text counts once, in whichever languages it is there.
    """
    present = {table: _texts_once(table, columns(table, header)) for table in TABLES}
    matches = {table: len(there) for table, there in present.items()}
    whole = [table for table in TABLES if _texts_once(table, TABLES[table].columns, required=True) <= present[table]]
    named = next(filter(None, map(named_table, names)), "")
    if named and (named in whole or (matches[named] and not whole)):
        return named
    likely = whole or [table for table in TABLES if 2 * matches[table] >= len(_texts_once(table, TABLES[table].columns))]
    most = max((matches[table] for table in likely), default=0)
    best = [table for table in likely if matches[table] == most]
    return best[0] if len(best) == 1 else ""


def named_table(name: str) -> str:
    """The table whose technical name or title a file or sheet name begins with; "" if there is none."""
    text = _folded(re.sub(r"\.(csv|tsv|txt|xlsx|ods)$", "", re.split(r"[/\\]| › ", name)[-1], flags=re.IGNORECASE))
    begun = [known for known in _tables() if re.match(rf"{re.escape(known)}(?![^\W\d_])", text)]
    return _tables()[max(begun, key=len)] if begun else ""


def named_column(table: str, title: str) -> str:
    """The column whose rows a column of this title names in words, as workbooks have it beside each reference; "" for any other."""
    return _naming(table).get(_folded(title), "")


@cache
def _naming(table: str) -> dict[str, str]:
    columns = fields(TABLES[table]).items()
    return {_folded(in_words(field, lang)): name for name, field in columns for lang in ("en", "ko") if field.refers}


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


def _texts_once(table: str, names: Iterable[str], *, required: bool = False) -> set[str]:
    """The columns, those of a text in several languages as one; without the texts that a row may lack if only the `required` ones."""
    given = [(name, field_of(table, name)) for name in names if name]
    return {field.family or name for name, field in given if field and (field.required or not field.family or not required)}


def _in_language(table: str, title: str) -> str:
    """The column of a text in a further language, by its technical name or by its title in English or Korean; "" for any other."""
    name, match = _folded(title).replace("-", "_"), re.fullmatch(r"(.+?)[(（](.+)[)）]", title.strip())
    if code := match and _codes().get(_folded(match[2])):
        for family, english in families(TABLES[table]).items():
            if _folded(match[1]) in [_folded(stem.partition("(")[0]) for stem in (english.title.en, english.title.ko)]:
                name = f"{family}_{code}"
    return name if re.fullmatch("[a-z_]+", name) and field_of(table, name) else ""


@cache
def _codes() -> dict[str, str]:
    """The codes of languages by their names in English and Korean."""
    return {_folded(language_name(code, lang)): code for lang in ("en", "ko") for code in sorted(codes(), reverse=True)}


def _folded(title: str) -> str:
    """A title without case, width, spaces and invisible characters."""
    return re.sub(r"[\s\u200b\u200e\u200f\ufeff]+", "", unicodedata.normalize("NFKC", title)).casefold()
