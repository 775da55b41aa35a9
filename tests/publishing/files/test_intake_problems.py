"""Faults of uploads, told all at once and at most once a cell: what stands in the file, the problem, its sentence in both languages."""

import codecs
import io
import random
import zipfile
import zlib

import pytest
from openpyxl import Workbook, load_workbook

from metrics.schema.problems import KINDS, Problem
from metrics.schema.vocabulary import codes_of
from publishing.desk.desk import as_of_release
from publishing.files import limits, opening, workbooks
from publishing.files.downloads import as_csv, as_package, as_workbook
from publishing.files.intake import take, together
from publishing.files.marking import with_problems
from publishing.files.sentences import read_as, sentence
from publishing.files.table_text import canonical
from publishing.store.releases import candidate
from tests.worlds import own_data
from wording import words

REAL = own_data()
KOREAN, ENGLISH = words("ko"), words("en")
FUND = "observation_id,date,measure,fund,value,currency,value_as_published,role,source_id,note_en,note_ko\n"
ROW = "f1,2016-12,balance,cooperation_fund,1,KRW,,primary,geonames,,\n"


def problems_of(name, content):
    """All problems of an upload on top of the real release."""
    upload = take([(name, content)])
    return together(upload.problems, candidate(REAL, as_of_release(upload.tables, REAL))[1])


def fund(**cells):
    """A row of the fund with other values in some columns."""
    row = dict(zip(FUND.strip().split(","), ROW.strip().split(","), strict=True)) | cells
    return FUND + ",".join(row.values()) + "\n"


CELLS = [
    (fund(date="03/04/2017"), "date", "ambiguous_date", "여러 날짜로 읽힙니다(2017-04-03, 2017-03-04)", "(2017-04-03, 2017-03-04)"),
    (fund(date="2017.1"), "date", "ambiguous_date", "(2017-01, 2017-10)", "(2017-01, 2017-10)"),
    (fund(date="17-07-04"), "date", "ambiguous_date", "2017-07-04, 2004-07-17", "2017-07-04, 2004-07-17"),
    (fund(date="2017-02-30"), "date", "not_a_date", "‘2017-02-30’ 값은 날짜가 아닙니다", "“2017-02-30” is no date"),
    (fund(date="2016년쯤"), "date", "not_a_date", "예: 2016-12", "Example: 2016-12"),
    (fund(date="Jul-17"), "date", "shortened_date", "엑셀 파일(.xlsx)로 받아", "Take the table as a workbook"),
    (fund(date="24-Jul"), "date", "shortened_date", "일이나 연도를 뺀", "its day or its year is lost"),
    (fund(value="#N/A"), "value", "error_value", "오류값 #N/A", "the error #N/A"),
    (fund(date="99999"), "date", "not_a_date", "날짜가 아닙니다", "is no date"),
    (fund(date="18263"), "date", "not_a_date", "날짜가 아닙니다", "is no date"),
    (fund(date="../03.04.2017"), "date", "not_a_date", "날짜가 아닙니다", "is no date"),
    (fund(date="73051"), "date", "not_a_date", "날짜가 아닙니다", "is no date"),
    (fund(value=f'"1{",000" * 9}.000"'), "value", "not_a_number", "숫자가 아닙니다", "is no number"),
    (fund(value="27억"), "value", "not_a_number", "‘27억’ 값은 숫자가 아닙니다", "“27억” is no number"),
    (fund(value='"1,5"'), "value", "not_a_number", "소수점에는 마침표", "a point before decimals"),
    (fund(value="2.7E+09"), "value", "not_a_number", "숫자가 아닙니다", "is no number"),
    (fund(value="-1"), "value", "out_of_range", "0 이상", "at least 0"),
    (fund(measure="saldo"), "measure", "not_allowed", "쓸 수 있는 값: balance,", "allowed words: balance,"),
    (fund(currency=""), "currency", "missing_value", "‘통화’ 칸은 비워 둘 수 없습니다", "“Currency” must not be empty"),
    (fund(currency="won"), "currency", "wrong_form", "예: KRW", "Example: KRW"),
    (fund(note_en="a"), "note_ko", "one_language_missing", "‘비고(영어)’ 칸은 채웠는데", "although “Note (English)” is filled in"),
    (fund(source_id="hearsay"), "source_id", "unknown_reference", "출처 표의 ‘출처 식별자’ 열에", "Sources has no row “hearsay”"),
    (fund() + ROW, "observation_id", "duplicate_key", "2행에 이미", "already in row 2"),
    (fund(note_en="n" * 32768, note_ko="n"), "note_en", "cell_too_long", "32,767자", "32,767 characters"),
]
ROWS = [
    (fund() + "\n" + ROW.replace("f1", "f2"), 3, "empty_row", "빈 행입니다", "The row is empty"),
    (fund() + "f2,2016\n", 3, "broken_row", "제목은 11칸인데 이 행은 2칸", "has 2 cells where the titles make 11"),
    (fund() + ROW.replace("\n", ",x\n"), 3, "broken_row", "이 행은 12칸", "has 12 cells"),
]
TABLES = [
    (fund().replace("note_ko", "memo"), {"missing_column", "unknown_column"}, "‘memo’ 열은 없습니다", "no column “memo”"),
    (fund().replace("note_ko", "비고(영어)"), {"missing_column", "duplicate_column"}, "열이 두 번", "“Note (English)” is there more"),
    (FUND.replace("\n", ",\n") + ROW.replace("\n", ",x\n"), {"untitled_column"}, "12번째 열에 값이", "Column 12 holds values"),
]


