"""Documented partners by region, decade and year, found and put in order: on a tiny world, with the sums in sight."""

from datetime import date

import pandas as pd
import pytest

from metrics.counting.groups import by_value
from metrics.schema.vocabulary import standard
from metrics.themes import partners_by
from metrics.themes.partnerships import documented_partners
from tests.worlds import world

ON = date(2020, 6, 30)
KINDS = ("sister", "friendship")
CITIES = """
city_id,name_en,name_ko,country_code,region,level,lat,lon
home,Home,홈,KR,Asia,city,37,127
bogota,Bogotá,보고타,CO,Latin America,city,4,-74
tokyo,Tokyo,도쿄,JP,Asia,city,35,139
hokkaido,Hokkaido,홋카이도,JP,Asia,prefecture,43,141
rome,Rome,로마,IT,Europe,city,41,12
oslo,Oslo,오슬로,NO,Europe,city,59,10
lima,Lima,리마,PE,Latin America,city,-12,-77
"""
AGREEMENTS = """
agreement_id,city_id,type,signed,role,source_id
bogota,bogota,sister,1982-05,primary,s1
tokyo-f,tokyo,friendship,1988-09-03,superseded,s2
tokyo,tokyo,sister,2011-01,primary,s3
tokyo-other,tokyo,memorandum,2015,other,s3
tokyo-undated,tokyo,memorandum,,other,s3
hokkaido,hokkaido,friendship,2010-10-15,primary,s1
rome,rome,sister,../2017-03-31,primary,s1
oslo,oslo,friendship,2009/2011,primary,s1
lima,lima,friendship,2019/2021,primary,s1
"""


@pytest.fixture
def release():
    return world(cities=CITIES, agreements=AGREEMENTS)


@pytest.fixture
def rows(release):
    return documented_partners(release, ON)


def table(frame: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_regions_come_in_their_order_with_what_is_certain_and_what_may_be(rows):
    # Asia: Tokyo and Hokkaido; Europe: Rome (by 2017) and Oslo (by 2011); Latin America: Bogota, and Lima perhaps only in 2021.
    assert table(by_value(rows, "region", standard("regions"))) == [("Asia", 2, 0), ("Europe", 2, 0), ("Latin America", 1, 1)]


def test_a_kind_is_that_of_the_act_in_force(rows):
    # Sister: Bogota, Tokyo (upgraded in 2011), Rome; friendship: Hokkaido and Oslo, Lima perhaps.
    assert table(by_value(rows, "type", KINDS)) == [("sister", 3, 0), ("friendship", 2, 1)]


def test_other_columns_have_the_largest_first(rows):
    assert table(by_value(rows, "country_code"))[0] == ("JP", 2, 0)


def test_a_partner_stands_in_the_year_of_its_first_act_and_a_vague_one_in_each_of_its_years(rows):
    years = partners_by.by_year(rows, ON).set_index("year")
    assert years.index.tolist() == list(range(1982, 2021))
    assert years.index[years["certain"] == 1].tolist() == [1982, 1988, 2010]
    # Oslo in 2009, 2010 or 2011; Lima in 2019 or 2020, since 2021 lies after the date.
    assert years.index[years["possible"] == 1].tolist() == [2009, 2010, 2011, 2019, 2020]


def test_decades_count_in_the_same_way(rows):
    # Oslo in the 2000s or the 2010s; Lima in the 2010s or the 2020s.
    expected = [(1980, 2, 0), (1990, 0, 0), (2000, 0, 1), (2010, 1, 2), (2020, 0, 1)]
    assert table(partners_by.by_year(rows, ON, 10)) == expected


def test_a_date_that_lies_in_the_last_year_but_perhaps_after_the_day_is_not_certain():
    release = world(cities=CITIES, agreements="agreement_id,city_id,type,signed,role,source_id\nlima,lima,sister,2020,primary,s1\n")
    assert table(partners_by.by_year(documented_partners(release, ON), ON)) == [(2020, 0, 1)]


def test_partners_without_a_first_day_stand_apart(rows):
    assert partners_by.undated(rows)["city_id"].tolist() == ["rome"]
    decades = partners_by.with_unknown(partners_by.by_year(rows, ON, 10), 1)
    assert table(decades)[-1] == (0, 0, 1)
    assert len(partners_by.with_unknown(partners_by.by_year(rows, ON, 10), 0)) == 5


def test_newest_are_acts_in_force_and_oldest_are_first_acts(rows):
    assert partners_by.newest(rows, 3)["city_id"].tolist() == ["tokyo", "hokkaido", "oslo"]  # Jan 2011, Oct 2010, perhaps as old as 2009
    assert partners_by.oldest(rows, 2)["city_id"].tolist() == ["bogota", "tokyo"]  # 1982 and 1988
    # Lima's date may lie ahead, and Rome's has no first day.
    assert partners_by.oldest(rows, 9)["city_id"].tolist() == ["bogota", "tokyo", "hokkaido", "oslo"]


def test_all_agreements_of_a_city_come_by_date_those_without_one_last(release):
    acts = partners_by.agreements_of(release, "tokyo")["agreement_id"].tolist()
    assert acts == ["tokyo-f", "tokyo", "tokyo-other", "tokyo-undated"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("bogota", ["bogota"]),  # without the accent
        ("BOGOTÁ", ["bogota"]),
        ("도쿄", ["tokyo"]),
        ("o o", ["bogota", "tokyo", "hokkaido", "rome", "oslo"]),  # each word somewhere
        ("tokyo 도쿄", ["tokyo"]),
        ("[a-z]+", []),  # a text, not a pattern
        ("  ", ["bogota", "hokkaido", "lima", "oslo", "rome", "tokyo"]),
        ("nowhere", []),
    ],
)
def test_a_search_compares_letters_without_case_and_accents(rows, text, expected):
    assert sorted(partners_by.matching(rows, text, ["name_en", "name_ko"])["city_id"]) == sorted(expected)


