"""States of relations, visits, announcements and concentration: on a tiny world whose sources were looked through to the end of 2025."""

from datetime import date

import pytest

from metrics.indicators.registry import read
from metrics.themes import relation_states
from tests.worlds import world

ON = date(2026, 6, 30)
COVERAGE = "theme,until,note_en,note_ko\ncontacts,2025-12-31,Read,읽음\npartnerships,2025-12-31,Read,읽음\n"
CITIES = """
city_id,name_en,name_ko,country_code,region
home,Home,홈,KR,Asia
a,Avon,가,GB,Europe
b,Brae,나,GB,Europe
c,Coll,다,FR,Europe
d,Dunn,라,JP,Asia
e,Esk,마,NZ,Oceania
"""
AGREEMENTS = "agreement_id,city_id,type,signed,role,source_id\n" + "".join(
    f"{city}1,{city},sister,2001-05-0{n},primary,s\n" for n, city in enumerate("abcde", 1)
)
CONTACTS = """
contact_id,city_id,date,kind,level,status,subject_en,subject_ko,place_en,place_ko,role,source_id
k1,a,2024-03-01,visit_to_home,mayor,held,Talks,면담,Home,홈,primary,s1
k2,b,2022-03-01,visit_by_home,mayor,held,Talks,면담,Brae,나,primary,s2
k3,c,2019-03-01,signing,mayor,held,Signing,체결,Coll,다,primary,s3
k4,d,2025-09-29,event,officials,announced,Congress,총회,Home,홈,primary,s4
k5,d,2025-12-15,event,officials,announced,Show,공연,Home,홈,primary,s4
k6,a,2023,signing,mayor,held,Signing,체결,Home,홈,primary,s1
k7,a,2024-03-01/2024-03-03,visit_to_home,mayor,announced,Notice,예고,Home,홈,primary,s5
k8,e,2021,anniversary,mayor,held,Ten years,10주년,Esk,마,primary,s6
k9,e,2020/2021,visit_to_home,mayor,held,Talks,면담,Home,홈,primary,s6
"""
STATES = """
state_id,city_id,state,date,reason_en,reason_ko,decided_by_en,decided_by_ko,role,source_id
q1,c,suspended,2019-06-01,War,전쟁,Council,의회,primary,s7
q2,b,active,2020,Old,예전,,,primary,s7
q3,b,quiet,2027-01-01,Later,나중,,,primary,s7
q4,a,ended,2025-01-01,Otherwise,다름,,,conflict,s7
"""


def tiny(**more):
    return world(**{"cities": CITIES, "agreements": AGREEMENTS, "contacts": CONTACTS, "coverage": COVERAGE, **more})


def by_city(rows, column):
    return rows.set_index("city_id")[column].to_dict()


def test_a_state_is_worked_out_from_contacts_up_to_the_day_to_which_sources_were_looked_through():
    # Counted back from 2025-12-31, not from the date: a's contact of March 2024 is within 24 months. b's of 2022 is within five years.
    # e's of 2021 may be of 1 January, five years less a day before. c: none since 2019. d: announced only.
    rows = relation_states.states(tiny(), ON)
    assert by_city(rows, "worked_out") == {"a": "active", "b": "occasional", "c": "quiet", "d": "quiet", "e": "occasional"}
    assert by_city(rows, "state") == by_city(rows, "worked_out")


def test_a_recorded_state_comes_first_and_only_from_its_day_on():
    rows = relation_states.states(tiny(relation_states=STATES), ON)
    assert by_city(rows, "state") == {"a": "active", "b": "active", "c": "suspended", "d": "quiet", "e": "occasional"}
    assert by_city(rows, "recorded") == {"a": "", "b": "active", "c": "suspended", "d": "", "e": ""}
    assert by_city(rows, "reason_en")["c"] == "War"
    assert by_city(relation_states.states(tiny(relation_states=STATES), date(2027, 1, 1)), "state")["b"] == "quiet"


def test_without_contacts_on_record_no_state_is_worked_out():
    assert set(relation_states.states(tiny(contacts=""), ON)["state"]) == {""}
    assert len(relation_states.proposals(tiny(contacts=""), ON)) == 0


