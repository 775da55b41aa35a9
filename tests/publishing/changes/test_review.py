"""What one release would change against another: rows, cells, keys, readings, conflicts."""

import math
from dataclasses import replace
from datetime import date
from time import process_time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.counting.reading import Formula, Progress, Reading
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.changes.review import BETWEEN, Effect, conflicts, differences, effects, removals
from publishing.files.table_text import canonical
from tests.worlds import world

SOURCES = "source_id,title,published\ns,One,2020-01-01\nr,Two,2020-01-01\n"
CITIES = """city_id,name_en,name_ko,country_code,region,level,population,source_id
paris,Paris,파리,FR,Europe,city,2100000,s
rome,Rome,로마,IT,Europe,city,,s
lima,Lima,리마,PE,Latin America,city,9700000.5,s
"""
TIES = "agreement_id,city_id,type,signed,role,source_id,note_en,note_ko\n"
COUNTS = "count_id,measure,dimension,as_of,value,unit,role,source_id\n"
PLACES = "export_id,place_no,country_code,city_id,place_en,place_ko\n"


def ties(*rows: str) -> Release:
    return world(sources=SOURCES, cities=CITIES, agreements=TIES + "\n".join(rows))


def counts(*rows: str) -> Release:
    return world(sources=SOURCES, published_counts=COUNTS + "\n".join(rows))


def only(before: Release, after: Release):
    """The one table that differs."""
    diffs = differences(before, after)
    assert len(diffs) == 1
    return diffs[0]


def cells(difference) -> list[tuple[str, ...]]:
    return list(difference.changed.itertuples(index=False, name=None))


PARIS, ROME = "p,paris,sister,1991,primary,s,,", "q,rome,friendship,2000-03,primary,s,,"


def test_a_release_does_not_differ_from_itself_nor_from_another_that_says_the_same():
    assert differences(ties(PARIS), ties(PARIS)) == ()
    assert removals(()) == 0


def test_reordered_rows_are_no_difference():
    assert differences(ties(PARIS, ROME), ties(ROME, PARIS)) == ()


def test_rows_are_added_and_removed_by_their_key():
    diff = only(ties(PARIS, ROME), ties(ROME, "l,lima,memorandum,2019,other,r,,"))
    assert (diff.table, diff.counts) == ("agreements", (1, 0, 1))
    assert list(diff.added["agreement_id"]) == ["l"]
    assert list(diff.removed["agreement_id"]) == ["p"]
    assert list(diff.added) == list(diff.removed) == list(TABLES["agreements"].columns)
    assert removals([diff]) == 1


def test_a_changed_row_is_told_cell_by_cell_from_left_to_right():
    diff = only(ties(PARIS, ROME), ties("p,paris,friendship,1992,primary,s,,", ROME))
    assert cells(diff) == [("p", "type", "sister", "friendship"), ("p", "signed", "1991", "1992")]
    assert diff.counts == (0, 1, 0)


def test_numbers_are_told_as_the_file_has_them_and_an_empty_cell_is_empty():
    after = CITIES.replace("2100000", "2200000").replace("city,,s", "city,2800000,s").replace("9700000.5", "")
    diff = only(world(cities=CITIES), world(cities=after))
    assert cells(diff) == [
        ("paris", "population", "2100000", "2200000"),
        ("rome", "population", "", "2800000"),
        ("lima", "population", "9700000.5", ""),
    ]


@pytest.mark.parametrize("number", ["2700000000", "0.0000001", "-0.12574", "10000000000000000000000"])
def test_a_number_is_told_in_the_very_letters_of_the_file(number):
    after = world(cities=f"city_id,population\nparis,{number}\n")
    changes = cells(only(world(cities="city_id,population\nparis,1\n"), after))
    assert changes == [("paris", "population", "1", number)]
    assert f",{number},".encode() in canonical("cities", after.tables["cities"])


def test_a_key_of_two_columns_is_told_in_one_text():
    before, after = (world(export_places=PLACES + f"x1,1,GB,{city},,\nx1,2,FR,,,\n") for city in ("london", "leeds"))
    assert cells(only(before, after)) == [("x1 / 1", "city_id", "london", "leeds")]


def test_tables_are_told_in_the_order_in_which_they_are_declared():
    before = world(sources=SOURCES, cities=CITIES, agreements=TIES + PARIS)
    after = world(sources=SOURCES + "t,Three,2021\n", cities=CITIES.replace("Rome", "Roma"), agreements=TIES + ROME)
    assert [diff.table for diff in differences(before, after)] == ["sources", "cities", "agreements"]


