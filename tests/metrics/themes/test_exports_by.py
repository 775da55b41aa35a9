"""Policy exports in groups, on a world of a few rows, and the arithmetic of the real split."""

from datetime import date

import pandas as pd
import pytest

from metrics.schema.tables import TABLES
from metrics.schema.vocabulary import standard
from metrics.themes import exports_by
from metrics.themes.policy_exports import EXPORTED
from metrics.themes.policy_exports import without_year as undated
from publishing.store.release_cache import current_release
from tests.worlds import EMPTY, world

ON = date(2020, 6, 30)
SOURCES = """
source_id,title,publisher,url,published
s,Page,City,,2019-05-01
old,Page,City,,2016
none,Page,City,,
"""
TERRITORIES = """
country_code,name_en,name_ko,name_source,boundary_source_id,source_id
AA,Alpha,알파,s,s,s
BB,Beta,베타,s,s,s
CC,Gamma,감마,s,s,s
"""
CITIES = """
city_id,name_en,name_ko,country_code,region,level,lat,lon,name_source,source_id
home,Home,집,CC,Asia,city,37,127,s,s
alda,Alda,알다,AA,Europe,city,50,10,s,s
asto,Asto,아스토,AA,Europe,city,51,11,s,s
"""
PROJECTS = """
export_id,project_en,project_ko,sector,status,started,partner,role,source_id
p1,Cards,카드,transport_card,awarded,2014,Maker,primary,s
p2,Buses,버스,transport,completed,2015-03,,primary,s
p3,Rails,철도,urban_railway,listed,2015/2016,,primary,s
p4,Pipes,수도관,waterworks,listed,../2017-03-31,,primary,s
p5,Undated,미상,waterworks,operating,,,primary,none
p6,Cards again,카드 재기록,transport_card,operating,2016,,conflict,s
p7,Plan,계획,transport,planned,2018,,primary,old
p8,Gift,선물,fire_and_rescue,gift,,,primary,s
p9,Later,나중,transport,awarded,2021,,primary,s
"""
PLACES = """
export_id,place_no,country_code,city_id,place_en,place_ko
p1,1,AA,alda,,
p1,2,CC,home,,
p2,1,AA,,,
p3,1,BB,,North,북부
p4,1,AA,alda,,
p6,1,AA,alda,,
p7,1,AA,asto,,
p8,1,AA,alda,,
"""
COUNTS = """
count_id,measure,dimension,as_of,value,unit,role,source_id
w,exported_projects,,2017-03,9,projects,primary,s
t,exported_projects,sector:transport,2017-03,4,projects,primary,s
r,exported_projects,sector:urban_railway,2017-03,1,projects,primary,s
"""


@pytest.fixture(scope="module")
def tiny():
    return world(
        sources=SOURCES, territories=TERRITORIES, cities=CITIES, policy_exports=PROJECTS, export_places=PLACES, published_counts=COUNTS
    )


@pytest.fixture(scope="module")
def rows(tiny):
    return exports_by.projects(tiny, ON)


def pairs(frame, column):
    return {name: (value, possible) for name, value, possible in frame[[column, "value", "possible"]].itertuples(index=False)}


def test_what_begins_later_is_not_there_and_what_may_have_begun_is(rows):
    assert set(rows["export_id"]) == {"p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"}
    assert exports_by.documented(rows) == 4  # p1 to p4; p5 has no date, p6 contradicts p1, p7 and p8 do not count


def test_sectors_count_what_is_certain_and_what_is_possible(rows):
    expected = {"transport_card": (1, 0), "transport": (1, 0), "urban_railway": (1, 0), "waterworks": (1, 1)}
    assert pairs(exports_by.by_sector(rows, standard("sectors")), "sector") == expected


def test_all_four_counted_states_are_shown_and_the_others_apart(rows):
    counted = pairs(exports_by.by_status(rows), "status")
    assert counted == {"awarded": (1, 0), "operating": (0, 1), "completed": (1, 0), "listed": (2, 0)}
    assert pairs(exports_by.not_counted(rows), "status") == {"planned": (1, 0), "gift": (1, 0)}


def test_what_is_not_counted_is_certain_once_its_source_is_printed(tiny):
    early = exports_by.projects(tiny, date(2018, 6, 30)).set_index("export_id")["certain"]
    assert early["p7"]  # begins some day of 2018, but its source told of it in 2016
    assert not early["p8"]  # without a date, and printed in May 2019


