"""Workbooks name in words what ids mean: either is taken, and where they contradict each other the row is told."""

import io
from functools import partial

import pytest
from openpyxl import load_workbook

from languages import LANGUAGES
from publishing.changes.review import differences
from publishing.changes.rows import raw
from publishing.files.downloads import as_workbook, template
from publishing.files.intake import take
from publishing.files.row_names import known_names, unique_names
from publishing.files.sentences import sentence
from publishing.store.releases import candidate
from tests.worlds import own_data
from wording import words

IN_WORDS = {"en": ("Partner (in words)", "Type (in words)"), "ko": ("파트너 도시 (이름으로)", "유형 (이름으로)")}


def book(lang, table="agreements"):
    return load_workbook(io.BytesIO(as_workbook(own_data(), table, lang, words(lang))))


def taken(workbook, name="agreements.xlsx"):
    held = io.BytesIO()
    workbook.save(held)
    names = known_names(partial(raw, own_data()), map(words, LANGUAGES))
    return take([(name, held.getvalue())], names=names)


def column(sheet, title):
    return next(cell.column for cell in sheet[1] if cell.value == title)


def change(sheet, row, **cells):
    for at, value in cells.items():
        sheet.cell(row, int(at[1:])).value = value


@pytest.mark.parametrize("lang, kind, city", [("en", "Sister city", "Taipei"), ("ko", "자매도시", "타이베이")])
def test_a_second_column_says_what_each_id_means_and_offers_every_other(lang, kind, city):
    workbook = book(lang)
    sheet = workbook.worksheets[0]
    partner, type_ = (column(sheet, title) for title in IN_WORDS[lang])
    assert (sheet.cell(2, partner).value, sheet.cell(2, type_).value) == (city, kind)
    lists = workbook.worksheets[-1]
    assert lists.sheet_state == "hidden"
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    source = offered[f"{sheet.cell(2, type_).column_letter}2"]
    cells = [cell.value for row in lists[source.rpartition("!")[2].replace("$", "")] for cell in row]
    assert cells == [words(lang).of("tie", code) for code in ("sister", "friendship", "memorandum", "unclear")]


@pytest.mark.parametrize("table", ["agreements", "contacts", "export_places", "cities", "plan_evidence", "network_memberships"])
@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_such_a_workbook_comes_back_as_it_was(table, lang):
    read = taken(book(lang, table), f"{table}.xlsx")
    assert read.problems == ()
    assert read.aside == ()
    release, problems = candidate(own_data(), read.tables)
    assert problems == ()
    assert differences(own_data(), release) == ()


@pytest.mark.parametrize("lang, kind, city", [("en", "friendship CITY", "Tokyo"), ("ko", "우호도시", "도쿄")])
def test_words_alone_are_enough(lang, kind, city):
    workbook = book(lang)
    sheet = workbook.worksheets[0]
    partner, type_ = (column(sheet, title) for title in IN_WORDS[lang])
    sheet.cell(2, partner).value, sheet.cell(2, type_).value = city, kind
    sheet.cell(2, partner - 1).value = sheet.cell(2, type_ - 1).value = None
    read = taken(workbook)
    assert read.problems == ()
    assert read.tables["agreements"].loc[0, ["city_id", "type"]].tolist() == ["tokyo", "friendship"]
    assert {(cell.row, cell.column, cell.result) for cell in read.read_as} == {(2, "city_id", "tokyo"), (2, "type", "friendship")}


@pytest.mark.parametrize("kind, city", [("Friendship city", "TOKYO"), ("우호도시", "도쿄")])
def test_a_name_in_the_place_of_an_id_is_taken_and_told(kind, city):
    workbook = book("en")
    sheet = workbook.worksheets[0]
    partner, type_ = (column(sheet, title) for title in IN_WORDS["en"])
    for at, text in ((partner, None), (type_, None), (partner - 1, city), (type_ - 1, kind)):
        sheet.cell(2, at).value = text
    read = taken(workbook)
    assert read.problems == ()
    assert read.tables["agreements"].loc[0, ["city_id", "type"]].tolist() == ["tokyo", "friendship"]
    assert {(cell.row, cell.column, cell.result) for cell in read.read_as} == {(2, "city_id", "tokyo"), (2, "type", "friendship")}


def test_words_that_contradict_the_id_are_told_by_row():
    workbook = book("en")
    sheet = workbook.worksheets[0]
    sheet.cell(3, column(sheet, "Partner (in words)")).value = "Tokyo"
    (problem,) = taken(workbook).problems
    assert (problem.row, problem.column) == (3, "city_id")
    assert sentence(problem, words("en")) == ("“Tokyo” means tokyo, but the row says taipei. Let both say the same, or empty one of them.")


def test_words_that_name_nothing_are_told_by_row_and_a_new_id_beside_them_is_left_to_the_checks():
    workbook = book("en")
    sheet = workbook.worksheets[0]
    at = column(sheet, "Partner (in words)")
    sheet.cell(2, at).value, sheet.cell(2, at - 1).value = "Atlantis", None
    sheet.cell(3, at).value, sheet.cell(3, at - 1).value = "Nairobi", "nairobi"
    read = taken(workbook)
    assert [(problem.row, problem.kind) for problem in read.problems] == [(2, "unknown_name")]
    assert read.tables["agreements"]["city_id"][1] == "nairobi"


def test_rows_of_one_name_have_their_id_behind_it():
    cities = raw(own_data(), "cities")
    again = cities.iloc[[1]].assign(city_id="again")
    two = {"cities": cities.iloc[[1]].merge(again, how="outer")}
    assert sorted(unique_names("cities", two.__getitem__, words("en")).values()) == ["Abu Dhabi (abu-dhabi)", "Abu Dhabi (again)"]


def test_a_template_offers_the_words_of_the_city_too():
    workbook = load_workbook(io.BytesIO(template("agreements", "ko", "xlsx", own_data(), words("ko"))))
    sheet = workbook.worksheets[0]
    assert sheet.cell(2, column(sheet, "유형 (이름으로)")).value == "우호도시"
