"""Downloads: a table as CSV or Excel with titles in the reader's language, a template of it, or the release as a Data Package.

Reads no file, stores nothing; the same release gives the same bytes. Templates have one example row and are read by
publishing/files/intake.py.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from metrics.schema.checks import typed
from metrics.schema.columns import Bilingual, Codes, Field, with_codes
from metrics.schema.migrations import newest_schema
from metrics.schema.names import declared_languages, offered_languages, table_columns
from metrics.schema.release import Release
from metrics.schema.tables import TABLES, schema_for
from metrics.schema.vocabulary import codes_of
from publishing.describe import descriptor, dictionary
from publishing.files.row_names import MOST, Words, unique_names
from publishing.files.sheets import FORMULA, Offered, add_lists, add_rows, add_sheet, instructions
from publishing.files.table_text import as_text, canonical, csv_text

_GUARDABLE = re.compile(rf"'*[{re.escape(''.join(FORMULA))}]")
"""A formula, also after apostrophes, so that `unguarded` reverses `guarded`."""
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, for reproducible bytes."""
HEADINGS = {
    "column": Bilingual("Column", "열"),
    "title": Bilingual("Title", "이름"),
    "description": Bilingual("Description", "설명"),
    "kind": Bilingual("Type", "형식"),
    "required": Bilingual("Required", "필수"),
    "allowed": Bilingual("Allowed", "허용값"),
    "unit": Bilingual("Unit", "단위"),
    "example": Bilingual("Example", "예"),
}
KINDS = {
    "text": Bilingual("text", "문자"),
    "date": Bilingual("date (EDTF)", "날짜(EDTF)"),
    "number": Bilingual("number", "숫자"),
    "whole": Bilingual("whole number", "정수"),
}
DICTIONARY = Bilingual("Dictionary", "데이터 사전")
GUIDE = Bilingual("How to fill in", "작성 안내")
LISTS = Bilingual("Lists", "목록")
ACCOMPANYING = (DICTIONARY.en, DICTIONARY.ko, GUIDE.en, GUIDE.ko, LISTS.en, LISTS.ko)
"""Names of sheets without rows of a table."""
YES, NO = Bilingual("yes", "예"), Bilingual("no", "아니요")
_IN_WORDS = Bilingual("in words", "이름으로")
IN_ONE = Bilingual("in one language at least", "한 언어 이상")
_OVERWRITE = Bilingual("The second row is an example: write over it.", "두 번째 행은 예시이니 지우고 적습니다.")

RELEASE = "urban-diplomacy-release"
"""The document property with the release that a workbook was downloaded from: it survives a change of the file's name."""

Form = Literal["csv", "xlsx"]


def file_name(table: str, release: Release, lang: str, ending: str) -> str:
    """The name of a downloaded file: table, release, language."""
    return f"{table}_release-{release.number}_{lang}.{ending}"


def package_name(release: Release) -> str:
    """The name of the data package's archive."""
    return f"urban-diplomacy_release-{release.number}.zip"


def title(table: str, lang: str) -> str:
    """A table's title in a language."""
    return TABLES[table].metadata["title"].of(lang)


def about(table: str, lang: str) -> str:
    """What a table holds, in a language."""
    return TABLES[table].metadata["description"].of(lang)


def described(columns: Mapping[str, Field], lang: str) -> pd.DataFrame:
    """The dictionary of columns in a language as text: one row per column, under the names of HEADINGS."""
    return pd.DataFrame([_described(name, field, lang) for name, field in columns.items()], columns=list(HEADINGS))


def _described(name: str, field: Field, lang: str) -> dict[str, str]:
    return {
        "column": name,
        "title": field.title.of(lang),
        "description": field.description.of(lang),
        "kind": KINDS[field.kind].of(lang),
        "required": (NO if not field.required else IN_ONE if field.family else YES).of(lang),
        "allowed": _allowed(field),
        "unit": field.unit.of(lang) if field.unit else "",
        "example": field.example,
    }


def _allowed(field: Field) -> str:
    """The allowed values in one line: words, a reference, or limits."""
    if field.refers:
        return f"→ {field.refers}"
    if field.allowed:
        return ", ".join(field.allowed)
    limits = {"≥": field.minimum, "≤": field.maximum}
    return " ".join(f"{sign} {limit:g}" for sign, limit in limits.items() if limit is not None)


