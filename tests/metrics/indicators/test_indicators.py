"""The indicators on a tiny world, each expected value as visible arithmetic."""

from datetime import date

import pandas as pd
import pytest

from metrics.counting.counting import spells
from metrics.counting.measuring import begun, most_begun, newest_of, share
from metrics.counting.published import benchmarks, undated
from metrics.counting.reading import Formula, Money, Reading
from metrics.indicators.registry import INDICATORS, read, readings
from metrics.schema.dates import earliest, latest
from metrics.themes.exports_by import by_year, projects
from metrics.themes.partnerships import PARTNER_CITIES, documented_partners, parts
from metrics.themes.policy_exports import without_year
from tests.worlds import world

TODAY = date(2020, 12, 31)

CITIES = """
city_id,name_en,name_ko,country_code,region,level
home,Home,집,KR,Asia,city
avon,Avon,에이번,GB,Europe,city
brae,Brae,브레이,GB,Europe,city
coll,Coll,콜,FR,Europe,city
dunn,Dunn,던,JP,Asia,city
esk,Esk,에스크,NZ,Oceania,city
"""
SOURCES = """
source_id,title,published
s,Page,
early,Report,2017-03-10
"""
# avon: sister 1990; brae: friendship 2010, upgraded 2016; coll: friendship, date unknown but by 2014; dunn: friendship 2018.
AGREEMENTS = """
agreement_id,city_id,type,signed,role,source_id
a1,avon,sister,1990-05-01,primary,s
a2,avon,sister,1989,conflict,s
b1,brae,friendship,2010-06-01,superseded,s
b2,brae,sister,2016-06-01,primary,s
c1,coll,friendship,../2014-12-31,primary,s
d1,dunn,friendship,2018-03-01,primary,s
e1,esk,memorandum,2019-01-01,other,s
"""
COUNTS = """
count_id,measure,as_of,value,unit,role,source_id
n1,partner_cities,2012-06-30,4,cities,primary,s
n2,partner_cities,,9,cities,primary,s
n3,partner_cities,2012-06-30,5,cities,conflict,s
"""


def diplomacy(**more):
    return world(**{"cities": CITIES, "sources": SOURCES, "agreements": AGREEMENTS, "published_counts": COUNTS, **more})


def bounds_of(reading):
    return reading.lower, reading.value, reading.upper


@pytest.mark.parametrize(
    "on, city, kind, became, friendship_since",
    [
        (date(2015, 12, 31), "brae", "friendship", "2010-06-01", ""),
        (TODAY, "brae", "sister", "2016-06-01", "2010-06-01"),
        (TODAY, "avon", "sister", "1990-05-01", ""),
        (TODAY, "coll", "friendship", "../2014-12-31", ""),
    ],
)
def test_a_tie_has_the_date_of_the_act_that_made_it_what_it_is(on, city, kind, became, friendship_since):
    row = documented_partners(diplomacy(), on).set_index("city_id").loc[city]
    assert (row["type"], row["became"], row["former_since"]) == (kind, became, friendship_since)


def test_a_friendship_that_is_renewed_dates_from_its_first_act():
    renewed = AGREEMENTS.replace("b2,brae,sister", "b2,brae,friendship")
    row = documented_partners(diplomacy(agreements=renewed), TODAY).set_index("city_id").loc["brae"]
    assert (row["signed"], row["became"], row["former_since"]) == ("2016-06-01", "2010-06-01", "")


def test_partners_are_at_least_the_published_count_and_what_was_signed_since():
    release = diplomacy()
    reading = read("partner_cities", release, TODAY)
    # 4 counted on 2012-06-30, dunn signed since; coll may have been: by 2014, before or after the count. Others need not be on record.
    assert (bounds_of(reading), reading.minimum) == ((4 + 1, 4 + 1, None), True)
    assert reading.benchmark.value == 4
    assert (reading.documented, reading.added, reading.possible) == (4, ("dunn",), ("coll",))
    assert reading.newest == date(2018, 3, 1)
    assert reading.age_days == (TODAY - date(2018, 3, 1)).days


