"""Terms, commitments, areas followed up and payments, on a tiny world."""

from datetime import date

import pytest

from metrics.indicators.registry import read, recorded
from metrics.themes import follow_through
from tests.worlds import world

ON = date(2026, 6, 30)
CITIES = "city_id,name_en,name_ko,country_code,region\nhome,Home,홈,KR,Asia\na,Avon,가,GB,Europe\nb,Brae,나,FR,Europe\n"
# 180 days after 2026-06-30 is 2026-12-27.
AGREEMENTS = """
agreement_id,city_id,type,signed,ended,valid_until,renews,role,source_id
a1,a,friendship,2010-01-01,,,,superseded,s
a2,a,sister,2016-01-01,,,,primary,s
a3,a,memorandum,2021-12-27,,2026-12-27,,other,s
a4,a,memorandum,2021-12-28,,2026-12-28,no,other,s
a5,a,memorandum,2020-06-29,,2026-06-29,,other,s
a6,a,memorandum,2015-06-29,,2020-06-29,yes,other,s
b1,b,friendship,2012,2020,,,primary,s
b2,b,memorandum,2013,,2026,,other,s
b3,b,memorandum,2027,,2030,,other,s
"""
COMMITMENTS = """
commitment_id,city_id,area_id,what_en,what_ko,side,agreed,due,state,settled,evidence_source_id,role,source_id
m1,a,,On time,제때,home,2020,2023,done,2023-05,s,primary,s
m2,a,,Late,늦게,home,2020,2023,done,2024-01-01,s,primary,s
m3,a,,Day unknown,모름,both,2020,2023,done,,s,primary,s
m4,a,,Overdue,지남,partner,2020,2026-06-29,open,,,primary,s
m5,a,,Perhaps,혹시,partner,2020,2026,open,,,primary,s
m6,a,,Dropped,철회,partner,2020,2021,dropped,2022,s,primary,s
m7,b,g3,Not yet,아직,both,2020,,open,,,primary,s
m8,b,g3,Future,나중,both,2026-07-01,,open,,,primary,s
m9,b,g3,Otherwise,다름,both,2020,,open,,,conflict,s
"""
UNDATED = "commitment_id,city_id,what_en,what_ko,side,state,role,source_id\nm1,a,Some day,언젠가,home,open,primary,s\n"
AREAS = """
area_id,city_id,agreed,agreement_id,area_en,area_ko,role,source_id
g1,a,2016-01-01,a2,Climate,기후,primary,s
g2,a,2016-01-01,a2,Tourism,관광,primary,s
g3,b,2012,b1,Water,물,primary,s
g4,b,2012,b1,Roads,도로,conflict,s
"""
CONTACTS = """
contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id
k1,a,2015-12-31,event,mayor,held,Before,전,primary,s
k2,a,2018,event,mayor,held,Climate,기후,primary,s
k3,a,2019,event,mayor,announced,Tourism,관광,primary,s
"""
PROJECTS = "export_id,project_en,project_ko,sector,status,started,role,source_id\nx1,Pipes,관,waterworks,completed,2014,primary,s\n"
LINKS = "evidence_id,area_id,contact_id,export_id\ne1,g1,k1,\ne2,g1,k2,\ne3,g2,k3,\ne4,g3,,x1\n"


def tiny(**more):
    return world(**{"cities": CITIES, "agreements": AGREEMENTS, **more})


def by(rows, key, column):
    return rows.set_index(key)[column].to_dict()


def test_the_term_of_an_agreement_is_read_on_the_date():
    rows = follow_through.terms(tiny(), ON)
    expected = {"a2": "open", "a3": "due", "a4": "running", "a5": "expired", "a6": "renews", "b1": "ended", "b2": "due"}
    assert by(rows, "agreement_id", "term") == expected
    # "2026" may already have passed.
    assert by(rows, "agreement_id", "perhaps") == {name: name == "b2" for name in expected}
    assert by(follow_through.terms(tiny(), date(2026, 6, 29)), "agreement_id", "term")["a5"] == "due"


def test_agreements_in_force_about_to_expire_and_expired_have_the_bounds_of_their_dates():
    release = tiny()
    # In force: a2 a3 a4 a6, perhaps b2. About to expire: a3, perhaps b2. Expired: a5, perhaps b2.
    readings = [read(f"agreements_{name}", release, ON) for name in ("in_force", "expiring", "expired")]
    assert [(reading.lower, reading.value, reading.upper) for reading in readings] == [(4, 4, 5), (1, 1, 2), (1, 1, 2)]
    # With 181 days a4 is near too.
    assert read("agreements_expiring", tiny(thresholds="threshold,value\ndue_days,181\n"), ON).value == 2


