"""What became of the measures of a plan: a tiny plan on chosen days, then the project's own."""

from datetime import date

import pytest

from metrics.indicators.outcomes import OUTCOMES, counted, evidence, frame, items, measures
from tests.worlds import own_data, world

SOURCES = "source_id,title,published\ns,Summary,2017-07-24\nlater,Report,2019-02\n"
ITEMS = """
item_id,parent,level,title_en,title_ko,wording,indicator,due,source_id
vision,,vision,V,비,published,,2020,s
north,vision,direction,N,북,published,,,s
meet,north,task,M,만,our_reading,,,s
first,meet,measure,First meeting,첫 회의,published,,2017-10,s
yearly,meet,measure,Every year,해마다,published,,,s
fund,north,task,F,기,our_reading,,,s
money,fund,measure,Ten billion,백억,published,fund_balance,,s
lost,vision,task,,,not_named,,,s
"""
EVENTS = """
event_id,event_key,name_en,name_ko,kind,status,start,role,source_id
held,held,H,열,event,held,2017-10-19,primary,later
told,told,T,예,event,expected,2017-10-20,primary,s
"""
TARGETS = "target_id,indicator,value,unit,set_on,due,role,source_id\nt,fund_balance,10,KRW,2017-04-01,2020,primary,s\n"
FUND = "observation_id,date,measure,fund,value,currency,role,source_id\n"
BEFORE, AFTER = date(2018, 1, 1), date(2021, 1, 1)


def plan(rows: str = "", fund: str = "", **more):
    head = "evidence_id,item_id,shows,date,event_id,role,source_id\n"
    return world(sources=SOURCES, plan_items=ITEMS, plan_evidence=head + rows, events=EVENTS, targets=TARGETS, fund=FUND + fund, **more)


def outcome(release, item, on):
    (result,) = [measure.outcome for measure in measures(release, on) if measure.id == item]
    return result


def test_without_evidence_a_measure_is_open_until_its_date_and_silent_after_it():
    assert [outcome(plan(), "first", on) for on in (date(2017, 10, 31), date(2017, 11, 1))] == ["open", "silent"]
    # Its own date is none, so that of the vision holds: to the end of 2020.
    assert [outcome(plan(), "yearly", on) for on in (date(2020, 12, 31), AFTER)] == ["open", "silent"]


@pytest.mark.parametrize("shows, expected", [("done", "reached"), ("partly", "partly"), ("not_done", "not_reached"), ("related", "silent")])
def test_evidence_makes_the_outcome_from_its_own_day_on(shows, expected):
    release = plan(f"e,first,{shows},2018-03-05,,primary,later\n")
    assert outcome(release, "first", date(2018, 3, 4)) == "silent"
    assert outcome(release, "first", date(2019, 3, 1)) == expected


def test_the_strongest_evidence_decides_and_a_row_that_says_otherwise_does_not():
    both = "a,first,partly,2018-01,,primary,later\nb,first,done,2018-02,,primary,later\n"
    assert outcome(plan(both), "first", AFTER) == "reached"
    assert outcome(plan("a,first,done,2018-01,,conflict,later\n"), "first", AFTER) == "silent"


def test_an_event_proves_something_only_where_it_was_held():
    assert outcome(plan("e,first,done,,held,primary,later\n"), "first", AFTER) == "reached"
    assert outcome(plan("e,first,done,,held,primary,later\n"), "first", date(2017, 10, 18)) == "open"
    assert outcome(plan("e,first,done,,told,primary,s\n"), "first", AFTER) == "silent"


@pytest.mark.parametrize(
    "balance, on, expected",
    [
        ("2016-12", AFTER, "silent"),  # nothing published on the due day or later
        ("2016-12", BEFORE, "open"),
        ("2020-12-31", AFTER, "not_reached"),
        ("2020-12-30", AFTER, "silent"),
        ("2021-06-30", date(2022, 1, 1), "not_reached"),
    ],
)
def test_a_measure_with_a_number_goes_by_what_was_published_of_it(balance, on, expected):
    assert outcome(plan(fund=f"f,{balance},balance,cooperation_fund,3,KRW,primary,s\n"), "money", on) == expected


def test_evidence_is_known_when_it_happened_or_when_the_last_day_of_its_source_is_over():
    release = plan("a,first,done,2020,,primary,later\nb,first,partly,2019-01,,conflict,s\nc,first,related,2018-06,,primary,s\n")
    days = (date(2017, 7, 23), date(2017, 7, 24), date(2019, 2, 27), date(2019, 2, 28))
    assert [sorted(evidence(release, on)["evidence_id"]) for on in days] == [[], ["b", "c"], ["b", "c"], ["a", "b", "c"]]
    # A report that announces what it will show is no outcome until that day.
    assert [outcome(release, "first", on) for on in (date(2020, 12, 30), date(2020, 12, 31))] == ["silent", "reached"]


def test_a_target_that_was_met_is_reached():
    assert outcome(plan(fund="f,2019-12,balance,cooperation_fund,10,KRW,primary,later\n"), "money", AFTER) == "reached"


def test_a_target_that_is_on_record_as_met_only_after_its_date_is_met_in_part():
    assert outcome(plan(fund="f,2021-06-30,balance,cooperation_fund,10,KRW,primary,later\n"), "money", date(2022, 1, 1)) == "partly"


def test_no_plan_is_told_before_its_source_was_printed():
    assert len(items(plan(), date(2017, 7, 23))) == 0
    assert measures(plan(), date(2017, 7, 23)) == ()
    assert len(items(plan(), date(2017, 7, 24))) == 8


def test_each_measure_is_counted_once_and_knows_where_it_belongs():
    results = measures(plan(), AFTER)
    assert counted(results) == dict.fromkeys(OUTCOMES, 0) | {"silent": 3}
    assert frame(results)[["item_id", "direction", "task", "due"]].values.tolist() == [
        ["first", "north", "meet", "2017-10"],
        ["yearly", "north", "meet", "2020"],
        ["money", "north", "fund", "2020"],
    ]


def test_items_that_are_part_of_one_another_end_somewhere():
    head = "item_id,parent,level,title_en,title_ko,wording,source_id\n"
    circle = f"{head}a,b,task,A,가,published,s\nb,a,task,B,나,published,s\nm,a,measure,M,다,published,s\n"
    (measure,) = measures(world(sources=SOURCES, plan_items=circle), AFTER)
    assert (measure.task, measure.outcome) == ("b", "open")


def test_the_tables_are_not_changed():
    release = plan("e,first,done,2018,,primary,later\n")
    before = release.tables["plan_evidence"].copy(deep=True)
    evidence(release, AFTER)
    assert before.equals(release.tables["plan_evidence"])


def test_of_the_citys_own_plan_one_measure_of_24_was_reached_three_in_part_and_20_left_nothing():
    release = own_data()
    results = measures(release, date(2026, 11, 22))
    assert counted(results) == {"reached": 1, "partly": 3, "not_reached": 0, "open": 0, "silent": 24 - 1 - 3}
    assert [measure.id for measure in results if measure.outcome == "reached"] == ["sharing-platform"]
    assert {measure.id for measure in results if measure.outcome == "partly"} == {"houston-los-angeles", "moscow", "ordinances-revised"}
    tasks = items(release, date(2026, 11, 22)).query("level == 'task'")
    assert tasks["wording"].value_counts().to_dict() == {"our_reading": 11, "not_named": 1}
