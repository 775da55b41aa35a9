"""What is due: the newest observation, the interval by habit, the day, and the order of need."""

from datetime import date

import pytest

from metrics.indicators.registry import INDICATORS, read, readings, recorded
from metrics.indicators.staleness import DEFAULT_DAYS, LONGEST_DAYS, due, filled_by, usual
from metrics.schema.tables import TABLES
from publishing.store.release_cache import current_release
from tests.worlds import HOME, world

ON = date(2026, 1, 1)
COUNTS = "count_id,measure,as_of,value,unit,role,source_id\n"


def due_of(indicator: str, on: date = ON, **tables: str):
    return next(item for item in due(world(**tables), on) if item.indicator == indicator)


@pytest.mark.parametrize(
    "days, interval",
    [
        ((), None),
        ((date(2020, 1, 1), date(2021, 1, 1)), None),
        ((date(2020, 1, 1), date(2020, 1, 11), date(2020, 2, 10)), 20),  # between them 10 and 30 days
        ((date(2020, 1, 1), date(2020, 1, 11), date(2020, 1, 21), date(2020, 7, 1)), 10),  # 10, 10 and 162
        ((date(1971, 1, 1), date(1992, 1, 1), date(2006, 1, 1)), LONGEST_DAYS),
    ],
)
def test_the_interval_of_a_measure_is_the_median_of_its_own_and_unknown_for_too_few(days, interval):
    assert usual(list(days)) == interval


def test_a_published_measure_is_due_after_its_usual_interval():
    days = ("2024-01-01", "2024-04-10", "2024-07-19")
    counts = COUNTS + "".join(f"n{at},policy_manuals,{day},{at},manuals,primary,s\n" for at, day in enumerate(days))
    item = due_of("policy_manuals", published_counts=counts)
    assert (item.newest, item.interval, item.usual, item.observations) == (date(2024, 7, 19), 100, True, 3)
    assert (item.due, item.state) == (date(2024, 10, 27), "overdue")  # 100 days later: 12 of July, 31, 30, 27
    assert item.age == (ON - date(2024, 7, 19)).days == 531
    assert item.need == 531 / 100


def test_a_measure_with_few_observations_is_due_after_a_year():
    item = due_of("policy_manuals", published_counts=COUNTS + "n1,policy_manuals,2025-06-01,3,manuals,primary,s\n")
    assert (item.interval, item.usual, item.due, item.state) == (DEFAULT_DAYS, False, date(2026, 6, 1), "fresh")


def test_nothing_is_overdue_on_the_day_on_which_it_is_due_nor_due_beyond_the_calendar():
    counts = COUNTS + "n1,policy_manuals,2025-06-01,3,manuals,primary,s\n"
    days = (date(2026, 6, 1), date(2026, 6, 2))
    assert [due_of("policy_manuals", on, published_counts=counts).state for on in days] == ["fresh", "overdue"]
    last = COUNTS + "n1,policy_manuals,9998-12-31,3,manuals,primary,s\n"
    assert due_of("policy_manuals", date.max, published_counts=last).due == date.max
    assert due_of("policy_manuals", date.max, published_counts=last.replace("9998-12-31", "9999-01-01")).due is None


def test_what_was_never_observed_has_no_age_and_no_due_day_and_comes_first():
    items = due(world(), ON)
    assert (items[0].newest, items[0].age, items[0].due, items[0].state, items[0].need) == (None, None, None, "never", float("inf"))


def test_nothing_after_the_date_is_known_yet():
    counts = COUNTS + "n1,policy_manuals,2025-06-01,3,manuals,primary,s\n"
    assert due_of("policy_manuals", date(2025, 5, 31), published_counts=counts).state == "never"


def test_the_documented_part_of_a_count_is_told_and_of_what_counts_no_rows_is_not():
    acts = "agreement_id,city_id,type,signed,role,source_id\na1,x,sister,2013,primary,s\n"
    counts = COUNTS + "n1,partner_cities,2014-06-24,4,cities,primary,s\nn2,policy_manuals,2014,76,manuals,primary,s\n"
    cities = "city_id,name_en,country_code\nx,X,KR\n"
    item = due_of("partner_cities", agreements=acts, cities=cities, published_counts=counts)
    assert (item.documented, item.value) == (1, 4)
    assert due_of("policy_manuals", published_counts=counts).documented is None


ACTS = "agreement_id,city_id,type,signed,role,source_id\na1,x,sister,2013-05,primary,s\na2,y,sister,../2020,primary,s\n"
TWO = "city_id,name_en,country_code\nx,X,KR\ny,Y,KR\n"


def test_an_indicator_without_published_values_is_observed_by_its_register():
    item = due_of("new_partners_5y", agreements=ACTS, cities=TWO)
    assert (item.newest, item.observations) == (ON, 1)  # covered for ever; the other row may be of any day


@pytest.mark.parametrize("listed, state", [("2025-12-20", "fresh"), ("2021-03-04", "overdue")])
def test_a_list_is_as_old_as_its_day_not_as_its_ties(listed, state):
    acts = ACTS.replace("../2020", f"../{listed}")
    sources = f"source_id,title,published\ns,List,{listed}\n"
    release = world(home=HOME, agreements=acts, cities=TWO, sources=sources)
    items = {item.indicator: item for item in due(release, ON)}
    assert {(items[id].newest, items[id].state) for id in ("partner_cities", "sister_cities", "new_partners_5y")} == {
        (date.fromisoformat(listed), state)
    }
    assert read("partner_cities", release, ON).age_days == (ON - date.fromisoformat(listed)).days


def test_the_newest_observation_is_the_same_everywhere_and_a_vague_one_is_as_old_as_it_may_be():
    acts = "agreement_id,city_id,type,signed,role,source_id\na1,x,sister,2018,primary,s\n"
    counts = COUNTS + "n1,partner_cities,2016-12,4,cities,primary,s\nn2,policy_manuals,2014,76,manuals,primary,s\n"
    release = world(agreements=acts, cities="city_id,name_en,country_code\nx,X,KR\n", published_counts=counts)
    newest = {item.indicator: item.newest for item in due(release, ON)}
    assert newest["partner_cities"] == date(2018, 1, 1)  # the act after the count
    assert newest["policy_manuals"] == date(2014, 1, 1)
    assert {reading.indicator: reading.newest for reading in readings(release, ON)} == newest


def test_the_real_data_have_one_newest_observation_of_each_indicator():
    on = date(2026, 11, 29)
    newest = {item.indicator: item.newest for item in due(current_release(), on)}
    assert newest["partner_cities"] == date(2024, 10, 1)  # Riyadh, "2024-10"
    assert {reading.indicator: reading.newest for reading in readings(current_release(), on)} == newest


def test_the_neediest_comes_first():
    needs = [item.need for item in due(world(published_counts=COUNTS + "n1,policy_manuals,2025,3,manuals,primary,s\n"), ON)]
    assert needs == sorted(needs, reverse=True)
    assert {item.indicator for item in due(world(), ON)} == set(recorded(world()))


def test_a_need_is_met_by_the_table_that_holds_such_observations():
    expected = {
        "partner_cities": "published_counts",
        "fund_balance": "fund",
        "new_partners_5y": "agreements",
        "events_hosted": "events",
        "policy_manuals": "published_counts",
    }
    assert {id: filled_by(INDICATORS[id]) for id in expected} == expected
    assert {filled_by(indicator) for indicator in INDICATORS.values()} <= set(TABLES)
