"""Fiscal years: their days, the one of a day, and which dates are a whole one."""

from datetime import date

import pytest

from metrics.schema.fiscal_years import begins_on, interval, of_amount, whole_year, year_of
from tests.worlds import world

HOME = "city_id,currency,time_zone,fiscal_year_begins,source_id\nhome,JPY,Asia/Tokyo,{},s\n"


@pytest.mark.parametrize(
    "begins, days, before, on",
    [
        ("", "2023", (date(2023, 12, 31), 2023), (date(2024, 1, 1), 2024)),
        ("04-01", "2023-04-01/2024-03-31", (date(2024, 3, 31), 2023), (date(2024, 4, 1), 2024)),
        ("07-01", "2023-07-01/2024-06-30", (date(2024, 6, 30), 2023), (date(2024, 7, 1), 2024)),
        ("03-01", "2023-03-01/2024-02-29", (date(2024, 2, 29), 2023), (date(2024, 3, 1), 2024)),
    ],
)
def test_a_fiscal_year_goes_from_its_first_day_to_the_day_before_the_next(begins, days, before, on):
    assert interval(2023, begins) == days
    assert [year_of(day, begins) for day, _ in (before, on)] == [year for _, year in (before, on)]


@pytest.mark.parametrize(
    "text, begins, year",
    [
        ("2023", "", 2023),
        ("2023-01/2023-12", "", 2023),
        ("2023-04-01/2024-03-31", "04-01", 2023),
        ("2023-04/2024-03", "04-01", 2023),
        ("2023-07-01/2024-06-30", "07-01", 2023),
        ("2023-07-01/2024-06-30", "04-01", None),
        ("2023", "04-01", None),
        ("2023-04-01/2025-03-31", "04-01", None),
        ("../2024-03-31", "04-01", None),
        ("2023-04-01/..", "04-01", None),
        ("", "04-01", None),
        ("0001-01", "04-01", None),
        ("9999-04-01/9999-12-31", "04-01", None),
    ],
)
def test_only_a_date_that_is_exactly_a_fiscal_year_is_a_whole_one(text, begins, year):
    assert whole_year(text, begins) == year


def test_the_bare_year_of_an_amount_is_the_fiscal_year_that_begins_in_it_and_other_dates_stay():
    assert [of_amount(text, "04-01") for text in ("2023", "2023-05", "")] == ["2023-04-01/2024-03-31", "2023-05", ""]
    assert of_amount("2023", "") == "2023"


@pytest.mark.parametrize("begins, day", [("", ""), ("01-01", ""), ("04-01", "04-01"), ("02-29", ""), ("13-45", "")])
def test_a_city_without_a_first_day_or_with_one_that_is_no_day_keeps_calendar_years(begins, day):
    assert begins_on(world(home=HOME.format(begins))) == day


def test_a_release_without_a_home_keeps_calendar_years():
    assert begins_on(world(home="city_id,currency,time_zone,source_id\n")) == ""
