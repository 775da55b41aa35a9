"""Contacts, relations without contact and anniversaries: on a tiny world, and on the real data by rows named in the comments."""

from datetime import date

import pytest

from metrics.indicators.registry import read
from metrics.themes import contacts
from metrics.themes.cities import in_name_order, nearest, neighbours
from metrics.themes.partnerships import documented_partners
from tests.worlds import own_data, world

ON = date(2026, 11, 22)
CITIES = """
city_id,name_en,name_ko,country_code,region
home,Home,홈,KR,Asia
a,Álamo,가,GB,Europe
b,berlin,나,DE,Europe
c,Cairo,다,EG,Africa
d,Dover,라,GB,Europe
"""
AGREEMENTS = """
agreement_id,city_id,type,signed,ended,role,source_id
a1,a,friendship,2016-02-29,,superseded,s
a2,a,sister,2023-09-26,,primary,s
b1,b,friendship,2007,,primary,s
b2,b,memorandum,2017-04-03,,conflict,s
b3,b,memorandum,2018,,alternate,s
c1,c,sister,../2017-03-31,,primary,s
d1,d,memorandum,2012-05,,other,s
"""
AREAS = "area_id,city_id,agreed,agreement_id,area_en,area_ko,role,source_id\ng1,b,2017-04-03,b2,Climate,기후,primary,s\n"
CONTACTS = """
contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id
k1,a,2025-05-01,event,mayor,held,Talks,면담,primary,s
k2,a,2026-05-01,event,mayor,announced,Notice,예고,primary,s
k3,b,2019,event,mayor,held,Show,공연,primary,s
k4,b,2025-01-01,event,mayor,held,Told otherwise,다름,conflict,s
k5,c,2018-09-01,event,mayor,announced,Notice,예고,primary,s
k6,b,2027-01-01,event,mayor,held,Later,나중,primary,s
"""


@pytest.fixture(scope="module")
def tiny():
    return world(cities=CITIES, agreements=AGREEMENTS, agreement_areas=AREAS, contacts=CONTACTS)


@pytest.fixture(scope="module")
def real():
    return own_data()


def test_only_a_contact_that_was_held_by_the_date_is_the_last_one(tiny):
    last = contacts.last_held(tiny, ON)["contact_id"]
    # k2 was announced, k4 says otherwise, k6 comes later; c has an announced one only.
    assert last.to_dict() == {"a": "k1", "b": "k3"}
    # On 30 June 2019 the contact "in 2019" may still come.
    assert "b" not in contacts.last_held(tiny, date(2019, 6, 30)).index


def test_a_partner_is_without_contact_where_nothing_was_held_or_signed_in_five_years(tiny):
    rows = contacts.relations(tiny, ON).set_index("city_id")
    # a: held in 2025. b: 2019 is before 2021-11-22, nothing signed since. c: announced only. d is no partner.
    assert rows["quiet"].to_dict() == {"a": False, "b": True, "c": True}
    # Up to the end of 2024 it may be less than five years since "2019": 2019-12-31 + 5 years = 2024-12-31.
    assert not contacts.relations(tiny, date(2024, 12, 30)).set_index("city_id").at["b", "quiet"]
    assert contacts.relations(tiny, date(2024, 12, 31)).set_index("city_id").at["b", "quiet"]


def test_relations_come_by_last_contact_and_those_without_one_last(tiny):
    rows = contacts.relations(tiny, ON)
    cells = rows[["city_id", "contacts", "announced", "years"]].to_numpy().tolist()
    # b's "2019" ended on 2019-12-31, six whole years before 2026-11-22.
    assert cells == [["a", 1, 1, 1], ["b", 1, 0, 6], ["c", 0, 1, -1]]
    named = rows.assign(name=rows["name_en"])
    assert contacts.put_in_order(named, "quiet")["city_id"].tolist() == ["c", "b", "a"]
    # c's tie has no date, so it has no anniversary: last. b: 20 years in 2027. a: 15 years on 2031-02-28.
    assert contacts.put_in_order(named, "anniversary")["city_id"].tolist() == ["b", "a", "c"]


def test_what_has_areas_of_its_own_was_signed_whatever_it_is_called(tiny):
    # b2 says otherwise of the kind, but its areas are on record; b3 repeats, and has none.
    assert contacts.acts(tiny, ON)["agreement_id"].tolist() == ["b1", "d1", "a1", "c1", "b2", "a2"]
    assert contacts.acts(tiny, date(2016, 6, 1))["certain"].tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("signed", "on", "years", "when"),
    [
        ("2016-02-29", ON, 15, "2031-02-28"),
        ("2007", ON, 20, "2027"),
        ("2006", ON, 20, "2026"),  # may still lie ahead in 2026
        ("2006-11-22", ON, 25, "2031-11-22"),  # 20 years are today
        ("2006-11-23", ON, 20, "2026-11-23"),
        ("2026-11-01", ON, 5, "2031-11-01"),
    ],
)
def test_an_anniversary_is_as_precise_as_its_date(signed, on, years, when):
    assert contacts.next_round(signed, on) == years
    assert contacts.years_later(signed, years) == when


