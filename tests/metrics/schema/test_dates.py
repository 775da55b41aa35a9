"""What a reader can rely on about partial dates."""

from datetime import date

import pandas as pd
import pytest

from metrics.schema.dates import BEGINNING, END, bounds, earliest, is_date, latest, years_before


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2013-02", date(2013, 2, 1), date(2013, 2, 28)),
        ("2012-05-14", date(2012, 5, 14), date(2012, 5, 14)),
        ("../2017-03-31", BEGINNING, date(2017, 3, 31)),
        ("2019-01/..", date(2019, 1, 1), END),
        ("2012/2016-12-31", date(2012, 1, 1), date(2016, 12, 31)),
        ("2002-07/2006-06", date(2002, 7, 1), date(2006, 6, 30)),
        ("2014-07-28/2014-11-06", date(2014, 7, 28), date(2014, 11, 6)),
        ("", BEGINNING, END),
    ],
)
def test_a_partial_date_allows_the_days_from_its_earliest_to_its_latest(text, first, last):
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "12",
        "2012-13",
        "2012-02-30",
        "2012-5",
        "2012/",
        "/2012",
        "../..",
        "2016/2012",
        "May 2012",
        "2012-05-14T00:00",
        "2012/2013/2014",
        " 2012",
        "2012-00",
        "2012-05-00",
        "２０１２",
        "0000",
    ],
)
def test_a_text_that_is_no_date_is_refused(text):
    assert not is_date(text)
    with pytest.raises(ValueError):
        bounds(text)


def test_an_unknown_date_is_not_a_date_but_allows_every_day():
    assert not is_date("")
    assert bounds("") == (BEGINNING, END)


def test_a_column_of_dates_keeps_its_index_and_is_not_changed():
    column = pd.Series(["2012", "", "2012", "../2017-03-31"], index=[7, 3, 5, 1])
    before = column.copy()
    assert list(latest(column).loc[[7, 1]].dt.date) == [date(2012, 12, 31), date(2017, 3, 31)]
    assert list(earliest(column).loc[[7, 3]].dt.date) == [date(2012, 1, 1), BEGINNING]
    pd.testing.assert_series_equal(column, before)


def test_an_empty_column_gives_an_empty_column():
    assert len(latest(pd.Series([], dtype="str"))) == 0


def test_years_before_a_leap_day_end_in_february():
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
