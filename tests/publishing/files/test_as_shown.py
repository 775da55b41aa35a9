"""What is taken of a spreadsheet is what it shows, or is told: random cells in random formats, beside what LibreOffice shows of them."""

import csv
import io
import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from metrics.schema.columns import fields
from metrics.schema.tables import TABLES
from publishing.files.intake import take
from publishing.files.normalize_cell import normalize_cell

pytestmark = pytest.mark.slow

ROWS = 400
NUMBERS = ["General", "0", "#,##0", "0.0", "#,##0.00", "0%", "0.0%", "00000", "@", "0E+00", "# ?/?", "[Red]0", "#,##0_);(#,##0)"]
NUMBERS += ['0"억원"', '"₩"#,##0', "[$₩-412]#,##0", "[$€-407] #,##0.0", "#,##0,", "0.0,,", '0" cities"', "0;;", '"about "0', "#,##0.0;-0"]
DATES = ["yyyy-mm-dd", "yyyy-mm", "yyyy", "mmm-yy", "mmmm yyyy", "d/m/yyyy", "m/d/yyyy", "dd.mm.yyyy", "yyyy. m. d.", "mmm d", "dddd"]
DATES += ['yyyy"년" m"월" d"일"', 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm", "General", "0", "d. mmmm", "yy-mm-dd", "@"]
TEXTS = [
    "Seoul",
    "=1+1",
    "007",
    "1e5",
    "2017-07",
    "TRUE",
    " two  spaces ",
    "two\nlines",
    "27억 원",
    "#N/A as text",
    "½",
    "서울 자매도시",
    "a,b;c\td",
]
COLUMNS = ("count_id", "as_of", "value", "note_en")


def workbook(chance: random.Random) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "published_counts"
    sheet.append(COLUMNS)
    for number in range(ROWS):
        amount = chance.choice(
            [0, 27, 0.325, 2700, 2_700_000_000, -12, 1.005, 41.5, 1e-7, chance.randint(-9, 99_999), chance.random() * 1000]
        )
        day = date(1960, 1, 1) + timedelta(days=chance.randint(0, 25_000))
        sheet.append((f"c{number}", day, amount, None))
        _, dated, counted, text = sheet[sheet.max_row]
        dated.number_format, counted.number_format = chance.choice(DATES), chance.choice(NUMBERS)
        text.value, text.data_type = chance.choice(TEXTS), "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def converted(folder: Path, file: Path, to: str) -> Path:
    """The file as LibreOffice writes it in another format."""
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to, "--outdir", folder]
    subprocess.run([*office, file], check=True, capture_output=True, timeout=240)
    return file.with_suffix(f".{to.partition(':')[0]}")


def faults(content: bytes, name: str, shown: list[list[str]]) -> list[tuple]:
    """The cells that were taken otherwise than they are shown, without a word."""
    read = take([(name, content)])
    told = {(cell.row, cell.column) for cell in (*read.problems, *read.read_as, *read.doubts)}
    taken, declared = read.tables["published_counts"], fields(TABLES["published_counts"])
    assert len(taken) == ROWS
    return [
        (cell, column, taken[column][row - 2])
        for row, cells in enumerate(shown[1:], start=2)
        for column, cell in zip(COLUMNS, cells, strict=True)
        if (row, column) not in told and not is_meant(declared[column], cell, taken[column][row - 2])
    ]


def is_meant(field, cell: str, taken: str) -> bool:
    """Whether a value is what a cell shows; no number in a column of numbers is a problem that the checks of the table tell."""
    meant = normalize_cell(field, f"-{cell[1:-1]}" if field.kind == "number" and cell.startswith("(") else cell)
    if field.kind != "number":
        return taken in {meant.text, *meant.readings}
    try:
        return float(taken) == pytest.approx(float(meant.text), rel=1e-12)
    except ValueError:
        return not taken.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_taken_of_a_spreadsheet_is_what_it_shows_or_is_told(tmp_path, seed):
    book = tmp_path / "published_counts.xlsx"
    book.write_bytes(workbook(random.Random(seed)))
    table = converted(tmp_path, book, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true")
    shown = list(csv.reader(io.StringIO(table.read_text("utf-8"))))
    assert len(shown) == ROWS + 1
    assert faults(book.read_bytes(), book.name, shown) == []
    sheet = converted(tmp_path, book, "ods")
    assert faults(sheet.read_bytes(), sheet.name, shown) == []