def test_before_any_published_count_the_register_alone_speaks():
    # avon and brae; the later count of 4 leaves room for two more, whoever they are.
    reading = read("partner_cities", diplomacy(), date(2011, 1, 1))
    assert bounds_of(reading) == (2, 2, 4)
    assert reading.formula == Formula("register", {"value": 2, "added": 2, "ended": 0})


def test_a_later_count_of_just_what_is_certain_is_no_contradiction():
    kinds = {}
    for value in (1, 2):
        counts = f"count_id,measure,as_of,value,unit,role,source_id\nn1,partner_cities,2012-06-30,{value},cities,primary,s\n"
        kinds[value] = [c.kind for c in read("partner_cities", diplomacy(published_counts=counts), date(2011, 1, 1)).conflicts]
    assert kinds == {1: ["later_benchmark_too_low"], 2: []}  # avon and brae


UNCERTAIN = COUNTS + "n7,partner_cities,2013-06-01/2016-12-31,9,cities,primary,s\n"


def test_a_count_of_an_uncertain_day_bounds_after_its_last_day_and_before_its_first():
    release = diplomacy(published_counts=UNCERTAIN)
    assert bounds_of(read("partner_cities", release, date(2013, 5, 31))) == (4, 4, 9)
    assert bounds_of(read("partner_cities", release, date(2015, 12, 31))) == (4, 4, None)
    late = read("partner_cities", release, TODAY)
    assert (bounds_of(late), late.formula.kind) == ((9 + 1, 9 + 1, None), "uncertain_benchmark")  # dunn, signed after its last day


WHOLE = "n8,sister_cities,2015-12-31,3,cities,primary,s\nn9,partner_cities,2015-12-31,20,cities,primary,s\n"


def test_what_is_no_sister_city_is_a_friendship_city():
    three = ("partner_cities", "sister_cities", "friendship_cities")
    whole, sister, friendship = (read(id, diplomacy(published_counts=COUNTS + WHOLE), date(2015, 12, 31)) for id in three)
    assert [bounds_of(reading) for reading in (whole, sister, friendship)] == [(20, 20, 20), (3, 3, 3), (17, 17, 17)]
    assert friendship.formula.kind == "whole_less_part"


def test_parts_that_make_up_more_than_the_whole_are_a_conflict_on_all_three():
    release = diplomacy(published_counts=COUNTS + WHOLE.replace(",20,", ",2,"))
    for id in ("partner_cities", "sister_cities", "friendship_cities"):
        assert "parts_and_whole" in [c.kind for c in read(id, release, date(2015, 12, 31)).conflicts]


def test_steps_and_reading_say_the_same_on_every_day_of_a_change():
    release = diplomacy(published_counts=UNCERTAIN + WHOLE)
    for id in ("partner_cities", "sister_cities", "friendship_cities"):
        for step in INDICATORS[id].steps(release, date(1985, 1, 1), TODAY).itertuples():
            reading = read(id, release, step.day.date())
            assert (step.value, step.lower, None if step.upper != step.upper else step.upper) == (
                reading.value,
                reading.lower,
                reading.upper,
            )


def test_a_published_count_without_a_date_is_used_for_nothing():
    without = COUNTS.replace("n2,partner_cities,,9,cities,primary,s\n", "")
    for on in (date(2000, 1, 1), date(2013, 1, 1), TODAY):
        with_it = read("partner_cities", diplomacy(), on)
        assert bounds_of(with_it) == bounds_of(read("partner_cities", diplomacy(published_counts=without), on))


UNDATED = """
count_id,measure,dimension,as_of,value,unit,role,source_id
n1,partner_cities,,,1,cities,conflict,early
n2,partner_cities,region:Asia,,2,cities,primary,early
n3,partner_cities,,2013-05/2014,3,cities,primary,s
n4,partner_cities,,,4,cities,primary,s
n5,partner_cities,,2012,5,cities,primary,s
n6,sister_cities,,,6,cities,primary,early
"""


