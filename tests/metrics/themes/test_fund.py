"""The fund: what its target required, when an assumption arrives, what is on record on a date, and when it is a series."""

from datetime import date

import pandas as pd
import pytest

from metrics.counting.published import balances, target
from metrics.themes.fund import (
    Arrival,
    arrival,
    assumed_path,
    is_series,
    legal_term,
    recorded,
    required,
    required_on,
    required_path,
    yearly_flows,
)
from tests.worlds import world

SOURCES = "source_id,title,published\ns,Report,2017-07-24\n"
BALANCE = """
observation_id,date,measure,fund,value,currency,role,source_id
b1,2016-12,balance,cooperation_fund,2700,KRW,primary,s
"""
TARGETS = "target_id,indicator,value,unit,set_on,due,role,source_id\nt,fund_balance,10000,KRW,2017-04-01,2020,primary,s\n"
ONE = world(sources=SOURCES, fund=BALANCE, targets=TARGETS)
TODAY = date(2026, 11, 22)


def test_the_target_required_even_growth_or_as_much_every_year():
    way = required(ONE, TODAY)
    # From 31 Dec 2016 to 31 Dec 2020: 1,461 days / 365.25 = 4 years.
    assert way.years == 4
    assert way.yearly == (10_000 - 2_700) / 4
    assert way.growth == pytest.approx((10_000 / 2_700) ** (1 / 4) - 1)
    assert (way.base_day, way.due_day) == (date(2016, 12, 31), date(2020, 12, 31))


def test_nothing_is_required_before_the_target_is_set_or_where_it_has_no_date_or_no_balance_is_known():
    assert required(ONE, date(2017, 3, 31)) is None
    assert required(world(sources=SOURCES, fund=BALANCE, targets=TARGETS.replace("2020", "")), TODAY) is None
    assert required(world(sources=SOURCES, targets=TARGETS), TODAY) is None


def test_the_path_is_told_at_its_base_at_each_end_of_a_year_and_on_its_due_day():
    path = required_path(world(sources=SOURCES, fund=BALANCE, targets=TARGETS.replace("2020", "2018-06-30")), TODAY)
    assert path["day"].dt.date.tolist() == [date(2016, 12, 31), date(2017, 12, 31), date(2018, 6, 30)]
    # 546 days in all, 365 of them to the end of 2017.
    assert path["value"].tolist() == pytest.approx([2_700, 2_700 * (10_000 / 2_700) ** (365 / 546), 10_000])
    none = required_path(world(sources=SOURCES, fund=BALANCE), TODAY)
    assert none.empty
    assert none.dtypes.astype(str).tolist() == ["datetime64[s]", "float64"]


def test_the_path_passes_base_middle_and_target():
    way = required(ONE, TODAY)
    assert required_on(way, date(2016, 12, 31)) == 2_700
    assert required_on(way, date(2018, 12, 31)) == pytest.approx(2_700 * (10_000 / 2_700) ** (730 / 1_461))
    assert required_on(way, TODAY) == 10_000


@pytest.mark.parametrize(
    "yearly, reached",
    [
        (1_825, Arrival(4.0, date(2020, 12, 31))),  # 7,300 / 1,825 = 4 years
        (3_650, Arrival(2.0, date(2018, 12, 31))),  # 7,300 / 3,650 = 2 years
        (730, Arrival(10.0, date(2026, 12, 31))),  # 7,300 / 730 = 10 years
        (73, Arrival(100.0, date(2116, 12, 31))),  # 7,300 / 73 = 100 years
        (4_867, Arrival(7_300 / 4_867, date(2018, 7, 2))),  # 1.4999 years: a year, and 0.4999 x 365.25 = 183 days
        (0, None),
        (-5, None),
    ],
)
def test_a_yearly_contribution_arrives_after_the_gap_divided_by_it(yearly, reached):
    assert arrival(2_700, date(2016, 12, 31), 10_000, yearly) == reached


