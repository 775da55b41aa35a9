"""Writes sheets to fill in: frozen titles, drop-downs, text cells, instructions. Knows kinds of columns and no table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from metrics.schema.columns import Bilingual, Field

if TYPE_CHECKING:
    # openpyxl is slow to import: functions import it when they need it.
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FORMULA = tuple("=+-@＝＋－＠﹦﹢﹣﹫\t\r\n")
"""Characters that start a formula in a spreadsheet (OWASP, CSV injection), in any width."""
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters that a workbook cannot hold."""
NARROWEST, WIDEST = 8, 60
"""Widths of a column in characters."""
_LAST_ROW = 1_048_576
_LONGEST_LIST = 257
"""Characters of a drop-down list that Excel opens, with the quotes around it."""
_LONGEST_TITLE = 32
"""Characters of the title of a message that Excel opens."""
_TEXT = "@"
"""Excel's text format: input is not converted to a date or a number."""
_NOT_ON_LIST = Bilingual("Please choose a word from the list.", "목록에 있는 값을 고르세요.")
_INSTRUCTIONS = (
    Bilingual(
        "Change, add or delete rows on the first sheet, save the workbook and upload it. "
        "The table will then hold what the sheet holds: a row that you delete is removed.",
        "첫 번째 시트에서 행을 고치거나 더하거나 지운 뒤 저장해 올립니다. 올린 시트가 표 전체를 대신하므로 지운 행은 표에서도 빠집니다.",
    ),
    Bilingual(
        "Keep the titles in the first row. The columns may stand in any order, and none may be missing.",
        "첫 행의 제목은 그대로 둡니다. 열 순서는 바꾸어도 되지만 열을 빼면 안 됩니다.",
    ),
    Bilingual(
        "Where a cell offers a list, choose from it. Of a short name and the column in words beside it one is enough; empty the other. "
        "The second sheet says what each column means and may hold.",
        "목록이 나오는 칸에서는 목록의 값을 고릅니다. 식별자와 그 옆의 이름 가운데 하나만 적어도 되며, 바꿀 때는 다른 쪽을 비웁니다. "
        "각 열의 뜻과 허용값은 두 번째 시트에 있습니다.",
    ),
    Bilingual(
        "Write dates as precisely as the source does: 2012, 2012-05 or 2012-05-14; ../2017-03-31 means on or before that day.",
        "날짜는 출처가 밝힌 만큼만 적습니다: 2012, 2012-05, 2012-05-14. ../2017-03-31은 그날까지라는 뜻입니다.",
    ),
    Bilingual(
        "Leave a cell empty where nothing is known; estimate nothing.",
        "모르는 칸은 비워 두고 추정해서 채우지 않습니다.",
    ),
    Bilingual(
        "Write values, no formulas. Numbers are digits with a point before decimals.",
        "수식 대신 값을 적습니다. 숫자는 숫자만 적고 소수점에는 마침표를 씁니다.",
    ),
    Bilingual(
        "What a row refers to, such as its source, has to stand in its own table; you may upload both tables together.",
        "출처처럼 다른 표를 가리키는 값은 그 표에 있어야 합니다. 두 표를 함께 올려도 됩니다.",
    ),
)


NONE: Mapping = MappingProxyType({})


def instructions(lang: str) -> list[str]:
    """How to fill in any table, in a language, line by line."""
    return [line.of(lang) for line in _INSTRUCTIONS]


@dataclass(frozen=True)
class Offered:
    """Words that a column offers, which stand on a hidden sheet: its name, their column there from 0, their title."""

    sheet: str
    column: int
    title: str
    words: Sequence[str]


def add_rows(
    book: Workbook, name: str, declared: Sequence[Field], rows: Sequence[Sequence], lang: str, lists: Mapping[int, Offered] = NONE
) -> None:
    """Adds a table's rows to an openpyxl workbook: text columns in text format, drop-downs for columns of words.

    `lists` are those of columns by their position from 0; a word that is not on one is taken after a question, as it may be a new one.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    text_columns = [at for at, field in enumerate(declared) if field.kind in ("text", "date")]
    sheet = add_sheet(book, name, [field.title.of(lang) for field in declared], rows, text_columns)
    for at, field in enumerate(declared):
        words, letter = f'"{",".join(field.allowed)}"', get_column_letter(at + 1)
        if at in lists:
            column = get_column_letter(lists[at].column + 1)
            words = f"'{lists[at].sheet}'!${column}$2:${column}${len(lists[at].words) + 1}"
        elif not field.allowed or len(words) > _LONGEST_LIST:
            continue
        offered = DataValidation("list", formula1=words, allow_blank=not field.required, showErrorMessage=True)
        offered.error, offered.errorTitle = _NOT_ON_LIST.of(lang), field.title.of(lang)[:_LONGEST_TITLE]
        offered.errorStyle = "warning" if at in lists else "stop"
        offered.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.data_validations.append(offered)


def add_lists(book: Workbook, name: str, lists: Sequence[Offered]) -> None:
    """Adds the hidden sheet with the words of lists, a column each."""
    columns = [[offered.title, *offered.words] for offered in lists]
    rows = [[column[at] if at < len(column) else "" for column in columns] for at in range(1, max(map(len, columns)))]
    add_sheet(book, name, [offered.title for offered in lists], rows).sheet_state = "hidden"


def add_sheet(book: Workbook, name: str, titles: Sequence[str], rows: Sequence[Sequence], as_text: Sequence[int] = ()) -> Worksheet:
    """Adds a sheet with bold frozen titles, fitted columns and a filter, and returns it. Columns `as_text` get the text format."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(titles):
        column = sheet.column_dimensions[get_column_letter(at + 1)]
        column.width = _width([heading, *(row[at] for row in rows[:500])])
        if at in as_text:
            column.number_format = _TEXT
    sheet.append([_as_text(sheet, heading, font=Font(bold=True), alignment=Alignment(vertical="top")) for heading in titles])
    for row in rows:
        sheet.append([_as_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(titles), 1))}{len(rows) + 1}"
    return sheet


def _as_text(sheet: Worksheet, text: str, **style: object) -> Cell | None:
    """A cell in text format; None for an empty text."""
    from openpyxl.cell import WriteOnlyCell

    if not text:
        return None
    cell = WriteOnlyCell(sheet, UNWRITABLE.sub("", text))
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.quotePrefix = text.startswith(FORMULA)
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _width(cells: Iterable[object]) -> float:
    """A width that fits most cells; Hangul counts as two characters."""
    longest = max((sum(2 if letter >= "\u1100" else 1 for letter in str(cell)) for cell in cells), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)