def test_a_region_comes_from_the_city_else_from_its_country_else_it_is_not_recorded(tiny, rows):
    went = exports_by.places(tiny)
    # p1 went to Europe and to Asia, p2 to a country whose cities are all in Europe, p3 to a country without a city.
    assert pairs(exports_by.by_region(rows, went, standard("regions")), "region") == {"Asia": (1, 0), "Europe": (3, 0), "": (1, 0)}


def test_a_country_in_two_regions_gives_none(tiny):
    divided = world(sources=SOURCES, cities=CITIES + "faro,Faro,파로,AA,Africa,city,0,0,s,s\n", export_places=PLACES)
    regions = exports_by.places(divided).set_index(["export_id", "place_no"])["region"]
    assert regions["p2", 1] == ""
    assert regions["p1", 1] == "Europe"


def test_a_filter_of_regions_keeps_what_went_there(tiny, rows):
    chosen = exports_by.within(rows, exports_by.places(tiny), ("Asia",))
    assert list(chosen["export_id"]) == ["p1"]
    assert exports_by.within(rows, exports_by.places(tiny), ()) is rows


def test_years_hold_certain_starts_and_hatch_the_unsettled_ones(rows):
    years = exports_by.by_year(rows, ON).set_index("year")
    assert years.index.tolist() == list(range(2014, 2021))
    assert years["certain"].to_dict() == {2014: 1, 2015: 1, 2016: 0, 2017: 0, 2018: 0, 2019: 0, 2020: 0}
    assert years.loc[[2015, 2016], "possible"].tolist() == [1, 1]
    assert exports_by.without_year(rows) == 2  # p4 says only "by then", p5 nothing


@pytest.mark.parametrize(
    "started, on, expected",
    [
        ("2020/2022", date(2020, 6, 30), [(2020, 0, 1)]),  # 2021 and 2022 are possible too, and lie ahead
        ("2020/2022", date(2021, 12, 31), [(2020, 0, 1), (2021, 0, 1)]),
        ("2020", date(2020, 6, 30), [(2020, 0, 1)]),  # perhaps in its second half
        ("2020", date(2020, 12, 31), [(2020, 1, 0)]),
        ("2020-03", date(2020, 6, 30), [(2020, 1, 0)]),
    ],
)
def test_a_start_is_certain_in_a_year_only_where_its_own_last_day_is_reached(started, on, expected):
    release = world(sources=SOURCES, policy_exports=f"export_id,status,started,role,source_id\nx,completed,{started},primary,s\n")
    years = exports_by.by_year(exports_by.projects(release, on), on)
    assert [tuple(row) for row in years.itertuples(index=False)] == expected


def test_of_the_citys_projects_three_had_certainly_begun_in_a_known_year_by_2008():
    on = date(2008, 12, 31)
    assert exports_by.by_year(exports_by.projects(current_release(), on), on)["certain"].sum() == 3


def test_a_project_without_a_year_is_undated_or_has_no_first_day():
    release, on = current_release(), date(2026, 11, 22)
    rows = exports_by.projects(release, on)
    undated_at_all = int((rows["counted"] & (rows["started"] == "")).sum())
    assert exports_by.without_year(rows) == undated(release, on) + undated_at_all


def test_the_split_stands_beside_what_was_documented_by_its_own_day(tiny):
    split = exports_by.split(tiny, ON)
    assert (split.as_of, split.whole, split.itemised) == ("2017-03", 9, 5)
    rows = split.rows.set_index("sector")
    # The published transport holds our fare cards (p1) and our transport (p2).
    assert rows.loc["transport", ["published", "value", "possible"]].tolist() == [4, 2, 0]
    assert rows.loc["urban_railway", ["published", "value", "possible"]].tolist() == [1, 1, 0]
    # 9 - 4 - 1 = 4 are not itemised; of ours, p4 (by 31 March) is in another sector for sure and p5 perhaps.
    assert rows.loc["", ["published", "value", "possible"]].tolist() == [4, 1, 1]


def test_before_it_was_published_there_is_no_split(tiny):
    assert exports_by.split(tiny, date(2017, 3, 30)) is None


