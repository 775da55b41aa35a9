"""The published method of progress towards a target, state by state, with the growth rates as visible arithmetic."""

from datetime import date

import pytest

from metrics.counting.progress import STATES, progress
from metrics.counting.reading import Benchmark, Target
from metrics.schema.dates import bounds


def seen(*pairs):
    return [Benchmark(float(value), when, bounds(when)[1], "s") for value, when in pairs]


def aim(value, due="2020-12-31", set_on="2010-12-31"):
    return Target(float(value), "things", set_on, due, bounds(due)[1] if due else None, "s")


ON = date(2015, 12, 31)
START = (100, "2010-12-31")


@pytest.mark.parametrize(
    "latest, state",
    [
        # Required: (200/100)^(1/10) - 1 = 7.18 % a year. Observed over five years: (latest/100)^(1/5) - 1.
        (200, "target_achieved"),
        (141, "on_track"),  # 7.11 % -> 0.99
        (140, "on_track"),  # 6.96 % -> 0.97
        (125, "acceleration_needed"),  # 4.56 % -> 0.64
        (110, "limited_progress"),  # 1.92 % -> 0.27
        (100, "limited_progress"),  # 0 % -> 0
        (99, "deterioration"),  # -0.20 %
    ],
)
def test_the_state_follows_from_observed_over_required_growth(latest, state):
    result = progress(seen(START, (latest, "2015-12-31")), aim(200), "more", ON)
    assert result.state == state
    assert state in STATES


def test_all_inputs_are_in_the_result():
    result = progress(seen(START, (125, "2015-12-31")), aim(200), "more", ON)
    years = (date(2015, 12, 31) - date(2010, 12, 31)).days / 365.25
    assert result.observed == pytest.approx((125 / 100) ** (1 / years) - 1)
    assert result.required == pytest.approx((200 / 100) ** (1 / ((date(2020, 12, 31) - date(2010, 12, 31)).days / 365.25)) - 1)
    assert result.ratio == pytest.approx(result.observed / result.required)
    assert (result.base, result.base_day, result.latest, result.latest_day) == (100, date(2010, 12, 31), 125, date(2015, 12, 31))


def test_a_target_below_the_base_asks_for_a_fall():
    # From 100 to 50 in ten years asks for -6.70 % a year.
    assert progress(seen(START, (70, "2015-12-31")), aim(50), "less", ON).state == "on_track"  # -6.89 %
    assert progress(seen(START, (101, "2015-12-31")), aim(50), "less", ON).state == "deterioration"
    assert progress(seen(START, (50, "2015-12-31")), aim(50), "less", ON).state == "target_achieved"


@pytest.mark.parametrize(
    "latest, state",
    [
        (108, "on_track"),  # 1.55 % a year
        (104, "acceleration_needed"),  # 0.79 %
        (101, "limited_progress"),  # 0.20 %
        (99, "deterioration"),
    ],
)
def test_without_a_target_the_growth_itself_is_judged(latest, state):
    assert progress(seen(START, (latest, "2015-12-31")), None, "more", ON).state == state


def test_a_zero_base_counts_as_a_thousandth():
    result = progress(seen((0, "2010-12-31"), (1, "2015-12-31")), aim(8), "more", ON)
    # Observed (1/0.001)^(1/5) - 1 = 298 %, required (8/0.001)^(1/10) - 1 = 146 %.
    assert result.state == "on_track"
    assert result.ratio == pytest.approx(2.98 / 1.456, rel=0.01)


def test_one_observation_does_not_make_a_course():
    assert progress(seen(START), aim(200), "more", ON).state == "too_few_observations"
    assert progress([], aim(200), "more", ON).state == "too_few_observations"
    assert progress(seen(START), None, "more", ON).state == "too_few_observations"


def test_values_of_both_signs_have_no_growth_rate():
    assert progress(seen((-5, "2010-12-31"), (5, "2015-12-31")), aim(20), "more", ON).state == "mixed_signs"
    assert progress(seen((-5, "2010-12-31"), (-4, "2015-12-31")), aim(20), "more", ON).state == "mixed_signs"
    assert progress(seen((0, "2010-12-31"), (-5, "2015-12-31")), None, "more", ON).state == "mixed_signs"


def test_a_target_without_a_date_has_no_required_pace():
    assert progress(seen(START, (120, "2015-12-31")), aim(200, due=""), "more", ON).state == "target_without_date"


def test_a_target_date_that_passed_without_a_later_observation_is_an_outcome_not_published():
    seen_once = seen(START, (125, "2015-12-31"))
    assert progress(seen_once, aim(200), "more", date(2020, 12, 31)).state == "acceleration_needed"
    assert progress(seen_once, aim(200), "more", date(2021, 1, 1)).state == "outcome_not_published"
    assert progress([], aim(200), "more", date(2021, 1, 1)).state == "outcome_not_published"


def test_an_observation_after_the_target_date_settles_the_outcome():
    late = seen(START, (150, "2021-06-30"))
    assert progress(late, aim(200), "more", date(2022, 1, 1)).state == "limited_progress"  # 3.9 % against 7.2 % a year: 0.55


