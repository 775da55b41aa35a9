"""Uploads as people make them: whatever the encoding, separator, language of the titles or kind of file, the same table comes out."""

import codecs
import csv
import io
import zipfile
from datetime import date, datetime
from functools import partial

import pytest
from openpyxl import Workbook
from openpyxl.styles import numbers
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from metrics.schema.columns import fields
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv, as_package, as_workbook, file_name, package_name, whole
from publishing.files.headings import columns, named_table, table_of
from publishing.files.intake import FileReport, take
from publishing.files.normalize_cell import ReadAs
from publishing.files.table_text import canonical
from publishing.store.releases import candidate
from tests.worlds import own_data, world

REAL = own_data()
HEADER = "country_code,name_en,name_ko,name_source,boundary_source_id,source_id"
NAMIBIA = f"{HEADER}\nNA,Namibia,나미비아,Babel,natural-earth,cldr\n"
ROW = ["NA", "Namibia", "나미비아", "Babel", "natural-earth", "cldr"]
FORMS = {"csv": as_csv, "xlsx": as_workbook}


def cells(upload, table):
    return upload.tables[table].to_numpy().tolist()


def sheet(*rows, name="Sheet1", formats=None, epoch=None):
    book = Workbook()
    if epoch:
        book.epoch = epoch
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("table", TABLES)
def test_a_downloaded_table_comes_back_as_it_went(table, lang, form):
    upload = take([(file_name(table, REAL, lang, form), FORMS[form](REAL, table, lang))])
    draft, problems = candidate(REAL, upload.tables)
    assert (list(upload.tables), upload.problems, upload.read_as, problems) == ([table], (), (), ())
    assert canonical(table, draft.tables[table]) == canonical(table, REAL.tables[table])


@pytest.mark.parametrize("archive", [as_package, partial(whole, lang="ko", form="csv"), partial(whole, lang="en", form="xlsx")])
def test_the_whole_package_comes_back_as_it_went(archive):
    upload = take([(package_name(REAL), archive(REAL))])
    draft, problems = candidate(REAL, upload.tables)
    assert (upload.problems, upload.read_as, problems) == ((), (), ())
    assert all(canonical(table, draft.tables[table]) == canonical(table, REAL.tables[table]) for table in TABLES)


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''-1", "@x", "+82 2", "'quoted", "=cmd|' /C calc'!A0"])
@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_looks_like_a_formula_comes_back_as_it_went(text, form):
    odd = world(sources=f'source_id,title\ns,"{text}"\n')
    for lang in ("ko", "en"):
        upload = take([(file_name("sources", odd, lang, form), FORMS[form](odd, "sources", lang))])
        assert (upload.problems, upload.read_as, upload.tables["sources"]["title"].tolist()) == ((), (), [text])
    assert take([("x.zip", as_package(odd))]).tables["sources"]["title"].tolist() == [text]


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8"),
        ("utf-16", b"", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("cp949", b"", "CP949"),
    ],
)
def test_the_encoding_is_found_out_and_said(codec, mark, encoding):
    upload = take([("territories.csv", mark + NAMIBIA.encode(codec))])
    assert cells(upload, "territories") == [ROW]
    assert upload.files == (FileReport("territories.csv", "territories", encoding, ",", 1, ""),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_separator_is_found_out_whatever_stands_in_the_cells(separator, end):
    buffer = io.StringIO(newline="")
    row = ["NA", "a, b; c\td", 'two\nlines, "one" cell', "Babel", "natural-earth", "cldr"]
    csv.writer(buffer, delimiter=separator, lineterminator=end).writerows([HEADER.split(","), row])
    upload = take([("any.csv", buffer.getvalue().encode())])
    assert (cells(upload, "territories"), upload.files[0].separator, upload.problems) == ([row], separator, ())


@pytest.mark.parametrize("lang", ["ko", "en", ""])
@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_known_by_its_columns_in_any_language_and_order(table, lang):
    titles = [getattr(field.title, lang) if lang else name for name, field in fields(TABLES[table]).items()]
    assert table_of(["Book1.csv"], titles[::-1]) == table
    assert columns(table, titles) == list(TABLES[table].columns)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("agreements.csv", "agreements"),
        ("agreements_release-1_ko.csv", "agreements"),
        ("C:\\data\\Agreements (2).XLSX", "agreements"),
        ("협정.csv", "agreements"),
        ("도시 네트워크 2026.xlsx", "networks"),
        ("도시.csv", "cities"),
        ("organisation_events_template_ko.csv", "organisation_events"),
        ("x.zip › data/fund.csv", "fund"),
        ("homework.csv", ""),
        ("", ""),
    ],
)
def test_a_table_is_known_by_the_name_of_its_file(name, table):
    assert named_table(name) == table


def test_titles_of_several_languages_may_be_mixed_in_any_order_and_spelt_carelessly():
    content = "출처,CODE, name (english) ,이름（한국어）,name_source,경계 출처\ncldr,NA,Namibia,나미비아,Babel,natural-earth\n"
    upload = take([("x.csv", content.encode())])
    assert (cells(upload, "territories"), list(upload.tables["territories"])) == ([ROW], HEADER.split(","))


def test_columns_decide_where_the_name_of_the_file_says_otherwise():
    assert list(take([("fund.csv", NAMIBIA.encode())]).tables) == ["territories"]