def test_a_balance_that_is_there_arrives_at_once_and_one_beyond_the_calendar_has_no_day():
    assert arrival(10_000, TODAY, 10_000, 0) == Arrival(0.0, TODAY)
    assert arrival(0, TODAY, 10_000, 1) == Arrival(10_000.0, None)


def test_the_assumed_line_ends_at_the_target_or_at_the_last_day_drawn():
    since = date(2016, 12, 31)
    whole = assumed_path(2_700, since, 10_000, 1_825, date(2030, 12, 31))
    assert whole["value"].tolist() == [2_700, 10_000]
    assert whole["day"].dt.date.tolist() == [since, date(2020, 12, 31)]
    cut = assumed_path(2_700, since, 10_000, 365.25, date(2017, 12, 31))
    assert cut["value"].tolist() == [2_700, 3_065]  # 365 days at 1 a day
    assert assumed_path(2_700, since, 10_000, 0, date(2020, 1, 1))["value"].tolist() == [2_700, 2_700]
    assert assumed_path(2_700, since, 10_000, 5, since).empty


RECORD = BALANCE + (
    "p1,2008-05-23,disbursement,cooperation_fund,300,USD,primary,s\n"
    "p2,,disbursement,not_stated,3500,KRW,conflict,s\n"
    "l1,2023-12-31,legal_term,cooperation_fund,,,primary,s\n"
    "x1,../2018-06-07,existence,cooperation_fund,,,primary,u\n"
)


def test_on_record_is_what_had_begun_or_been_printed_newest_first_and_undated_last():
    release = world(sources=SOURCES + "u,Undated page,\n", fund=RECORD)
    rows = recorded(release, date(2008, 12, 31))
    assert rows["observation_id"].tolist() == ["p1", "p2"]
    # The law of 2017 tells of its end in 2023; the page without a date counts by its row's own last day.
    rows = recorded(release, date(2017, 12, 31))
    assert rows["observation_id"].tolist() == ["l1", "b1", "p1", "p2"]
    assert "x1" in recorded(release, date(2018, 6, 7))["observation_id"].tolist()


def test_an_empty_fund_has_no_record_no_flows_and_is_no_series():
    release = world(sources=SOURCES)
    assert recorded(release, TODAY).empty
    assert yearly_flows(release, TODAY).empty
    assert list(yearly_flows(release, TODAY)) == ["year", "income", "disbursement"]
    assert not is_series(release, TODAY)


SERIES = BALANCE + (
    "b2,2017-12-31,balance,cooperation_fund,3500,KRW,primary,s\n"
    "i1,2017,income,cooperation_fund,1000,KRW,primary,s\n"
    "d1,2017,disbursement,cooperation_fund,200,KRW,primary,s\n"
    "d2,2018,disbursement,cooperation_fund,50,KRW,primary,s\n"
    "d3,2018,disbursement,cooperation_fund,60,KRW,primary,s\n"
    "d4,2019,disbursement,cooperation_fund,70,USD,primary,s\n"
    "d5,2019-05,disbursement,cooperation_fund,80,KRW,primary,s\n"
    "d6,2019,disbursement,regional_exchange_fund,90,KRW,primary,s\n"
)
LATER = "source_id,title,published\ns,Accounts,2020-02-01\n"


def test_flows_are_whole_years_of_this_fund_in_its_currency_and_two_rows_of_a_year_are_never_added_up():
    flows = yearly_flows(world(sources=LATER, fund=SERIES), TODAY)
    assert flows["year"].tolist() == [2017]
    assert flows.iloc[0].tolist() == [2017, 1_000, 200]


def test_a_year_is_known_when_it_is_over():
    release = world(sources=LATER, fund=SERIES)
    assert yearly_flows(release, date(2017, 12, 30)).empty
    assert len(yearly_flows(release, date(2017, 12, 31))) == 1


def test_it_is_a_series_only_with_several_balances_and_a_contribution():
    assert is_series(world(sources=LATER, fund=SERIES), TODAY)
    assert not is_series(world(sources=LATER, fund=SERIES.replace("income", "commitment")), TODAY)
    assert not is_series(world(sources=LATER, fund=SERIES.replace("b2,2017-12-31,balance", "b2,2017-12-31,context")), TODAY)
    assert not is_series(ONE, TODAY)