@pytest.mark.parametrize(
    "on, values",
    [
        (date(2013, 4, 30), [4]),  # of which nothing is known
        (date(2013, 5, 1), [3, 4]),
        (date(2017, 3, 9), [3, 4]),
        (date(2017, 3, 10), [3, 1, 4]),  # the day on which its report was printed
    ],
)
def test_counts_without_a_day_are_told_as_soon_as_one_may_have_been_known(on, values):
    assert [count.value for count in undated(diplomacy(published_counts=UNDATED), "partner_cities", on)] == values


def test_a_count_of_a_part_or_of_another_role_is_no_count_of_the_whole():
    counts = UNDATED + "n7,partner_cities,region:Asia,2011,7,cities,primary,s\nn8,partner_cities,,2011,8,cities,alternate,s\n"
    release = diplomacy(published_counts=counts)
    assert [mark.value for mark in benchmarks(release, "partner_cities")] == [5, 3]  # by their last day
    assert [mark.value for mark in benchmarks(release, "partner_cities", "region:Asia")] == [7]


def test_a_contradicting_published_figure_is_shown_and_not_counted():
    conflicts = read("partner_cities", diplomacy(), TODAY).conflicts
    assert [(c.kind, c.fields["value"]) for c in conflicts] == [("published_otherwise", 5)]


def test_only_a_conflict_about_the_whole_measure_that_may_have_been_known_by_the_day_is_one():
    others = (
        "n4,partner_cities,2012,6,cities,disputed,s,\nn5,partner_cities,2012,7,cities,conflict,s,region:Asia\n"
        "n6,sister_cities,2012,8,cities,conflict,s,\nn7,partner_cities,2012,9,cities,alternate,s,\n"
        "n8,partner_cities,2020,10,cities,conflict,s,\nn9,partner_cities,2021,11,cities,conflict,s,\n"
    )
    counted = "count_id,measure,as_of,value,unit,role,source_id,dimension\n" + others
    for on, values in ((date(2020, 1, 1), [10]), (TODAY, [10]), (date(2019, 12, 31), [])):
        assert [c.fields["value"] for c in read("partner_cities", diplomacy(published_counts=counted), on).conflicts] == values


def test_a_count_cannot_be_of_a_later_day_than_its_page():
    counted = COUNTS + "n4,sister_cities,2017,7,cities,primary,early\n"
    release = diplomacy(published_counts=counted)
    assert read("sister_cities", release, date(2017, 3, 9)).benchmark is None
    assert read("sister_cities", release, date(2017, 3, 10)).value == 7


def test_a_count_announced_for_the_next_day_holds_the_act_of_that_day():
    counted = "count_id,measure,as_of,value,unit,role,source_id\nn1,partner_cities,2018-03-01,9,cities,primary,ahead\n"
    release = diplomacy(published_counts=counted, sources=SOURCES + "ahead,Announcement,2018-02-28\n")
    assert read("partner_cities", release, date(2018, 3, 1)).value == 9  # dunn, signed on that day, is the ninth


def test_an_upgrade_moves_a_partner_from_one_part_to_the_other_and_leaves_the_whole():
    release = diplomacy(published_counts="")
    before, after = date(2016, 5, 31), date(2016, 6, 1)
    parts = [[read(id, release, on).value for id in ("sister_cities", "friendship_cities", "partner_cities")] for on in (before, after)]
    assert parts == [[1, 2, 3], [2, 1, 3]]  # brae moves


def test_a_memorandum_alone_makes_no_partner():
    assert "esk" not in set(documented_partners(diplomacy(), TODAY)["city_id"])