def test_a_target_is_reached_by_what_is_certain_on_its_day_and_late_by_what_is_certain_only_after_it():
    values = seen(START, (150, "2021-06-30"))
    late = progress(values, aim(140), "more", date(2022, 1, 1))
    assert (late.state, late.latest) == ("reached_late", 150)
    # The register led to 141 by the end of 2020, which no published value says.
    register = {date(2020, 12, 31): 141, date(2022, 1, 1): 151}
    assert progress(values, aim(140), "more", date(2022, 1, 1), register.get).state == "target_achieved"
    assert progress(seen(START, (130, "2020-06-30")), aim(140), "more", date(2022, 1, 1), register.get).state == "target_achieved"
    # It was reached, and fell again after its day.
    fell = seen(START, (140, "2020-06-30"), (120, "2021-06-30"))
    assert progress(fell, aim(140), "more", date(2022, 1, 1)).state == "target_achieved"


@pytest.mark.parametrize("direction, base, now", [("more", 210, 190), ("less", 190, 210)])
def test_a_base_beyond_the_target_that_falls_back_behind_it_deteriorates(direction, base, now):
    result = progress(seen((base, "2010-12-31"), (now, "2015-12-31")), aim(200), direction, ON)
    # |required| over ten years, observed over five the wrong way: R is about -4.1 for more and -3.9 for less.
    assert result.state == "deterioration"
    assert result.ratio == pytest.approx(-abs(result.observed / result.required))


def test_a_base_that_is_the_target_is_lost_by_any_value_short_of_it():
    assert progress(seen((200, "2010-12-31"), (199, "2015-12-31")), aim(200), "more", ON).state == "deterioration"
    assert progress(seen((200, "2010-12-31"), (200, "2015-12-31")), aim(200), "more", ON).state == "target_achieved"
    assert progress(seen((0, "2010-12-31"), (1, "2015-12-31")), aim(0), "less", ON).state == "deterioration"


def test_negative_values_are_judged_by_where_they_move():
    # From -20 towards -5: -10 is nearer. CAGR of a shrinking debt is negative, and so is its base: R is positive.
    nearer = progress(seen((-20, "2010-12-31"), (-10, "2015-12-31")), aim(-5), "more", ON)
    # Observed (10/20)^(1/5) - 1 = -12.9 %, required (5/20)^(1/10) - 1 = -12.9 %.
    assert (nearer.state, nearer.ratio) == ("on_track", pytest.approx(1.0, abs=0.01))
    assert progress(seen((-20, "2010-12-31"), (-30, "2015-12-31")), aim(-5), "more", ON).state == "deterioration"
    assert progress(seen((-20, "2010-12-31"), (-30, "2015-12-31")), None, "more", ON).state == "deterioration"


def test_two_values_less_than_a_year_apart_show_no_pace():
    for day in ("2011-01-01", "2011-12-30"):
        result = progress(seen(START, (110, day)), aim(200), "more", ON)
        assert (result.state, result.observed) == ("too_few_observations", None)
        assert progress(seen(START, (110, day)), None, "more", ON).state == "too_few_observations"
    # 10 % in a year where 7.2 % was required.
    assert progress(seen(START, (110, "2011-12-31")), aim(200), "more", ON).state == "on_track"


def test_across_a_break_in_the_series_there_is_no_pace():
    broken = dict(comparable=lambda since, until: not since < date(2012, 1, 1) <= until)
    values = seen(START, (150, "2015-12-31"))
    assert progress(values, aim(200), "more", ON, **broken).state == "not_comparable"
    assert progress(values, None, "more", ON, **broken).state == "not_comparable"
    assert progress(values, aim(140), "more", ON, **broken).state == "target_achieved"
    assert progress(values, aim(200), "more", ON, comparable=lambda since, until: True).state == "on_track"


def test_observations_after_the_date_are_not_known_yet():
    assert progress(seen(START, (200, "2016-01-01")), aim(200), "more", ON).state == "too_few_observations"


def test_the_base_is_that_of_the_year_up_to_the_target_else_the_next_one():
    values = seen((50, "2005-12-31"), (90, "2010-03-31"), START, (125, "2015-12-31"))
    assert progress(values, aim(200), "more", ON).base == 100
    assert progress(values, aim(200, set_on="2010-06-30"), "more", ON).base == 90
    assert progress(values, aim(200, set_on="2011-06-30"), "more", ON).base == 100
    # None in the year before 30 June 2012: the next available, as published. It is the latest too, so nothing is judged.
    later = progress(values, aim(200, set_on="2012-06-30"), "more", ON)
    assert (later.base, later.state) == (125, "too_few_observations")


def test_an_older_value_alone_tells_what_was_required_and_no_state():
    before = progress(seen((50, "2005-12-31"), START), aim(200, set_on="2012-06-30"), "more", ON)
    assert (before.base, before.state) == (100, "too_few_observations")
    assert before.required == pytest.approx((200 / 100) ** (1 / 10) - 1, rel=0.001)


def test_where_neither_direction_is_better_there_is_no_state():
    assert progress(seen(START, (125, "2015-12-31")), None, "neither", ON) is None
