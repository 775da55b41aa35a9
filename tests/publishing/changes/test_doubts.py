"""Doubts about changes that break no rule: each on a tiny world."""

from datetime import date

import pytest

from metrics.schema.release import Release
from publishing.changes.doubts import as_counts, doubts, every_doubt, older_copies
from tests.worlds import world

ON = date(2026, 11, 30)
HEADER = "observation_id,date,measure,fund,value,currency\n"


def fund(*rows):
    return world(fund=HEADER + "".join(f"f{at},{day},balance,cooperation_fund,{value},KRW\n" for at, (day, value) in enumerate(rows)))


def cities(*names):
    return world(cities="city_id,name_en\n" + "".join(f"c{at},{name}\n" for at, name in enumerate(names)))


def numbered(release, number):
    return Release(number, str(number), release.tables)


def kinds(before, after, in_cp949=()):
    return [(doubt.kind, doubt.row, doubt.column, doubt.value) for doubt in doubts(before, after, ON, in_cp949)]


@pytest.mark.parametrize(
    ("day", "doubtful"), [("2107", True), ("4350", True), ("0217-07", True), ("1800", False), ("2076", False), ("2077", True)]
)
def test_a_date_of_another_century_or_calendar_is_doubtful(day, doubtful):
    assert kinds(fund(("2016", 5)), fund((day, 5))) == ([("implausible_date", 2, "date", day)] if doubtful else [])


def test_a_date_that_was_there_before_is_not_doubted_again():
    assert kinds(fund(("2107", 5)), fund(("2107", 6))) == []


@pytest.mark.parametrize(("value", "doubtful"), [("2700000", True), ("27000001", False), ("270000000000", True), ("269999999999", False)])
def test_an_amount_a_hundred_times_off_is_doubtful(value, doubtful):
    expected = [("implausible_amount", 2, "value", value)] if doubtful else []
    assert kinds(fund(("2016", 2_700_000_000)), fund(("2016", value))) == expected


def test_a_new_amount_is_compared_with_those_of_its_column():
    before = [(str(year), 1_000_000_000) for year in range(2010, 2015)]
    assert kinds(fund(*before), fund(*before, ("2016", 2700))) == [("implausible_amount", 7, "value", "2700")]
    assert kinds(fund(*before[:4]), fund(*before[:4], ("2016", 2700))) == []


@pytest.mark.parametrize("after", ["Sao Paulo", "S?o Paulo", "So Paulo"])
def test_letters_that_the_encoding_of_korean_excel_cannot_hold_are_counted(after):
    before, changed = cities("São Paulo", "Łódź"), cities(after, "Łódź")
    assert [(doubt.kind, doubt.params) for doubt in doubts(before, changed, ON, ["cities"])] == [("lost_letters", {"found": 1})]
    assert kinds(before, changed) == []


def test_many_changes_that_look_alike_are_doubtful():
    before = cities(*(f"Old Town {at}" for at in range(5)))
    assert kinds(before, cities(*(f"old town-{at}" for at in range(5)))) == [("look_alikes", None, "", "")]
    assert kinds(before, cities(*(f"old town-{at}" for at in range(4)), "Old Town 4")) == []


def test_a_file_that_removes_half_of_a_table_is_doubtful():
    rows = [(str(year), 5) for year in range(2010, 2016)]
    (doubt,) = doubts(fund(*rows), fund(*rows[:3]), ON)
    assert (doubt.kind, doubt.params) == ("half_removed", {"found": 3, "count": 6})
    assert doubts(fund(*rows), fund(*rows[:4]), ON) == ()


def test_cells_that_go_back_to_an_older_release_are_doubtful_and_the_release_is_named():
    first, second = numbered(fund(("2016", 5), ("2017", 5)), 1), numbered(fund(("2016", 6), ("2017", 5)), 2)
    third = numbered(fund(("2016", 7), ("2017", 5)), 3)
    releases = {1: first, 2: second}.get
    (doubt,) = older_copies(third, fund(("2016", 5), ("2017", 9)), releases)
    assert (doubt.kind, doubt.table, doubt.params) == ("older_copy", "fund", {"found": 1, "number": "1"})
    assert older_copies(third, fund(("2016", 8), ("2017", 5)), releases) == ()
    assert older_copies(third, fund(("2016", 5), ("2017", 5)), lambda number: None) == ()


def test_a_text_in_a_further_language_is_no_doubt_where_it_changes():
    rows = cities("Mainz").tables["cities"]
    made = [Release(at, name, {**cities("Mainz").tables, "cities": rows.assign(name_de=name)}) for at, name in ((1, "Mainz"), (2, "Mentz"))]
    assert kinds(*made) == []


def test_doubts_are_counted_by_kind():
    before, after = numbered(fund(("2016", 5), ("2017", 5)), 1), fund(("2107", 5), ("2108", 5))
    assert as_counts(every_doubt(before, after, {}.get, ON)) == {"implausible_date": 2}
