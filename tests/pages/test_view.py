"""What an address means: a good one is taken at its word, a bad one gives a calm sentence and the nearest valid view."""

from datetime import date

import pytest

from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.vocabulary import standard
from pages.parts.shell.selection import Selection, parse

TODAY = date(2026, 11, 22)
CITIES = ("seoul", "london")

KINDS = ("sister", "friendship")


def chosen(browser="en-US", **query):
    return parse(query, TODAY, browser, CITIES, standard("regions"), KINDS)


def test_a_first_visit_follows_the_browser_and_shows_today():
    assert chosen("ko-KR") == (Selection(TODAY, "ko"), ())
    assert chosen("fr-FR") == (Selection(TODAY, "en"), ())
    assert chosen("") == (Selection(TODAY, "en"), ())


def test_the_language_of_the_address_wins_over_the_browser():
    assert chosen("ko-KR", lang="en")[0].lang == "en"


def test_a_whole_address_is_taken_at_its_word():
    selection, notices = chosen(lang="ko", as_of="2016-12-31", types="sister", regions="Europe,Asia", city="london")
    assert selection == Selection(date(2016, 12, 31), "ko", ("sister",), ("Asia", "Europe"), "london")
    assert notices == ()


@pytest.mark.parametrize(
    "query, notice, shown",
    [
        ({"as_of": "yesterday"}, "notice.date", TODAY),
        ({"as_of": "2017-02-30"}, "notice.date", TODAY),
        ({"as_of": "0000-00-00"}, "notice.date", TODAY),
        ({"as_of": "2999-01-01"}, "notice.date_range", TODAY),
        ({"as_of": "1400-01-01"}, "notice.date_range", FIRST_SHOWN),
        ({"as_of": "<script>alert(1)</script>"}, "notice.date", TODAY),
        ({"as_of": "9" * 10_000}, "notice.date", TODAY),
    ],
)
def test_a_bad_date_shows_the_nearest_valid_one_and_says_so(query, notice, shown):
    selection, notices = chosen(**query)
    assert selection.as_of == shown
    assert [(n.key, n.value) for n in notices] == [(notice, shown)]


@pytest.mark.parametrize(
    "query, notice",
    [
        ({"lang": "xx"}, "notice.lang"),
        ({"city": "atlantis"}, "notice.city"),
        ({"types": "sister,rival"}, "notice.types"),
        ({"regions": "Mars"}, "notice.regions"),
        ({"regions": "*" * 10_000}, "notice.regions"),
    ],
)
def test_an_unknown_choice_is_left_out_and_said(query, notice):
    selection, notices = chosen(**query)
    assert [n.key for n in notices] == [notice]
    assert (selection.lang, selection.city, selection.regions) == ("en", "", ())
    assert selection.types in ((), ("sister",))
