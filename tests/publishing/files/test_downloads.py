"""What people take away: bytes that open in Excel, say what the release says, and hide no formula."""

import csv
import io
import zipfile

import pytest
from frictionless import Package
from openpyxl import load_workbook

from metrics.schema.checks import violations
from metrics.schema.columns import fields
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv, as_package, as_workbook, columns_of, described, file_name, licences, package_name, title
from publishing.files.sheets import instructions
from publishing.files.table_text import canonical, from_canonical
from publishing.store.release_cache import current_release
from tests.worlds import world

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=cmd|" /C calc"!A0', "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "\n=1")
PLAIN = ("City Diplomacy", "2 - 1 = 1", "'quoted")
TABLE = "source_id,title,publisher\n" + "".join(
    f's{at},"{text.replace(chr(34), chr(34) * 2)}",City\n' for at, text in enumerate((*HOSTILE, *PLAIN))
)
HOME = "city_id,currency,time_zone,source_id\nhome,KRW,Asia/Seoul,s0\n"
ODD = world(home=HOME, sources=TABLE)


def sheets(content: bytes):
    return load_workbook(io.BytesIO(content))


def test_a_csv_has_a_byte_order_mark_and_titles_in_the_language_of_the_reader():
    for lang, first in {"en": "Agreement,Partner,Type", "ko": "협정 식별자,파트너 도시,유형"}.items():
        content = as_csv(current_release(), "agreements", lang)
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.decode("utf-8-sig").splitlines()[0].startswith(first)


def test_a_text_that_would_be_a_formula_is_kept_from_being_one_in_the_csv_for_reading():
    rows = list(csv.reader(io.StringIO(as_csv(ODD, "sources", "en").decode("utf-8-sig"), newline="")))
    assert [row[1] for row in rows[1:]] == [*(f"'{text}" for text in HOSTILE), *PLAIN]


def test_numbers_are_never_guarded_and_carry_no_needless_decimals():
    cities = "city_id,name_en,name_ko,country_code,region,level,lat,lon,population,source_id\nh,H,집,NZ,Oceania,city,-41.5,174,381900,s0\n"
    row = as_csv(world(home=HOME, sources=TABLE, cities=cities), "cities", "en").decode("utf-8-sig").splitlines()[1]
    assert "-41.5,174,,381900" in row


def test_a_workbook_holds_text_as_text_numbers_as_numbers_and_no_formula():
    sheet = sheets(as_workbook(ODD, "sources", "en")).worksheets[0]
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2, min_col=2, max_col=2)]
    assert [cell.value for cell in cells] == [*HOSTILE, *PLAIN]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * len(HOSTILE) + [False] * len(PLAIN)
    fund = sheets(as_workbook(current_release(), "fund", "ko")).worksheets[0]
    values = {cell.value: cell.data_type for row in fund.iter_rows(min_row=2) for cell in row if cell.value}
    assert values[2_700_000_000] == "n"


@pytest.mark.parametrize(
    "lang, name, second, third", [("en", "Agreements", "Dictionary", "How to fill in"), ("ko", "협정", "데이터 사전", "작성 안내")]
)
def test_a_workbook_has_the_rows_the_dictionary_and_instructions_in_the_language_of_the_reader(lang, name, second, third):
    release = current_release()
    book = sheets(as_workbook(release, "agreements", lang))
    assert book.sheetnames == [name, second, third]
    rows, explained, guide = book.worksheets
    assert [cell.value for cell in rows[1]] == [getattr(field.title, lang) for field in fields(TABLES["agreements"]).values()]
    assert rows.max_row == len(release.tables["agreements"]) + 1
    assert rows.freeze_panes == "A2"
    assert 10 < rows.column_dimensions["A"].width <= 60
    assert explained.max_row == len(fields(TABLES["agreements"])) + 1
    assert [cell.value for (cell,) in guide.iter_rows(min_row=2)] == instructions(lang)
    assert [page["A1"].font.bold for page in book.worksheets[1:]] == [True, True]


def test_columns_of_words_offer_their_words_and_columns_of_text_and_dates_stay_text():
    sheet = sheets(as_workbook(current_release(), "agreements", "ko")).worksheets[0]
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered == {
        "C2:C1048576": '"sister,friendship,memorandum,unclear"',
        "G2:G1048576": '"yes,no"',
        "H2:H1048576": '"primary,alternate,conflict,superseded,other,disputed"',
    }
    assert {sheet["D2"].number_format, sheet.column_dimensions["D"].number_format} == {"@"}


def test_what_a_drop_down_offers_fits_into_what_excel_reads():
    offers = [",".join(field.allowed) for schema in TABLES.values() for field in fields(schema).values() if field.allowed]
    assert offers
    assert max(map(len, offers)) <= 253


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_workbook_whose_titles_differ(table):
    book = sheets(as_workbook(world(), table, "ko"))
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert len(set(titles)) == len(titles)
    assert len(described(columns_of(world(), table), "ko")) == len(titles)


def test_control_characters_do_not_spoil_a_workbook():
    release = world(home=HOME, sources="source_id,title\ns0,bell\x07 rings\n")
    assert sheets(as_workbook(release, "sources", "en")).worksheets[0]["B2"].value == "bell rings"


def test_frictionless_finds_the_package_valid_and_it_holds_the_same_rows(tmp_path):
    release = current_release()
    with zipfile.ZipFile(io.BytesIO(as_package(release))) as archive:
        archive.extractall(tmp_path)
        assert set(archive.namelist()) == {"datapackage.json", "DICTIONARY.md", "LICENCES.md", *(f"{name}.csv" for name in TABLES)}
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    for name in TABLES:
        rows = from_canonical(name, (tmp_path / f"{name}.csv").read_bytes(), None)
        assert violations(name, rows) == []
        assert rows.equals(release.tables[name])


def test_the_package_keeps_every_cell_as_it_is_and_comes_out_the_same_twice(tmp_path):
    assert as_package(ODD) == as_package(ODD)
    with zipfile.ZipFile(io.BytesIO(as_package(ODD))) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("sources.csv").decode(), newline="")))
    assert [row[1] for row in rows[1:]] == [*HOSTILE, *PLAIN]


def test_the_canonical_form_reads_back_as_the_same_table_and_the_same_bytes():
    cities = "city_id,name_en,lat,lon,population\n" + 'h,"carriage\rreturn, ""quoted""\nlines",0.0000001,-0.5,1234567\n'
    release = world(home=HOME, cities=cities)
    content = canonical("cities", release.tables["cities"])
    assert content.splitlines()[0].startswith(b"city_id,name_en,name_ko,country_code")
    assert b",0.0000001,-0.5,,1234567," in content
    rows = from_canonical("cities", content, None)
    assert rows.equals(release.tables["cities"])
    assert canonical("cities", rows) == content


def test_the_licences_name_everyone_whose_data_is_in_it():
    for name in ("CC-BY-4.0", "Unicode-3.0", "GeoNames", "Unicode CLDR"):
        assert name in licences()


def test_a_file_is_named_by_table_release_and_language():
    release = current_release()
    assert file_name("fund", release, "ko", "xlsx") == "fund_release-1_ko.xlsx"
    assert package_name(release) == "urban-diplomacy_release-1.zip"
    assert (title("fund", "en"), title("fund", "ko")) == ("Fund", "기금")