def test_the_tables_passed_in_are_not_changed():
    release = world(sources=LATER, fund=SERIES, targets=TARGETS)
    before = {name: rows.copy(deep=True) for name, rows in release.tables.items()}
    for work in (required, recorded, yearly_flows, is_series):
        work(release, TODAY)
    for name, rows in release.tables.items():
        pd.testing.assert_frame_equal(rows, before[name])


TERMS = BALANCE + (
    "l1,2018-12-31,legal_term,cooperation_fund,,,primary,s\n"
    "l2,2023-12-31,legal_term,cooperation_fund,,,primary,law\n"
    "l3,2028-12-31,legal_term,cooperation_fund,,,conflict,s\n"
    "l4,2030-12-31,legal_term,regional_exchange_fund,,,primary,s\n"
    "l5,2030-12-31,law,cooperation_fund,,,primary,s\n"
)


def test_the_legal_term_is_that_of_the_law_last_known_and_no_other_figure_of_a_source():
    release = world(sources=SOURCES + "law,Ordinance,2018-06\n", fund=TERMS)
    days = (date(2017, 7, 23), date(2017, 7, 24), date(2018, 5, 31), date(2018, 6, 1))
    assert [legal_term(release, on) for on in days] == ["", "2018-12-31", "2018-12-31", "2023-12-31"]


OTHERS = BALANCE + (
    "b2,2017,balance,cooperation_fund,1,KRW,conflict,s\n"
    "b3,2017,balance,regional_exchange_fund,2,KRW,primary,s\n"
    "b4,2017,disbursement,cooperation_fund,3,KRW,primary,s\n"
    "b5,2017,balance,cooperation_fund,4,USD,primary,s\n"
    "b6,,balance,cooperation_fund,5,KRW,primary,s\n"
    "b7,2017,balance,cooperation_fund,6,KRW,superseded,s\n"
)


def test_balances_are_dated_ones_of_this_fund_in_its_currency_that_are_in_use():
    assert [mark.value for mark in balances(world(sources=SOURCES, fund=OTHERS))] == [2_700]


AIMS = TARGETS + (
    "t2,fund_balance,1,KRW,2018,2020,conflict,s\n"
    "t3,fund_balance,20000,KRW,2018,2022,primary,s\n"
    "t4,partner_cities,3,cities,2018,2022,primary,s\n"
    "t5,fund_balance,4,USD,2018,2022,primary,s\n"
)


def test_a_target_is_in_force_once_even_the_last_day_of_its_date_is_reached():
    release = world(sources=SOURCES, targets=AIMS)
    days = (date(2017, 3, 31), date(2017, 4, 1), date(2018, 12, 30), date(2018, 12, 31))
    assert [(aim := target(release, "fund_balance", on, "KRW")) and aim.value for on in days] == [None, 10_000, 10_000, 20_000]


def test_nothing_is_required_of_a_balance_on_the_very_day_of_the_target():
    fund = BALANCE.replace("2016-12", "2020-12-31")
    release = world(sources=SOURCES.replace("2017-07-24", "2021"), fund=fund, targets=TARGETS.replace("2017-04-01", "2020-12-31"))
    assert required(release, TODAY) is None


def fiscal(begins: str, fund: str, currency: str = "JPY", due: str = "2026"):
    """The invented city of Nagimisaki with a fund by fiscal years: the balances are 100 at the end of 2022 and of 2023, the target 400."""
    return world(
        home=f"city_id,currency,time_zone,fiscal_year_begins,source_id\nnagimisaki,{currency},Asia/Tokyo,{begins},s\n",
        sources="source_id,title,published\ns,Accounts,2025-02-01\n",
        fund="observation_id,date,measure,fund,value,currency,role,source_id\n" + fund,
        targets=f"target_id,indicator,value,unit,set_on,due,role,source_id\nt,fund_balance,400,{currency},2023-05-01,{due},primary,s\n",
    )


