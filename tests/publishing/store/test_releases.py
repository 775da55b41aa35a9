"""A folder of CSV files as a release."""

from pathlib import Path

import pytest

from metrics.schema.columns import fields
from metrics.schema.migrations import tables_added
from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import FAMILY, codes, standard
from publishing.store.errors import DashboardError
from publishing.store.releases import UnreadableRelease, read_folder

DATA = Path(__file__).parents[3] / "data"

FOUNDING = TABLES.keys() - tables_added()

HOME_ONLY = {
    "home": "springfield,USD,America/New_York,,,,atlas",
    "sources": "atlas,An atlas,,,,,",
    "territories": "US,United States,미국,CLDR,atlas,atlas",
    "cities": "springfield,Springfield,스프링필드,US,North America,city,39.8,-89.6,,,,CLDR,atlas",
}


def lay_out(folder: Path, **rows: str) -> Path:
    """Every table but those of words as a file with its header, and rows in some of them."""
    for name, schema in ((name, schema) for name, schema in TABLES.items() if name not in FAMILY or name in rows):
        lines = [",".join(fields(schema)), *rows.get(name, "").splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[tuple]:
    with pytest.raises(UnreadableRelease) as refused:
        read_folder(folder)
    return [(problem.table, problem.row, problem.column, problem.kind) for problem in refused.value.problems]


def test_the_release_of_this_repository_is_readable():
    release = read_folder(DATA)
    assert release.number == 1
    assert list(release.tables) == list(TABLES)
    assert len(release.tables["home"]) == 1


def test_an_empty_release_has_only_the_home_city_its_country_and_their_source(tmp_path):
    release = read_folder(lay_out(tmp_path, **HOME_ONLY))
    assert {name: len(table) for name, table in release.tables.items() if len(table) and name not in FAMILY} == dict.fromkeys(HOME_ONLY, 1)


def test_a_folder_without_tables_of_words_has_the_standard_ones_and_one_with_them_its_own(tmp_path):
    release = read_folder(lay_out(tmp_path, **HOME_ONLY))
    assert codes(release, "tie_kinds") == ("sister", "friendship", "memorandum", "unclear")
    lay_out(tmp_path, **HOME_ONLY, regions="The Americas,,\n", tie_kinds="Twin,,,teal,yes,")
    assert problems_of(tmp_path) == [("cities", 2, "region", "unknown_reference")]
    lay_out(tmp_path, **HOME_ONLY | {"cities": HOME_ONLY["cities"].replace("North America", "the americas")})
    release = read_folder(tmp_path)
    assert (release.tables["cities"]["region"].tolist(), codes(release, "tie_kinds")) == (["The Americas"], ("Twin",))


def test_the_words_of_this_repository_are_the_standard_ones():
    release = read_folder(DATA)
    assert {name: codes(release, name) for name in FAMILY} == {name: standard(name) for name in FAMILY}


def test_the_digest_changes_with_any_cell_and_with_nothing_else(tmp_path):
    lay_out(tmp_path, **HOME_ONLY)
    first = read_folder(tmp_path).digest
    (tmp_path / "README.md").write_text("not a table")
    (tmp_path / "events.csv").write_bytes((tmp_path / "events.csv").read_bytes() + b"\n")
    assert read_folder(tmp_path).digest == first
    lay_out(tmp_path, **(HOME_ONLY | {"sources": "atlas,Another atlas,,,,,"}))
    assert read_folder(tmp_path).digest != first


def test_the_tables_of_a_release_cannot_be_exchanged(tmp_path):
    release = read_folder(lay_out(tmp_path, **HOME_ONLY))
    with pytest.raises(TypeError):
        release.tables["home"] = release.tables["cities"]


def test_a_missing_file_is_a_problem_and_the_other_faults_are_told_with_it(tmp_path):
    lay_out(tmp_path, **HOME_ONLY, targets="t1,fund_balance,much,KRW,2017,2020,primary,atlas,,")
    (tmp_path / "fund.csv").unlink()
    assert problems_of(tmp_path) == [("fund", None, "", "missing_file"), ("targets", 2, "value", "not_a_number")]


def test_a_missing_table_is_not_told_again_by_those_that_refer_to_it(tmp_path):
    lay_out(tmp_path, **HOME_ONLY)
    (tmp_path / "sources.csv").unlink()
    assert problems_of(tmp_path) == [("sources", None, "", "missing_file")]


def test_a_broken_file_is_a_problem_and_raises_nothing_of_its_own(tmp_path):
    lay_out(tmp_path, **HOME_ONLY)
    (tmp_path / "fund.csv").write_bytes(b"observation_id\n\x81\n")
    assert problems_of(tmp_path) == [("", None, "", "unknown_encoding")]


def test_a_folder_is_read_as_leniently_as_an_upload_and_the_log_says_what_was_understood(tmp_path, caplog):
    lay_out(tmp_path, **HOME_ONLY | {"sources": "atlas,An atlas,,,2017년 7월,,"})
    assert read_folder(tmp_path).tables["sources"]["published"].tolist() == ["2017-07"]
    assert "sources.csv, row 2, published: '2017년 7월' was read as '2017-07'" in caplog.text


def test_a_reference_to_nothing_refuses_the_release(tmp_path):
    lay_out(tmp_path, **HOME_ONLY, networks="wego,WeGO,위고,hearsay")
    assert problems_of(tmp_path) == [("networks", 2, "source_id", "unknown_reference")]


def test_a_folder_made_before_tables_were_added_reads_and_they_have_no_rows(tmp_path):
    lay_out(tmp_path, **HOME_ONLY)
    for name in tables_added():
        (tmp_path / f"{name}.csv").unlink(missing_ok=True)
    release = read_folder(tmp_path)
    assert list(release.tables) == list(TABLES)
    assert {name: list(release.tables[name]) for name in TABLES} == {name: list(schema.columns) for name, schema in TABLES.items()}
    assert not len(release.tables["claims"])


def test_a_table_of_a_later_time_is_checked_where_it_is_there(tmp_path):
    lay_out(tmp_path, **HOME_ONLY, annotations="a,plan,2017,,no,Plan,계획,A plan,한 계획,hearsay,,")
    assert problems_of(tmp_path) == [("annotations", 2, "source_id", "unknown_reference")]


def test_a_claim_says_a_value_or_a_date(tmp_path):
    neither = "c,Said,말함,cities,count,,,cities,exact,1,,,2017,,,atlas,,"
    assert problems_of(lay_out(tmp_path, **HOME_ONLY, claims=neither)) == [("claims", 2, "value", "missing_value")]


def test_a_folder_that_is_not_there_is_a_problem_for_every_table_that_all_folders_have(tmp_path):
    assert {(name, kind) for name, *_, kind in problems_of(tmp_path / "nowhere")} == {(name, "missing_file") for name in FOUNDING}


def test_an_unreadable_release_is_an_error_of_the_house(tmp_path):
    with pytest.raises(DashboardError, match=f"{len(FOUNDING)} problems"):
        read_folder(tmp_path)


def test_control_characters_in_the_own_data_folder_are_left_out_and_told_in_the_log(tmp_path, caplog):
    folder = lay_out(tmp_path, **HOME_ONLY | {"sources": "atlas,\u202eAn atlas\x07,,,,,"})
    assert read_folder(folder).tables["sources"]["title"].tolist() == ["An atlas"]
    assert "was read as" in caplog.text