def columns_of(release: Release, table: str) -> dict[str, Field]:
    """The columns of a table of a release, without empty ones in languages that the city does not have."""
    rows = release.tables[table]
    return {name: field for name, field in table_columns(table, rows, offered_languages(release)).items() if name in rows}


def as_csv(release: Release, table: str, lang: str) -> bytes:
    """A table as CSV for reading: UTF-8 with a byte order mark, as Excel needs for Korean, and titles in a language.

    Texts that a spreadsheet would take for a formula get an apostrophe in front; the data package has the exact values.
    """
    return _csv(release.tables[table], columns_of(release, table), lang)


def _csv(rows: pd.DataFrame, columns: Mapping[str, Field], lang: str) -> bytes:
    cells = as_text(rows)
    every = [cells[name].map(guarded) if field.kind in ("text", "date") else cells[name] for name, field in columns.items()]
    return csv_text([[field.title.of(lang) for field in columns.values()], *zip(*every, strict=True)]).encode("utf-8-sig")


def frame_as_csv(frame: pd.DataFrame) -> bytes:
    """Any frame in the form of `as_csv`; its columns already have their titles."""
    return frame.map(guarded).to_csv(index=False).encode("utf-8-sig")


def guarded(cell: object) -> object:
    """A cell with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _GUARDABLE.match(cell) else cell


def unguarded(cell: str) -> str:
    """The reverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and _GUARDABLE.match(cell) else cell


def _cell(value: str | float) -> str | int | float:
    if isinstance(value, str):
        return value
    if value != value:
        return ""
    return int(value) if float(value).is_integer() else float(value)


def in_words(field: Field, lang: str) -> str:
    """The title of the column that names in words what a reference means."""
    return f"{field.title.of(lang)} ({_IN_WORDS.of(lang)})"


def as_workbook(release: Release, table: str, lang: str, words: Words | None = None) -> bytes:
    """A table as an Excel workbook to fill in: rows under titles in a language, with drop-downs; its dictionary; instructions.

    With `words` a second column beside each reference names what it means, with a list. Text is written as text, so that no cell
    becomes a formula.
    """
    book = _Book(table, lang, codes_of(release.tables), _names(release, words), number=release.number)
    return book.content(release.tables[table], columns_of(release, table))


def _names(release: Release | None, words: Words | None) -> Mapping[str, Mapping[str, str]]:
    """The names of rows by key, for each table that others refer to and that is not too long."""
    if release is None or words is None:
        return {}
    rows = {name: as_text(frame) for name, frame in release.tables.items()}
    return {name: unique_names(name, rows.__getitem__, words) for name in rows if 0 < len(rows[name]) <= MOST}


@dataclass(frozen=True)
class _Book:
    """A workbook of one table, with the names of what it refers to, by table and key."""

    table: str
    lang: str
    codes: Codes
    names: Mapping[str, Mapping[str, str]]
    guidance: Sequence[str] = ()
    number: int = 0

    def content(self, rows: pd.DataFrame, columns: Mapping[str, Field]) -> bytes:
        """The workbook with some rows."""
        # Imported here because openpyxl would slow down the server's start.
        from openpyxl import Workbook
        from openpyxl.packaging.custom import IntProperty

        book = Workbook(write_only=True)
        if self.number:
            book.custom_doc_props.append(IntProperty(name=RELEASE, value=self.number))
        declared, cells, lists = self._columns(rows, columns)
        add_rows(book, title(self.table, self.lang), declared, cells, self.lang, lists)
        explained = described(columns, self.lang)
        headings = [HEADINGS[column].of(self.lang) for column in explained]
        add_sheet(book, DICTIONARY.of(self.lang), headings, explained.to_numpy().tolist())
        guide = [[line] for line in (*self.guidance, *instructions(self.lang))]
        add_sheet(book, GUIDE.of(self.lang), [title(self.table, self.lang)], guide)
        if lists:
            add_lists(book, LISTS.of(self.lang), list(lists.values()))
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def _columns(
        self, rows: pd.DataFrame, columns: Mapping[str, Field]
    ) -> tuple[list[Field], list[list[str | int | float]], dict[int, Offered]]:
        """The columns with one in words beside each reference, their cells by row, and the lists of the latter by position."""
        declared: list[Field] = []
        cells: list[list] = []
        lists: dict[int, Offered] = {}
        for name, field in columns.items():
            declared.append(with_codes(field, self.codes))
            cells.append([_cell(value) for value in rows[name].tolist()])
            names = self.names.get(field.refers.partition(".")[0], {})
            if names:
                heading = in_words(field, self.lang)
                lists[len(declared)] = Offered(LISTS.of(self.lang), len(lists), heading, list(names.values()))
                declared.append(Field("text", Bilingual(heading, heading), field.description, "", required=False))
                cells.append([names.get(str(value), "") for value in cells[-1]])
        return declared, [list(row) for row in zip(*cells, strict=True)], lists