def test_the_register_shows_each_partner_once_with_its_type_on_the_date():
    rows = documented_partners(diplomacy(), date(2016, 1, 1)).set_index("city_id")
    assert rows["type"].to_dict() == {"avon": "sister", "brae": "friendship", "coll": "friendship"}
    now = documented_partners(diplomacy(), TODAY).set_index("city_id")
    assert (now.loc["brae", "type"], now.loc["brae", "since"]) == ("sister", "2010-06-01")
    assert not documented_partners(diplomacy(), date(2013, 1, 1)).set_index("city_id").loc["coll", "certain"]


def test_what_the_whole_counts_beyond_its_parts_is_not_itemised():
    # Whole: 4 + dunn = 5. Parts from the register alone: avon, brae; coll, dunn.
    assert parts(diplomacy(), TODAY) == ({"sister": 2, "friendship": 2}, 5 - 2 - 2)


def test_countries_are_counted_once_each():
    # GB (avon, brae), FR (coll, by 2014), JP (dunn).
    assert read("partner_countries", diplomacy(), TODAY).value == 3
    counted = COUNTS + "n5,partner_countries,2015-12-31,12,countries,primary,s\n"
    # 12 counted, then dunn brought a first tie with JP.
    assert read("partner_countries", diplomacy(published_counts=counted), TODAY).value == 12 + 1


def test_an_ended_tie_leaves_the_count():
    ended = "agreement_id,city_id,type,signed,ended,role,source_id\na1,avon,sister,1990-05-01,2019-01-01,primary,s\n"
    release = diplomacy(agreements=ended, published_counts="")
    assert [read("partner_cities", release, on).value for on in (date(2018, 12, 31), date(2019, 1, 1))] == [1, 0]


def test_new_partners_of_five_years_are_at_least_those_on_record():
    # 2008 to 2012: brae. On 30 June 2012 there are 4 and no more, of which avon was there before 2008.
    assert bounds_of(read("new_partners_5y", diplomacy(), date(2012, 6, 30))) == (1, 1, 4 - 1)
    # 2016 to 2020: dunn; brae was a partner before its upgrade. Nothing closes what a register may lack.
    assert bounds_of(read("new_partners_5y", diplomacy(), TODAY)) == (1, 1, None)


STARTS = {
    "first": "2016-01-01",  # on 30 June 2020 the five years begin on 1 January 2016
    "before": "2015-12-31",
    "last": "2020-06-30",
    "later": "2020-07-01",
    "over_first": "2015-06-01/2016-01-01",
    "over_last": "2020-06-30/2020-07-05",
    "by_first": "../2016-01-01",
    "by_before": "../2015-12-31",
}


def test_the_five_years_hold_their_first_and_their_last_day_and_vague_starts_are_only_possible():
    rows = spells(pd.DataFrame({"key": list(STARTS), "started": STARTS.values(), "source_id": "s"}), "key", "started")
    reading = begun("x", "cities", rows, date(2020, 6, 30), most=2.0)
    assert (set(reading.added), set(reading.possible)) == ({"first", "last"}, {"over_first", "over_last"})
    assert (reading.formula.kind, reading.formula.fields["without_start"]) == ("window_without_start", 1)
    assert bounds_of(reading) == (2, 2, 2)
    assert begun("x", "cities", rows, date(2020, 6, 30), most=1.0).upper is None  # less than what is certain closes nothing


@pytest.mark.parametrize("ended, most", [("2015-12-31", 2), ("2016-01-01", 3), ("2015/2016", 3), ("2021", 2)])
def test_what_left_within_the_five_years_leaves_room_for_as_many_that_began(ended, most):
    acts = f"agreement_id,city_id,type,signed,ended,role,source_id\na1,avon,sister,1990-05-01,{ended},primary,s\n"
    counts = "count_id,measure,as_of,value,unit,role,source_id\n"
    counts += "n1,partner_cities,2015-12-31,4,cities,primary,s\nn2,partner_cities,2020-12-31,6,cities,primary,s\n"
    assert most_begun(PARTNER_CITIES, diplomacy(agreements=acts, published_counts=counts), TODAY) == most