@pytest.mark.parametrize(
    "order, first_and_last",
    [("name", ("bogota", "tokyo")), ("country", ("bogota", "lima")), ("since", ("bogota", "rome")), ("type", ("bogota", "oslo"))],
)
def test_the_list_comes_in_the_order_asked_for(rows, order, first_and_last):
    named = rows.assign(name=rows["name_en"], country=rows["country_code"], began=rows["since"])
    placed = partners_by.in_order(named, order, KINDS)["city_id"].tolist()
    assert (placed[0], placed[-1]) == first_and_last
    assert set(partners_by.ORDERS) == {"name", "country", "since", "type"}


def test_countries_have_their_partners_with_sister_cities_first(rows):
    countries = partners_by.countries(rows.assign(name=rows["name_en"], country=rows["country_code"]), KINDS)
    assert table(countries)[0] == ("JP", 2, ["Tokyo", "Hokkaido"], ["sister", "friendship"], "Tokyo, Hokkaido")
    assert countries["country"].tolist() == ["JP", "CO", "IT", "NO", "PE"]


def test_the_first_year_is_that_of_the_first_certain_partner(rows):
    assert partners_by.first_year(rows) == 1982
    assert partners_by.first_year(rows.head(0)) is None


def test_a_year_is_given_only_where_the_date_settles_it(rows):
    years = dict(zip(rows["city_id"], partners_by.first_years(rows["since"]), strict=True))
    assert years["tokyo"] == 1988
    assert all(pd.isna(years[city]) for city in ("rome", "oslo", "lima"))


def test_no_partner_is_no_row_anywhere():
    none = documented_partners(world(cities=CITIES), ON)
    groups = partners_by.by_year(none, ON), partners_by.by_year(none, ON, 10), by_value(none, "region", standard("regions"))
    assert [len(part) for part in groups] == [0, 0, 0]
    assert len(partners_by.newest(none, 3)) == len(partners_by.oldest(none, 3)) == len(partners_by.undated(none)) == 0
    assert len(partners_by.matching(none, "x", ["name_en"])) == 0
    assert len(partners_by.countries(none.assign(name="", country=""), KINDS)) == 0


def test_the_frames_passed_in_are_not_changed(rows):
    named = rows.assign(name=rows["name_en"], country=rows["country_code"], began=rows["since"])
    before = named.copy(deep=True)
    partners_by.by_year(named, ON)
    by_value(named, "region", standard("regions"))
    partners_by.newest(named, 2)
    partners_by.matching(named, "o", ["name_en"])
    partners_by.in_order(named, "since", KINDS)
    partners_by.countries(named, KINDS)
    pd.testing.assert_frame_equal(named, before)


def test_a_partner_joined_by_the_last_day_of_its_date_and_at_no_time_without_one():
    rows = pd.DataFrame({"since": ["1982", "2012-05-14", "2012-05", "", "../2017-03-31"]})
    assert partners_by.joined(rows).fillna(0).tolist() == [1982.99, 2012.36, 2012.41, 0, 0]
