"""Counting with an incomplete register and counts published at dates, as visible arithmetic on a tiny world."""

from datetime import date, timedelta
from io import StringIO

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.counting.counting import (
    Nature,
    breaks,
    ceiling,
    documented,
    estimate,
    exceeds,
    floor,
    following,
    in_force,
    limit,
    series,
    spells,
    without_start,
)
from metrics.counting.measuring import settled_at
from metrics.counting.reading import Benchmark
from metrics.schema.dates import bounds, day

REGISTER = """
key,started,ended
avon,1990,
brae,2003-05-01,
coll,2011/2013,
dunn,2015-06-30,
esk,2016-02,2019-08-01
firth,,
"""


def register(text=REGISTER):
    rows = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    return spells(rows.assign(source_id="s-" + rows["key"]), "key", "started", "ended")


def mark(value, as_of):
    return Benchmark(float(value), as_of, bounds(as_of)[1], "s")


def figures(count):
    return count.value, count.lower, count.explained


def test_without_a_published_count_the_register_alone_is_counted():
    # avon, brae, dunn, esk are certain; coll is certain by the end of 2013; firth has no date at all.
    assert figures(estimate(register(), None, date(2012, 6, 1))) == (2, 2, 2 + 1 + 1)  # coll and firth possible
    assert figures(estimate(register(), None, date(2016, 12, 31))) == (5, 5, 5 + 1)  # firth possible
    assert figures(estimate(register(), None, date(2020, 1, 1))) == (5 - 1, 5 - 1, 4 + 1)  # esk has left


def test_a_published_count_is_the_base_and_the_register_adds_only_what_is_certainly_after_it():
    benchmark = mark(10, "2012-06")
    assert figures(estimate(register(), benchmark, date(2012, 6, 30))) == (10, 10, 10 + 2)  # coll and firth may still come
    assert figures(estimate(register(), benchmark, date(2015, 6, 30))) == (10 + 1, 11, 11 + 2)  # dunn; coll may lie inside or after
    assert figures(estimate(register(), benchmark, date(2019, 8, 1))) == (10 + 2 - 1, 11, 11 + 2)  # dunn and esk came, esk left


def test_an_act_on_the_day_of_the_published_count_is_inside_it():
    assert estimate(register(), mark(4, "2015-06-30"), date(2015, 12, 31)).value == 4
    assert estimate(register(), mark(4, "2015-06-29"), date(2015, 12, 31)).value == 4 + 1  # dunn


def test_a_month_that_was_counted_in_is_over_on_its_last_day():
    assert estimate(register(), mark(7, "2015-06"), date(2015, 12, 31)).value == 7  # dunn, 30 June, is inside June


def test_an_end_that_may_have_happened_lowers_the_lower_bound_only():
    rows = register("key,started,ended\navon,1990,2010/2014\n")
    assert figures(estimate(rows, mark(3, "2005"), date(2012, 1, 1))) == (3, 3 - 1, 3)
    assert figures(estimate(rows, mark(3, "2005"), date(2014, 12, 31))) == (3 - 1, 2, 2)


def test_a_later_published_count_leaves_no_more_room_than_itself_less_the_certain_additions_between():
    # 2017 counts 12; esk (2016-02) came certainly after the day, so at most 12 - 1 on 2015-12-31.
    assert limit(register(), mark(12, "2017-01-01"), date(2015, 12, 31)) == 12 - 1
    # 2020 counts 12; esk left in between, so there may have been one more.
    assert limit(register(), mark(12, "2020-01-01"), date(2017, 1, 1)) == 12 + 1


def test_only_a_later_count_of_a_total_that_cannot_fall_closes_it_from_above():
    counts, on = [mark(9, "2014-12-31"), mark(12, "2017-01-01")], date(2015, 12, 31)
    assert ceiling(register(), counts, on, Nature()) == 12 - 1  # esk began in between
    assert ceiling(register(), counts, on, Nature(named=False)) == 12  # and need not be among the 12
    assert ceiling(register(), counts, on, Nature(falls=True)) is None  # others may have left unseen before
    assert ceiling(register(), counts, date(2018, 1, 1), Nature()) is None


def test_on_its_own_day_a_count_is_the_number():
    for nature in (Nature(), Nature(falls=True)):
        assert ceiling(register(), [mark(9, "2014-12-31")], date(2014, 12, 31), nature) == 9
    # A count of a month may be of its first day, so on its last there may be more.
    assert ceiling(register(), [mark(9, "2014-12")], date(2014, 12, 31), Nature()) is None


