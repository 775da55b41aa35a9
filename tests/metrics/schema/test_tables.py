"""The tables as declared, and what becomes of faults in them."""

import csv
import io
import re
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.schema.checks import parsed, references, typed, untranslated, violations
from metrics.schema.columns import DATE_PATTERN, fields
from metrics.schema.dates import is_date
from metrics.schema.migrations import rows_of_missing
from metrics.schema.names import columns
from metrics.schema.problems import KINDS, Problem
from metrics.schema.tables import TABLES, field_of

COLUMNS = [(table, column, field) for table, schema in TABLES.items() for column, field in fields(schema).items()]


def cells(text: str) -> pd.DataFrame:
    rows = list(csv.reader(io.StringIO(text.strip("\n"))))
    return pd.DataFrame(rows[1:], columns=rows[0], dtype="str")


def example(table: str, rows: int = 1, **changes: str) -> pd.DataFrame:
    """The example row of a table, with other values in some columns: one for all rows, or a list with one for each."""
    return pd.DataFrame(
        {name: changes.get(name, [field.example] * rows) for name, field in fields(TABLES[table]).items()}, index=range(rows), dtype="str"
    )


def places(problems: list[Problem]) -> list[tuple]:
    return [(problem.row, problem.column, problem.value, problem.kind) for problem in problems]


# What a table looks like


@pytest.mark.parametrize("table", TABLES)
def test_the_example_row_of_a_table_is_itself_without_problems(table):
    frame, problems = typed(table, example(table))
    assert problems == []
    assert list(frame.columns) == list(fields(TABLES[table]))


@pytest.mark.parametrize(("table", "column", "field"), COLUMNS)
def test_every_column_has_a_title_and_a_description_in_both_languages_and_an_example(table, column, field):
    for words in (field.title, field.description):
        assert words.en
        assert not re.search("[가-힣]", words.en)
        assert re.search("[가-힣]", words.ko)
    assert field.example.strip()
    assert field.description.en.endswith(".")
    assert field.description.ko.endswith(".")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_title_and_a_description_in_both_languages_and_a_key_of_its_columns(table):
    told_of = TABLES[table].metadata
    for words in (told_of["title"], told_of["description"]):
        assert words.en
        assert not re.search("[가-힣]", words.en)
        assert re.search("[가-힣]", words.ko)
    assert told_of["key"]
    assert set(told_of["key"]) <= set(fields(TABLES[table]))


def test_every_reference_names_the_key_of_a_declared_table():
    for table, column, field in COLUMNS:
        if field.refers:
            target, key = field.refers.split(".")
            assert TABLES[target].metadata["key"] == (key,), f"{table}.{column}"


@pytest.mark.parametrize(("table", "column", "field"), [column for column in COLUMNS if column[2].pattern])
def test_the_published_pattern_of_a_column_accepts_its_example(table, column, field):
    assert re.fullmatch(field.pattern, field.example)


@pytest.mark.parametrize("date", ["2012", "2012-05", "2012-05-14", "2012/2016-12-31", "../2017-03-31", "2018-09/.."])
def test_the_published_pattern_of_dates_accepts_what_we_accept(date):
    assert is_date(date)
    assert re.fullmatch(DATE_PATTERN, date)


@pytest.mark.parametrize("date", ["", "../..", "2012-13", "2012-5", "May 2012", "2012-05-14/", "20120514"])
def test_the_published_pattern_of_dates_refuses_what_we_refuse(date):
    assert not is_date(date)
    assert not re.fullmatch(DATE_PATTERN, date)


# What a clean table becomes


def test_text_stays_text_and_numbers_become_numbers_with_nan_where_empty():
    frame, problems = typed("cities", example("cities", population="", geoname_id=""))
    assert problems == []
    assert frame["geoname_id"].tolist() == [""]
    assert frame["lat"].tolist() == [-41.28664]
    assert frame["population"].isna().all()
    assert {str(frame[name].dtype) for name in ("lat", "lon", "population")} == {"float64"}


def test_namibia_stays_text():
    frame, problems = typed("territories", example("territories", country_code="NA", name_en="Namibia", name_ko="나미비아"))
    assert problems == []
    assert frame["country_code"].tolist() == ["NA"]


@pytest.mark.parametrize("table", [name for name in TABLES if name != "home"])
def test_a_table_without_rows_is_whole_and_keeps_its_types(table):
    frame, problems = typed(table, example(table).iloc[:0])
    assert problems == []
    expected = {name: "float64" if field.kind in ("number", "whole") else "str" for name, field in fields(TABLES[table]).items()}
    assert frame.dtypes.astype(str).to_dict() == expected


