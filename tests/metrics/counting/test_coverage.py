"""Past the day until which sources were looked through, absence is not zero and nothing is unchanged."""

from datetime import date

import pytest

from metrics.counting.coverage import THEME_OF, THEMES, covered_until, last_covered, newest_source
from metrics.indicators.course import course
from metrics.indicators.registry import INDICATORS, read
from metrics.schema.tables import COVERED_THEMES, TABLES
from metrics.themes.contacts import relations
from metrics.themes.exports_by import by_year, projects
from tests.worlds import own_data, world

NEW_YEAR = date(2026, 1, 1)
SOURCES = "source_id,title,published\na,A,2023-05-10\nb,B,2024-02\nc,C,2025-06-01\n"
EVENT = "event_id,event_key,name_en,kind,status,start,role,source_id\n"
EVENTS = EVENT + "e1,e1,One,event,held,2023-05-02,primary,a\ne2,e2,Two,event,held,2024-02-03,primary,b\n"
CITIES = "city_id,name_en,country_code\nhome,Home,KR\nx,X,FR\ny,Y,DE\n"
ACTS = "agreement_id,city_id,type,signed,role,source_id\na1,x,sister,2010-03-01,primary,a\na2,y,sister,2022-03-01,primary,b\n"


def sparse(coverage: str = "", **tables: str):
    return world(sources=SOURCES, coverage=coverage, cities=CITIES, **tables)


def declared(theme: str, until: str) -> str:
    return f"theme,until,note_en,note_ko\n{theme},{until},Looked through,확인함\n"


def test_every_indicator_has_a_theme_and_every_theme_its_tables():
    assert set(THEME_OF) == set(INDICATORS)
    assert tuple(THEMES) == COVERED_THEMES
    assert {name for theme in THEMES.values() for name in theme.tables} <= set(TABLES)


def test_a_theme_is_covered_until_its_newest_source_that_carries_a_row_in_use():
    disputed = EVENTS + "e3,e3,Three,event,held,2025-05-30,disputed,c\n"
    # The source is printed in February 2024 and tells of the third, so not before it.
    assert covered_until(sparse(events=disputed), "events") == date(2024, 2, 3)
    assert covered_until(sparse(events=disputed), "contacts") is None


@pytest.mark.parametrize(
    "printed, when, day",
    [
        ("2015", "2015-06", date(2015, 6, 1)),  # not before what it tells of
        ("2015", "2015-12-31", date(2015, 12, 31)),
        ("2015-06-10", "2015-06", date(2015, 6, 10)),
        ("2015", "2016-01-01", date(2015, 1, 1)),  # it announces, and may have been printed on any day
        ("2015", "2014-12", date(2015, 1, 1)),
        ("", "2015-06", None),
    ],
)
def test_a_source_of_a_vague_date_is_no_older_than_what_it_tells_of(printed, when, day):
    event = EVENT + f"e1,e1,One,event,held,{when},primary,a\n"
    assert covered_until(world(coverage="", sources=f"source_id,title,published\na,A,{printed}\n", events=event), "events") == day


@pytest.mark.parametrize("role, day", [("primary", 2025), ("superseded", 2025), ("conflict", 2023), ("alternate", 2023), ("other", 2023)])
def test_only_a_row_in_use_covers_its_theme(role, day):
    acts = f"agreement_id,city_id,type,signed,role,source_id\na1,x,sister,2010,primary,a\na2,x,friendship,2011,{role},c\n"
    assert covered_until(sparse(agreements=acts), "partnerships").year == day


def test_the_last_covered_day_is_covered_and_the_newest_source_is_known_on_its_day():
    release = sparse(declared("partnerships", "2024-12-31"), agreements=ACTS)
    assert [read("partner_cities", release, on).previous.change for on in (date(2024, 12, 31), date(2025, 1, 1))] == [0, None]
    assert [newest_source(release, on) for on in (date(2024, 1, 31), date(2024, 2, 1))] == ["2023-05-10", "2024-02"]


def test_a_published_count_covers_the_theme_of_its_indicator():
    counts = "count_id,measure,as_of,value,unit,role,source_id\nn1,export_cities,2025-05,4,cities,primary,c\n"
    assert covered_until(sparse(published_counts=counts), "exports") == date(2025, 6, 1)


def test_the_table_of_coverage_goes_before_the_newest_source():
    assert covered_until(sparse(declared("events", "2025-12-31"), events=EVENTS), "events") == date(2025, 12, 31)


def test_events_of_a_year_that_is_covered_are_counted_and_compared():
    reading = read("events_hosted", sparse(events=EVENTS), date(2024, 2, 3))
    assert (reading.value, reading.lower, reading.upper) == (1, 1, None)
    assert reading.previous.change == 1  # none up to 3 Feb 2023
    assert reading.covered_until == date(2024, 2, 3)


def test_no_event_on_record_after_the_coverage_is_unknown_and_no_fall():
    reading = read("events_hosted", sparse(events=EVENTS), date(2025, 6, 1))
    assert (reading.value, reading.lower, reading.upper) == (None, 0, None)
    assert (reading.formula.kind, reading.formula.fields) == ("none_since", {"since": date(2024, 2, 3)})
    assert reading.previous.change is None


