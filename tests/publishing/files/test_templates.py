"""What people fill in: every table, in both languages and forms, with an example that breaks no rule of its own table."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from metrics.schema.checks import typed
from metrics.schema.columns import fields
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY
from publishing.files.downloads import example, template, template_name, templates, whole
from publishing.files.headings import named_table
from publishing.files.intake import take
from publishing.store.releases import candidate
from tests.worlds import world


@pytest.mark.parametrize("table", TABLES)
def test_the_example_of_every_column_makes_a_row_without_a_fault(table):
    assert typed(table, example(table))[1] == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("table", TABLES)
def test_a_template_comes_back_as_the_table_that_it_is_for(table, lang, form):
    name = template_name(table, lang, form)
    upload = take([("my copy." + form, template(table, lang, form))])
    assert named_table(name) == table
    assert (list(upload.tables), upload.problems, upload.read_as) == ([table], (), ())
    assert upload.tables[table].to_numpy().tolist() == example(table).to_numpy().tolist()


def test_a_template_in_excel_says_in_the_language_of_the_reader_that_its_row_is_an_example():
    guide = [load_workbook(io.BytesIO(template("fund", lang, "xlsx"))).worksheets[2]["A2"].value for lang in ("en", "ko")]
    assert guide == ["The second row is an example: write over it.", "두 번째 행은 예시이니 지우고 적습니다."]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_templates_are_one_archive(lang, form):
    with zipfile.ZipFile(io.BytesIO(templates(lang, form))) as archive:
        assert archive.namelist() == [template_name(table, lang, form) for table in TABLES]
    assert set(take([("templates.zip", templates(lang, form))]).tables) == set(TABLES)


def test_a_release_without_rows_is_an_archive_of_titles():
    empty = world(coverage="")
    upload = take([("all.zip", whole(empty, "ko", "csv"))])
    assert {name: len(frame) for name, frame in upload.tables.items() if len(frame) and name not in FAMILY} == {"home": 1}
    assert all(list(frame) == list(fields(TABLES[name])) for name, frame in upload.tables.items())
    assert [problem.kind for problem in candidate(empty, upload.tables)[1]] == ["unknown_reference", "unknown_reference"]
