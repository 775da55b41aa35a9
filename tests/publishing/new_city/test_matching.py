"""Places of a list in the gazetteer: what is taken as clear, what is left to a person, and what is the same."""

import pytest

from publishing.new_city.countries import Countries, currency, languages, name, region
from publishing.new_city.folding import folded
from publishing.new_city.gazetteer import beginning_with, named
from publishing.new_city.lists import read_text
from publishing.new_city.matching import NONE, OUTSIDE, SEVERAL, decided, level_of, matched, typed_place
from tests.worlds import own_data


@pytest.fixture(scope="module")
def match():
    countries = Countries()
    return lambda *lines: matched(read_text("\n".join(lines) + "\n", countries)[0])


def summary(matches):
    return [(m.place.name, m.place.country) if m.place else m.doubt for m in matches]


def test_clear_places_are_taken_in_any_spelling(match):
    lines = (
        "München, Germany",
        "St. Petersburg, Russia",
        "Cork, Republic of Ireland",
        "부산, 대한민국",
        "上海市, 中国",
        "Krakow, Poland",
        "Reykjavik, Iceland",
    )
    assert summary(match(*lines)) == [
        ("Munich", "DE"),
        ("Saint Petersburg", "RU"),
        ("Cork", "IE"),
        ("Busan", "KR"),
        ("Shanghai", "CN"),
        ("Kraków", "PL"),
        ("Reykjavík", "IS"),
    ]


def test_several_places_of_a_name_are_left_to_a_person(match):
    (springfield,) = match("Springfield, USA")
    assert (springfield.place, springfield.doubt, springfield.entry.row) == (None, SEVERAL, 1)
    assert {place.name for place in springfield.places} == {"Springfield"}
    assert summary(match("Cambridge", "Paris")) == [SEVERAL, ("Paris", "FR")]


def test_a_state_tells_places_of_one_name_apart(match):
    places = [m.place.division for m in match("Portland, Oregon", "Portland, Maine, USA", "Atlanta, Georgia", "San Diego, CA")]
    assert places == ["Oregon", "Maine", "Georgia", "California"]
    assert summary(match("Tbilisi, Georgia")) == [("Tbilisi", "GE")]


def test_places_outside_the_named_country_and_unknown_ones_are_doubts_with_suggestions(match):
    outside, none, similar = match("Munich, Austria", "Qwertyburg, Greece", "Wellingtn, New Zealand")
    assert (outside.doubt, outside.places[-1].country) == (OUTSIDE, "DE")
    assert (none.doubt, none.place) == (NONE, None)
    assert (similar.doubt, similar.places[0].name) == (NONE, "Wellington")


def test_a_part_of_a_city_is_at_its_own_point_or_at_that_of_the_city(match):
    edogawa, made_up = match("Tokyo – Edogawa, Japan", "Berlin – Blumental, Germany")
    assert (edogawa.part, edogawa.place.name) == ("Edogawa", "Tokyo")
    assert (made_up.part, made_up.place.name) == ("Blumental", "Berlin")


def test_later_entries_of_the_same_tie_refer_to_the_first(match):
    assert [m.of for m in match("Cork, Ireland", "Nice, France", "Corcaigh, Ireland (1989)", "Cork, Ireland (friendship)")] == [0, 0, 1, 0]


def test_of_the_same_tie_the_one_with_a_date_or_the_chosen_one_is_kept(match):
    matches = match("Cork, Ireland", "Nice, France", "Corcaigh, Ireland (1989)")
    assert [m.entry.row for m in decided(matches, {})] == [3, 2]
    assert [m.entry.row for m in decided(matches, {}, kept=[1])] == [1, 2]


def test_a_place_without_a_match_is_taken_with_coordinates(match):
    (entry,) = match("Bruyères-le-Neuf, France")
    place = typed_place(entry, "48.2, 6.7", Countries())
    assert (place.name, place.country, place.lat, place.lon) == ("Bruyères-le-Neuf", "FR", 48.2, 6.7)
    assert typed_place(entry, "Belgium 50.1 -4", Countries()).country == "BE"
    near = typed_place(entry, "epinal", Countries())
    assert (near.name, near.country) == ("Bruyères-le-Neuf", "FR")
    assert [typed_place(entry, text, Countries()) for text in ("91 0", "0 181", "Qwerty", "", "48.2")] == [None] * 5
    assert [m.place for m in decided([entry], {1: place})] == [place]
    assert decided([entry], {}) == ()


def test_a_prefecture_is_not_its_capital(match):
    assert [m.of for m in match("Osaka, Japan", "Osaka Prefecture, Japan", "Osaka City, Japan")] == [0, 0, 1]


def test_a_province_or_state_is_known_by_its_name_with_or_without_its_kind(match):
    lines = (
        "Hessen, Germany",
        "Shandong Province, China",
        "California, USA",
        "경기도, 대한민국",
        "神奈川県, 日本",
        "Québec, Canada",
        "Quebec Province, Canada",
    )
    places = [m.place for m in match(*lines)]
    assert [(place.name, place.level) for place in places] == [
        ("Hesse", "state"),
        ("Shandong", "province"),
        ("California", "state"),
        ("Gyeonggi-do", "province"),
        ("Kanagawa", "prefecture"),
        ("Québec", "city"),
        ("Quebec", "province"),
    ]
    assert [(place.basis, place.lat) for place in places[:2]] == [("capital", 50.086), ("capital", 36.6683)]


def test_a_division_and_its_seat_are_two_partners(match):
    assert [m.of for m in match("Wiesbaden, Germany", "Hessen, Germany", "Hesse, Germany")] == [0, 0, 2]


def test_the_level_is_the_one_that_a_name_tells():
    assert [level_of(text) for text in ("Cork", "Gyeonggi Province", "Kyoto Prefecture", "Central Denmark Region")] == [
        "city",
        "province",
        "prefecture",
        "region",
    ]


def test_the_home_city_is_chosen_by_the_beginning_of_its_name():
    first = beginning_with("welling", 5)[0]
    assert (first.name, first.country, first.time_zone, first.name_ko) == ("Wellington", "NZ", "Pacific/Auckland", "웰링턴")
    assert beginning_with("", 5) == ()
    assert (currency("NZ"), languages("NZ"), name("NZ", "ko")) == ("NZD", ("en", "mi"), "뉴질랜드")


def test_regions_are_those_of_the_projects_own_cities():
    cities = own_data().tables["cities"]
    assert {code: region(code) for code in cities["country_code"]} == dict(zip(cities["country_code"], cities["region"], strict=True))
    assert {region(code) for code in ("IL", "TR", "JM", "FJ", "GL")} == {
        "Middle East",
        "Europe",
        "Latin America",
        "Oceania",
        "North America",
    }


def test_every_capital_is_in_the_gazetteer():
    capitals = ("Funafuti", "Vaduz", "San Marino", "Valletta", "Ngerulmud", "Palikir", "Bern", "Thimphu", "Malé", "Victoria", "Basseterre")
    assert {folded(capital) for capital in capitals} - set(named({folded(capital) for capital in capitals})) == set()