def test_several_files_and_a_workbook_of_several_sheets_are_taken_at_once():
    book = Workbook()
    book.active.title = "국가·지역"
    for row in (HEADER.split(","), ROW):
        book.active.append(row)
    networks = book.create_sheet("Networks")
    networks.append(["network_id", "name_en", "name_ko", "source_id"])
    networks.append(["wego", "WeGO", "위고", "cldr"])
    book.create_sheet("empty")
    upload = take([("both.xlsx", saved(book)), ("home.csv", b"city_id,currency,time_zone,source_id\nseoul,KRW,Asia/Seoul,cldr\n")])
    assert (list(upload.tables), upload.problems) == (["territories", "networks", "home"], ())
    assert [(file.name, file.sheet) for file in upload.files] == [("both.xlsx", "국가·지역"), ("both.xlsx", "Networks"), ("home.csv", "")]


def test_numbers_and_dates_of_excel_are_read_as_far_as_their_cells_show_them():
    header = list(TABLES["targets"].columns)
    rows = [
        ["t1", "fund", 10_000_000_000, "KRW", date(2017, 7, 4), 42920, "primary", "s", None, None],
        ["t2", "fund", 0.5, "KRW", date(2017, 7, 1), 2020, "primary", "s", None, None],
        ["t3", "fund", 1e-7, "KRW", date(2017, 1, 1), 2017.7, "primary", "s", None, None],
        ["t4", "fund", 3.0, "KRW", datetime(2017, 7, 4, 13, 30), date(2017, 7, 4), "primary", "s", None, None],  # noqa: DTZ001
    ]
    content = sheet(header, *rows, formats={"E3": "mmm-yy", "E4": 'yyyy"년"', "F5": "yyyy-mm"})
    upload = take([("targets.xlsx", content)])
    assert upload.tables["targets"]["value"].tolist() == ["10000000000", "0.5", "0.0000001", "3"]
    assert upload.tables["targets"]["set_on"].tolist() == ["2017-07-04", "2017-07", "2017", "2017-07-04"]
    assert upload.tables["targets"]["due"].tolist() == ["2017-07-04", "2020", "2017-07", "2017-07-04"]
    assert [(read.row, read.column, read.value, read.result, read.kind) for read in upload.read_as] == [
        (2, "set_on", "2017-07-04 00:00:00", "2017-07-04", "date_cell"),
        (2, "due", "42920", "2017-07-04", "serial"),
        (3, "set_on", "2017-07-01 00:00:00", "2017-07", "date_cell"),
        (4, "set_on", "2017-01-01 00:00:00", "2017", "date_cell"),
        (4, "due", "2017.7", "2017-07", "date"),
        (5, "set_on", "2017-07-04 13:30:00", "2017-07-04", "date_cell"),
        (5, "due", "2017-07-04 00:00:00", "2017-07-04", "date_cell"),
    ]


def test_the_days_of_an_old_mac_are_counted_from_its_own_first_day():
    header = ["target_id", "indicator", "value", "unit", "set_on", "due"]
    content = sheet(header, ["t", "fund", 1, "KRW", 41458, ""], epoch=CALENDAR_MAC_1904)
    upload = take([("targets.xlsx", content)])
    # 41458 days after 1 January 1904; from 1900 on the same day has the number 42920.
    assert upload.read_as == (ReadAs("targets", 2, "set_on", "41458", "2017-07-04", "serial"),)


def test_a_row_of_a_sheet_keeps_its_number_with_empty_rows_above_it():
    book = Workbook()
    for column, title in enumerate(HEADER.split(","), start=1):
        book.active.cell(1, column).value = title
    book.active.cell(4, 1).value = " NA "
    book.active.cell(9, 2).number_format = numbers.FORMAT_TEXT
    upload = take([("territories.xlsx", saved(book))])
    assert upload.tables["territories"]["country_code"].tolist() == ["", "", "NA"]
    assert upload.read_as == (ReadAs("territories", 4, "country_code", " NA ", "NA", "blanks"),)


def test_progress_goes_from_nothing_to_all():
    heard = []
    take([("a.csv", NAMIBIA.encode()), ("b.xlsx", as_workbook(REAL, "fund", "ko")), ("c.zip", as_package(REAL))], heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_files_of_a_mac_and_descriptions_in_an_archive_are_passed_over():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("data/territories.csv", NAMIBIA)
        archive.writestr("__MACOSX/data/._territories.csv", b"\0\1")
        archive.writestr("data/.DS_Store", b"\0\1")
        archive.writestr("data/README.md", "read me")
    upload = take([("x.zip", buffer.getvalue())])
    assert (cells(upload, "territories"), upload.problems) == ([ROW], ())


def test_a_candidate_leaves_release_and_tables_as_they_are():
    upload = take([("fund.csv", as_csv(REAL, "fund", "ko"))])
    before = {name: frame.copy() for name, frame in REAL.tables.items()}
    table = upload.tables["fund"].copy()
    table.loc[0, "value"] = "1"
    original = table.copy()
    draft, problems = candidate(REAL, {"fund": table})
    assert (draft.number, problems, draft.tables["fund"]["value"].iloc[0]) == (0, (), 1.0)
    assert draft.digest != candidate(REAL, upload.tables)[0].digest
    assert table.equals(original)
    assert all(REAL.tables[name].equals(frame) for name, frame in before.items())
