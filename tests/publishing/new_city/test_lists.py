"""Lists in the forms in which people have them: what is read of each line, and what is not guessed."""

import io
import json

import pandas as pd
import pytest

from publishing.new_city.countries import Countries
from publishing.new_city.kinds import Kinds, column, date_of
from publishing.new_city.lists import read_file, read_text


@pytest.fixture(scope="module")
def countries():
    return Countries()


def lines(entries):
    return [(entry.city, entry.country, entry.kind, entry.date) for entry in entries]


@pytest.mark.parametrize(
    "text, code",
    [
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("대한민국", "KR"),
        ("韓国", "KR"),
        ("ROK", "KR"),
        ("KOR", "KR"),
        ("Republic of Korea", "KR"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("미국", "US"),
        ("UK", "GB"),
        ("England, United Kingdom", "GB"),
        ("Czech Republic", "CZ"),
        ("Burma", "MM"),
        ("Macedonia", "MK"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Türkei", "TR"),
        ("Turkey", "TR"),
        ("Republic of Ireland", "IE"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("de", ""),
        ("DE", "DE"),
        ("中国", "CN"),
        ("Republic of China", "TW"),
        ("Democratic Republic of the Congo", "CD"),
        ("🇮🇪", "IE"),
        ("Wakanda", ""),
        ("", ""),
    ],
)
def test_countries_are_known_by_any_common_spelling(countries, text, code):
    assert countries.code(text) == code


@pytest.mark.parametrize(
    "text, meant",
    [
        ("Städtepartnerschaft", "sister"),
        ("jumelage", "sister"),
        ("Sister City", "sister"),
        ("자매도시", "sister"),
        ("姉妹都市", "sister"),
        ("友好城市", "friendship"),
        ("Städtefreundschaft", "friendship"),
        ("우호도시", "friendship"),
        ("MoU", "memorandum"),
        ("양해각서", "memorandum"),
        ("unclear", "unclear"),
        ("something else", ""),
        ("", ""),
    ],
)
def test_kinds_in_common_languages_are_the_projects(text, meant):
    assert Kinds().code(text) == meant


OWN = Kinds(
    pd.DataFrame(
        [
            ["sister", "Städtepartnerschaft", "Twin town"],
            ["project", "Projektpartnerschaft", ""],
            ["climate_pact", "", "Pact"],
            ["contact", "Kontakt", ""],
        ],
        columns=["kind_code", "label_de", "label_en"],
    )
)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("Projektpartnerschaft", "project"),
        ("Projektpartnerschaften", "project"),
        ("twin town", "sister"),
        ("Climate pact", "climate_pact"),
        ("KONTAKT", "contact"),
        ("jumelage", "sister"),
        ("Städtefreundschaft", ""),
        ("unclear", ""),
        ("Kontaktowo", ""),
    ],
)
def test_a_citys_own_words_come_before_the_standard_ones_and_no_kind_is_one_that_it_lacks(text, meant):
    assert OWN.code(text) == meant


def test_a_list_is_read_in_the_kinds_of_the_city(countries):
    entries, _ = read_text("Projektpartnerschaften\n• Cork, Ireland (Kontakt)\n• Nice, France (1989)\n", countries, OWN)
    assert lines(entries) == [("Cork", "IE", "contact", ""), ("Nice", "FR", "project", "1989")]


@pytest.mark.parametrize(
    "text, date",
    [
        ("1989", "1989"),
        ("12 May 1989", "1989-05-12"),
        ("May 12, 1989", "1989-05-12"),
        ("May 1989", "1989-05"),
        ("1989년 5월 12일", "1989-05-12"),
        ("1978年10月", "1978-10"),
        ("1989-01-01T00:00:00Z", "1989"),
        ("1989-05-12T00:00:00Z", "1989-05-12"),
        ("05/06/1989", "1989"),
        ("since 1989", "1989"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_dates_are_as_precise_as_they_are_written(text, date):
    assert date_of(text) == date


def test_a_list_of_wikipedia_is_read_line_by_line(countries):
    text = """Twin towns
• 🇮🇪 Cork, Republic of Ireland (1989)[3]
• Portland, Oregon, United States, since 1988
1. 부산, 대한민국
Friendship cities[4]
* 上海市, 中国 (1978年10月)
* Skopje (North Macedonia)
"""
    entries, problems = read_text(text, countries)
    assert problems == ()
    assert lines(entries) == [
        ("Cork", "IE", "sister", "1989"),
        ("Portland", "US", "sister", "1988"),
        ("부산", "KR", "sister", ""),
        ("上海市", "CN", "friendship", "1978-10"),
        ("Skopje", "MK", "friendship", ""),
    ]
    assert entries[1].division == "Oregon"


def test_a_country_above_a_list_is_that_of_its_places(countries):
    entries, _ = read_text("Japan\n- Nagoya\n- Kobe (1990)\nFrance\n- Nice\n", countries)
    assert lines(entries) == [("Nagoya", "JP", "", ""), ("Kobe", "JP", "", "1990"), ("Nice", "FR", "", "")]


def test_a_city_state_alone_on_its_line_is_a_place(countries):
    assert [entry.city for entry in read_text("Singapore\nParis\n", countries)[0]] == ["Singapore", "Paris"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_known_by_titles_in_any_order_and_language(countries, separator):
    rows = [
        ["Jahr", "Land", "Partnerstadt", "Art"],
        ["1989", "Irland", "Cork", "Städtepartnerschaft"],
        ["", "Japan", "Nagoya", "Städtefreundschaft"],
    ]
    content = "\n".join(separator.join(row) for row in rows).encode()
    entries, _ = read_file("partner.csv", content, countries)
    assert lines(entries) == [("Cork", "IE", "sister", "1989"), ("Nagoya", "JP", "friendship", "")]


def test_titles_and_kinds_in_arabic_are_no_partner(countries):
    content = "المدينة,الدولة,السنة,النوع\nألماتي,كازاخستان,2001,توأمة\nكاتانيا,إيطاليا,,صداقة\n"
    entries, _ = read_file("list.csv", content.encode(), countries)
    assert lines(entries) == [("ألماتي", "KZ", "sister", "2001"), ("كاتانيا", "IT", "friendship", "")]


@pytest.mark.parametrize("titles", ["πόλη,χώρα", "자매도시,국가", "友好城市,国家", "місто,країна", "עיר,מדינה", "شهر,کشور"])
def test_titles_of_other_languages_are_no_partner(countries, titles):
    assert lines(read_file("list.csv", f"{titles}\nCork,Ireland\n".encode(), countries)[0]) == [("Cork", "IE", "", "")]


def test_columns_without_titles_are_known_by_their_cells(countries):
    entries, _ = read_file("list.csv", b"Cork,Ireland,1989\nNagoya,Japan,\nNice,France,1955\n", countries)
    assert lines(entries) == [("Cork", "IE", "", "1989"), ("Nagoya", "JP", "", ""), ("Nice", "FR", "", "1955")]


def test_a_text_file_of_korean_windows_is_read(countries):
    assert lines(read_file("list.txt", "부산, 대한민국 (1995)\n".encode("cp949"), countries)[0]) == [("부산", "KR", "", "1995")]


def test_a_workbook_and_one_column_are_enough(countries):
    from openpyxl import Workbook

    book, held = Workbook(), io.BytesIO()
    for city in ("도시", "파리", "도쿄"):
        book.active.append([city])
    book.save(held)
    assert [entry.city for entry in read_file("list.xlsx", held.getvalue(), countries)[0]] == ["파리", "도쿄"]


def test_an_export_of_wikidata_is_read_by_its_labels_and_points(countries):
    row = {
        "item": "http://www.wikidata.org/entity/Q36647",
        "itemLabel": "Cork",
        "countryLabel": "Ireland",
        "startTime": "1989-01-01T00:00:00Z",
    }
    row |= {"coord": "Point(-8.47 51.9)"}
    nested = {"results": {"bindings": [{name: {"type": "literal", "value": value} for name, value in row.items()}]}}
    table = "\t".join(row) + "\n" + "\t".join(row.values())
    for name, content in (("query.json", json.dumps([row])), ("query.json", json.dumps(nested)), ("query.tsv", table)):
        (entry,), _ = read_file(name, content.encode(), countries)
        assert (entry.city, entry.country, entry.date, entry.point) == ("Cork", "IE", "1989", (51.9, -8.47))


def empty_workbook():
    from openpyxl import Workbook

    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


HOSTILE = (
    b"",
    b"\n\n",
    b"{}",
    b"[1, 2]",
    b"{broken",
    b"\x00\x01",
    b"[" * 100_000,
    b'"' + b"a" * 200_000,
    b"Cork\x1b[31m\n",
    empty_workbook(),
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_what_holds_no_list_is_a_problem(countries, content):
    for name in ("list.csv", "list.json", "list.txt"):
        entries, problems = read_file(name, content, countries)
        assert bool(entries) != bool(problems)
        assert "\x1b" not in "".join(entry.city for entry in entries)


def test_titles_of_wikidata_and_of_people_are_told_from_cells():
    assert [column(title) for title in ("?itemLabel", "Land", "Year signed", "체결일", "Wellington")] == [
        "city",
        "country",
        "year",
        "year",
        "",
    ]
