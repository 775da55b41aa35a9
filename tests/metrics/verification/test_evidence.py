"""What rests on a source, and which rows stand beside those that say otherwise."""

from datetime import date

import pandas as pd
import pytest

from metrics.schema.tables import TABLES
from metrics.verification.evidence import FACTS, cited, contradictions, rests, undated_counts
from tests.worlds import world

SOURCES = "source_id,title,published\ns,One,2020-01-01\nr,Two,2020-01-01\n"
CITIES = "city_id,name_en,name_ko,country_code,region,level,source_id\nparis,Paris,파리,FR,Europe,city,s\nrome,Rome,로마,IT,Europe,city,s\n"


def agreements(*rows: str):
    text = "agreement_id,city_id,type,signed,role,source_id,listed_source_id\n" + "\n".join(rows)
    return world(sources=SOURCES, cities=CITIES, agreements=text)


def test_a_row_rests_once_on_a_source_however_often_it_names_it():
    release = agreements("a,paris,sister,1991,primary,s,s", "b,rome,sister,2000,primary,r,s")
    counts = rests(release).set_index(["source_id", "table"])["rows"].to_dict()
    assert counts == {("s", "agreements"): 2, ("r", "agreements"): 1, ("s", "cities"): 2, ("s", "home"): 1}


def test_a_release_without_rows_rests_on_nothing():
    assert rests(world(home="")).empty


def test_an_indicator_cites_the_sources_of_its_value_and_of_its_target():
    fund = "observation_id,date,measure,fund,value,currency,role,source_id\nb,2016,balance,cooperation_fund,5,KRW,primary,s\n"
    aims = "target_id,indicator,value,unit,set_on,due,role,source_id\nt,fund_balance,10,KRW,2017,2020,primary,r\n"
    read = cited(world(sources=SOURCES, fund=fund, targets=aims), date(2021, 1, 1))
    assert "fund_balance" in read["s"]
    assert "fund_balance" in read["r"]


def pairs(release) -> list[tuple[list[str], list[str]]]:
    """The ids of used and contradicting rows of each fact."""
    return [(fact.used.iloc[:, 0].tolist(), fact.otherwise.iloc[:, 0].tolist()) for fact in contradictions(release)]


def test_agreements_of_the_same_city_and_type_stand_together_and_other_roles_do_not_matter():
    release = agreements(
        "a,paris,sister,1991,primary,s,",
        "b,paris,sister,1990,conflict,s,",
        "c,paris,sister,1989,disputed,r,",
        "d,paris,sister,1991,alternate,s,",
        "e,rome,sister,2000,primary,s,",
    )
    assert pairs(release) == [(["a"], ["b", "c"])]


def test_an_agreement_of_another_type_stands_beside_the_city_s_own_one():
    release = agreements("a,paris,sister,1991,primary,s,", "b,paris,memorandum,1991,conflict,s,", "c,rome,unclear,,disputed,s,")
    assert pairs(release) == [(["a"], ["b"]), ([], ["c"])]


def test_what_was_replaced_later_is_what_a_conflict_about_it_contradicts():
    release = agreements(
        "a,paris,sister,2023,primary,s,", "b,paris,friendship,2016-07,superseded,s,", "c,paris,friendship,2016-08,conflict,s,"
    )
    assert pairs(release) == [(["b"], ["c"])]


@pytest.mark.parametrize(
    "as_of, beside",
    [
        ("2017-07", ["n2"]),  # 3 July lies within July
        ("2017-04", ["n1"]),  # a month after March, three before July
        ("2018-07-04", ["n2"]),  # 366 days after
        ("2018-07-05", []),
        ("2019", []),  # more than a year after both
        ("", []),
    ],
)
def test_counts_are_compared_with_the_nearest_one_of_the_same_measure_and_part(as_of, beside):
    counts = (
        "count_id,measure,dimension,as_of,value,unit,role,source_id\n"
        "n1,partner_cities,,2017-03,57,cities,primary,s\n"
        "n2,partner_cities,,2017-07-03,58,cities,primary,s\n"
        "n3,partner_cities,region:Europe,2017-07,17,cities,primary,s\n"
        f"n4,partner_cities,,{as_of},56,cities,conflict,s\n"
    )
    assert pairs(world(sources=SOURCES, published_counts=counts)) == [(beside, ["n4"])]


def test_projects_are_not_matched_by_their_names():
    text = (
        "export_id,project_en,project_ko,sector,status,role,source_id\n"
        "x1,Cards,카드,transport_card,awarded,primary,s\n"
        "x2,Cards,카드,transport_card,awarded,conflict,s\n"
    )
    assert pairs(world(sources=SOURCES, policy_exports=text)) == [([], ["x2"])]


def test_every_table_with_roles_is_looked_at():
    assert set(FACTS) == {name for name, schema in TABLES.items() if "role" in schema.columns}


def test_counts_without_a_date_are_found():
    counts = (
        "count_id,measure,as_of,value,unit,role,source_id\n"
        "n1,b_cities,,3,cities,primary,s\nn2,a_cities,,2,cities,other,s\nn3,a_cities,2020,1,cities,primary,s\n"
        "n4,partner_cities,2018/2024,71,cities,primary,s\nn5,event_days,2018-01-01/2018-01-03,3,days,primary,s\n"
    )
    assert undated_counts(world(sources=SOURCES, published_counts=counts))["count_id"].tolist() == ["n2", "n1", "n4"]


def test_the_tables_passed_in_are_not_changed():
    release = agreements("a,paris,sister,1991,primary,s,", "b,paris,sister,1990,conflict,s,")
    before = {name: rows.copy(deep=True) for name, rows in release.tables.items()}
    for work in (rests, contradictions, undated_counts):
        work(release)
    for name, rows in release.tables.items():
        pd.testing.assert_frame_equal(rows, before[name])