def test_the_real_split_itemises_40_of_45():
    split = exports_by.split(current_release(), date(2026, 11, 22))
    assert (split.whole, split.itemised) == (45, 22 + 6 + 5 + 5 + 2)
    assert split.rows["published"].tolist() == [22, 6, 5, 5, 2, 5]


def test_every_sector_and_state_of_the_table_has_its_place():
    fields = TABLES["policy_exports"].columns
    assert set(EXPORTED) | set(exports_by.NOT_COUNTED) == set(fields["status"].metadata["field"].allowed)
    assert {ours for sector, inside in exports_by.INSIDE.items() for ours in (sector, *inside)} <= set(standard("sectors"))


def test_the_register_alone_ends_at_what_is_documented():
    release, on = current_release(), date(2026, 11, 22)
    steps = exports_by.documented_steps(release, on)
    assert steps["value"].iloc[-1] == exports_by.documented(exports_by.projects(release, on))
    assert steps["value"].is_monotonic_increasing


def test_the_longest_silence_is_told_if_it_lasted():
    published = pd.DataFrame({"day": pd.to_datetime(["2010-01-01", "2014-06-01", "2015-01-01"]), "value": [3.0, 5.0, 6.0]})
    gap = exports_by.silence(published).iloc[0]
    assert (gap["since"].year, gap["until"].year, gap["years"], gap["before"], gap["after"]) == (2010, 2014, 4, 3, 5)
    assert exports_by.silence(published, least=5).empty
    assert len(exports_by.silence(published, least=4)) == 1  # a silence of just so many years


def test_named_cities_carry_their_counted_and_uncounted_projects(tiny, rows):
    cities = exports_by.on_the_map(tiny, rows).set_index("city_id")[["exported", "shown"]]
    assert cities.loc["alda"].tolist() == [2, 1]  # p1 and p4; p8 is a gift, p6 another source
    assert cities.loc["asto"].tolist() == [0, 1]
    assert exports_by.without_city(tiny, rows) == 2  # p2 and p3; p5 is not certain
    assert exports_by.without_city(tiny, rows[rows["export_id"] != "p1"]) == 2
    assert set(exports_by.at_city(tiny, rows, "alda")["export_id"]) == {"p1", "p4", "p8"}


def test_search_reads_names_places_and_partners_in_both_languages(tiny, rows):
    def ids(text):
        return set(exports_by.matching(tiny, rows, text)["export_id"])

    assert ids("  MAKER ") == {"p1"}
    assert ids("버스") == {"p2"}
    assert ids("북부") == {"p3"}
    assert ids("asto") == {"p7"}
    assert ids("[") == set()
    assert exports_by.matching(tiny, rows, " ") is rows


def test_sector_and_state_narrow_the_list(rows):
    assert set(exports_by.chosen(rows, "transport", "")["export_id"]) == {"p2", "p7"}
    assert set(exports_by.chosen(rows, "", "shown")["export_id"]) == {"p7", "p8"}
    assert set(exports_by.chosen(rows, "", "operating")["export_id"]) == {"p5", "p6"}


def test_the_list_begins_with_the_newest_and_ends_with_what_has_no_date(rows):
    order = exports_by.listed(rows)["export_id"].tolist()
    assert order[0] == "p7"
    assert order[-2:] == ["p5", "p8"]


def test_records_of_one_place_and_field_are_told_together(tiny):
    assert exports_by.alike(tiny, "p1")["export_id"].tolist() == ["p6"]
    assert exports_by.alike(tiny, "p3").empty


def test_frames_that_come_in_are_not_changed(tiny, rows):
    before = rows.copy()
    exports_by.by_sector(rows, ()), exports_by.by_year(rows, ON), exports_by.listed(rows), exports_by.matching(tiny, rows, "a")
    pd.testing.assert_frame_equal(rows, before)


def test_an_empty_release_gives_empty_frames():
    nothing = world(**EMPTY)
    rows = exports_by.projects(nothing, ON)
    assert exports_by.documented(rows) == 0
    assert exports_by.split(nothing, ON) is None
    assert exports_by.by_year(rows, ON).empty
    assert exports_by.by_sector(rows, ()).empty
    assert exports_by.on_the_map(nothing, rows).empty
    assert exports_by.documented_steps(nothing, ON)["value"].max() == 0