def test_releases_are_not_changed_by_comparing_them():
    before, after = ties(PARIS, ROME), ties("p2,paris,sister,1991,primary,s,,", "q,rome,sister,2001,primary,s,,")
    copies = [{name: frame.copy(deep=True) for name, frame in release.tables.items()} for release in (before, after)]
    assert len(only(before, after).rekeyed) == 1
    effects(before, after, date(2020, 1, 1))
    for release, copy in zip((before, after), copies, strict=True):
        for name, frame in release.tables.items():
            pd.testing.assert_frame_equal(frame, copy[name])


def renamed(difference) -> list[tuple[str, str]]:
    return list(difference.rekeyed.itertuples(index=False, name=None))


def test_a_row_that_only_goes_by_another_name_is_neither_added_nor_removed():
    diff = only(ties(PARIS, ROME), ties("paris-1991,paris,sister,1991,primary,s,,", ROME))
    assert renamed(diff) == [("p", "paris-1991")]
    assert (diff.counts, removals([diff]), cells(diff)) == ((0, 1, 0), 0, [])


def test_a_row_may_change_its_key_and_one_more_cell():
    diff = only(ties(PARIS), ties("p2,paris,sister,1992,primary,s,,"))
    assert renamed(diff) == [("p", "p2")]
    assert cells(diff) == [("p2", "signed", "1991", "1992")]
    assert diff.counts == (0, 1, 0)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("p2,rome,sister,1991,primary,s,,", "another city is another agreement"),
        ("p2,paris,friendship,1991,primary,s,,", "another type is another agreement"),
        ("p2,paris,sister,1992,primary,s,A note,메모", "three cells differ"),
    ],
)
def test_a_row_that_differs_in_what_it_is_about_is_removed_and_another_added(row, why):
    diff = only(ties(PARIS), ties(row))
    assert (diff.counts, renamed(diff)) == ((1, 0, 1), []), why


def test_of_two_rows_that_could_be_the_one_renamed_neither_is_taken():
    both = only(ties(PARIS), ties("p2,paris,sister,1991,primary,s,,", "p3,paris,sister,1991,primary,s,,"))
    near = only(ties(PARIS), ties("p2,paris,sister,1992,primary,s,,", "p3,paris,sister,1993,primary,s,,"))
    assert both.counts == near.counts == (2, 0, 1)


def test_of_two_rows_the_one_that_agrees_in_every_cell_is_the_one_renamed():
    diff = only(ties(PARIS), ties("p2,paris,sister,1992,primary,s,,", "p3,paris,sister,1991,primary,s,,"))
    assert (renamed(diff), list(diff.added["agreement_id"])) == ([("p", "p3")], ["p2"])


def test_rows_that_hardly_say_anything_are_not_taken_for_each_other():
    for row, counts in (("GB,,,", (1, 0, 1)), ("GB,london,,", (1, 0, 1)), ("GB,london,North,", (0, 1, 0))):
        before, after = (world(export_places=f"{PLACES}{key},1,{row}\n") for key in ("x1", "x2"))
        assert only(before, after).counts == counts