def test_the_newest_of_vague_dates_is_one_that_has_certainly_happened_by_its_earliest_day():
    texts = pd.Series(["2016", "2018-03", "../2018-04", "2018-05-01/2018-07-01"])
    days = (date(2018, 7, 1), date(2018, 6, 30), date(2018, 3, 30), date(2016, 12, 30))
    newest = [newest_of(earliest(texts), latest(texts), on) for on in days]
    assert newest == [date(2018, 5, 1), date(2018, 3, 1), date(2016, 1, 1), None]


def test_no_share_is_more_than_the_whole():
    part = Reading("p", TODAY, 3.0, "cities", Formula("register"), lower=2.0, upper=9.0)
    whole = Reading("w", TODAY, 5.0, "cities", Formula("register"), lower=4.0, upper=6.0)
    assert bounds_of(share("s", part, whole)) == (2 / 6, 3 / 5, 1)
    assert bounds_of(share("s", part, Reading("w", TODAY, 10.0, "cities", Formula("register"), lower=10.0))) == (None, 3 / 10, 9 / 10)


def test_the_share_of_new_partners_and_the_rest_are_one():
    new, share, whole = (read(id, diplomacy(), TODAY) for id in ("new_partners_5y", "new_partner_share_5y", "partner_cities"))
    assert share.value == new.value / whole.value == 1 / 5
    assert share.value + (whole.value - new.value) / whole.value == 1
    assert (share.lower, share.upper) == (None, None)  # of two minimums neither bounds the other


def test_a_share_of_a_known_whole_is_bounded():
    share = read("new_partner_share_5y", diplomacy(), date(2012, 6, 30))
    assert bounds_of(share) == (1 / 4, 1 / 4, 3 / 4)


def test_growth_exists_where_both_ends_are_comparable():
    # 2016 to 2020: from 4 (2015-12-31) to 4 + dunn.
    reading = read("partner_growth_5y", diplomacy(), TODAY)
    assert reading.value == 5 / 4 - 1
    assert (reading.lower, reading.upper) == (None, None)


def test_across_an_unexplained_count_there_is_no_growth_but_a_reason():
    counted = COUNTS + "n6,partner_cities,2019-06-30,30,cities,primary,s\n"
    release = diplomacy(published_counts=counted)
    growth = read("partner_growth_5y", release, TODAY)
    assert growth.value is None
    # 4 + dunn = 5 was to be expected, 30 was counted.
    assert (growth.formula.kind, growth.formula.fields["counted"], growth.formula.fields["expected"]) == ("break", 30, 5)
    previous = read("partner_cities", release, date(2020, 1, 1)).previous
    assert (previous.change, previous.reason.kind) == (None, "break")


def test_a_comparable_year_has_a_change():
    previous = read("partner_cities", diplomacy(), date(2018, 12, 31)).previous
    assert (previous.as_of, previous.value, previous.change) == (date(2017, 12, 31), 4, 1)  # dunn


def test_a_register_that_documents_more_than_was_counted_is_a_conflict_and_not_clipped():
    counted = "count_id,measure,as_of,value,unit,role,source_id\nn1,partner_cities,2016-12-31,1,cities,primary,s\n"
    release = diplomacy(published_counts=counted)
    kinds = [c.kind for c in read("partner_cities", release, TODAY).conflicts]
    assert kinds == ["register_exceeds_benchmark"]
    earlier = read("partner_cities", release, date(2015, 1, 1))
    assert (earlier.value, earlier.upper) == (3, None)  # avon, brae, coll: a later count of 1 closes nothing
    assert [c.kind for c in earlier.conflicts] == ["later_benchmark_too_low"]


TWO_COUNTS = """
count_id,measure,as_of,value,unit,role,source_id
n1,partner_cities,2005,1,cities,primary,s
n2,partner_cities,2016-12-31,3,cities,primary,s
"""