def test_what_was_recorded_before_the_coverage_ended_is_the_least():
    reading = read("events_hosted", sparse(events=EVENTS), date(2024, 12, 31))
    assert (reading.value, reading.lower, reading.upper) == (1, 1, None)
    assert reading.formula.fields["until"] == date(2024, 2, 3)
    assert reading.previous.change is None


def test_a_count_after_its_coverage_stands_and_is_not_called_unchanged():
    reading = read("partner_cities", sparse(agreements=ACTS), NEW_YEAR)
    assert reading.value == 2
    assert (reading.previous.value, reading.previous.change) == (2, None)
    assert reading.previous.reason.fields == {"since": date(2024, 2, 1)}
    assert read("partner_cities", sparse(agreements=ACTS), date(2024, 2, 1)).previous.change == 0


def test_nothing_is_said_to_be_missing_since_a_day_on_which_something_was_recorded():
    reading = read("partner_cities", sparse(declared("partnerships", "2020-01-01"), agreements=ACTS), NEW_YEAR)
    assert reading.previous.reason.fields == {"since": date(2022, 3, 1)}


def test_a_change_between_two_published_values_stays_known():
    counts = (
        "count_id,measure,as_of,value,unit,role,source_id\nn1,policy_manuals,2016,70,,primary,a\nn2,policy_manuals,2017,76,,primary,a\n"
    )
    assert read("policy_manuals", sparse(published_counts=counts), NEW_YEAR).previous.change == 6


def test_a_share_or_growth_of_years_that_are_not_covered_is_unknown():
    release = sparse(agreements=ACTS)
    assert read("new_partner_share_5y", release, date(2024, 2, 1)).value == 1 / 2
    assert read("partner_growth_5y", release, date(2024, 2, 1)).value == 1  # from one to two
    for indicator in ("new_partner_share_5y", "partner_growth_5y"):
        assert read(indicator, release, NEW_YEAR).value is None


def test_a_theme_without_any_dated_source_is_covered_until_no_day():
    reading = read("events_hosted", world(coverage="", events=EVENTS), date(2025, 1, 1))
    assert (reading.value, reading.covered_until) == (None, None)
    assert read("events_hosted", world(coverage="", events=EVENTS), date(2024, 3, 1)).previous.change is None


def test_a_line_ends_on_the_last_covered_day():
    release = sparse(agreements=ACTS)
    assert course(release, "partner_cities", NEW_YEAR).steps["day"].max().date() == date(2024, 2, 1)


def test_a_year_after_the_coverage_has_no_bar_of_zero():
    exports = "export_id,project_en,sector,status,started,role,source_id\nx1,P,transport,completed,2021,primary,a\n"
    release = sparse(policy_exports=exports)
    years = by_year(projects(release, NEW_YEAR), last_covered(release, "exports", NEW_YEAR))
    assert years["year"].tolist() == [2021, 2022, 2023]


def test_a_relation_is_not_without_contact_for_years_that_nobody_looked_through():
    contacts = "contact_id,city_id,date,kind,status,role,source_id\nc1,y,2019-06-01,visit_to_home,held,primary,a\n"
    release = sparse(contacts=contacts, agreements=ACTS.replace("2022-03-01", "2012-03-01"))
    quiet = relations(release, NEW_YEAR).set_index("city_id")["quiet"]
    assert quiet.to_dict() == {"x": True, "y": False}  # five years before 10 May 2023, when the record ends


def test_the_newest_source_is_that_of_a_row_in_use_whose_date_cannot_be_older():
    sources = "source_id,title,published\na,A,2019-11-20\nb,B,2019\nc,C,2021\nd,D,\ne,E,2021-05-01\nf,F,2021-05-02\n"
    acts = ACTS.replace("primary,b", "primary,c") + "a3,x,friendship,2021,disputed,e\n"
    acts += "a4,x,memorandum,,primary,d\na5,y,memorandum,,primary,b\n"
    release = world(sources=sources, cities=CITIES, agreements=acts)
    days = (date(2019, 12, 31), date(2021, 6, 1), date(2018, 1, 1))
    assert [newest_source(release, on) for on in days] == ["2019-11-20", "2021", ""]


def test_the_age_in_the_header_is_not_that_of_a_list_used_in_disputed_rows_only():
    assert newest_source(own_data(), date(2026, 11, 29)) == "2025-12-18"


@pytest.mark.parametrize("indicator", INDICATORS)
def test_no_reading_of_the_real_data_takes_the_time_after_its_sources_for_unchanged(indicator):
    reading = read(indicator, own_data(), date(2026, 11, 29))
    assert reading.covered_until < date(2026, 11, 29)
    assert reading.previous is None or reading.previous.change is None
    if indicator in ("events_hosted", "partners_in_contact", "new_partners_5y"):
        assert reading.value != 0
        assert reading.upper is None
