"""The page of what is due as a script: both languages, the order of need, the way to the desk, empty and small releases."""

from functools import partial

import pytest

from metrics.indicators.registry import recorded
from tests.drawn import plainly
from tests.worlds import EMPTY, ONE_ROW, own_data, world


@pytest.fixture
def page(opened):
    """`page(tables=None, **query)` -> this page after its first run."""
    return partial(opened, "stale", as_of="2026-11-22")


@pytest.mark.parametrize(
    "lang, said",
    [
        ("en", ["<b>20</b> of 26 indicators", "1 Oct 2024", "usually every 9 months", "68; at least 72 counted"]),
        ("ko", ["지표 26개 가운데 <b>20</b>개", "2024년 10월 1일", "통상 9개월 간격(자료 5건)", "68(집계 72 이상)"]),
    ],
)
def test_the_page_tells_the_same_in_both_languages(page, lang, said):
    html = plainly(page(lang=lang))
    assert [text for text in said if text not in html] == []


def test_every_indicator_has_a_row_that_leads_to_the_form_that_fills_it(page):
    html = plainly(page(lang="en"))
    assert html.count("data-row=") == len(recorded(own_data()))
    assert "every 12 months, assumed" in html
    assert 'href="/data_desk?lang=en&amp;as_of=2026-11-22&amp;form=fund_balance" data-row="form=fund_balance"' in html
    assert "&amp;form=published_count&amp;measure=partner_cities" in html
    assert "&amp;data=events&amp;how=row" in html


def test_in_an_empty_release_nothing_was_ever_observed(page):
    html = plainly(page(EMPTY, lang="en"))
    partnerships = recorded(world(**EMPTY))
    assert f"<b>{len(partnerships)}</b> of {len(partnerships)} indicators" in html
    assert html.count("No data yet") == 1 + len(partnerships)


def test_one_row_a_table_is_a_worklist(page):
    assert "every 12 months, assumed" in plainly(page(ONE_ROW, lang="en"))


def test_as_of_an_earlier_day_less_was_due(page):
    assert "Not yet due" in plainly(page(lang="en", as_of="2017-05-01"))
    assert "6 Sep 2018" not in plainly(page(lang="en", as_of="2017-05-01"))