def test_columns_in_another_order_are_put_in_order():
    raw = example("networks")
    frame, problems = typed("networks", raw[raw.columns[::-1]])
    assert problems == []
    assert list(frame.columns) == ["network_id", "name_en", "name_ko", "source_id"]


def test_the_frame_passed_in_is_never_changed():
    raw = example("cities", rows=2, lat="north", population=["", "1,000"]).set_index(pd.Index([7, 7]))
    before = raw.copy(deep=True)
    typed("cities", raw)
    pd.testing.assert_frame_equal(raw, before)


# What faults are told as


FAULTS = [
    ("networks", "network_id,name_en,name_ko,source_id\n,WeGO,위고,s1", [(2, "network_id", "", "missing_value")]),
    ("networks", "network_id,name_en,name_ko,source_id\na,  ,,s1", [(2, "name_en", "  ", "missing_value")]),
    ("networks", "network_id,name_en,name_ko,source_id\nwe go,WeGO,위고,s1", [(2, "network_id", "we go", "wrong_form")]),
    ("networks", "network_id,name_en,name_ko,source_id\na,A,가,s1\nb,B,나,s1\na,C,다,s1", [(4, "network_id", "a", "duplicate_key")]),
    ("networks", "network_id,name_en,name_ko,source_id\na,A,가,s1\n,,,\nb,B,나,s1", [(3, "", "", "empty_row")]),
    ("networks", "network_id,name_en,name_ko\na,A,가", [(None, "source_id", "", "missing_column")]),
    ("networks", "network_id,name_en,name_ko,source_id,colour\na,A,가,s1,red", [(None, "colour", "", "unknown_column")]),
    ("networks", "network_id,name_en,name_en,name_ko,source_id\na,A,B,가,s1", [(None, "name_en", "", "duplicate_column")]),
    ("networks", "network_id,name_en,source_id\n,A,s1", [(2, "network_id", "", "missing_value")]),
    ("networks", "network_id,name_de,source_id\na,A,s1\nb,,s1", [(3, "name_de", "", "missing_value")]),
    ("networks", "network_id,name_en,name_de,source_id\na,,A,s1\nb,,,s1", [(3, "name_de", "", "missing_value")]),
    ("networks", "network_id,source_id\na,s1", [(None, "name_en", "", "missing_column")]),
    (
        "organisations",
        "organisation_id,name_en,name_ko,kind,source_id\na,A,가,club,s1\nb,,나,,s1",
        [(2, "kind", "club", "not_allowed"), (3, "kind", "", "missing_value")],
    ),
    (
        "export_places",
        "export_id,place_no,country_code,city_id,place_en,place_ko\n"
        "X1,1,NZ,,,\nX1,one,NZ,,,\nX1,1.5,NZ,,,\nX1,0,NZ,,,\nX1,,NZ,,,\nX1,1,NZ,,,\nX2,1,NZ,,Greater Wellington,\nX2,2,NZ,,,그레이터웰링턴",
        [
            (3, "place_no", "one", "not_a_number"),
            (4, "place_no", "1.5", "not_whole"),
            (5, "place_no", "0", "out_of_range"),
            (6, "place_no", "", "missing_value"),
            (7, "place_no", "1", "duplicate_key"),
        ],
    ),
    (
        "organisation_events",
        "event_id,organisation_id,event,date,role,source_id,note_en,note_ko\n"
        "e1,a,opening,May 2012,primary,s1,,\ne2,a,opening,2012-13,primary,s1,only English,\ne3,a,opening,,primary,s1,,한국어만",
        [
            (2, "date", "May 2012", "not_a_date"),
            (3, "date", "2012-13", "not_a_date"),
        ],
    ),
    ("home", "city_id,currency,time_zone,languages,fiscal_year_begins,borders,source_id", [(None, "", "", "one_row_expected")]),
    (
        "home",
        "city_id,currency,time_zone,languages,fiscal_year_begins,borders,source_id\n"
        "seoul,won,Asia/Seoul,ko,,,s1\nbusan,KRW,Asia Seoul,,,,s1",
        [(None, "", "", "one_row_expected"), (2, "currency", "won", "wrong_form"), (3, "time_zone", "Asia Seoul", "wrong_form")],
    ),
]


@pytest.mark.parametrize(("table", "text", "expected"), FAULTS)
def test_faults_are_told_by_row_column_value_and_kind(table, text, expected):
    _, problems = typed(table, cells(text))
    assert places(problems) == expected
    assert {problem.table for problem in problems} == {table}
    assert [set(problem.params) for problem in problems] == [set(KINDS[problem.kind]) for problem in problems]


