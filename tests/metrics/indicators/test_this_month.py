"""What needs a decision now, worked out by hand: which matters, in which order, and when there is nothing to say."""

from datetime import date

from metrics.indicators.this_month import next_anniversary, this_month
from tests.worlds import world

ON = date(2026, 6, 30)
CITIES = "city_id,name_en,country_code,region,source_id\n" + "".join(f"{c},{c.upper()},GB,Europe,s\n" for c in "abcd")
HEAD = "agreement_id,city_id,type,signed,ended,valid_until,role,source_id\n"
CONTACTS = "contact_id,city_id,date,kind,level,status,role,source_id\n"
SEATS = """
membership_id,network_id,membership,start,end,role,source_id
s1,m,president,2024,2026,primary,s
s2,n,president,2023,2026,primary,s
s3,o,chair,2023,2027,primary,s
"""
COMMITMENTS = "commitment_id,city_id,what_en,side,agreed,due,state,role,source_id\nc1,a,Pipes,home,2020,2026-03,open,primary,s\n"


def told(release, on=ON):
    return [(matter.kind, matter.when, matter.ids) for matter in this_month(release, on)]


def tiny(*acts, **more):
    return world(**{"cities": CITIES, "agreements": HEAD + "\n".join(acts), **more})


def test_a_city_with_nothing_that_ends_falls_silent_or_is_late_has_nothing_to_settle():
    assert told(world()) == []
    # The tie of 1 August 2025 has its first round anniversary in 2030.
    assert told(tiny("a1,a,sister,2025-08-01,,,primary,s")) == []


def test_what_ends_comes_earliest_first_and_seats_that_end_together_are_one_matter():
    release = tiny(
        "a1,a,sister,2025-08-01,,2026-09-30,primary,s",  # within 180 days
        "b1,b,sister,2025-08-01,,2026-05-01,primary,s",  # 60 days ago
        "c1,c,sister,2025-08-01,,2025-12-31,primary,s",  # 181 days ago
        "d1,d,sister,2025-08-01,,2026-12-28,primary,s",  # 181 days ahead
        network_memberships=SEATS,
        commitments=COMMITMENTS,
    )
    late, past = ("overdue", "2026-03", ("a",)), ("expired", "2026-05-01", ("b",))
    assert told(release) == [late, past, ("due", "2026-09-30", ("a",)), ("seat", "2026", ("m", "n"))]


def test_anniversaries_are_told_within_the_days_of_the_threshold_where_their_month_is_known():
    acts = (
        "a1,a,sister,1996-12-27,,,primary,s",  # 30 years, 180 days ahead
        "b1,b,friendship,2016-11,,,primary,s",  # 10 years, in that month
        "c1,c,sister,1996,,,primary,s",  # 30 years, some day of 2026
        "d1,d,sister,1996-12-28,,,primary,s",  # 181 days ahead
    )
    assert told(tiny(*acts)) == [("anniversary", "2026-11", ("b",)), ("anniversary", "2026-12-27", ("a",))]


def test_the_next_anniversary_is_the_first_on_a_known_day_and_says_whether_a_vaguer_one_may_come_before():
    known, vague = "a1,a,sister,1996-08-01,,,primary,s", "c1,c,sister,1996,,,primary,s"
    matter, when, alone = next_anniversary(tiny(known), ON)
    assert (matter.ids, matter.years, when, alone) == (("a",), 30, date(2026, 8, 1), True)
    assert next_anniversary(tiny(known, vague), ON)[2] is False
    assert next_anniversary(tiny(vague), ON) is None
    # On its own day it is today's; the day after, the next round one is more than two years ahead.
    assert next_anniversary(tiny(known), date(2026, 8, 1))[1] == date(2026, 8, 1)
    assert next_anniversary(tiny(known), date(2026, 8, 2)) is None
    # A follow-up is no new beginning.
    assert next_anniversary(tiny("a1,a,sister,1991-12-04,,,primary,s", "a2,a,sister,1996-08-01,,,other,s"), ON)[1] == date(2026, 12, 4)


def test_the_longest_silence_comes_first_and_who_never_met_comes_last():
    acts = tuple(f"{city}1,{city},sister,2002-0{at}-01,,,primary,s" for at, city in enumerate("abcd", 1))
    met = (
        CONTACTS
        + "k1,a,2012,event,mayor,held,primary,s\nk2,b,2010-05-04,event,mayor,held,primary,s\nk3,d,2024,event,mayor,held,primary,s\n"
    )
    # Ties of 2002 have their 25 years in 2027; d was met in time.
    assert told(tiny(*acts, contacts=met)) == [("quiet", "2010-05-04", ("b",)), ("quiet", "2012", ("a",)), ("never", "2002-03-01", ("c",))]
    # An ended relation is not asked about; without any contact on record nobody is called silent.
    decided = "state_id,city_id,state,date,role,source_id\nr1,b,suspended,2020,primary,s\n"
    assert [ids for _, _, ids in told(tiny(*acts, contacts=met, relation_states=decided))] == [("a",), ("c",)]
    assert told(tiny(*acts)) == []


def test_a_figure_is_overdue_from_the_day_on_which_the_next_was_due():
    fund = "observation_id,date,measure,fund,value,currency,role,source_id\nf1,2024-12-31,balance,cooperation_fund,5,KRW,primary,s\n"
    assert ("figure", "2025-12-31", ("fund_balance",)) in told(world(fund=fund))
    assert told(world(fund=fund), date(2025, 12, 30)) == []


def test_at_most_four_are_told_and_every_sort_has_its_turn():
    acts = tuple(f"{city}1,{city},sister,1996-0{at}-01,,2026-0{at}-15,primary,s" for at, city in enumerate("abcd", 6))
    met = CONTACTS + "".join(f"k{city},{city},2010,event,mayor,held,primary,s\n" for city in "abcd")
    fund = "observation_id,date,measure,fund,value,currency,role,source_id\nf1,2016,balance,cooperation_fund,5,KRW,primary,s\n"
    assert [kind for kind, *_ in told(tiny(*acts, contacts=met, fund=fund))] == ["expired", "anniversary", "quiet", "figure"]