def test_rows_that_an_earlier_count_lacked_are_not_taken_for_a_rise():
    release = diplomacy(published_counts=TWO_COUNTS)
    # 2005 counts avon. brae (2010) and coll (by 2014) explain the 3 of 2016, and all three were there a year before.
    previous = read("partner_cities", release, date(2016, 12, 31)).previous
    assert (previous.value, previous.change) == (3, None)
    # Two and a half years later the 3 is the base of both ends, and dunn is a rise.
    assert read("partner_cities", release, date(2018, 6, 30)).previous.change == 1


def test_those_known_by_name_are_a_minimum_too():
    counted = "count_id,measure,as_of,value,unit,role,source_id\nn1,partner_cities,2012-06-30,2,cities,primary,s\n"
    # 2 counted (avon, brae), dunn since: 3. coll, known by 2014, is none of the 2 then: 4.
    reading = read("partner_cities", diplomacy(published_counts=counted), TODAY)
    assert (reading.value, reading.documented, reading.formula.kind, reading.conflicts) == (4, 4, "named", ())


EXPORTS = """
export_id,project_en,sector,status,started,value,currency,role,source_id,date_source_id
x1,Cards,transport,completed,2011-07,5,USD,primary,s,
x2,Water,waterworks,awarded,2016,,,primary,s,
x3,Rail,urban_railway,listed,../2017-03-31,,,primary,s,
x4,Talks,transport,negotiated,2018-01-01,,,primary,s,
x5,Ladders,fire_and_rescue,gift,2018-01-01,,,primary,s,
x6,Copy,transport,benchmark,2018-01-01,,,primary,s,
x7,Cards again,transport,completed,2012,,,conflict,s,
x8,Housing,urban_planning,listed,,,,primary,s,
"""
PLACES = """
export_id,place_no,country_code,city_id
x1,1,GB,avon
x1,2,GB,brae
x2,1,FR,
x3,1,JP,dunn
x4,1,NZ,esk
x8,1,NZ,
"""


def exports(**more):
    return diplomacy(policy_exports=EXPORTS, export_places=PLACES, **more)


def test_only_awarded_operating_completed_and_listed_projects_count_as_exported():
    # x1, x2, x3 for sure; x8 is listed without any date. Talks, gifts, benchmarks without a contract and conflicts are not counted.
    assert bounds_of(read("exported_projects", exports(), TODAY)) == (3, 3, None)


def test_only_named_cities_count_as_cities_and_a_project_may_name_several():
    assert bounds_of(read("export_cities", exports(), TODAY)) == (3, 3, None)  # avon, brae, dunn
    assert bounds_of(read("export_countries", exports(), TODAY)) == (3, 3, None)  # GB, FR, JP; NZ has no date


def test_a_project_in_the_home_citys_own_country_adds_a_project_and_a_city_and_no_country():
    inland = EXPORTS + "x9,Cards at home,transport,completed,2012,,,primary,s,\n"
    places = PLACES + "x9,1,KR,home\n"
    release = diplomacy(policy_exports=inland, export_places=places)
    counts = [read(id, release, TODAY).value for id in ("exported_projects", "export_cities", "export_countries")]
    assert counts == [4, 4, 3]


def test_a_city_is_new_only_when_first_documented_after_the_published_count():
    counted = "count_id,measure,as_of,value,unit,role,source_id\nn1,export_cities,2015-12-31,8,cities,primary,s\n"
    # dunn is dated by 2017-03-31: before or after the count.
    reading = read("export_cities", exports(published_counts=counted), TODAY)
    assert (bounds_of(reading), reading.possible) == ((8, 8, None), ("dunn",))
    # Nobody knows which cities are counted, so a later count closes the whole, whatever the register dates in between.
    assert bounds_of(read("export_cities", exports(published_counts=counted), date(2012, 1, 1))) == (2, 2, 8)


