"""Ticks are few and round, and labels keep their distance."""

from datetime import date

from charts.axes import amounts, apart, years


def test_sixty_years_have_a_tick_a_decade():
    assert years(date(1968, 1, 1), date(2026, 11, 22))["ticktext"] == ["1970", "1980", "1990", "2000", "2010", "2020"]


def test_ten_years_have_a_tick_every_other_year():
    assert years(date(2016, 1, 1), date(2026, 11, 22))["ticktext"] == ["2016", "2018", "2020", "2022", "2024", "2026"]


def test_a_tick_outside_the_axis_is_left_out():
    assert years(date(2020, 3, 1), date(2022, 2, 1))["tickvals"] == ["2021-01-01", "2022-01-01"]


def test_a_tick_under_a_bar_stands_in_the_middle_of_its_year():
    assert years(date(2020, 1, 1), date(2021, 12, 31), month=7)["tickvals"] == ["2020-07-01", "2021-07-01"]


def test_amounts_begin_at_zero_and_have_few_round_ticks():
    axis = amounts(72, str)
    assert axis["tickvals"] == [0, 20, 40, 60]
    assert axis["range"][0] == 0
    assert axis["range"][1] > 72


def test_things_that_are_counted_have_no_half_ticks():
    assert amounts(3, str)["tickvals"] == [0, 1, 2, 3]


def test_nothing_to_show_still_makes_an_axis():
    assert amounts(float("nan"), str)["tickvals"] == [0, 1]


def test_money_is_divided_by_round_sums():
    assert amounts(10e9, str, most=3)["tickvals"] == [0, 5e9, 10e9]


def test_of_two_labels_too_near_each_other_the_later_stays():
    days = [date(2011, 6, 1), date(2017, 2, 1), date(2017, 3, 1)]
    assert apart(days, width=3650, share=0.1) == [0, 2]