@pytest.mark.parametrize("value", ["91", "-90.1", "1e400", "nan", "inf", "4O", "1,000", " 1", "٣", "9" * 400])
def test_a_number_outside_its_range_or_written_otherwise_is_told_once(value):
    frame, problems = typed("cities", example("cities", lat=value))
    in_digits = re.fullmatch("-?[0-9.]{1,5}", value)
    assert places(problems) == [(2, "lat", value, "out_of_range" if in_digits else "not_a_number")]
    assert frame["lat"].isna().all() or in_digits


def test_a_cell_with_several_faults_is_told_once_as_the_gravest():
    # Both keys are empty and so alike: that they are missing is told, not that they repeat.
    _, problems = typed("networks", example("networks", rows=2, network_id=""))
    assert places(problems) == [(2, "network_id", "", "missing_value"), (3, "network_id", "", "missing_value")]


def test_an_amount_without_a_currency_is_told_at_the_currency():
    _, problems = typed("fund", example("fund", currency=""))
    assert places(problems) == [(2, "currency", "", "missing_value")]


def test_a_stored_table_with_a_row_too_many_and_a_wrong_cell_is_told_of_both():
    rows = parsed("home", example("home", 2, city_id=["seoul", "busan"], currency=["KRW", "won"]))
    assert places(violations("home", rows)) == [(None, "", "", "one_row_expected"), (3, "currency", "won", "wrong_form")]


def test_the_parameters_say_what_would_be_right():
    _, problems = typed("cities", example("cities", lat="91", country_code="NZ", geoname_id="x", name_en="", name_ko=""))
    params = {problem.column: problem.params for problem in problems}
    assert params["lat"] == {"minimum": -90, "maximum": 90}
    assert params["geoname_id"] == {"pattern": "[1-9][0-9]*", "example": "2179537"}
    assert params["name_en"] == {}


def test_a_repeated_key_names_the_row_that_had_it_first():
    _, problems = typed("networks", example("networks", rows=3, network_id=["a", "b", "b"]))
    assert [(problem.row, dict(problem.params)) for problem in problems] == [(4, {"columns": ["network_id"], "first_row": 3})]


# Texts in any language


def test_a_text_may_stand_in_any_language_instead_of_the_declared_ones():
    raw = example("agreements").drop(columns=["note_en", "note_ko"]).assign(note_zh_hant="註", note_de="Notiz")
    frame, problems = typed("agreements", raw)
    assert problems == []
    assert list(frame.columns)[-4:] == ["note_en", "note_ko", "note_de", "note_zh_hant"]
    assert (frame.at[0, "note_de"], frame.at[0, "note_en"]) == ("Notiz", "")
    german = field_of("agreements", "note_de")
    assert (german.title.en, german.title.ko) == ("Note (German)", "비고(독일어)")
    assert german.description.en == "What a reader needs to know of this row, in German."


@pytest.mark.parametrize(("column", "nearest"), [("nam_de", "name_de"), ("name_xq", "name_en")])
def test_a_mistyped_language_or_text_is_no_column_and_the_nearest_is_told(column, nearest):
    (problem,) = typed("networks", example("networks").assign(**{column: "x"}))[1]
    assert (problem.kind, problem.column, problem.params["nearest"]) == ("unknown_column", column, nearest)


def test_the_key_of_an_area_is_no_name_in_indonesian():
    frame, problems = typed("agreement_areas", example("agreement_areas", area_en="", area_ko=""))
    assert places(problems) == [(2, "area_en", "", "missing_value")]
    assert list(columns(frame, "area", "id")) == ["area_en", "area_ko"]


def test_a_text_in_one_of_the_two_declared_languages_lacks_the_other_where_the_city_has_both():
    frame = parsed("networks", cells("network_id,name_en,name_ko,source_id\na,A,,s\nb,,나,s\nc,C,다,s\nd,,,s"))
    expected = [(2, "name_ko", "", "one_language_missing"), (3, "name_en", "", "one_language_missing")]
    assert sorted(places(untranslated("networks", frame, ("ko", "en", "ja")))) == expected
    assert untranslated("networks", frame, ("ko", "de")) == []


# One primary row a fact


