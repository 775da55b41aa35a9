"""Peer cities: partners in common and those that the home city lacks, worked by hand on a world of a few places."""

from datetime import date

import pytest

from metrics.themes import peers
from tests.worlds import world

ON = date(2026, 6, 30)
CITIES = """
city_id,name_en,name_ko,country_code,region,level,lat,lon,geoname_id
home,Home,홈,KR,Asia,city,37.5,127,1
a,Avon,에이번,GB,Europe,city,51.5,-0.1,2
b,Brae,브레이,GB,Europe,city,55,-3,
c,Coll Province,콜,FR,Europe,province,48.8,2.3,4
d,Dunn,던,JP,Asia,city,35,135,5
"""
AGREEMENTS = "agreement_id,city_id,type,signed,role,source_id\n" + "".join(
    f"{city}1,{city},{kind},2001-05-01,primary,s\n"
    for city, kind in {"a": "sister", "b": "friendship", "c": "sister", "d": "memorandum"}.items()
)
PLACES = """
place_id,name_en,name_ko,country_code,level,lat,lon,geoname_id,compared,source_id
own,Home City,,KR,city,37.5,127,1,,w
london,Avon,,GB,city,51.5,-0.1,2,,w
brae,BRÁE,,GB,city,55,-3,77,,w
brae-us,Brae,,US,city,40,-80,,,w
coll,Coll,,FR,city,48.8,2.3,4,,w
dunn,Dunn,,JP,city,35,135,5,,w
p,Peer,,KR,city,35,129,8,2,w
q,Quin,,JP,city,35.5,139,9,1,w
r,Rusk,,FR,city,45,5,10,,w
"""
SOURCES = "source_id,title,published\nw,A list,2026-02-08\ns,Ours,2001\n"
TIES = "peer_id,partner_id,source_id\n" + "".join(
    f"{peer},{partner},w\n"
    for peer, partners in {
        "p": ("own", "london", "brae", "coll", "q"),
        "q": ("brae-us", "dunn", "london", "p"),
        "own": ("london",),
    }.items()
    for partner in partners
)
COUNTS = """
peer_count_id,place_id,value,counted_en,as_of,role,source_id
n1,q,12,sister cities,2018,primary,s
n2,q,14,sister cities,2030,primary,s
n3,q,9,sister cities,,primary,s
n5,q,8,sister cities,2019,conflict,s
n4,r,3,partner cities,2020-05,primary,s
"""


def tiny(**more):
    own = {"cities": CITIES, "agreements": AGREEMENTS, "sources": SOURCES}
    return world(**{**own, "peer_places": PLACES, "peer_ties": TIES, "peer_counts": COUNTS, **more})


def test_a_place_of_the_list_is_known_by_its_number_and_level_else_by_country_and_name():
    # Brae, GB has no number of ours, so its name decides, whatever its accents; Brae, US is another. Coll is the seat of our province.
    places = peers.places(tiny())
    assert places["city_id"].to_dict() == {
        **{"own": "home", "london": "a", "brae": "b", "brae-us": "", "coll": "", "dunn": "d"},
        **{"p": "", "q": "", "r": ""},
    }
    assert places["near"].to_dict() == {name: "c" if name == "coll" else "" for name in places.index}


def test_partners_in_common_are_ours_by_the_register_and_one_in_doubt_counts_neither_way():
    # p: Avon and Brae are partners of ours; Coll may be Coll Province; q is none. q: Avon; Dunn is a memorandum only, so it is lacking;
    # p is in our own country.
    table = peers.side_by_side(tiny(), ON, ("q", "p"))
    assert table.to_dict("index") == {
        "q": {"common": 1, "lacking": 2, "doubt": 0, "listed": 3, "with_home": False},
        "p": {"common": 2, "lacking": 1, "doubt": 1, "listed": 4, "with_home": True},
    }


def test_what_is_not_listed_of_a_peer_is_unknown_and_not_zero():
    table = peers.side_by_side(tiny(), ON, ("r",))
    assert table.loc["r", ["common", "lacking", "doubt", "listed"]].isna().all()


def test_partners_of_peers_come_by_how_many_of_them_have_them():
    rows = peers.partners(tiny(), ON, ("q", "p"))
    assert rows["shared"].to_dict()["london"] == 2
    assert next(iter(rows.index)) == "london"
    assert rows.loc["london", "peers"] == ("q", "p")
    assert "own" not in rows.index
    assert set(rows.index[rows["standing"] == "lacking"]) == {"brae-us", "dunn", "q"}


def test_what_the_list_misses_of_the_home_city_is_counted():
    # Three partners on record (a memorandum makes none), one of them listed.
    assert peers.missed(tiny(), ON) == peers.Missed(1, 3)
    assert peers.missed(tiny(peer_ties="peer_id,partner_id,source_id\np,london,w\n"), ON) is None


def test_before_its_list_was_printed_a_peer_has_no_ties():
    before = date(2026, 2, 7)
    assert len(peers.ties(tiny(), before)) == 0
    assert peers.to_choose(tiny(), before) == ("q", "r")


def test_counts_are_those_known_by_the_date_the_newest_first_then_undated_ones_then_those_not_used():
    rows = peers.counts(tiny(), ON, ("r", "q"))
    assert list(rows["peer_count_id"]) == ["n4", "n1", "n3", "n5"]


def test_the_table_names_the_peers_that_are_compared_and_else_the_own_country_and_the_nearest_come_first():
    assert peers.usual(tiny(), ON) == ("q", "p")
    unnamed = PLACES.replace(",8,2,w", ",8,,w").replace(",9,1,w", ",9,,w")
    more = f"{TIES}r,london,w\n"
    assert peers.usual(tiny(peer_places=unnamed, peer_ties=more), ON) == ("p", "q", "r")
    assert peers.usual(tiny(home="city_id,source_id\nd,s\n", peer_places=unnamed, peer_ties=more), ON) == ("q", "p", "own", "r")


@pytest.mark.parametrize("chosen", [(), ("nowhere",)])
def test_nothing_chosen_or_an_unknown_place_gives_no_partners(chosen):
    assert len(peers.partners(tiny(), ON, chosen)) == 0
    assert len(peers.counts(world(), ON, chosen)) == 0
    assert not peers.is_recorded(world())