def test_a_count_of_an_uncertain_day_is_used_no_further_than_it_reaches():
    count, exact = mark(12, "2014-01-01/2015-12-31"), mark(10, "2012-06-30")
    assert floor(register(), [count], exact, date(2015, 12, 30)) is None
    assert floor(register(), [count], exact, date(2016, 12, 31))[0] == 12 + 1  # esk; dunn (June 2015) may be among the 12
    assert floor(register(), [count], mark(20, "2016-01-01"), date(2016, 12, 31)) is None  # an older count beside a newer one
    assert ceiling(register(), [count], date(2013, 12, 31), Nature()) == 12
    assert ceiling(register(), [count], date(2014, 6, 1), Nature()) is None


def test_a_step_that_the_register_explains_is_no_break_and_any_other_is_one():
    counts = [mark(2, "2003-12-31"), mark(5, "2015-12-31"), mark(9, "2017-12-31")]
    # 2 + coll + dunn = 4, up to 5 with firth: 5 is explained. 5 + esk = 6, up to 7 with firth: 9 is not.
    jumps = breaks(register(), counts, date(2000, 1, 1), date(2020, 1, 1))
    assert [(b.benchmark.value, b.expected, b.expected_upper) for b in jumps] == [(9, 6, 7)]


def test_a_break_belongs_to_the_time_that_ends_on_its_day():
    counts = [mark(2, "2003-12-31"), mark(9, "2017-12-31")]
    assert [b.benchmark.value for b in breaks(register(), counts, date(2017, 12, 30), date(2017, 12, 31))] == [9]
    assert breaks(register(), counts, date(2017, 12, 31), date(2020, 1, 1)) == []
    assert breaks(register(), counts, date(2004, 1, 1), date(2017, 12, 30)) == []


def test_a_register_that_documents_just_what_was_counted_does_not_exceed_it():
    # On 2015-06-30 avon, brae, coll and dunn are on record.
    assert [exceeds(register(), mark(value, "2015-06-30")) for value in (3, 4, 5)] == [True, False, False]
    assert not exceeds(register(), None)


def test_a_key_counts_until_the_day_before_its_end():
    assert [documented(register(), on) for on in (date(2019, 7, 31), date(2019, 8, 1))] == [5, 4]  # esk


def test_of_two_counts_with_the_same_last_day_the_exact_one_speaks():
    count = mark(12, "2014-01-01/2015-12-31")
    assert floor(register(), [count], mark(10, "2015-12-31"), date(2016, 12, 31)) is None
    assert floor(register(), [count], mark(10, "2015-12-30"), date(2016, 12, 31))[1] == count


def test_rows_without_a_start_come_on_record_after_the_first_day_up_to_the_last_and_before_any_count():
    rows = register("key,started,ended\na,../2010-01-01,\nb,../2012-01-01,\nc,../2014-01-01,\nd,../2016-01-01,\ne,2011,\n")

    def years(counts, since, until):
        return without_start(rows, counts, since, until).dt.year.tolist()

    assert years([], date(2010, 1, 1), date(2014, 1, 1)) == [2012, 2014]
    assert years([mark(3, "2014-01-01")], date(2009, 12, 31), date(2016, 1, 1)) == [2010, 2012]


def test_a_line_is_never_drawn_across_a_break():
    counts = [mark(2, "2003-12-31"), mark(9, "2017-12-31")]
    steps = series(register(), counts, date(2000, 1, 1), date(2020, 1, 1))
    assert steps.groupby("segment")["day"].agg(["min", "max"]).to_numpy().tolist() == [
        [pd.Timestamp("2000-01-01"), pd.Timestamp("2017-12-30")],
        [pd.Timestamp("2017-12-31"), pd.Timestamp("2020-01-01")],
    ]


def test_what_ended_or_may_have_before_a_count_is_inside_it_on_the_line_too():
    rows = register("key,started,ended\navon,1990,2000\nbrae,1995,2009/2011\n")
    counts = [mark(5, "2010-06-30"), mark(6, "2016-01-01")]
    last = series(rows, counts, date(2010, 6, 30), date(2015, 12, 31)).iloc[-1]
    # 5 counted, of which brae may have left since; 6 counted the day after.
    assert (last["value"], last["lower"], last["upper"]) == (5, 4, 6)


def test_several_acts_of_one_partner_are_one_partner_from_the_first():
    rows = register("key,started,ended\nwell,2016-07-18,\nwell,2023-09-26,\n")
    assert len(rows) == 1
    assert rows["earliest"].iloc[0] == pd.Timestamp("2016-07-18")


def test_the_benchmark_in_force_is_the_latest_on_or_before_the_day():
    counts = [mark(2, "2003-12-31"), mark(9, "2017-12-31")]
    assert in_force(counts, date(2003, 12, 30)) is None
    assert in_force(counts, date(2003, 12, 31)).value == 2
    assert in_force(counts, date(2018, 1, 1)).value == 9
    assert following(counts, date(2003, 12, 31)).value == 9
    assert following(counts, date(2017, 12, 31)) is None