def test_projects_stand_in_the_years_that_their_dates_settle_or_bound():
    more = EXPORTS + "x9,Bridges,transport,completed,2012/2014,,,primary,s,\n"
    on = date(2017, 12, 31)
    years = by_year(projects(diplomacy(policy_exports=more, export_places=PLACES), on), on).set_index("year")
    assert years["certain"][years["certain"] > 0].to_dict() == {2011: 1, 2016: 1}  # x1, x2
    assert years["possible"][years["possible"] > 0].to_dict() == {2012: 1, 2013: 1, 2014: 1}  # x9
    assert list(years.index) == list(range(2011, 2018))
    assert without_year(exports(), date(2017, 12, 31)) == 1  # x3: by 2017-03-31; x8 has no date at all


def test_the_share_of_recent_exports_is_one_of_the_projects_known_by_name_whatever_was_counted():
    counted = "count_id,measure,as_of,value,unit,role,source_id\nn1,exported_projects,2016-12-31,10,projects,primary,s\n"
    reading = read("exports_share_5y", exports(published_counts=counted), date(2016, 12, 31))
    # 2012 to 2016: x2 of x1 and x2; x3 and x8 may have begun by then.
    assert bounds_of(reading) == (1 / 4, 1 / 2, 1)


FUND = """
observation_id,date,measure,fund,value,currency,role,source_id
f1,2016-12,balance,cooperation_fund,2700,KRW,primary,s
f2,2018-08-16,disbursement,cooperation_fund,900,KRW,primary,s
f3,2017-04-02,balance,cooperation_fund,2600,KRW,conflict,s
"""
TARGETS = """
target_id,indicator,value,unit,set_on,due,role,source_id
t1,fund_balance,10000,KRW,2017-04-01,2020,primary,s
"""


def test_the_fund_is_the_latest_published_balance_and_payments_never_adjust_it():
    release = diplomacy(fund=FUND, targets=TARGETS)
    reading = read("fund_balance", release, TODAY)
    assert (reading.value, reading.unit, reading.benchmark.as_of) == (2700, "KRW", "2016-12")
    assert reading.formula.fields["value"] == Money(2700, "KRW")
    assert read("fund_share_of_target", release, TODAY).value == 2700 / 10000
    assert read("fund_balance", release, date(2016, 12, 30)).value is None


def test_the_steps_of_what_is_observed_hold_their_first_and_their_last_day():
    steps, (since, until) = INDICATORS["fund_balance"].steps, (date(2016, 12, 31), date(2017, 1, 1))
    release = diplomacy(fund=FUND)
    assert [len(steps(release, *days)) for days in ((since, until), (until, TODAY), (date(2000, 1, 1), since))] == [1, 0, 1]


def test_balances_of_several_currencies_are_never_one_series():
    dollars = "f4,2018-12,balance,cooperation_fund,9000,USD,primary,s\n"
    release = diplomacy(fund=FUND + dollars, targets=TARGETS + "t2,fund_balance,20,USD,2018-04-01,2020,primary,s\n")
    reading = read("fund_balance", release, TODAY)
    assert (reading.value, reading.unit, reading.newest) == (2700, "KRW", date(2016, 12, 1))
    assert (reading.target.value, reading.target.unit) == (10000, "KRW")
    heads = FUND.strip().splitlines()[0]
    assert read("fund_balance", diplomacy(fund=f"{heads}\n{dollars}"), TODAY).value is None


@pytest.mark.parametrize("id, unit", [("fund_balance", "KRW"), ("fund_share_of_target", "KRW"), ("partner_cities", "cities")])
def test_a_benchmark_carries_its_unit(id, unit):
    assert read(id, diplomacy(fund=FUND, targets=TARGETS), TODAY).benchmark.unit == unit