def test_a_table_whose_keys_all_changed_takes_seconds_not_hours():
    rows = 200_000
    plain = pd.DataFrame({column: pd.Series([""] * rows, dtype=str) for column in TABLES["agreements"].columns})
    number = pd.Series(range(rows)).astype(str)
    # The first half of the rows can be told apart, the second half are all the same.
    before = plain.assign(agreement_id="a" + number, city_id="paris", type="sister", role="primary", source_id="s")
    before.loc[: rows // 2 - 1, "note_en"] = number
    after = before.assign(agreement_id="b" + number)[::-1]
    tables = dict(NOTHING.tables)
    old, new = (Release(at, "big", tables | {"agreements": frame}) for at, frame in enumerate((before, after)))
    start = process_time()
    diff = only(old, new)
    assert process_time() - start < 20
    assert (len(diff.rekeyed), diff.counts) == (rows // 2, (rows // 2, rows // 2, rows // 2))


WORDS = st.sampled_from(["", "a", "b", "NA", "é"])
NUMBERS = st.sampled_from([math.nan, 0.0, 1.0, 2.5, -3.0])
TABLES_AND_KEYS = {
    "cities": {"city_id": st.sampled_from([f"c{n}" for n in range(9)])},
    "export_places": {"export_id": st.sampled_from("xyz"), "place_no": st.sampled_from([1.0, 2.0, 3.0])},
}
NOTHING = world()


@st.composite
def two_tables(draw) -> tuple[str, Release, Release]:
    """A table's name and two releases that hold it with few keys and few values, so that keys meet and rows resemble each other."""
    name = draw(st.sampled_from(list(TABLES_AND_KEYS)))
    keys, types = TABLES_AND_KEYS[name], NOTHING.tables[name].dtypes.to_dict()
    row = {column: keys.get(column, NUMBERS if kind == "float64" else WORDS) for column, kind in types.items()}
    rows = st.lists(st.fixed_dictionaries(row), max_size=8, unique_by=lambda cells: tuple(cells[column] for column in keys))
    frames = (pd.DataFrame(draw(rows), columns=list(types)).astype(types) for _ in range(2))
    return name, *(Release(0, "drawn", {**NOTHING.tables, name: frame}) for frame in frames)


def keyed(frame: pd.DataFrame, name: str) -> dict[str, dict]:
    """The rows of a table by their key as text, cells as text."""
    texts = [
        {column: cell if isinstance(cell, str) else "" if cell != cell else f"{cell:g}" for column, cell in row.items()}
        for row in frame.to_dict("records")
    ]
    return {BETWEEN.join(row[part] for part in TABLES[name].metadata["key"]): row for row in texts}


def applied(before: pd.DataFrame, difference) -> dict[str, dict]:
    """The rows that come of doing to `before` what the difference tells."""
    name, rows = difference.table, keyed(before, difference.table)
    for key in keyed(difference.removed, name):
        del rows[key]
    moved = {new: rows.pop(old) for old, new in renamed(difference)}
    for new, row in moved.items():
        parts = dict(zip(TABLES[name].metadata["key"], new.split(BETWEEN), strict=True))
        rows[new] = row | parts
    for key, column, old, new in cells(difference):
        assert rows[key][column] == old
        rows[key][column] = new
    added = keyed(difference.added, name)
    assert not set(added) & set(rows)
    return rows | added


@settings(deadline=None)
@given(two_tables())
def test_what_is_told_of_two_releases_leads_from_one_to_the_other(tables):
    name, before, after = tables
    diffs = differences(before, after)
    reached = applied(before.tables[name], diffs[0]) if diffs else keyed(before.tables[name], name)
    assert reached == keyed(after.tables[name], name)


@settings(deadline=None)
@given(two_tables())
def test_what_is_told_backwards_is_the_same_the_other_way_round(tables):
    _, before, after = tables
    there, back = differences(before, after), differences(after, before)
    assert [diff.counts for diff in there] == [diff.counts[::-1] for diff in back]
    assert [set(renamed(diff)) for diff in there] == [{(old, new) for new, old in renamed(diff)} for diff in back]


TODAY = date(2020, 12, 31)
FOUR = "n1,partner_cities,,2012-06-30,4,cities,primary,s"


def effect_of(before: Release, after: Release, indicator: str) -> Effect | None:
    return {effect.indicator: effect for effect in effects(before, after, TODAY)}.get(indicator)


def test_a_new_partner_makes_the_reading_one_more_and_leaves_the_others():
    before, after = ties(PARIS), ties(PARIS, "q,rome,sister,2000-03,primary,s,,")
    effect = effect_of(before, after, "partner_cities")
    # 1 partner, then 2.
    assert (effect.before.value, effect.after.value, effect.value_changed, effect.state_flipped) == (1, 2, True, False)
    assert effect_of(before, after, "fund_balance") is None


def test_the_first_row_of_what_a_city_did_not_have_is_an_effect_and_so_is_the_last():
    first = {effect.indicator: effect.after.value for effect in effects(ties(), ties(PARIS), date(2020, 1, 1))}
    last = {effect.indicator: effect.after.value for effect in effects(ties(PARIS, ROME), ties(PARIS), date(2020, 1, 1))}
    assert (first["sister_cities"], last["friendship_cities"]) == (1, 0)


def test_another_name_of_a_row_or_another_city_has_no_effect():
    assert effects(ties(PARIS), ties(PARIS.replace("p,", "p2,", 1)), TODAY) == ()
    assert effects(ties(PARIS), ties(PARIS.replace("paris", "rome")), TODAY) == ()


def test_a_later_count_narrows_the_bounds():
    # 4 counted in mid 2012, and later ones need not be on record; a count of 9 in 2021 leaves 9 at the end of 2020.
    later = "\nn2,partner_cities,,2021-06-30,9,cities,primary,s"
    counts = [COUNTS + FOUR + more for more in ("", later)]
    before, after = (world(sources=SOURCES, cities=CITIES, agreements=TIES + PARIS, published_counts=rows) for rows in counts)
    there, back = effect_of(before, after, "partner_cities"), effect_of(after, before, "partner_cities")
    assert [(e.before.lower, e.before.upper, e.after.lower, e.after.upper) for e in (there, back)] == [(4, None, 4, 9), (4, 9, 4, None)]
    assert (there.bounds_changed, back.bounds_changed, there.value_changed) == ("narrowed", "widened", False)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((1, 1), (2, 2), ""),
        ((1, 3), (1, 3), ""),
        ((1, 3), (2, 4), "moved"),
        ((1, 3), (5, 6), "moved"),
        ((1, 3), (2, 3), "narrowed"),
        ((1, 3), (1, 2), "narrowed"),
        ((1, 3), (1, 4), "widened"),
        ((2, 3), (1, 3), "widened"),
        ((2, 3), (1, 4), "widened"),
        ((None, None), (1, 3), ""),
        ((1, 3), (None, None), ""),
        ((2, None), (2, 4), "narrowed"),
        ((2, 2), (2, None), "widened"),
        ((2, None), (2, None), ""),
    ],
)
def test_bounds_narrow_widen_or_move(before, after, change):
    old, new = (Reading("i", TODAY, 2, "cities", Formula("register"), lower=low, upper=high) for low, high in (before, after))
    assert Effect("i", old, new).bounds_changed == change