def test_anniversaries_of_the_next_24_months_are_those_whose_date_may_fall_in_them(tiny):
    rows = contacts.ahead(tiny, ON)
    # To 2028-11-22: b1 20 years in 2027, b2 10 years on 2027-04-03, a2 5 years on 2028-09-26. d1 (2012-05) is due in 2027-05.
    cells = rows[["agreement_id", "years", "when", "first"]].to_numpy().tolist()
    assert cells[:2] == [["b1", 20, "2027", True], ["b2", 10, "2027-04-03", False]]
    assert cells[2:] == [["d1", 15, "2027-05", False], ["a2", 5, "2028-09-26", False]]
    assert contacts.next_of_each(tiny, ON).set_index("city_id")["agreement_id"].to_dict() == {"b": "b1", "a": "a2", "d": "d1"}


def test_the_indicator_counts_partners_with_a_contact_within_24_months_and_tells_vague_dates_apart(tiny):
    reading = read("partners_in_contact", tiny, ON)
    assert (reading.value, reading.lower, reading.upper, reading.added) == (1, 1, None, ("a",))
    # From 2018-06-01 to 2020-06-01: b's "2019" lies inside. From 2019-06-01 it may lie before.
    assert read("partners_in_contact", tiny, date(2020, 6, 1)).value == 1
    vague = read("partners_in_contact", tiny, date(2021, 6, 1))
    assert (vague.value, vague.upper, vague.possible) == (0, None, ("b",))


def test_the_24_months_begin_on_the_same_day_two_years_before():
    lines = CONTACTS.splitlines()[1] + "\nk1,a,{},event,mayor,held,T,면,{},s\nk9,zz,2026-11-01,event,mayor,held,T,면,primary,s\n"

    def reading(when, role="primary"):
        return read("partners_in_contact", world(cities=CITIES, agreements=AGREEMENTS, contacts=lines.format(when, role)), ON)

    assert [reading(when).value for when in ("2024-11-22", "2024-11-21", "2026-11-22")] == [1, 0, 1]
    assert [reading(when).possible for when in ("2024-11", "2024-10/2024-11-22", "2024-10-01/2024-11-21")] == [("a",), ("a",), ()]
    assert reading("2026-11-22", "conflict").value == 0


def test_only_partners_that_certainly_are_some_are_counted_as_in_contact():
    acts = "agreement_id,city_id,type,signed,ended,role,source_id\na1,a,sister,2026,,primary,s\n"
    met = CONTACTS.splitlines()[1] + "\nk1,a,2026-05-01,event,mayor,held,T,면,primary,s\n"
    release = world(cities=CITIES, agreements=acts, contacts=met)
    assert [read("partners_in_contact", release, on).value for on in (ON, date(2026, 12, 31))] == [0, 1]


def test_an_anniversary_lies_ahead_up_to_the_last_day_of_the_24_months_and_only_of_what_goes_on():
    head = "agreement_id,city_id,type,signed,ended,role,source_id\n"
    rows = "a1,a,sister,2008-11-22,,primary,s\nb1,b,sister,2008-11-23,,primary,s\nc1,c,sister,2007,2026-11-22,primary,s\n"
    rows += "d1,d,sister,2007-12,2026-11-23,primary,s\nd2,d,unclear,2007,,primary,s\n"
    assert contacts.ahead(world(cities=CITIES, agreements=head + rows), ON)["agreement_id"].tolist() == ["d2", "d1", "a1"]


def test_areas_that_are_not_in_use_make_no_act_of_their_agreement():
    release = world(cities=CITIES, agreements=AGREEMENTS, agreement_areas=AREAS.replace("primary", "conflict"))
    assert "b2" not in contacts.acts(release, ON)["agreement_id"].tolist()


def test_without_any_contact_no_contact_is_missed_and_nothing_is_counted():
    empty = world(cities=CITIES, agreements=AGREEMENTS)
    assert not contacts.on_record(empty)
    assert contacts.first_year(empty) is None
    assert not contacts.relations(empty, ON)["quiet"].any()
    assert read("partners_in_contact", empty, ON).value is None


def test_what_is_read_is_not_changed(tiny):
    before = {name: frame.copy() for name, frame in tiny.tables.items()}
    contacts.relations(tiny, ON), contacts.ahead(tiny, ON)
    assert all(frame.equals(before[name]) for name, frame in tiny.tables.items())


def test_cities_follow_one_another_by_name_and_the_last_by_the_first(tiny):
    assert in_name_order(tiny, "en") == ("a", "b", "c", "d")
    assert neighbours(tiny, "en", "a") == ("d", "b")
    assert neighbours(tiny, "en", "nowhere") == ("", "")
    assert neighbours(world(cities="city_id,name_en,name_ko\na,A,가\n"), "en", "a") == ("", "")


