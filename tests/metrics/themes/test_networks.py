"""Terms in networks, their members, organisations since they opened, events as reported and as expected."""

from datetime import date

import pandas as pd
import pytest

from metrics.indicators.registry import read
from metrics.themes.events import hosted, known_events, other_figures
from metrics.themes.networks import members, present, roles
from tests.worlds import own_data, world

ON = date(2020, 6, 30)
SOURCES = "source_id,title,published\ns,Page,\nahead,Preview,2019-05-01\n"
MEMBERSHIPS = """
membership_id,network_id,membership,start,end,role,source_id
a,n,founded,1990,,primary,s
b,n,member,1991,,primary,s
c,n,chair,2013-11,2017,primary,s
d,n,president,../2015,,primary,s
e,n,host,2021,,primary,s
f,n,steering,2019,2021,primary,s
g,n,champion,2018,,conflict,s
"""


def test_a_role_is_drawn_from_the_first_day_it_may_have_begun_to_the_last_on_which_it_may_have_ended():
    table = roles(world(sources=SOURCES, network_memberships=MEMBERSHIPS), ON).set_index("membership")
    assert list(table.index) == ["member", "chair", "president", "steering"]
    chair = table.loc["chair"]
    assert (chair["first"], chair["sure"]) == (date(2013, 11, 1), date(2013, 11, 30))
    assert (chair["may_end"], chair["over"]) == (date(2017, 1, 1), date(2017, 12, 31))
    # Of "by 2015" the first day is unknown, so it is drawn from ten years before.
    assert (table.loc["president", "first"], table.loc["president", "sure"]) == (date(2005, 1, 1), date(2015, 12, 31))
    assert table["running"].to_dict() == {"member": True, "chair": False, "president": True, "steering": True}
    assert table.loc["steering", "over"] == ON


COUNTS = """
count_id,measure,dimension,as_of,value,unit,role,source_id
a,network_members,network:n,2010,50,members,primary,s
b,network_members,network:n,2015-03,60,members,primary,s
c,network_members,network:n,2016,55,members,conflict,s
d,network_members,network:n,,70,members,primary,s
e,network_members,network:n,2021,80,members,primary,s
f,awards,network:n,2015,3,awards,primary,s
"""


def test_members_are_the_dated_figures_up_to_the_day_and_what_says_otherwise_is_not_used():
    table = members(world(sources=SOURCES, published_counts=COUNTS), ON)
    assert table["value"].tolist() == [50, 60, 55]
    assert table["used"].tolist() == [True, True, False]
    assert table["day"].dt.date.tolist() == [date(2010, 12, 31), date(2015, 3, 31), date(2016, 12, 31)]


ORGANISATIONS = "organisation_id,name_en,name_ko,kind,source_id\nx,X,가,un,s\ny,Y,나,ngo,s\nz,Z,다,building,s\n"
ACTS = """
event_id,organisation_id,event,date,role,source_id
a,x,opening,2012,primary,s
b,y,opening,../2014-06-26,primary,s
c,y,departure,2018/2022,primary,s
d,z,opening,2013,primary,s
"""


def test_an_organisation_is_there_from_its_opening_as_far_as_the_date_allows_and_a_building_is_none():
    table = present(world(sources=SOURCES, organisations=ORGANISATIONS, organisation_events=ACTS), ON).set_index("key")
    assert list(table.index) == ["x", "y"]
    days = table[["earliest", "latest", "may_leave", "left"]].apply(lambda column: column.dt.strftime("%Y-%m-%d"))
    assert days.loc["x"].tolist() == ["2012-01-01", "2012-12-31", "2020-06-30", "2020-06-30"]
    assert days.loc["y"].tolist() == ["2004-01-01", "2014-06-26", "2018-01-01", "2020-06-30"]


def test_an_organisation_is_there_from_its_last_possible_opening_to_the_day_before_it_may_leave():
    release = world(sources=SOURCES, organisations=ORGANISATIONS, organisation_events=ACTS)

    def states(on):
        rows = present(release, on).set_index("key")
        return {key: (row["sure"], row["there"]) for key, row in rows.iterrows()}

    assert states(date(2012, 12, 30))["x"] == (False, False)
    assert states(date(2012, 12, 31))["x"] == (True, True)
    assert states(date(2017, 12, 31))["y"] == (True, True)
    assert states(date(2018, 1, 1))["y"] == (True, False)


