"""The tables that a city and its list make: valid as they are, numbered without clashes, and nothing claimed that the list does not say."""

from datetime import date

import pandas as pd
import pytest

from metrics.indicators.registry import INDICATORS
from metrics.schema.release import Release
from publishing.changes.rows import raw
from publishing.new_city.countries import Countries, languages
from publishing.new_city.gazetteer import beginning_with
from publishing.new_city.lists import read_text
from publishing.new_city.matching import decided, matched, typed_place
from publishing.new_city.tables import Given, home_tables, with_partners
from publishing.store.releases import candidate, checked
from tests.worlds import own_data

GIVEN = Given("Partner list of 29 November 2026", "kim", date(2026, 11, 29))
LIST = """Sister cities
Cork, Ireland (1989)
Tokyo – Edogawa, Japan
부산, 대한민국 (1990)
Nice, France
Birmingham, UK
Birmingham, Alabama
Corcaigh, Ireland
Friendship cities
Nice, France (2001)
Springfield, USA
"""


def partners(text, tables, **more):
    return with_partners(tables, matched(read_text(text, Countries())[0]), GIVEN, **more)


@pytest.fixture(scope="module")
def home():
    return home_tables(beginning_with("Wellington", 1)[0])


def test_a_home_city_alone_is_a_valid_release(home):
    whole, problems = checked({}, home)
    assert problems == []
    assert home["home"].iloc[0].to_dict() == {
        "city_id": "wellington",
        "currency": "NZD",
        "time_zone": "Pacific/Auckland",
        "borders": "",
        "fiscal_year_begins": "",
        "languages": "en mi",
        "source_id": "cldr",
    }
    assert home["cities"].iloc[0][["name_en", "region", "geoname_id"]].tolist() == ["Wellington", "Oceania", "2179537"]
    assert all(name in whole for name in home)


def test_a_list_makes_valid_rows_with_the_list_as_their_source(home):
    tables = partners(LIST, home)
    assert checked({}, home | tables)[1] == []
    ties = tables["agreements"].set_index("agreement_id")
    assert list(ties.index) == [
        "cork-sister",
        "edogawa-tokyo-sister",
        "busan-sister",
        "nice-sister",
        "birmingham-sister",
        "birmingham-us-sister",
        "nice-friendship",
    ]
    assert ties["signed"].tolist() == ["1989", "", "1990", "", "", "", "2001"]
    assert set(ties["source_id"]) == {"list-2026-11-29"}
    assert set(ties["role"]) == {"primary"}
    assert set(ties["listed_source_id"]) == {""}
    source = tables["sources"].set_index("source_id").loc["list-2026-11-29"]
    assert source[["title", "publisher", "published"]].tolist() == [GIVEN.title, "kim", "2026-11-29"]


def test_the_home_city_is_no_partner_of_its_own(home):
    tables = partners("Wellington, New Zealand\nCork, Ireland\n", home)
    assert tables["agreements"]["city_id"].tolist() == ["cork"]
    assert tables["cities"]["city_id"].tolist() == ["wellington", "cork"]


def test_a_kind_that_the_list_does_not_tell_is_unclear_unless_the_person_says_which(home):
    assert partners("Cork, Ireland\n", home)["agreements"]["type"].tolist() == ["unclear"]
    assert partners("Cork, Ireland\n", home, otherwise="sister")["agreements"]["type"].tolist() == ["sister"]


@pytest.mark.parametrize(
    ("country", "proposed"),
    [("KR", "ko en"), ("DE", "de en"), ("CH", "de fr it en"), ("NZ", "en mi"), ("EG", "ar en"), ("NO", "nb nn en"), ("AQ", "en")],
)
def test_the_official_languages_are_proposed_and_english_for_readers_abroad(country, proposed):
    assert " ".join(languages(country)) == proposed


def test_a_german_town_has_names_in_its_own_language_and_no_korean_column():
    home = home_tables(beginning_with("Freiburg", 1)[0])
    tables = home | partners("Mailand, Italien\nBesançon, Frankreich (1959)\n", home)
    assert checked({}, tables)[1] == []
    assert home["home"]["languages"].tolist() == ["de en"]
    assert not [column for rows in tables.values() for column in rows if column.endswith("_ko")]
    cities = tables["cities"].set_index("city_id")
    assert cities.loc["milan", ["name_en", "name_de", "name_source"]].tolist() == ["Milan", "Mailand", "source"]
    assert set(tables["territories"]["name_de"]) == {"Deutschland", "Frankreich", "Italien"}


