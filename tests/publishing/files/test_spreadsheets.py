"""Workbooks and CSV files as offices have them: what a cell shows is what is taken, or it is told."""

import csv
import io
import zipfile

import pytest
from openpyxl import Workbook

from publishing.desk.desk import as_of_release, made_on
from publishing.files.downloads import archived, as_csv, as_workbook
from publishing.files.intake import take, together
from publishing.store.releases import candidate
from tests.worlds import own_data

REAL = own_data()
FUND = ["observation_id", "date", "measure", "fund", "value", "currency", "value_as_published", "role", "source_id", "note_en", "note_ko"]
ROW = ["f1", "2016-12", "balance", "cooperation_fund", 1, "KRW", None, "primary", "geonames", None, None]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def row(**cells):
    return [cells.get(name, cell) for name, cell in zip(FUND, ROW, strict=True)]


def book(*rows, formats=None, change=lambda book: None):
    made = Workbook()
    made.active.title = "Fund"
    for cells in rows:
        made.active.append(cells)
    for place, code in (formats or {}).items():
        made.active[place].number_format = code
    change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def read(content, name="fund.xlsx"):
    upload = take([(name, content)])
    return upload, together(upload.problems, candidate(REAL, as_of_release(upload.tables, REAL))[1])


def kinds(problems):
    return [(problem.kind, problem.row, problem.column, problem.value) for problem in problems]


@pytest.mark.parametrize(
    ("value", "code", "kind", "shown"),
    [(0.32, "0%", "not_a_number", "32%"), (27, '0"억원"', "not_a_number", "27억원"), (2_700_000, "#,##0,", "scaled_number", "2,700")],
)
def test_a_number_that_a_cell_shows_in_another_unit_is_not_taken(value, code, kind, shown):
    _, problems = read(book(FUND, row(value=value), formats={"E2": code}))
    assert kinds(problems) == [(kind, 2, "value", shown)]


def test_a_number_that_a_cell_shows_rounded_or_in_a_currency_is_taken_and_told():
    upload, problems = read(book(FUND, row(value=27.34), formats={"E2": "[$₩-412]0.0"}))
    assert problems == ()
    assert [(told.value, told.result, told.kind) for told in upload.read_as] == [("₩27.3", "27.34", "number_format")]


def test_a_day_in_a_format_that_other_languages_show_as_a_month_is_asked_about():
    content = book(FUND, row(date=42917), formats={"B2": '0"x"'})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # Number 27 is one of the formats that Excel has for East Asia; openpyxl writes none of these by itself.
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'numFmtId="164" fontId', b'numFmtId="27" fontId')
    _, problems = read(archived(parts.items()))
    assert kinds(problems) == [("ambiguous_date", 2, "date", "2017-07-01")]
    assert problems[0].params == {"readings": ["2017-07", "2017-07-01"]}


def test_cells_beside_the_table_and_merged_cells_are_named():
    def merged(made):
        made.active["L3"], made.active["M2"] = "x", "y"
        made.active.merge_cells("B2:B3")

    _, problems = read(book(FUND, row(), row(observation_id="f2"), change=merged))
    assert [(problem.kind, problem.params) for problem in problems] == [
        ("beside_table", {"cells": "M2, L3"}),
        ("merged_cells", {"cells": "B2:B3"}),
    ]


def test_a_sheet_beside_the_table_is_left_aside_and_named_whether_hidden_or_not():
    def others(made):
        made.create_sheet("Export Summary").append(["Rows", 1])
        hidden = made.create_sheet("Sources")
        hidden.append(["source_id", "title"])
        hidden.sheet_state = "hidden"

    upload, problems = read(book(FUND, row(), change=others))
    assert (problems, list(upload.tables)) == ((), ["fund"])
    assert upload.aside == ("fund.xlsx › Export Summary", "fund.xlsx › Sources")


def test_titles_below_a_heading_are_named_with_their_row():
    upload, _ = read(book(["Fund, as of today"], [], FUND, row()))
    assert [(problem.kind, problem.params["row"]) for problem in upload.problems] == [("titles_below", 3)]


def test_escaped_characters_of_a_workbook_are_the_characters():
    upload, problems = read(book(FUND, row(note_en="a_x005F_x000D_b_x000A_c", note_ko="가")))
    assert (problems, upload.tables["fund"]["note_en"].tolist()) == ((), ["a_x000D_b\nc"])


def test_a_workbook_says_which_release_it_was_downloaded_from_under_any_name():
    upload = take([("협정_최종.xlsx", as_workbook(REAL, "agreements", "ko"))])
    assert upload.release == REAL.number
    assert [made_on(["협정_최종.xlsx"], newest, upload.release) for newest in (1, 5)] == [1, 1]


def opendocument(*rows, kind="string"):
    sheet = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    end = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    body = f'<office:body><office:spreadsheet><table:table table:name="Fund">{sheet}{end}</table:table></office:spreadsheet></office:body>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", f"<office:document-content {NAMES}>{body}</office:document-content>")
    return buffer.getvalue()