def test_the_rows_given_are_not_changed():
    rows = pd.read_csv(StringIO(REGISTER), dtype=str, keep_default_na=False).assign(source_id="s")
    before = rows.copy()
    table = spells(rows, "key", "started", "ended")
    copied = table.copy()
    series(table, [mark(2, "2003-12-31")], date(2000, 1, 1), date(2020, 1, 1))
    pd.testing.assert_frame_equal(rows, before)
    pd.testing.assert_frame_equal(table, copied)


def test_an_empty_register_counts_nothing():
    rows = register("key,started,ended\n")
    assert figures(estimate(rows, None, date(2020, 1, 1))) == (0, 0, 0)
    assert documented(rows, date(2020, 1, 1)) == 0
    assert series(rows, [], date(2000, 1, 1), date(2020, 1, 1))["value"].tolist() == [0, 0]


days = st.dates(date(1990, 1, 1), date(2025, 12, 31))


@st.composite
def partial(draw):
    first, last = sorted((draw(days), draw(days)))
    return draw(st.sampled_from([f"{first}", f"{first}/{last}", f"../{last}", f"{first:%Y-%m}", f"{first:%Y}", ""]))


@st.composite
def registers(draw, ends=True):
    started = draw(st.lists(partial(), max_size=12))
    ended = [draw(st.sampled_from(["", "", "2026-01-01", "2024/2026-03"])) if ends else "" for _ in started]
    rows = pd.DataFrame({"key": [f"k{i}" for i in range(len(started))], "started": started, "ended": ended}, dtype="str")
    return spells(rows.assign(source_id="s"), "key", "started", "ended")


counts = st.lists(st.tuples(st.integers(0, 30), days), max_size=4).map(
    lambda pairs: [mark(value, str(when)) for value, when in sorted(pairs, key=lambda pair: pair[1])]
)


@settings(deadline=None)
@given(registers(), counts, days)
def test_the_certain_the_recorded_and_the_explained_never_change_places(rows, published, on):
    count = estimate(rows, in_force(published, on), on)
    assert count.lower <= count.value <= count.explained


@settings(deadline=None)
@given(registers(ends=False), days, st.integers(0, 4000))
def test_over_the_register_alone_a_total_never_falls_without_an_end(rows, on, later):
    assert estimate(rows, None, on).value <= estimate(rows, None, on + timedelta(later)).value


@settings(deadline=None)
@given(registers(), days, st.integers(0, 20), st.integers(0, 4000))
def test_adding_a_row_inside_a_benchmark_changes_nothing(rows, when, value, later):
    benchmark, on = mark(value, str(when)), when + timedelta(later)
    more = pd.concat([rows, spells(pd.DataFrame({"key": ["z"], "s": [f"../{when}"], "source_id": ["s"]}), "key", "s")], ignore_index=True)
    assert figures(estimate(more, benchmark, on)) == figures(estimate(rows, benchmark, on))


@settings(deadline=None)
@given(registers(), st.lists(st.sampled_from("abc"), min_size=12, max_size=12), days)
def test_over_the_register_alone_the_parts_add_up_to_the_whole(rows, regions, on):
    part = pd.Series(regions[: len(rows)], index=rows.index, dtype="str")
    assert sum(estimate(rows[part == r], None, on).value for r in "abc") == estimate(rows, None, on).value


natures = st.builds(Nature, falls=st.booleans(), named=st.booleans())
uncertain = st.lists(st.tuples(st.integers(0, 30), days, st.integers(1, 2000)), max_size=2).map(
    lambda pairs: [mark(value, f"{when}/{when + timedelta(more)}") for value, when, more in pairs]
)


@settings(deadline=None)
@given(registers(), counts, uncertain, natures)
def test_the_steps_of_a_series_say_what_the_estimate_says_on_each_of_their_days(rows, published, vague, nature):
    for step in series(rows, published, date(1995, 1, 1), date(2027, 1, 1), nature, vague).itertuples():
        on = step.day.date()
        count, known = estimate(rows, in_force(published, on), on), floor(rows, vague, in_force(published, on), on)
        highest = ceiling(rows, (*published, *vague), on, nature)
        named = [] if exceeds(rows, in_force(published, on)) else [documented(rows, on)]
        value, lower, upper = settled_at(count.value, max([count.lower, *([known[0]] if known else []), *named]), highest)
        assert (step.value, step.lower) == (value, lower)
        assert step.upper == upper or (upper is None and step.upper != step.upper)


@settings(deadline=None)
@given(registers(), days)
def test_what_is_documented_is_what_the_register_alone_certainly_holds(rows, on):
    assert documented(rows, on) == estimate(rows, None, on).lower  # not what may have ended by then
    assert day(on) == pd.Timestamp(on)


def test_a_date_before_its_end_is_kept_in_order():
    rows = register("key,started,ended\navon,2012,2012-06-30\n")
    with pytest.raises(IndexError):
        rows.iloc[1]
    assert rows["latest"].iloc[0] == pd.Timestamp("2012-06-30")