@pytest.mark.parametrize("written, own", [("الإسكندرية", "الإسكندرية"), ("Alexandrie", ""), ("알렉산드리아", ""), ("", "")])
def test_a_home_city_keeps_the_name_that_is_written_in_the_script_of_its_language(written, own):
    tables = home_tables(beginning_with("الإسكندرية", 1)[0], written)
    assert tables["cities"][["name_en", "name_ar"]].to_numpy().tolist() == [["Alexandria", own]]


def test_korean_names_come_from_the_gazetteer_or_the_list_and_say_which():
    rows = partners(LIST, home_tables(beginning_with("Seoul", 1)[0]))["cities"].set_index("city_id")
    assert rows.loc["busan", ["name_en", "name_ko", "name_source"]].tolist() == ["Busan", "부산", "source"]
    assert rows.loc["cork", ["name_en", "name_ko", "name_source"]].tolist() == ["Cork", "코크", "GeoNames"]


def test_a_prefecture_is_a_row_of_its_own_that_says_what_its_point_is(home):
    rows = partners("Osaka, Japan\nOsaka Prefecture, Japan\n", home)["cities"].set_index("city_id")
    assert rows["level"].tolist() == ["city", "city", "prefecture"]
    prefecture = rows.loc["osaka-prefecture", ["name_en", "coordinate_basis", "geoname_id"]]
    assert prefecture.tolist() == ["Osaka Prefecture", "largest city", "1853909"]


def test_a_new_partner_is_placed_in_the_regions_and_levels_of_the_citys_own_tables(home):
    own = home | {
        "regions": pd.DataFrame({"region_code": ["Tasman", "Nordic"], "label_en": "", "label_ko": ""}),
        "levels": pd.DataFrame({"level_code": ["burgh"], "label_en": "", "label_ko": "", "counts_as_city": ["yes"]}),
        "cities": home["cities"].assign(region="Tasman", level="burgh"),
    }
    made = partners("Auckland, New Zealand\nOsaka Prefecture, Japan\n", own)
    rows = made["cities"].set_index("city_id")
    assert rows["region"].tolist() == ["Tasman", "Tasman", "Asia"]
    assert rows["level"].tolist() == ["burgh", "burgh", "prefecture"]
    assert made["regions"]["region_code"].tolist() == ["Tasman", "Nordic", "Asia"]
    assert made["levels"][["level_code", "counts_as_city"]].to_numpy().tolist() == [["burgh", "yes"], ["prefecture", "no"]]


def test_a_second_list_finds_the_cities_and_ties_of_the_first(home):
    first = home | partners("Cork, Ireland (1989)\n", home)
    again = partners("Corcaigh, Ireland\nNice, France\n", first)
    assert again["cities"]["city_id"].tolist() == ["wellington", "cork", "nice"]
    assert again["agreements"]["agreement_id"].tolist() == ["cork-unclear", "nice-unclear"]
    assert "list-2026-11-29-2" in set(again["sources"]["source_id"])


def test_a_list_goes_on_top_of_a_release_that_has_rows():
    release = own_data()
    tables = {name: raw(release, name) for name in ("home", "sources", "territories", "cities", "agreements")}
    more = partners("Tokyo, Japan\nReykjavik, Iceland (1999)\n", tables, otherwise="sister")
    draft, problems = candidate(release, more)
    assert problems == ()
    assert len(draft.tables["agreements"]) == len(release.tables["agreements"]) + 1


def test_a_place_with_typed_coordinates_has_no_number_of_the_gazetteer(home):
    (unknown,) = matched(read_text("Qwertyburg, France\n", Countries())[0])
    row = with_partners(home, decided([unknown], {1: typed_place(unknown, "48.25 6.7", Countries())}), GIVEN)["cities"].iloc[-1]
    assert row[["city_id", "country_code", "lat", "geoname_id", "population"]].tolist() == ["qwertyburg", "FR", "48.25", "", ""]


def test_ties_without_a_date_count_from_the_day_of_the_list(home):
    tables = home | partners("Cork, Ireland\nNice, France\n", home, otherwise="sister")
    release = Release(1, "list", checked({}, tables)[0])
    readings = [INDICATORS["partner_cities"].read(release, date(2026, 11, day)) for day in (28, 30)]
    assert [reading.lower for reading in readings] == [0, 2]