def test_a_seat_is_near_its_end_while_it_is_held_and_over_where_no_other_took_its_place():
    seats = "membership_id,network_id,membership,start,end,role,source_id\n"
    seats += "s1,n,president,2024,2026,primary,s\ns2,n,chair,2020,2026-06-29,primary,s\ns3,n,steering,2024,2027,primary,s\n"
    seats += "s4,n,host,2024,2026,primary,s\ns5,n,champion,2024,,primary,s\n"
    seats += "s6,m,chair,2020,2026-06-29,primary,s\ns7,m,chair,2016,2019,primary,s\n"
    release = tiny(networks="network_id,name_en,source_id\nn,Network,s\nm,Other,s\n", network_memberships=seats)
    assert by(follow_through.seats(release, ON), "membership_id", "term") == {"s6": "expired", "s1": "due"}


def test_a_commitment_is_open_overdue_done_or_dropped_on_the_date():
    rows = follow_through.commitments(tiny(commitments=COMMITMENTS), ON)
    expected = {"m1": "done", "m2": "done", "m3": "done", "m4": "overdue", "m5": "open", "m6": "dropped", "m7": "open"}
    assert by(rows, "commitment_id", "standing") == expected
    assert rows.loc[rows["perhaps"], "commitment_id"].tolist() == ["m5"]
    # In the summer of 2023 nothing of that year was due yet, and m2 was open.
    earlier = by(follow_through.commitments(tiny(commitments=COMMITMENTS), date(2023, 7, 1)), "commitment_id", "standing")
    assert (earlier["m1"], earlier["m2"], earlier["m4"]) == ("done", "open", "open")


def test_commitments_done_by_their_due_day_are_a_share_of_those_due():
    # Due: m1 m2 m3 m4; m6 was dropped, m5 has until the end of 2026. By the day: m1, perhaps m3.
    reading = read("commitments_on_time", tiny(commitments=COMMITMENTS), ON)
    assert (reading.lower, reading.value, reading.upper) == (1 / 4, 1 / 4, 2 / 4)
    assert read("commitments_on_time", tiny(), ON).value is None


def test_an_area_was_served_by_what_came_after_it():
    release = tiny(agreement_areas=AREAS, contacts=CONTACTS, policy_exports=PROJECTS, area_evidence=LINKS, commitments=COMMITMENTS)
    rows = follow_through.areas(release, ON)
    # k1 was before the agreement, k3 was announced only; m7 of g3 is open.
    cells = rows[["area_id", "contacts", "projects", "commitments", "served"]].to_numpy().tolist()
    assert cells == [["g1", 1, 0, 0, True], ["g2", 0, 0, 0, False], ["g3", 0, 1, 0, True]]
    assert not follow_through.areas(release, date(2017, 12, 31))["served"].iloc[0]
    assert (follow_through.areas_followed(release), follow_through.areas_followed(tiny(agreement_areas=AREAS))) == (True, False)


def test_payments_stand_by_city_and_are_never_added():
    fund = "observation_id,date,measure,fund,city_id,value,currency,role,source_id\n"
    fund += "f1,2018,disbursement,not_stated,a,5,USD,primary,s\nf2,2019,disbursement,not_stated,a,7,KRW,primary,s\n"
    fund += "f3,2020,disbursement,not_stated,,9,KRW,primary,s\nf4,2020,balance,cooperation_fund,a,9,KRW,primary,s\n"
    assert follow_through.payments(tiny(fund=fund), ON)["observation_id"].tolist() == ["f2", "f1"]
    assert follow_through.payments(tiny(fund=fund), date(2018, 12, 31))["observation_id"].tolist() == ["f1"]


@pytest.mark.parametrize(
    ("tables", "offered"),
    [
        ({}, {"agreements_in_force", "agreements_expiring", "agreements_expired"}),
        ({"agreements": "agreement_id,city_id,type,signed,role,source_id\na1,a,sister,2010,primary,s\n"}, {"agreements_in_force"}),
        (
            {"commitments": COMMITMENTS},
            {"agreements_in_force", "agreements_expiring", "agreements_expired", "commitments_on_time"},
        ),
        ({"agreements": "", "commitments": UNDATED}, {"agreements_in_force"}),
    ],
)
def test_an_indicator_is_offered_only_where_its_rows_are(tables, offered):
    ids = {indicator.id for indicator in follow_through.INDICATORS}
    assert ids.intersection(recorded(tiny(**tables))) == offered