@pytest.mark.parametrize(
    ("text", "city"), [("lodnon", "london"), ("런덩", "london"), ("Bogota", "bogota"), ("LONDON", "london"), ("xyzzy", ""), ("", "")]
)
def test_a_misspelt_city_is_the_nearest_name(real, text, city):
    assert nearest(real, text) == city


def test_london_on_record(real):
    # agreements: london-friendship 2015-12-04 (areas g001 to g008), london-friendship-2 2017-04-03 (g009 to g017).
    acts = contacts.acts(real, ON)
    assert acts.loc[acts["city_id"] == "london", "signed"].tolist() == ["2015-12-04", "2017-04-03"]
    areas = contacts.by_then(real.tables["agreement_areas"], "agreed", "london", ON)
    assert areas.groupby("agreement_id", sort=False).size().to_dict() == {"london-friendship": 8, "london-friendship-2": 17 - 8}
    # contacts: c080 2015-12-04, c092 2017-03, c094 2017-04-03, c161 2020-06-02, all held.
    met = contacts.contacts_of(real, "london", ON)
    assert met.loc[met["held"], "contact_id"].tolist() == ["c161", "c094", "c092", "c080"]
    # 2026-11-22 less five years is 2021-11-22, after c161.
    assert contacts.relations(real, ON).set_index("city_id").at["london", "quiet"]
    coming = contacts.next_of_each(real, ON).set_index("city_id").loc["london"]
    assert (coming["years"], coming["when"]) == (10, "2027-04-03")


def test_all_areas_and_contacts_are_there_and_announced_ones_are_not_held(real):
    areas, met = real.tables["agreement_areas"], real.tables["contacts"]
    assert (len(areas), areas.groupby(["city_id", "agreed"]).ngroups, areas["city_id"].nunique()) == (242, 53, 39)
    assert (len(met), met["city_id"].nunique()) == (214, 63)
    # 54 rows that say so of themselves, and c008 and c077, whose sources announce too.
    assert (met["status"] == "announced").sum() == 54 + 2
    rows = contacts.recorded(real, ON)
    assert not rows.loc[rows["held"], "status"].eq("announced").any()
    # An area hangs on the agreement of its city and day; four acts of 16 areas are no agreement on record:
    # tokyo 2015-02-03 (3), beijing 2018-02-09 (4) and 2024-07-30 (5), ulaanbaatar 2015-09-20 (4).
    assert (areas["agreement_id"] == "").sum() == 3 + 4 + 5 + 4
    tied = areas.merge(real.tables["agreements"], on="agreement_id", suffixes=("", "_of"))
    assert tied["city_id"].eq(tied["city_id_of"]).all()
    assert tied["agreed"].eq(tied["signed"]).all()


def test_partners_in_contact_by_hand(real):
    # Held from 2024-11-22: c198 ankara, c199 lombardy, c200 milan, c201 ulaanbaatar, c204 dublin, c206 new-york, c207 tokyo, c208 hanoi.
    reading = read("partners_in_contact", real, ON)
    assert sorted(reading.added) == ["ankara", "dublin", "hanoi", "lombardy", "milan", "new-york", "tokyo", "ulaanbaatar"]
    assert reading.value == 8


def test_the_recency_of_contact_is_recent_older_or_silent_and_nothing_where_no_contact_is_recorded(tiny, real):
    cities = documented_partners(tiny, ON)["city_id"]
    known = dict(zip(cities, contacts.recency(tiny, ON, cities), strict=True))
    # Álamo met in May 2025; Berlin in 2019, and no later act counts; Cairo was only announced, and signed by March 2017.
    assert known == {"a": "recent", "b": "silent", "c": "silent"}
    on = date(2023, 12, 31)
    assert dict(zip(cities, contacts.recency(tiny, on, cities), strict=True))["b"] == "older"
    assert set(contacts.recency(world(cities=CITIES, agreements=AGREEMENTS), ON, cities)) == {""}
    # The map says what the reading and the list say.
    partners = documented_partners(real, ON)
    counts = contacts.recency(real, ON, partners["city_id"]).value_counts()
    assert counts["recent"] == read("partners_in_contact", real, ON).value
    assert counts["silent"] == (contacts.relations(real, ON)["quiet"]).sum()


def test_partners_without_contact_whose_anniversary_certainly_lies_ahead(tiny):
    # b, last met in 2019, was signed in 2007: its 20 years fall in 2027, whole within 24 months of ON, not of the first of 2025.
    assert contacts.quiet_ahead(tiny, ON)["city_id"].tolist() == ["b"]
    assert contacts.quiet_ahead(tiny, date(2025, 1, 1))["city_id"].tolist() == []