def as_package(release: Release) -> bytes:
    """The whole release as a Data Package (v2): every table under its technical names, its description, dictionary and licences."""
    return archived(package_files(release))


def archived(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files (name, content) as an archive; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def package_files(release: Release) -> Iterable[tuple[str, bytes]]:
    """The files of the Data Package, each with its name."""
    stands = {"number": release.number, "digest": release.digest, "schema": release.schema, "method": release.method}
    schemas = [schema_for(table, release.tables[table]) for table in TABLES]
    about_all = {**descriptor(schemas), "version": f"{release.number}", "release": stands, "schema": newest_schema()}
    yield "datapackage.json", f"{json.dumps(about_all, ensure_ascii=False, indent=2)}\n".encode()
    yield "DICTIONARY.md", dictionary(schemas).encode()
    yield "LICENCES.md", licences().encode()
    for table in TABLES:
        yield f"{table}.csv", canonical(table, release.tables[table])


def is_package(file: Path) -> bool:
    """Whether a file is an archive as `as_package` makes it."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "datapackage.json" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def licences() -> str:
    """Licences and attribution in both languages, from the descriptor."""
    whole = descriptor()
    lines = ["# Licences · 이용 조건", "", whole["description"], "", whole["description_ko"], "", *_terms("", whole)]
    for resource in whole["resources"]:
        lines += _terms(f"`{resource['path']}`: ", resource) if "licenses" in resource else []
    return "\n".join(lines) + "\n"


def _terms(prefix: str, described: dict) -> list[str]:
    named = [f"- {prefix}{item['title']} ({item['name']}), <{item['path']}>" for item in described.get("licenses", [])]
    return [*named, *(f"- {prefix}{item['title']}, <{item['path']}>" for item in described.get("sources", []))]


def example(table: str, languages: Sequence[str] = ()) -> pd.DataFrame:
    """The example of every column as one row of text, its texts in `languages`, else in those that are declared.

    Raises KeyError for an unknown table.
    """
    columns = table_columns(table, pd.DataFrame(), languages)
    return pd.DataFrame([{name: field.example for name, field in columns.items()}], dtype="str")


def template_name(table: str, lang: str, form: Form) -> str:
    """The file name of a template, by which its table is recognised on upload."""
    return f"{table}_template_{lang}.{form}"


def template(table: str, lang: str, form: Form, base: Release | None = None, words: Words | None = None) -> bytes:
    """A table with its titles in a language and one example row: CSV, or a workbook with drop-downs and instructions.

    Its texts are in the languages of the city of `base`, and its drop-downs offer the words of that city; else they are as declared.
    """
    languages = declared_languages(base) if base else ()
    filled = example(table, languages)
    rows, columns = typed(table, filled)[0], table_columns(table, filled, languages)
    if form == "csv":
        return _csv(rows, columns, lang)
    codes = codes_of(base.tables if base else {})
    return _Book(table, lang, codes, _names(base, words), [_OVERWRITE.of(lang)]).content(rows, columns)


def templates(lang: str, form: Form, base: Release | None = None, words: Words | None = None) -> bytes:
    """The templates of all tables as one archive."""
    return archived((template_name(table, lang, form), template(table, lang, form, base, words)) for table in TABLES)


def whole(release: Release, lang: str, form: Form, words: Words | None = None) -> bytes:
    """Every table of a release with titles in a language, as one archive that can be edited and uploaded again."""
    if form == "csv":
        return archived((f"{table}.csv", as_csv(release, table, lang)) for table in TABLES)
    return archived((f"{table}.xlsx", as_workbook(release, table, lang, words)) for table in TABLES)
