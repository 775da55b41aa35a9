"""The index by year: the published whole beside the plain mean of its domains."""

from datetime import date

import pytest

from metrics.themes.plan import compared_with, newest, years
from tests.worlds import own_data, world

COUNTS = """
count_id,measure,dimension,as_of,value,unit,role,source_id
w1,companion_index,,2023,110,index,primary,s
a1,companion_index,domain:housing,2023,100,index,primary,s
w2,companion_index,,2024,130,index,primary,s
a2,companion_index,domain:housing,2024,120,index,primary,s
b2,companion_index,domain:health,2024,130,index,primary,s
"""


@pytest.fixture
def release():
    return world(sources="source_id,title,published\ns,Page,2025-08\n", published_counts=COUNTS)


def test_the_mean_is_the_sum_of_the_domains_by_their_number(release):
    first, second = years(release, date(2025, 9, 1))
    assert (first.whole, first.mean) == (110, 100)
    assert (second.whole, second.mean) == (130, (120 + 130) / 2)


def test_the_newest_year_stands_beside_the_one_before_and_the_highest_domain_first(release):
    index = years(release, date(2025, 9, 1))
    rows = newest(index).fillna(0)
    assert rows[["kind", "domain", "value", "before"]].values.tolist() == [
        ["whole", "", 130, 110],
        ["mean", "", 125, 100],
        ["domain", "health", 130, 0],
        ["domain", "housing", 120, 100],
    ]
    assert compared_with(index) == 2023


def test_nothing_is_known_before_the_first_year_ends(release):
    assert years(release, date(2023, 12, 30)) == ()
    assert [year.year for year in years(release, date(2023, 12, 31))] == [2023]


def test_a_year_without_domains_has_no_mean():
    alone = COUNTS.strip().splitlines()
    only = years(world(sources="source_id,title\ns,Page\n", published_counts="\n".join(alone[:2])), date(2025, 9, 1))
    assert (only[0].whole, only[0].mean, len(newest(only)), compared_with(only)) == (110, None, 1, None)


def test_the_published_index_of_2024_is_not_the_plain_mean_of_its_domains():
    *_, last = years(own_data(), date(2026, 11, 22))
    assert (last.year, last.whole) == (2024, 130.6)
    # health, safety, livelihood and care, housing, education and culture, social cohesion
    assert last.mean == pytest.approx((156.5 + 148.9 + 127.8 + 120.3 + 111.3 + 95.6) / 6)
    assert round(last.mean, 1) == 126.7