def cell(text, **attributes):
    about = " ".join(f'{name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell {about}><text:p>{text}</text:p></table:table-cell>" if text else "<table:table-cell/>"


def test_opendocument_is_read_like_a_workbook():
    cells = [cell(str(text or "")) for text in ROW]
    cells[1] = cell("2016-12", office__value_type="date", office__date_value="2016-12-01")
    cells[4] = cell("2,700,000,000", office__value_type="float", office__value="2700000000")
    upload, problems = read(opendocument([cell(name) for name in FUND], cells), "fund.ods")
    assert (problems, upload.tables["fund"]["date"].tolist(), upload.tables["fund"]["value"].tolist()) == ((), ["2016-12"], ["2700000000"])


@pytest.mark.parametrize(
    ("shown", "kind", "value", "problems"),
    [
        ("32%", "percentage", "0.32", [("not_a_number", 2, "value", "32%")]),
        ("27억원", "float", "27", [("not_a_number", 2, "value", "27억원")]),
        ("2.7", "float", "2700000", [("scaled_number", 2, "value", "2.7")]),
        ("₩2,700", "currency", "2700", []),
        ("1", "string", "", []),
    ],
)
def test_a_cell_of_opendocument_is_taken_as_it_shows_or_not_at_all(shown, kind, value, problems):
    cells = [cell(str(text or "")) for text in ROW]
    cells[4] = cell(shown, office__value_type=kind, office__value=value)
    assert kinds(read(opendocument([cell(name) for name in FUND], cells), "fund.ods")[1]) == problems


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ({"table__number_columns_repeated": "many"}, "damaged_file"),
        ({"office__value_type": "float", "office__value": ""}, "damaged_file"),
        ({"table__number_columns_repeated": "999999999"}, "too_many_columns"),
    ],
)
def test_a_malformed_or_endless_cell_of_opendocument_is_refused(attributes, kind):
    upload = take([("fund.ods", opendocument([cell("1", **attributes)]))])
    assert [problem.kind for problem in upload.problems] == [kind]


def test_a_cell_of_opendocument_with_a_billion_spaces_is_too_long_and_takes_no_memory():
    spaces = '<text:s text:c="1000000000"/>' * 3
    upload = take([("fund.ods", opendocument([cell("observation_id"), cell("note_en")], [cell("f1"), cell(f"a{spaces}b")]))])
    assert "cell_too_long" in {problem.kind for problem in upload.problems}


def gap(times):
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    return f'</table:table-row><table:table-row table:number-rows-repeated="{times}">{empty}'


@pytest.mark.parametrize(("times", "kind"), [(200_001, "too_many_rows"), (10**12, "too_many_rows"), (-5, "damaged_file")])
def test_rows_of_opendocument_below_an_endless_gap_are_refused_and_not_lost(times, kind):
    upload = take([("fund.ods", opendocument([cell(name) for name in FUND] + [gap(times)], [cell("f1")]))])
    assert ([problem.kind for problem in upload.problems], list(upload.tables)) == ([kind], [])


def text(*rows, separator=",", end="\r\n"):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=end).writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\r\n" + text(FUND, ROW, separator=";"),
        text(FUND, ROW, separator="|"),
        text(FUND, ROW, end="\r\r\n"),
        text(FUND, ['="f1"', *ROW[1:]]),
    ],
)
def test_a_csv_of_another_program_is_read(content):
    upload, problems = read(content.encode(), "fund.csv")
    assert (problems, upload.tables["fund"]["observation_id"].tolist()) == ((), ["f1"])


def test_decomposed_letters_are_no_change():
    import unicodedata

    content = unicodedata.normalize("NFD", as_csv(REAL, "cities", "ko").decode("utf-8-sig"))
    upload, problems = read(content.encode(), unicodedata.normalize("NFD", "도시.csv"))
    draft, _ = candidate(REAL, upload.tables)
    assert (problems, upload.read_as) == ((), ())
    assert draft.tables["cities"].equals(REAL.tables["cities"])


def test_a_misspelt_title_of_the_key_is_one_problem_that_names_the_right_title():
    content = as_csv(REAL, "sources", "en").decode("utf-8-sig").replace("Source,", "Source ID,", 1)
    _, problems = read(content.encode(), "sources.csv")
    assert [(problem.kind, problem.column, problem.params) for problem in problems] == [
        ("misspelt_column", "Source ID", {"nearest": "source_id"})
    ]


def test_letters_of_another_encoding_and_a_comma_beside_semicolons_are_doubts():
    upload, problems = read(text(FUND, row(value="2,700", note_en="SeÃ³ul", note_ko="가"), separator=";").encode(), "fund.csv")
    assert problems == ()
    assert [(doubt.kind, doubt.column, doubt.params) for doubt in upload.doubts] == [
        ("decimal_comma", "value", {"taken": "2700", "meant": "2.700"}),
        ("mojibake", "note_en", {"meant": "Seóul"}),
    ]


def test_an_end_before_its_beginning_is_a_problem_and_within_the_same_year_it_is_not():
    header = "agreement_id,city_id,type,signed,ended,valid_until,renews,role,source_id,listed_source_id,note_en,note_ko\n"
    rows = "a,busan,sister,2017-05,2016,,,primary,geonames,,,\nb,tokyo,sister,2017-05,2017,,,primary,geonames,,,\n"
    (problem,) = [problem for problem in read((header + rows).encode(), "agreements.csv")[1] if problem.kind == "ends_before"]
    assert (problem.row, problem.column, problem.value) == (2, "ended", "2016")


def test_a_file_of_an_older_version_keeps_the_cells_of_columns_that_it_lacks():
    rows = REAL.tables["agreements"].assign(renews="yes")
    base = type(REAL)(1, "", {**REAL.tables, "agreements": rows})
    older = rows.drop(columns="renews").astype(str)
    assert as_of_release({"agreements": older}, base)["agreements"]["renews"].eq("yes").all()


def test_a_second_primary_agreement_of_a_partner_is_a_problem_of_its_row():
    header = "agreement_id,city_id,type,signed,role,source_id\n"
    _, problems = read(f"{header}a,london,sister,2017,primary,geonames\nb,london,sister,2018,primary,geonames\n".encode(), "agreements.csv")
    assert ("second_primary", 3, "role", "primary") in kinds(problems)