def test_a_second_primary_agreement_of_the_same_city_and_type_is_told():
    # Rows 2 and 4 are primary friendship rows of one city; row 3 is an alternate, row 5 is of another type.
    raw = example("agreements", rows=4, agreement_id=list("abcd"), role=["primary", "alternate", "primary", "primary"])
    agreements, _ = typed("agreements", raw.assign(type=["friendship", "friendship", "friendship", "sister"]))
    problems = references({"agreements": agreements, "tie_kinds": typed("tie_kinds", rows_of_missing("tie_kinds"))[0]})
    assert places(problems) == [(4, "role", "primary", "second_primary")]
    assert problems[0].params == {"columns": ["city_id", "type"], "first_row": 2}


def test_a_city_may_have_several_memoranda():
    agreements, _ = typed("agreements", example("agreements", rows=2, agreement_id=list("ab"), type="memorandum"))
    assert references({"agreements": agreements, "tie_kinds": typed("tie_kinds", rows_of_missing("tie_kinds"))[0]}) == []


def test_two_primary_counts_of_one_measure_and_date_are_told_but_not_of_undated_ones():
    raw = example("published_counts", rows=4, count_id=list("abcd"), as_of=["2017-03", "2017-03", "", ""])
    _, problems = typed("published_counts", raw)
    assert places(problems) == [(3, "role", "primary", "second_primary")]


def test_an_event_has_one_primary_row():
    _, problems = typed("events", example("events", rows=2, event_id=list("ab")))
    assert places(problems) == [(3, "role", "primary", "second_primary")]


# References between tables


def test_a_reference_to_a_row_that_is_not_there_is_told():
    networks, _ = typed("networks", example("networks", rows=2, network_id=["wego", "c40"], source_id=["s1", "s2"]))
    sources, _ = typed("sources", example("sources", source_id="s1"))
    (problem,) = references({"networks": networks, "sources": sources})
    assert problem == Problem(
        "networks", 3, "source_id", "s2", "unknown_reference", {"table": "sources", "column": "source_id", "nearest": ""}
    )


def test_a_word_that_the_city_does_not_list_is_told_with_the_nearest_one():
    agreements, _ = typed("agreements", example("agreements", type="sisters"))
    (problem,) = references({"agreements": agreements, "tie_kinds": typed("tie_kinds", rows_of_missing("tie_kinds"))[0]})
    assert problem.params == {"table": "tie_kinds", "column": "kind_code", "nearest": "sister"}


def test_an_empty_reference_is_no_reference_and_a_table_that_is_not_given_is_not_looked_at():
    agreements, _ = typed("agreements", example("agreements", listed_source_id="", source_id="s1"))
    sources, _ = typed("sources", example("sources", source_id="s1"))
    assert references({"agreements": agreements, "sources": sources}) == []


# Whatever comes


names = st.one_of(st.sampled_from(sorted({column for _, column, _ in COLUMNS})), st.text(max_size=5))
values = st.one_of(st.sampled_from(["", "primary", "2012", "1", "-1.5", "NA", "KRW", " "]), st.text(max_size=8))


@st.composite
def frames_of_text(draw):
    header = draw(st.lists(names, max_size=8))
    width = len(header)
    rows = draw(st.lists(st.lists(values, min_size=width, max_size=width), max_size=4))
    return pd.DataFrame(rows, columns=header, dtype="str")


@settings(deadline=None)
@given(st.sampled_from(sorted(TABLES)), frames_of_text())
def test_no_text_whatever_makes_checking_fail(table, raw):
    frame, problems = typed(table, raw)
    assert list(frame.columns) == list(fields(TABLES[table]))
    in_cells = [(problem.row, problem.column) for problem in problems if problem.row]
    assert len(in_cells) == len(set(in_cells))
    assert all(set(problem.params) == set(KINDS[problem.kind]) for problem in problems)


@settings(deadline=None)
@given(st.data())
def test_no_text_in_the_declared_columns_makes_checking_fail(data):
    table = data.draw(st.sampled_from(sorted(TABLES)))
    count = data.draw(st.integers(0, 4))
    raw = example(table, rows=count)
    for column in data.draw(st.sets(st.sampled_from(list(raw.columns)))):
        raw[column] = pd.Series(data.draw(st.lists(values, min_size=count, max_size=count)), dtype="str")
    frame, problems = typed(table, raw)
    assert len(frame) <= count
    in_cells = [(problem.row, problem.column) for problem in problems if problem.row]
    assert len(in_cells) == len(set(in_cells))


def test_the_tables_bring_no_screen_chart_or_database_with_them():
    unwanted = {"streamlit", "plotly", "pydeck", "sqlalchemy"}
    code = f"import metrics.schema.tables, sys; print(sorted({unwanted!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