def test_a_part_in_a_network_is_told_from_the_first_day_on_which_it_may_have_begun():
    release = world(sources=SOURCES, network_memberships=MEMBERSHIPS)
    assert "chair" not in roles(release, date(2013, 10, 31))["membership"].tolist()
    assert "chair" in roles(release, date(2013, 11, 1))["membership"].tolist()


def test_a_source_that_says_otherwise_does_not_prolong_a_part():
    acts = "membership_id,network_id,membership,start,end,role,source_id\nm1,w,chair,2018,,primary,ahead\nm2,w,chair,2018,,{},late\n"
    sources = SOURCES + "late,Late,2020-02-01\n"
    for role, known in (("alternate", date(2020, 2, 1)), ("conflict", date(2019, 5, 1))):
        release = world(sources=sources, network_memberships=acts.format(role), coverage="")
        assert roles(release, ON)["known"].tolist() == [known]


def test_only_memberships_in_use_are_counted():
    acts = "membership_id,network_id,membership,start,end,role,source_id\na,n,member,1991,,primary,s\nb,m,member,1992,,conflict,s\n"
    acts += "c,o,chair,1993,,primary,s\n"
    assert read("network_memberships", world(sources=SOURCES, network_memberships=acts), ON).documented == 1


EVENTS = """
event_id,event_key,name_en,name_ko,kind,status,start,cities,participants,participants_kind,role,source_id
a,one,One,하나,event,held,2019-09-29,67,458,people,primary,s
b,one,One,하나,event,expected,2019-09-29,70,300,officials,conflict,ahead
c,one,One,하나,event,expected,2019-06,,,,conflict,ahead
d,one,One,하나,event,held,2019-09-29,60,12,speakers,conflict,s
e,two,Two,둘,event,expected,2019-11,40,,,primary,ahead
f,ahead,Ahead,앞,event,expected,2021,10,,,primary,ahead
g,call,Call,공모,call,held,2019,95,,,primary,s
"""


def test_reported_and_expected_figures_of_an_event_stand_apart_and_a_moved_date_is_told():
    table = hosted(world(sources=SOURCES, events=EVENTS), ON).set_index("event_key")
    assert list(table.index) == ["two", "one"]
    event = table.loc["one"]
    assert (event["cities_low"], event["cities_high"], event["cities_expected"]) == (60, 67, 70)
    # The 12 are speakers, not everybody who came.
    assert (event["participants_low"], event["participants_high"], event["participants_expected"]) == (458, 458, 300)
    assert (event["moved"], event["took_place"]) == ("2019-06", True)
    two = table.loc["two"]
    assert pd.isna(two["cities_high"])
    assert (two["cities_expected"], two["took_place"], two["moved"]) == (40, False, "")


@pytest.mark.parametrize(
    "announced, moved", [("2019-09-29", ""), ("2019-09", ""), ("2019-09-28", "2019-09-28"), ("2019-09-30", "2019-09-30")]
)
def test_an_event_was_moved_where_no_announced_day_was_its_own(announced, moved):
    rows = "\n".join(EVENTS.strip().splitlines()[:2]) + f"\nb,one,One,하나,event,expected,{announced},,,,conflict,ahead\n"
    assert hosted(world(sources=SOURCES, events=rows), ON)["moved"].tolist() == [moved]


def test_an_event_is_told_from_its_first_day_or_from_the_last_on_which_its_source_can_have_been_printed():
    heads = EVENTS.strip().splitlines()[0]
    release = world(
        sources="source_id,title,published\nmonth,M,2019-05\nnone,N,\n",
        events=f"{heads}\na,a,A,가,event,expected,2021,,,,primary,month\nb,b,B,나,event,held,2019-05-31,,,,primary,none\n",
    )
    days = (date(2019, 5, 30), date(2019, 5, 31))
    assert [known_events(release, on)["event_id"].tolist() for on in days] == [[], ["a", "b"]]