def test_the_thresholds_are_data():
    rows = "threshold,value\nactive_months,60\nquiet_years,8\n"
    assert by_city(relation_states.states(tiny(thresholds=rows), ON), "worked_out") == {
        "a": "active",
        "b": "active",  # 2022-03-01 is after 2020-12-31
        "c": "occasional",  # 2019-03-01 is after 2017-12-31
        "d": "quiet",
        "e": "active",  # 2021 began after 2020-12-31
    }


def test_a_proposal_is_made_where_no_state_is_recorded_or_contacts_contradict_it():
    rows = relation_states.proposals(tiny(), ON)
    # d never met, then c (2019), then a (2024); b and e are neither.
    assert rows[["city_id", "proposal", "basis"]].to_numpy().tolist() == [["d", "quiet", "s"], ["c", "quiet", "s3"], ["a", "active", "s1"]]
    # a met after it was called quiet, c was suspended and has not met since, d is settled.
    decided = "state_id,city_id,state,date,role,source_id\nq1,a,quiet,2024-01,primary,s\n"
    decided += "q2,c,suspended,2019-06,primary,s\nq3,d,quiet,2025,primary,s\n"
    assert relation_states.proposals(tiny(relation_states=decided), ON)["city_id"].tolist() == ["a"]


def test_visits_are_told_apart_by_who_travelled():
    # In 2021 to 2025, received: k1, k6 (a signing at home); made: k2, k8 (an anniversary at the partner's). k9 may be of 2020.
    reading = read("visit_reciprocity", tiny(), ON)
    assert (reading.value, reading.documented, reading.possible) == (2 / 4, 4, ("k9",))
    assert (reading.lower, reading.upper) == (2 / 4, 3 / 5)
    assert read("visit_reciprocity", tiny(), date(2000, 1, 1)).value is None
    # The dinner of the next day is the same visit as k1.
    dinner = "k10,a,2024-03-02,visit_to_home,mayor,held,Dinner,만찬,Home,홈,primary,s1\n"
    assert read("visit_reciprocity", tiny(contacts=CONTACTS + dinner), ON).documented == 4


def test_an_announcement_waits_ninety_days_for_its_confirmation():
    # To 2025-12-31: k4 of 29 September is 93 days old, k5 of 15 December 16. k7 was held on a day that it allows.
    reading = read("unconfirmed_announcements", tiny(), ON)
    assert (reading.lower, reading.value, reading.upper) == (1, 1, 1)
    assert relation_states.unconfirmed(tiny(), ON)["contact_id"].tolist() == ["k4"]
    assert read("unconfirmed_announcements", tiny(thresholds="threshold,value\nconfirm_days,94\n"), ON).value == 0
    vague = tiny(contacts=CONTACTS.replace("2025-09-29", "2025-09/2025-10"))
    assert (read("unconfirmed_announcements", vague, ON).lower, read("unconfirmed_announcements", vague, ON).upper) == (0, 1)


def test_the_share_in_contact_is_a_minimum_of_the_partners_on_record():
    # From 2024-06-30 on nothing was held, and 2026 is not covered: unknown, not zero. On 2025-12-31 a of five.
    assert read("partner_contact_share", tiny(), ON).value is None
    reading = read("partner_contact_share", tiny(), date(2025, 12, 31))
    assert (reading.value, reading.lower, reading.upper) == (1 / 5, 1 / 5, None)


def test_concentration_is_that_of_the_partners_on_record():
    # GB 2, FR 1, JP 1, NZ 1 of 5: the three with most have 4.
    assert read("top_countries_share", tiny(), ON).value == 4 / 5
    # Asia, Europe and Oceania have one: four of seven have none on record.
    reading = read("regions_without_partner", tiny(), ON)
    assert (reading.lower, reading.value, reading.upper) == (0, 4, 4)


@pytest.mark.parametrize("indicator", [indicator.id for indicator in relation_states.INDICATORS])
def test_without_rows_nothing_is_claimed(indicator):
    assert read(indicator, world(), ON).value is None