FROM_APRIL = """b1,2022,balance,cooperation_fund,100,JPY,primary,s
b2,2024-03-31,balance,cooperation_fund,150,JPY,primary,s
i1,2022-04-01/2023-03-31,income,cooperation_fund,40,JPY,primary,s
d1,2022,disbursement,cooperation_fund,10,JPY,primary,s
i2,2023-04/2024-03,income,cooperation_fund,60,JPY,primary,s
i3,2024-01-01/2024-12-31,income,cooperation_fund,99,JPY,primary,s
i4,2023-07-01/2024-06-30,income,cooperation_fund,98,JPY,primary,s
d2,2023-05,disbursement,cooperation_fund,97,JPY,primary,s
d3,2024,disbursement,cooperation_fund,5,USD,primary,s
"""


def test_flows_of_a_city_whose_year_begins_in_april_are_those_dated_to_whole_years_from_april():
    flows = yearly_flows(fiscal("04-01", FROM_APRIL), TODAY)
    assert flows["year"].tolist() == [2022, 2023]
    assert flows["income"].tolist() == [40, 60]
    assert flows["disbursement"].iloc[0] == 10
    assert flows["disbursement"].isna().tolist() == [False, True]


def test_a_fiscal_year_from_july_has_its_own_flows_and_is_known_when_it_is_over():
    release = fiscal("07-01", FROM_APRIL.replace("2023-07-01/2024-06-30", "2023-07/2024-06"))
    assert yearly_flows(release, date(2024, 6, 29))["year"].tolist() == [2022]
    flows = yearly_flows(release, date(2024, 6, 30))
    assert (flows["year"].tolist(), flows["income"].fillna(-1).tolist()) == ([2022, 2023], [-1, 98])


def test_balance_and_target_of_a_bare_year_stand_at_the_end_of_the_fiscal_year_that_begins_in_it():
    release = fiscal("04-01", FROM_APRIL)
    assert [(mark.as_of, mark.day) for mark in balances(release)] == [
        ("2022-04-01/2023-03-31", date(2023, 3, 31)),
        ("2024-03-31", date(2024, 3, 31)),
    ]
    aim = target(release, "fund_balance", TODAY, "JPY")
    assert (aim.due, aim.due_day) == ("2026-04-01/2027-03-31", date(2027, 3, 31))
    way = required(release, TODAY)
    # From 31 Mar 2023 to 31 Mar 2027: 1,461 days / 365.25 = 4 years.
    assert (way.base, way.years, way.yearly) == (100, 4, (400 - 100) / 4)


def test_the_path_of_a_city_whose_year_begins_in_july_has_a_point_at_the_end_of_each_june():
    path = required_path(fiscal("07-01", FROM_APRIL, due="2025-12-31"), TODAY)
    assert path["day"].dt.date.tolist() == [date(2023, 6, 30), date(2024, 6, 30), date(2025, 6, 30), date(2025, 12, 31)]


def test_a_list_of_records_has_the_fiscal_year_of_an_amount_and_the_plain_year_of_a_law():
    fund = FROM_APRIL + "l1,2022,law,cooperation_fund,,,primary,s\n"
    rows = recorded(fiscal("04-01", fund), TODAY).set_index("observation_id")["date"]
    assert (rows["d1"], rows["l1"]) == ("2022-04-01/2023-03-31", "2022")


MIXED = """b1,2023-12-31,balance,cooperation_fund,1250000.5,NZD,primary,s
b2,2024-06-30,balance,cooperation_fund,90000000,JPY,primary,s
i1,2024,income,cooperation_fund,7000000,JPY,primary,s
"""


def test_amounts_of_two_currencies_are_never_one_series_and_a_target_counts_in_the_home_citys_alone():
    release = fiscal("", MIXED, "NZD")
    assert [(mark.value, mark.unit) for mark in balances(release)] == [(1_250_000.5, "NZD")]
    assert yearly_flows(release, TODAY).empty
    other = fiscal("", MIXED.replace("NZD", "EUR"), "JPY")
    assert [mark.unit for mark in balances(other)] == ["JPY"]
    assert target(other, "fund_balance", TODAY, "EUR") is None
