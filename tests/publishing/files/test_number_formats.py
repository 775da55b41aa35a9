"""A number and a date as a spreadsheet shows them."""

from datetime import date
from datetime import datetime as day_and_time

import pytest

from publishing.files.number_formats import shown_day, shown_number


def moment(*parts):
    """A moment without a time zone, as cells hold it."""
    return day_and_time(*parts)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.32, "0%", "32%"),
        (0.325, "0.0%", "32.5%"),
        (27, '0"억원"', "27억원"),
        (2017, "0\\년", "2017년"),
        (12, '0" km"', "12 km"),
        (5, "00000", "00005"),
    ],
)
def test_a_unit_beside_the_digits_is_part_of_what_a_cell_says(value, number_format, text):
    assert shown_number(value, number_format) == (text, "text")


@pytest.mark.parametrize(("number_format", "text"), [("#,##0,", "2,700"), ("0.0,,", "2.7"), ('0,"천"', "2700천")])
def test_a_format_that_divides_by_thousands_is_a_problem(number_format, text):
    assert shown_number(2_700_000, number_format) == (text, "scaled_number")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.325, "0E+00", "3E-01"),
        (12_345, "##0.0E+0", "12.3E+03"),
        (-12, "0;;", "…"),
        (0, "0;-0;", "…"),
        (27.34, "0.0", "27.3"),
        (2700, "[$₩-412]#,##0", "₩2,700"),
        (-2700, '"₩"#,##0', "-₩2,700"),
        (2700, '"₩"#,##0;-"₩"#,##0', "₩2,700"),
    ],
)
def test_a_sign_of_a_currency_and_rounding_leave_the_number_and_are_told(value, number_format, text):
    assert shown_number(value, number_format) == (text, "number")


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (2700, "General"),
        (2700, "#,##0"),
        (-2700, "#,##0_);(#,##0)"),
        (-2700, "#,##0;[Red]-#,##0"),
        (27.3, "0.00"),
        (0.1, "#.#"),
        (3, "_-* #,##0_-"),
        (2.7e9, "0.00E+00"),
        (0, '#,##0;-#,##0;"-"'),
        (2700, "@"),
    ],
)
def test_a_format_that_only_groups_or_colours_says_nothing_more(value, number_format):
    assert shown_number(value, number_format) == ("", "")


@pytest.mark.parametrize(
    ("value", "number_format", "day"),
    [
        (moment(2017, 7, 1), 'ggge"年"m"月"', "2017-07"),
        (moment(2017, 7, 1), '[$-411]e"年"m"月"', "2017-07"),
        (moment(2017, 7, 2), 'e"年"m"月"', "2017-07-02"),
        (moment(2017, 1, 1), 'yyyy"년"', "2017"),
        (moment(2017, 7, 1), 'yyyy"년 "m"월 "d"일"', "2017-07-01"),
        (moment(2017, 7, 23, 23, 59, 17), "yyyy-mm-dd", "2017-07-24"),
        (moment(2017, 7, 23, 23, 58), "yyyy-mm-dd", "2017-07-23"),
        (moment(2017, 12, 31, 23, 59, 59), "yyyy", "2018"),
        (date(2017, 7, 1), "mmm-yy", "2017-07"),
    ],
)
def test_a_date_is_as_precise_as_its_cell_and_never_a_day_early(value, number_format, day):
    assert shown_day(value, number_format) == day
