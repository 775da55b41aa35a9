"""Ties without a date of signing: in force, start unknown. They count from the first source that lists them and are never new."""

from datetime import date

import pytest

from metrics.counting.counting import documented
from metrics.indicators.course import course
from metrics.indicators.registry import read
from metrics.themes.contacts import acts
from metrics.themes.networks import organisation_register
from metrics.themes.partners_by import by_year, first_year, newest, oldest, undated
from metrics.themes.partnerships import documented_partners, register
from tests.metrics.indicators.test_indicators import CITIES
from tests.worlds import world

SOURCES = "source_id,title,published\nearly,List,2015-03\nlate,List,2020-02-08\nnone,Page,\n"
HEAD = "agreement_id,city_id,type,signed,ended,role,source_id,listed_source_id\n"
UNDATED = HEAD + "a1,avon,sister,,,primary,late,\nb1,brae,sister,,,primary,late,early\nc1,coll,friendship,,,primary,none,\n"
DATED = HEAD + "a1,avon,sister,,,primary,late,\nd1,dunn,sister,1990-05-01,,primary,late,\nc1,coll,friendship,2019-06-01,,primary,late,\n"
EVE, LISTED, TODAY = date(2020, 2, 7), date(2020, 2, 8), date(2020, 12, 31)


def ties(agreements: str, **more: str):
    return world(cities=CITIES, sources=SOURCES, agreements=agreements, **more)


def test_a_tie_without_a_date_counts_from_the_first_source_that_lists_it():
    # brae is on the list of March 2015, avon on that of 8 February 2020; coll's page has no date: as of the newest source on record.
    counts = [read("partner_cities", ties(UNDATED), on) for on in (date(2015, 3, 30), date(2015, 3, 31), EVE, LISTED)]
    assert [(c.value, c.documented, len(c.possible)) for c in counts] == [(0, 0, 3), (1, 1, 2), (1, 1, 2), (3, 3, 0)]


def test_a_row_that_says_the_same_may_be_the_first_to_list_a_tie():
    again = UNDATED + "a2,avon,sister,,,alternate,early,\n"
    assert read("partner_cities", ties(again), EVE).documented == 2


@pytest.mark.parametrize("id", ["partner_cities", "sister_cities", "partner_countries"])
def test_coming_on_record_without_a_date_is_no_change(id):
    previous = read(id, ties(UNDATED), TODAY).previous
    assert (previous.change, previous.reason.kind) == (None, "without_start")


def test_growth_of_five_years_is_not_told_where_ties_without_a_date_came_on_record():
    reading = read("partner_growth_5y", ties(DATED), TODAY)
    assert (reading.value, reading.formula.kind) == (None, "without_start")


def test_a_change_of_which_every_tie_is_dated_is_told():
    assert read("partner_cities", ties(DATED), date(2019, 12, 31)).previous.change == 1  # coll


def test_a_tie_without_a_date_is_not_new():
    reading = read("new_partners_5y", ties(DATED), TODAY)
    assert (reading.value, reading.added, reading.possible) == (1, ("coll",), ())
    assert reading.formula.fields["without_start"] == 1  # avon
    assert reading.upper is None or reading.upper >= 2


def test_where_no_start_is_known_nothing_is_said_of_new_partners():
    assert [read(id, ties(UNDATED), TODAY).value for id in ("new_partners_5y", "new_partner_share_5y")] == [None, None]


def test_no_line_rises_where_ties_without_a_date_come_on_record():
    steps = course(ties(DATED), "partner_cities", TODAY).steps
    assert [part["value"].iloc[[0, -1]].tolist() for _, part in steps.groupby("segment")] == [[0, 2], [3, 3]]


def test_the_course_of_ties_without_any_date_begins_with_the_first_list():
    only = HEAD + "a1,avon,sister,,,primary,late,\n"
    steps = course(ties(only), "partner_cities", TODAY).steps
    assert (steps["day"].iloc[0].date(), set(steps["value"])) == (LISTED, {1})


def test_a_tie_without_a_date_is_neither_newest_nor_oldest_and_stands_in_no_year():
    rows = documented_partners(ties(DATED), TODAY)
    assert newest(rows, 9)["city_id"].tolist() == ["coll", "dunn"]
    assert oldest(rows, 9)["city_id"].tolist() == ["dunn", "coll"]
    assert by_year(rows, TODAY)["certain"].sum() == 2
    assert undated(rows)[["city_id", "since", "became", "certain"]].to_numpy().tolist() == [["avon", "", "", True]]
    assert first_year(rows) == 1990
    assert first_year(documented_partners(ties(UNDATED), TODAY)) is None


def test_what_was_signed_on_an_unknown_day_is_certain_once_it_is_listed():
    assert [acts(ties(UNDATED), on)["certain"].sum() for on in (EVE, LISTED)] == [1, 3]


def test_an_upgrade_without_a_date_leaves_the_start_of_the_partner_as_it_is_known():
    upgraded = HEAD + "b1,brae,friendship,2001-05-01,,superseded,late,\nb2,brae,sister,,,primary,late,\n"
    release = ties(upgraded)
    assert read("partner_cities", release, TODAY).previous.change == 0
    on_the_eve, after = (documented_partners(release, on).iloc[0] for on in (EVE, LISTED))
    assert (on_the_eve["type"], on_the_eve["since"]) == ("friendship", "2001-05-01")
    assert (after["type"], after["since"], after["became"]) == ("sister", "2001-05-01", "")
    # On the eve the upgrade may have been: neither kind is certain. From the list on it is a sister city.
    assert [documented(register(release, tie), EVE) for tie in ("friendship", "sister")] == [0, 0]
    assert [documented(register(release, tie), LISTED) for tie in ("friendship", "sister")] == [0, 1]


def test_whoever_ended_on_an_unknown_day_is_neither_documented_as_there_nor_gone_before_a_source_says_so():
    ended = ties(HEAD + "a1,avon,sister,1990-05-01,../2020-02-08,primary,late,\n")
    reading, after = read("partner_cities", ended, EVE), read("partner_cities", ended, LISTED)
    assert (reading.documented, reading.lower, reading.ended) == (0, 0, ())
    assert (after.documented, after.value, after.ended) == (0, 0, ("avon",))
    assert documented_partners(ended, EVE)["certain"].tolist() == [False]
    assert documented_partners(ended, LISTED).empty


def test_an_organisation_that_left_on_an_unknown_day_is_gone_once_its_source_is_printed():
    events = "event_id,organisation_id,event,date,role,source_id\ne1,o,opening,2006,primary,none\ne2,o,departure,,primary,{source}\n"
    organisations = "organisation_id,name_en,kind\no,One,un\n"
    for source, ends in (("early", date(2015, 3, 31)), ("none", date.max)):
        release = world(sources=SOURCES, organisations=organisations, organisation_events=events.format(source=source))
        rows = organisation_register(release)
        assert documented(rows, date(2006, 12, 31)) == 0
        assert rows["end_latest"].iloc[0].date() == ends
