"""Where dates lie on the strip of a relation: fifteen years back, the day at three quarters, five years ahead."""

from datetime import date

import pytest

from charts.strip import Mark, mark, place, ticks

ON = date(2026, 11, 22)


def test_the_day_stands_at_three_quarters_and_the_years_divisible_by_five_have_ticks():
    assert place(ON, ON) == pytest.approx(75, abs=0.02)
    assert [year for year, _ in ticks(ON)] == [2015, 2020, 2025, 2030]


def test_a_date_is_a_mark_a_vague_one_a_band_and_one_before_the_strip_stands_at_its_edge():
    day = date(2019, 5, 23)
    assert mark(day, day, ON) == Mark(pytest.approx(37.5, abs=0.1), 0.0, False)
    assert mark(date(2027, 1, 1), date(2027, 12, 31), ON).width == pytest.approx(100 * 364 / 7305, abs=0.01)
    assert mark(date(2008, 7, 17), date(2008, 7, 17), ON) == Mark(0.0, 0.0, True)