@pytest.mark.parametrize(("text", "column", "kind", "korean", "english"), CELLS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_fault_in_a_cell_is_told_once(text, column, kind, korean, english, encoding):
    (problem,) = problems_of("fund.csv", text.encode(encoding))
    assert (problem.table, problem.column, problem.kind) == ("fund", column, kind)
    assert problem.row == (3 if kind == "duplicate_key" else 2)
    assert korean in sentence(problem, KOREAN)
    assert english in sentence(problem, ENGLISH)


@pytest.mark.parametrize("column", ["note_en", "date", "value", "measure"])
@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x1f", "\x7f", "\x85", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_control_character_or_a_turned_direction_is_a_fault_of_its_cell_and_shown_as_a_sign(letter, column):
    (problem,) = problems_of("fund.csv", fund(**{"note_ko": "n", "note_en": "n", column: f"{letter}20{letter}17"}).encode())
    assert (problem.row, problem.column, problem.kind, problem.value) == (2, column, "control_character", "\ufffd20\ufffd17")
    assert all(f"U+{ord(letter):04X}" in sentence(problem, lang) for lang in (KOREAN, ENGLISH))


@pytest.mark.parametrize(("text", "row", "kind", "korean", "english"), ROWS)
def test_a_fault_in_a_row_is_told_for_the_row_and_not_again_for_its_cells(text, row, kind, korean, english):
    (problem,) = problems_of("fund.csv", text.encode())
    assert (problem.row, problem.column, problem.kind) == (row, "", kind)
    assert korean in sentence(problem, KOREAN)
    assert english in sentence(problem, ENGLISH)


@pytest.mark.parametrize(("text", "kinds", "korean", "english"), TABLES)
def test_a_fault_in_the_titles_is_told_for_the_table(text, kinds, korean, english):
    problems = problems_of("fund.csv", text.encode())
    assert {problem.kind for problem in problems} == kinds
    assert {problem.row for problem in problems} == {None}
    assert any(korean in sentence(problem, KOREAN) for problem in problems)
    assert any(english in sentence(problem, ENGLISH) for problem in problems)


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_rows_and_columns():
    text = fund(date="gestern", value="x", role="first") + "f2,2016\n" + ROW.replace("f1", "f 3")
    assert [(problem.row, problem.column) for problem in problems_of("fund.csv", text.encode())] == [
        (2, "date"),
        (2, "value"),
        (2, "role"),
        (3, ""),
        (4, "observation_id"),
    ]


def test_a_row_that_others_refer_to_and_that_is_not_there_any_more_is_told_where_it_is_missed():
    lines = canonical("networks", REAL.tables["networks"]).decode().splitlines()[:2]
    places = {(problem.table, problem.column, problem.kind) for problem in problems_of("networks.csv", "\n".join(lines).encode())}
    assert places == {("network_memberships", "network_id", "unknown_reference")}


def test_tables_that_belong_together_may_come_together():
    source = as_csv(REAL, "sources", "ko") + "new-source,제목,,,,,\n".encode()
    files = [("기금.csv", fund(source_id="new-source").encode()), ("sources.csv", source)]
    upload = take(files)
    tables = as_of_release(upload.tables, REAL)
    assert candidate(REAL, {"fund": tables["fund"]})[1] != ()
    assert candidate(REAL, tables)[1] == ()


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def altered(content, **members):
    """A workbook with other parts in it; `__` in a name stands for a slash."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {name.replace("__", "/"): part for name, part in members.items()})


BOOK = as_workbook(REAL, "networks", "en")
SHEET = "xl__worksheets__sheet1.xml"
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'
STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def encrypted(content):
    """An archive whose entries say that they have a password."""
    buffer = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = buffer.find(mark)
        while at >= 0:
            buffer[at + flags] |= 1
            at = buffer.find(mark, at + 1)
    return bytes(buffer)


REFUSED = {
    "empty": ("fund.csv", b"", "empty_file"),
    "blank": ("fund.csv", b" \r\n\n", "empty_file"),
    "an empty archive": ("x.zip", zipped({}), "empty_file"),
    "more than 20 MB": ("fund.csv", FUND.encode() + b"x" * (20 * 2**20), "too_large"),
    "no text": ("fund.csv", bytes(range(128, 256)) * 9, "unknown_encoding"),
    "half of UTF-16": ("fund.csv", codecs.BOM_UTF16_LE + FUND.encode("utf-16-le") + b"x", "unknown_encoding"),
    "a quotation mark never closed": ("fund.csv", (FUND + '"f1,').encode(), "broken_line"),
    "no titles": ("Book1.csv", b"1,2,3\n4,5,6\n", "unknown_table"),
    "a page of the web": ("fund.csv", b"<html><table><tr><td>1</td></tr></table></html>", "markup"),
    "XML under the name of a workbook": ("fund.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "markup"),
    "an old workbook": ("fund.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_workbook"),
    "a workbook with a password": ("fund.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a workbook in the strict format": ("fund.xlsx", altered(BOOK, **{"xl__workbook.xml": STRICT}), "strict_workbook"),
    "broken OpenDocument": ("fund.ods", zipped({"mimetype": ODS_TYPE, "content.xml": "<office"}), "damaged_file"),
    "OpenDocument with a document type": ("fund.ods", zipped({"mimetype": ODS_TYPE, "content.xml": DTD}), "unsafe_xml"),
    "an archive with a password": ("x.zip", encrypted(zipped({"fund.csv": FUND})), "encrypted"),
    "half a workbook": ("fund.xlsx", BOOK[: len(BOOK) // 2], "damaged_file"),
    "a workbook without a sheet": ("fund.xlsx", zipped({"[Content_Types].xml": "<Types/>"}), "damaged_file"),
    "broken XML": ("fund.xlsx", altered(BOOK, **{SHEET: b"<worksheet><sheetData><row"}), "damaged_file"),
    "macros": ("fund.xlsm", altered(BOOK, **{"xl__vbaProject.bin": b"x"}), "macros"),
    "links": ("fund.xlsx", altered(BOOK, **{"xl__externalLinks__externalLink1.xml": b"<a/>"}), "external_links"),
    "connections": ("fund.xlsx", altered(BOOK, **{"xl__connections.xml": b"<a/>"}), "external_links"),
    "a document type": ("fund.xlsx", altered(BOOK, **{SHEET: DTD}), "unsafe_xml"),
    "a document type in UTF-16": ("fund.xlsx", altered(BOOK, **{SHEET: DTD.decode().encode("utf-16")}), "unsafe_xml"),
    "another encoding": ("fund.xlsx", altered(BOOK, **{SHEET: b'<?xml version="1.0" encoding="cp037"?><worksheet/>'}), "unsafe_xml"),
    "a bomb": ("fund.xlsx", altered(BOOK, **{SHEET: b"<c/>" * 2**21}), "unpacks_too_large"),
    "a bomb in an archive": ("x.zip", zipped({"fund.csv": FUND.encode() + b"," * 2**24}), "unpacks_too_large"),
    "too many files": ("x.zip", zipped({f"{at}.csv": "" for at in range(1001)}), "unpacks_too_large"),
    "too many rows": ("fund.csv", FUND.encode() + b"\n" * 200_001, "too_many_rows"),
    "too many columns": ("fund.csv", FUND.encode() + b"," * 201, "too_many_columns"),
    "an archive in an archive": ("x.zip", zipped({"y.zip": zipped({"fund.csv": FUND})}), "unknown_table"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_is_refused_with_a_sentence_that_names_it(what):
    name, content, kind = REFUSED[what]
    upload = take([(name, content)])
    assert [problem.kind for problem in upload.problems] == [kind]
    assert (dict(upload.tables), upload.files) == ({}, ())
    assert set(upload.problems[0].params) == set(KINDS[kind])
    assert all(name in sentence(upload.problems[0], lang) for lang in (KOREAN, ENGLISH))
    assert isinstance(with_problems(name, content, upload.problems, KOREAN), bytes)


@pytest.mark.parametrize("before", [1, 8])
def test_a_document_type_across_the_border_of_two_pieces_is_refused(before):
    start = b'<?xml version="1.0"?><!--'
    filler = random.Random(1).randbytes(limits.MEGABYTE // 2).hex().encode()  # packs badly, so it is no bomb
    part = start + filler[: limits.MEGABYTE - len(start) - 3 - before] + b"-->" + DTD.partition(b"?>")[2]
    assert part.index(b"<!DOCTYPE") == limits.MEGABYTE - before
    assert [problem.kind for problem in take([("fund.xlsx", altered(BOOK, **{SHEET: part}))]).problems] == ["unsafe_xml"]


def test_a_cell_may_be_as_long_as_a_cell_of_excel():
    assert problems_of("fund.csv", fund(note_en="n" * 32_767, note_ko="n").encode()) == ()


def sheet(rows):
    book = Workbook(write_only=True)
    page = book.create_sheet("fund")
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_of_empty_sheets_is_told():
    upload = take([("f.xlsx", sheet([])), ("fund.csv", fund().encode())])
    assert [(problem.kind, problem.params["file"]) for problem in upload.problems] == [("unknown_table", "f.xlsx")]


def test_a_workbook_has_its_limits_in_rows_columns_and_characters():
    titles = FUND.strip().split(",")
    assert [problem.kind for problem in take([("f.xlsx", sheet([titles, [None] * 200 + [1]]))]).problems] == ["too_many_columns"]
    far = altered(
        sheet([titles]),
        **{
            SHEET: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData></worksheet>'
        },
    )
    assert [problem.kind for problem in take([("f.xlsx", far)]).problems] == ["too_many_rows"]


def test_a_file_may_have_as_many_rows_and_columns_as_the_limit_and_not_one_more(monkeypatch):
    for module in (opening, workbooks):
        monkeypatch.setattr(module, "ROWS", 2)
        monkeypatch.setattr(module, "COLUMNS", 11)
    titles, row = FUND.strip().split(","), ROW.strip().split(",")
    for more_rows, more_columns, kind in ((0, 0, None), (1, 0, "too_many_rows"), (0, 1, "too_many_columns")):
        rows = [titles, *[[f"f{at}", *row[1:]] for at in range(2 + more_rows)]]
        rows = [[*cells, *[""] * more_columns] for cells in rows]
        text = "".join(",".join(cells) + "\n" for cells in rows)
        book = sheet([[*cells[:11], *["x"] * more_columns] for cells in rows])
        for name, content in (("fund.csv", text.encode()), ("fund.xlsx", book)):
            assert [problem.kind for problem in take([(name, content)]).problems] == ([kind] if kind else [])


def test_a_file_may_weigh_and_an_archive_hold_as_much_as_the_limit_and_no_more(monkeypatch):
    content = fund().encode()
    archive = zipped({"fund.csv": fund(), "home.csv": "city_id,currency,time_zone,source_id\n"})
    for name, data, limit, allowed in (
        ("fund.csv", content, "FILE", len(content)),
        ("x.zip", archive, "MEMBERS", 2),
        ("x.zip", archive, "UNPACKED", len(content) + 37),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(limits, limit, allowed)
            assert take([(name, data)]).problems == ()
            patch.setattr(limits, limit, allowed - 1)
            assert [problem.kind for problem in take([(name, data)]).problems] in (["too_large"], ["unpacks_too_large"])


@pytest.mark.parametrize(("limit", "allowed"), [("ELEMENTS", 3), ("WHOLE_PART", 400)])
def test_rows_and_the_stretch_between_two_have_each_a_limit_of_their_own(monkeypatch, limit, allowed):
    rows = b"<worksheet><sheetData>%s</sheetData></worksheet>"
    many, far = rows % (b"<row/>" * 4), rows % (b"<row>" + b"<c/>" * 100 + b"</row>")
    assert all(limits._is_plain(*part) for part in map(alone, (many, far)))
    monkeypatch.setattr(limits, limit, allowed)
    assert [limits._is_plain(*alone(part)) for part in (many, far)] == ([False, True] if limit == "ELEMENTS" else [True, False])


def alone(part):
    """An archive with a sheet of this XML, and the sheet."""
    archive = zipfile.ZipFile(io.BytesIO(zipped({"xl/worksheets/sheet1.xml": part})))
    return archive, archive.infolist()[0]


def test_a_part_without_rows_may_not_fill_the_memory():
    noise = zlib.compress(b"", 0).hex().encode()
    giant = b"<worksheet><sheetData><row>" + b"".join(b"<c r='%d'/>%s" % (at, noise) for at in range(700_000))
    assert [problem.kind for problem in take([("f.xlsx", altered(BOOK, **{SHEET: giant}))]).problems] == ["unsafe_xml"]
    assert len(giant) > limits.WHOLE_PART


def test_a_formula_and_an_error_of_excel_are_faults_of_their_cells():
    row = ["f1", "2016-12", "balance", "cooperation_fund", "=1+1", "KRW", "#N/A", "primary", "geonames", None, None]
    problems = problems_of("x.xlsx", sheet([FUND.strip().split(","), row]))
    assert [(problem.row, problem.column, problem.kind) for problem in problems] == [
        (2, "value", "formula"),
        (2, "value_as_published", "error_value"),
    ]


def test_the_same_table_twice_is_a_fault_of_the_second_file():
    upload = take([("fund.csv", fund().encode()), ("기금.csv", fund().encode())])
    assert upload.problems == (Problem("", None, "", "", "table_twice", {"file": "기금.csv", "table": "fund", "other": "fund.csv"}),)
    assert "기금" in sentence(upload.problems[0], KOREAN)


UNDERSTOOD = [
    ("date", "2017.7.24", "2017-07-24", "date"),
    ("date", "2017. 7. 24.", "2017-07-24", "date"),
    ("date", "2017. 1.", "2017-01", "date"),
    ("date", "2017년 7월", "2017-07", "date"),
    ("date", "2017년7월4일", "2017-07-04", "date"),
    ("date", "2017-7-4", "2017-07-04", "date"),
    ("date", "2017/7/4", "2017-07-04", "date"),
    ("date", "2017.10", "2017-10", "date"),
    ("date", "20170704", "2017-07-04", "date"),
    ("date", "25/12/2017", "2017-12-25", "date"),
    ("date", "05/05/2017", "2017-05-05", "date"),
    ("date", "２０１７년 ７월", "2017-07", "date"),
    ("date", "../2017.3.31", "../2017-03-31", "date"),
    ("date", "2017-07-04 00:00:00", "2017-07-04", "date"),
    ("date", "42920", "2017-07-04", "serial"),
    ("date", "18264", "1950-01-01", "serial"),
    ("date", "73050", "2099-12-31", "serial"),
    ("value", f'"1{",000" * 9}.00"', f"1{'000' * 9}.00", "number"),  # 40 characters
    ("value", "１，２３４", "1234", "number"),
    ("value", '"2,700,000,000"', "2700000000", "number"),
    ("value", "2 700 000", "2700000", "number"),
    ("role", "Primary", "primary", "word"),
    ("fund", "Cooperation Fund", "cooperation_fund", "word"),
    ("source_id", " geonames ", "geonames", "blanks"),
    ("note_en", "\u200bhidden\u200f", "hidden", "invisible"),
]


@pytest.mark.parametrize(("column", "written", "taken_as", "kind"), UNDERSTOOD)
def test_what_can_mean_only_one_thing_is_read_as_that_and_said(column, written, taken_as, kind):
    upload = take([("fund.csv", fund(**{column: written}).encode())], codes=codes_of(REAL.tables))
    assert upload.tables["fund"][column].tolist() == [taken_as]
    (read,) = upload.read_as
    assert (read.row, read.column, read.value, read.result, read.kind) == (2, column, written.strip('"'), taken_as, kind)
    assert all(taken_as in read_as(read, lang) for lang in (KOREAN, ENGLISH))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_a_csv_comes_back_with_its_problems_and_may_go_in_again(lang, encoding):
    content = (fund(date="gestern", value_as_published="27억 원") + ROW.replace("f1", "f2")).replace(",", ";").encode(encoding)
    problems = problems_of("fund.csv", content)
    back = with_problems("fund.csv", content, problems, words(lang))
    lines = back.decode(encoding).splitlines()
    assert lines[0].endswith({"ko": ";문제", "en": ";Problems"}[lang])
    assert sentence(problems[0], words(lang)) in lines[1]
    assert lines[2].endswith("geonames;;;")
    assert problems_of("fund.csv", back) == problems
    assert with_problems("fund.csv", back, problems, words(lang)) == back


def test_sentences_that_an_encoding_cannot_hold_make_it_utf_8():
    content = fund(date="gestern").encode("cp949") + "f2,각".encode("cp949")
    problems = [Problem("fund", 2, "date", "\N{SNOWMAN}", "not_a_date", {"example": "2016"})]
    assert with_problems("fund.csv", content, problems, ENGLISH).startswith(codecs.BOM_UTF8)


def test_a_workbook_comes_back_with_its_problems_looks_and_drop_downs():
    problems = [Problem("networks", 2, "name_ko", "", "missing_value"), Problem("networks", None, "x", "", "missing_column")]
    back = with_problems("networks.xlsx", BOOK, problems, ENGLISH)
    page = load_workbook(io.BytesIO(back)).worksheets[0]
    assert page["E1"].value == "Problems\nThe column “x” is missing. Every column of the table has to be there, even an empty one."
    assert (page["E2"].value, page["E3"].value) == ("Name (Korean): “Name (Korean)” must not be empty here.", None)
    assert page.freeze_panes == "A2"
    upload = take([("networks.xlsx", back)])
    assert upload.problems == ()
    assert candidate(REAL, upload.tables)[0].tables["networks"].equals(REAL.tables["networks"])
    assert load_workbook(io.BytesIO(with_problems("x.xlsx", back, [], KOREAN))).worksheets[0]["E1"].value == "문제"


def test_an_archive_comes_back_with_the_problems_of_each_table():
    back = with_problems("x.zip", as_package(REAL), [Problem("fund", 2, "date", "x", "not_a_date", {"example": "2016"})], KOREAN)
    with zipfile.ZipFile(io.BytesIO(back)) as archive:
        assert "시점: ‘x’ 값은 날짜가 아닙니다" in archive.read("fund.csv").decode()
        assert archive.read("sources.csv").decode().splitlines()[0].endswith(",문제")
    assert candidate(REAL, take([("x.zip", back)]).tables)[1] == ()
