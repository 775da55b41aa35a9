"""Templates: tables with titles in the reader's language and one example row, from the declarations.

Holds no row of a release. Filled-in templates are read by publishing/files/intake.py.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from metrics.schema.checks import typed
from metrics.schema.columns import Bilingual, fields
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.files.downloads import MOMENT, as_csv, as_workbook

Form = Literal["csv", "xlsx"]
_OVERWRITE = Bilingual("The second row is an example: write over it.", "두 번째 행은 예시이니 지우고 적습니다.")


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
    return _archive((template_name(table, lang, form), template(table, lang, form)) for table in TABLES)


def whole(release: Release, lang: str, form: Form) -> bytes:
    """Every table of a release with titles in a language, as one archive that can be edited and uploaded again."""
    write = as_csv if form == "csv" else as_workbook
    return _archive((f"{table}.{form}", write(release, table, lang)) for table in TABLES)


def _archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
