"""Currencies and time zones are held against the lists that others keep, before anything is published."""

from datetime import UTC, datetime

import pytest

from metrics.schema.columns import CODE_LISTS
from publishing.changes.rows import raw
from publishing.files.sentences import sentence
from publishing.store.releases import (
    UnreadableRelease,
    candidate,
    faults,
    known_codes,
    read_folder,
    time_zone,
    today_at_home,
    unknown_at_home,
)
from tests.worlds import EMPTY, ONE_ROW, world, write
from wording import words

BAD_HOME = "city_id,currency,time_zone,source_id\nseoul,KRX,Asia/Seul,s1\n"


def facts(problems):
    return [(p.table, p.row, p.column, p.value, p.kind, p.params.get("nearest")) for p in problems]


def test_every_list_is_brought_along_and_today_stands_before_yesterday():
    assert set(known_codes()) == set(CODE_LISTS)
    order = known_codes()["currency"]
    assert order.index("EUR") < order.index("DEM")


def test_a_folder_with_a_mistyped_time_zone_and_currency_is_refused_by_row_with_the_nearest_name(tmp_path):
    with pytest.raises(UnreadableRelease) as refused:
        read_folder(write(tmp_path / "data", EMPTY | {"home": BAD_HOME}))
    assert facts(refused.value.problems) == [
        ("home", 2, "currency", "KRX", "unknown_currency", "KRW"),
        ("home", 2, "time_zone", "Asia/Seul", "unknown_time_zone", "Asia/Seoul"),
    ]


@pytest.mark.parametrize(
    ("code", "nearest"), [("EUO", "EUR"), ("NZB", "NZD"), ("KRV", "KRW"), ("Europe/Berlinn", "Europe/Berlin"), ("asia/seoul", "Asia/Seoul")]
)
def test_the_nearest_is_what_was_meant(code, nearest):
    column = "time_zone" if "/" in code else "currency"
    good = {"currency": "KRW", "time_zone": "Asia/Seoul"} | {column: code}
    home = f"city_id,currency,time_zone,source_id\nseoul,{good['currency']},{good['time_zone']},s1\n"
    (problem,) = unknown_at_home(world(home=home))
    assert problem.params == {"nearest": nearest}


@pytest.mark.parametrize(("table", "column"), [("fund", "currency"), ("targets", "unit")])
def test_a_currency_is_looked_up_wherever_one_stands(table, column):
    base = world(**ONE_ROW)
    rows = raw(base, table).assign(**{column: "WON"})
    release, problems = candidate(base, {table: rows})
    assert release is None
    assert [(p.row, p.column, p.kind) for p in problems] == [(2, column, "unknown_currency")]


def test_a_unit_that_is_a_word_is_no_currency():
    base = world(**ONE_ROW)
    assert candidate(base, {"published_counts": raw(base, "published_counts")})[1] == ()


def test_the_problem_says_what_was_understood_and_the_nearest_in_both_languages():
    zone = unknown_at_home(world(home=BAD_HOME))[1]
    assert sentence(zone, words("en")) == "There is no time zone “Asia/Seul”. The nearest is Asia/Seoul."
    assert "Asia/Seoul" in sentence(zone, words("ko"))


def test_a_release_that_holds_an_unknown_zone_already_lives_by_utc_and_is_told_as_faulty():
    release = world(home=BAD_HOME)
    late = datetime(2026, 11, 29, 23, tzinfo=UTC)
    assert time_zone(release).key == "UTC"
    assert today_at_home(release, late.astimezone) == late.date()  # in Seoul it is tomorrow already
    assert {p.kind for p in faults(release)} >= {"unknown_currency", "unknown_time_zone"}