def test_what_else_was_counted_at_an_event_is_told_once_it_began_or_was_printed():
    """The sessions of 2021 are not known in 2020, unless a source printed by then announces them; counts of other things are no event's."""
    counts = "count_id,measure,dimension,as_of,value,unit,role,source_id\n"
    counts += "a,event_sessions,event:one,2019-09-29,4,sessions,primary,s\nb,event_sessions,event:later,2021,5,sessions,primary,s\n"
    counts += "c,event_sessions,event:told,2021,6,sessions,primary,ahead\nd,network_members,network:one,2019,7,members,primary,s\n"
    rows = other_figures(world(sources=SOURCES, published_counts=counts), ON)
    assert dict(zip(rows["event_key"], rows["value"], strict=True)) == {"one": 4, "told": 6}


@pytest.fixture(scope="module")
def release():
    return own_data()


def test_the_metropolis_congress_was_planned_for_june_and_held_in_september_2025(release):
    row = hosted(release, date(2026, 11, 22)).set_index("event_key").loc["metropolis-2025"]
    assert (row["moved"], row["start"]) == ("2025-06", "2025-09-29")
    assert [row[f"{figure}_high"] for figure in ("cities", "countries", "participants")] == [67, 49, 458]
    assert row["cities_expected"] == 70


def test_the_forum_of_2023_has_the_figures_that_its_articles_give_beside_who_came(release):
    rows = other_figures(release, date(2026, 11, 22))
    rows = rows[(rows["event_key"] == "wcsmf-2023") & (rows["role"] == "primary")]
    assert rows.set_index(rows["measure"].str.removeprefix("event_"))["value"].to_dict() == {
        **{"sessions": 4, "presentations": 12, "companies": 27, "exhibition_themes": 5, "policies": 8, "visits": 2},
        **{"tour_participants": 100, "international_organisations": 22, "bilateral_meetings": 9},
    }
    assert {*other_figures(release, date(2026, 11, 22))["event_key"]} <= {*release.tables["events"]["event_key"]}


def test_the_co_presidency_of_metropolis_runs_from_2024_to_2026(release):
    rows = roles(release, date(2025, 6, 30))
    (term,) = rows[(rows["network_id"] == "metropolis") & (rows["membership"] == "president")].to_dict("records")
    assert (term["start"], term["end"], term["running"]) == ("2024", "2026", True)


def test_a_part_without_an_end_is_known_until_its_newest_source_and_leads_no_longer():
    sources = "source_id,title,published\ns,S,2019-05\nt,T,2020-02-01\n"
    acts = (
        "membership_id,network_id,membership,start,end,role,source_id\nm1,w,chair,2018,,primary,s\nm2,w,chair,2018,,alternate,t\n"
        "m3,c,president,2018,2023,primary,s\n"
    )
    release = world(sources=sources, network_memberships=acts, coverage="")
    chair, president = roles(release, date(2022, 1, 1)).to_dict("records")
    assert (chair["known"], chair["may_end"], chair["over"]) == (date(2020, 2, 1), date(2020, 2, 1), date(2022, 1, 1))
    assert (chair["running"], president["running"]) == (False, True)  # the term was announced to 2023
    looked = "theme,until,note_en,note_ko\nnetworks,2022-06-01,Looked through,확인함\n"
    again = roles(world(sources=sources, network_memberships=acts, coverage=looked), date(2022, 1, 1))
    assert again["running"].tolist() == [True, True]


def test_an_organisation_without_an_end_fades_from_the_last_covered_day():
    acts = "event_id,organisation_id,event,date,role,source_id\ne,o,opening,2015-01-01,primary,s\n"
    tables = {"organisations": "organisation_id,name_en,kind,source_id\no,O,un,s\n", "organisation_events": acts, "coverage": ""}
    release = world(sources="source_id,title,published\ns,S,2018-03-01\n", **tables)
    (row,) = present(release, date(2022, 1, 1)).to_dict("records")
    assert (row["may_leave"].date(), row["left"].date()) == (date(2018, 3, 1), date(2022, 1, 1))
