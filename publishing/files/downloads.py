"""Downloads: a table as CSV or Excel with titles in the reader's language, a template of it, or the release as a Data Package.

Reads no file, stores nothing; the same release gives the same bytes. Templates have one example row and are read by
publishing/files/intake.py.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from metrics.schema.checks import typed
from metrics.schema.columns import Bilingual, Field, fields
from metrics.schema.migrations import newest_schema
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.describe import descriptor, dictionary
from publishing.files.sheets import FORMULA, add_rows, add_sheet, instructions
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
ACCOMPANYING = (DICTIONARY.en, DICTIONARY.ko, GUIDE.en, GUIDE.ko)
"""Names of sheets without rows of a table."""
YES, NO = Bilingual("yes", "예"), Bilingual("no", "아니요")
_OVERWRITE = Bilingual("The second row is an example: write over it.", "두 번째 행은 예시이니 지우고 적습니다.")

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


def described(table: str, lang: str) -> pd.DataFrame:
    """The dictionary of a table in a language as text: one row per column, under the names of HEADINGS."""
    return pd.DataFrame([_described(name, field, lang) for name, field in fields(TABLES[table]).items()], columns=list(HEADINGS))


def _described(name: str, field: Field, lang: str) -> dict[str, str]:
    return {
        "column": name,
        "title": field.title.of(lang),
        "description": field.description.of(lang),
        "kind": KINDS[field.kind].of(lang),
        "required": (YES if field.required else NO).of(lang),
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


def as_csv(release: Release, table: str, lang: str) -> bytes:
    """A table as CSV for reading: UTF-8 with a byte order mark, as Excel needs for Korean, and titles in a language.

    Texts that a spreadsheet would take for a formula get an apostrophe in front; the data package has the exact values.
    """
    cells = as_text(release.tables[table])
    texts = {name for name, field in fields(TABLES[table]).items() if field.kind in ("text", "date")}
    columns = (cells[name].map(guarded) if name in texts else cells[name] for name in TABLES[table].columns)
    titles = [field.title.of(lang) for field in fields(TABLES[table]).values()]
    return csv_text([titles, *zip(*columns, strict=True)]).encode("utf-8-sig")


def frame_as_csv(frame: pd.DataFrame) -> bytes:
    """Any frame in the form of `as_csv`; its columns already have their titles."""
    return frame.map(guarded).to_csv(index=False).encode("utf-8-sig")


def guarded(cell: object) -> object:
    """A cell with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _GUARDABLE.match(cell) else cell


def unguarded(cell: str) -> str:
    """The reverse of `guarded`."""
    return cell[1:] if cell.startswith("'") and _GUARDABLE.match(cell) else cell


def _rows(release: Release, table: str) -> list[list[str | int | float]]:
    """The cells of a table by row: text, numbers without a trailing ".0", "" for empty cells."""
    rows = release.tables[table]
    columns = [[_cell(value) for value in rows[name].tolist()] for name in fields(TABLES[table])]
    return [list(row) for row in zip(*columns, strict=True)]


def _cell(value: str | float) -> str | int | float:
    if isinstance(value, str):
        return value
    if value != value:
        return ""
    return int(value) if float(value).is_integer() else float(value)


def as_workbook(release: Release, table: str, lang: str, guidance: Sequence[str] = ()) -> bytes:
    """A table as an Excel workbook to fill in: rows under titles in a language, with drop-downs; its dictionary; instructions.

    Text is written as text, so that no cell becomes a formula. `guidance` goes before the general instructions.
    """
    # Imported here because openpyxl would slow down the server's start.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    add_rows(book, title(table, lang), list(fields(TABLES[table]).values()), _rows(release, table), lang)
    explained = described(table, lang)
    headings = [HEADINGS[column].of(lang) for column in explained]
    add_sheet(book, DICTIONARY.of(lang), headings, explained.to_numpy().tolist())
    add_sheet(book, GUIDE.of(lang), [title(table, lang)], [[line] for line in (*guidance, *instructions(lang))])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


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
    about_all = {**descriptor(), "version": f"{release.number}", "release": stands, "schema": newest_schema()}
    yield "datapackage.json", f"{json.dumps(about_all, ensure_ascii=False, indent=2)}\n".encode()
    yield "DICTIONARY.md", dictionary().encode()
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


def example(table: str) -> pd.DataFrame:
    """The example of every column as one row of text. Raises KeyError for an unknown table."""
    return pd.DataFrame([{name: field.example for name, field in fields(TABLES[table]).items()}], dtype="str")


def template_name(table: str, lang: str, form: Form) -> str:
    """The file name of a template, by which its table is recognised on upload."""
    return f"{table}_template_{lang}.{form}"


def template(table: str, lang: str, form: Form) -> bytes:
    """A table with its titles in a language and one example row: CSV, or a workbook with drop-downs and instructions."""
    release = Release(0, "", {table: typed(table, example(table))[0]})
    return as_csv(release, table, lang) if form == "csv" else as_workbook(release, table, lang, [_OVERWRITE.of(lang)])


def templates(lang: str, form: Form) -> bytes:
    """The templates of all tables as one archive."""
    return archived((template_name(table, lang, form), template(table, lang, form)) for table in TABLES)


def whole(release: Release, lang: str, form: Form) -> bytes:
    """Every table of a release with titles in a language, as one archive that can be edited and uploaded again."""
    write = as_csv if form == "csv" else as_workbook
    return archived((f"{table}.{form}", write(release, table, lang)) for table in TABLES)
