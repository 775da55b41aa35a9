"""What a chart of an indicator's course can rely on."""

from datetime import date

from metrics.indicators.course import course
from tests.metrics.indicators.test_indicators import COUNTS, TODAY, diplomacy

JUMP = COUNTS + "n6,partner_cities,2019-06-30,30,cities,primary,s\n"


def test_a_course_starts_in_the_year_of_the_first_tie_and_ends_on_the_date():
    steps = course(diplomacy(), "partner_cities", TODAY).steps
    assert (steps["day"].iloc[0].date(), steps["day"].iloc[-1].date()) == (date(1990, 1, 1), TODAY)
    assert steps["value"].iloc[-1] == 5


def test_a_course_of_rows_without_a_first_day_starts_where_the_first_is_on_record_or_in_the_year_of_a_count():
    acts = "agreement_id,city_id,type,signed,role,source_id\nc1,coll,friendship,../2014-06-30,primary,s\n"
    for counts, first in (("", date(2014, 6, 30)), (COUNTS, date(2012, 1, 1))):
        steps = course(diplomacy(agreements=acts, published_counts=counts), "partner_cities", TODAY).steps
        assert steps["day"].iloc[0].date() == first


def test_a_break_says_what_was_expected_what_was_counted_and_what_is_documented():
    gaps = course(diplomacy(published_counts=JUMP), "partner_cities", TODAY).breaks
    # Before any count avon and brae, coll possible: 4 counted in 2012. Then dunn: 5 expected, 30 counted, 1 documented.
    assert gaps[["before", "after", "documented"]].to_numpy().tolist() == [[2, 4, 2], [5, 30, 1]]


def test_a_count_that_breaks_the_line_begins_a_segment_of_its_own():
    assert course(diplomacy(published_counts=JUMP), "partner_cities", TODAY).published["segment"].tolist() == [1, 2]


def test_published_values_of_later_days_are_not_in_the_course():
    published = course(diplomacy(published_counts=JUMP), "partner_cities", date(2019, 1, 1)).published
    assert published["value"].tolist() == [4]


def test_nothing_on_record_is_no_line_at_zero():
    release = diplomacy(agreements="", published_counts="")
    nothing = course(release, "partner_cities", TODAY)
    assert len(nothing.steps) == len(nothing.published) == len(nothing.breaks) == 0