def test_a_state_flips_when_progress_is_in_another_or_begins_to_be_judged():
    plain = Reading("i", TODAY, 2, "cities", Formula("register"))
    on_track, reached = (replace(plain, progress=Progress(state)) for state in ("on_track", "target_achieved"))
    pairs = [(on_track, reached), (plain, reached), (on_track, on_track)]
    assert [Effect("i", *pair).state_flipped for pair in pairs] == [True, True, False]


def test_a_published_balance_reaches_the_target():
    aims = "target_id,indicator,value,unit,set_on,due,role,source_id\nt,fund_balance,10,KRW,2017,2020,primary,s\n"
    fund = "observation_id,date,measure,fund,value,currency,role,source_id\nf1,2016,balance,cooperation_fund,5,KRW,primary,s\n"
    more = fund + "f2,2018,balance,cooperation_fund,10,KRW,primary,s\n"
    before, after = (world(sources=SOURCES, targets=aims, fund=rows) for rows in (fund, more))
    effect = effect_of(before, after, "fund_balance")
    assert (effect.before.progress.state, effect.after.progress.state) == ("too_few_observations", "target_achieved")
    assert effect.state_flipped


def test_a_count_that_the_register_contradicts_is_told_with_the_reading():
    register, published = dict(cities=CITIES, agreements=TIES + PARIS + "\n" + ROME), FOUR.replace(",4,", ",1,")
    before, after = (world(**register, published_counts=COUNTS + row) for row in ("", published))
    effect = effect_of(before, after, "partner_cities")
    # 2 agreements are documented by mid 2012, 1 was counted.
    assert [formula.kind for formula in effect.after.conflicts] == ["register_exceeds_benchmark"]
    assert effect.before.conflicts == ()


def against(contradictions) -> list[list[str]]:
    return [list(conflict.otherwise["count_id"]) for conflict in contradictions]


FIVE = "n2,partner_cities,,2012-06-30,5,cities,conflict,s"


def test_a_row_that_says_otherwise_is_a_conflict_that_appears_and_without_it_goes():
    there, back = conflicts(counts(FOUR), counts(FOUR, FIVE)), conflicts(counts(FOUR, FIVE), counts(FOUR))
    assert (against(there.appeared), against(there.gone)) == ([["n2"]], [])
    assert (against(back.appeared), against(back.gone)) == ([], [["n2"]])


def test_a_conflict_that_stays_under_another_key_or_with_another_value_neither_appears_nor_goes():
    other = conflicts(counts(FOUR, FIVE), counts(FOUR, FIVE.replace("n2", "n9")))
    value = conflicts(counts(FOUR, FIVE), counts(FOUR, FIVE.replace(",5,", ",6,")))
    assert [other.appeared, other.gone, value.appeared, value.gone] == [()] * 4