def test_a_target_counts_from_the_day_it_was_set():
    release = diplomacy(fund=FUND, targets=TARGETS)
    assert read("fund_balance", release, date(2017, 3, 31)).target is None
    assert read("fund_share_of_target", release, date(2017, 3, 31)).value is None
    assert read("fund_balance", release, date(2017, 4, 1)).target.value == 10000


def test_a_fund_that_nobody_reported_on_after_its_target_date_has_no_published_outcome():
    release = diplomacy(fund=FUND, targets=TARGETS)
    assert read("fund_balance", release, date(2020, 12, 31)).progress.state == "too_few_observations"
    assert read("fund_balance", release, date(2021, 1, 1)).progress.state == "outcome_not_published"


ORGANISATIONS = """
organisation_id,name_en,kind
o1,One,un
o2,Two,ngo
o3,House,building
o4,Four,un
"""
ORGANISATION_EVENTS = """
event_id,organisation_id,event,date,role,source_id
v1,o1,opening,2010-01-01,primary,s
v2,o2,opening,2014,primary,s
v3,o2,departure,,primary,s
v4,o3,opening,2013,primary,s
v5,o4,expected_opening,2019-05,primary,s
"""


def test_organisations_open_and_leave_and_an_expected_opening_is_none():
    release = diplomacy(organisations=ORGANISATIONS, organisation_events=ORGANISATION_EVENTS)
    # o1 for sure; o2 opened in 2014 and left on a day that nobody printed.
    assert bounds_of(read("international_organisations", release, TODAY)) == (2 - 1, 2 - 1, None)


EVENTS = """
event_id,event_key,name_en,kind,status,start,role,source_id
e1,k1,Forum,event,held,2020-03,primary,s
e2,k2,Congress,event,expected,2020-06,primary,s
e3,k1,Forum,event,held,2020-03,conflict,s
e4,k4,Call,call,held,2020-02,primary,s
e5,k5,Days,event,held,2020-11/2021-01,primary,s
e6,k6,Forum,event,held,2019-03,primary,s
"""


def test_events_are_counted_in_their_year_and_expected_ones_apart():
    reading = read("events_hosted", diplomacy(events=EVENTS), TODAY)
    assert (bounds_of(reading), reading.possible) == ((1, 1, None), ("e5",))  # e1; e5 may have been in 2020
    assert (reading.previous.value, reading.previous.change) == (1, 0)  # e6


NETWORKS = "network_id,name_en\nw,W\nc,C\n"
MEMBERSHIPS = """
membership_id,network_id,membership,start,end,role,source_id
m1,w,member,2010,,primary,s
m2,w,chair,2012,,primary,s
m3,c,member,2006-07-25,2018,primary,s
"""


def test_memberships_are_counted_by_network_and_offices_are_not_memberships():
    release = diplomacy(networks=NETWORKS, network_memberships=MEMBERSHIPS)
    assert [read("network_memberships", release, on).value for on in (date(2009, 1, 1), date(2012, 6, 1), TODAY)] == [1, 2, 1]


@pytest.mark.parametrize("id", INDICATORS)
def test_every_indicator_can_be_read_on_an_empty_release(id):
    reading = read(id, world(home=""), TODAY)
    assert reading.value in (None, 0)
    assert reading.indicator == id


def test_every_reading_lies_between_its_bounds_on_any_day():
    release = exports(fund=FUND, targets=TARGETS, events=EVENTS, networks=NETWORKS, network_memberships=MEMBERSHIPS)
    for year in range(1988, 2022):
        for reading in readings(release, date(year, 12, 31)):
            if reading.value is not None:
                assert reading.lower is None or reading.lower <= reading.value, reading
                assert reading.upper is None or reading.value <= reading.upper, reading


def test_reading_changes_no_table():
    release = exports(fund=FUND, targets=TARGETS, events=EVENTS)
    before = {name: frame.copy() for name, frame in release.tables.items()}
    readings(release, TODAY)
    for name, frame in release.tables.items():
        assert frame.equals(before[name]), name
