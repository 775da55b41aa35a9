"""Past the day until which sources were looked through no page calls anything unchanged, or none."""

import re

import pytest

PAGES = ("overview", "partner_cities", "policy_exports", "cooperation_fund", "networks", "plan", "city")
TODAY = {"as_of": "2026-11-29"}


def html(app) -> str:
    assert not app.exception
    assert not app.error
    return " ".join(re.sub(r"<[^>]+>", "", block.proto.body) for block in app.get("html"))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_tells_of_a_year_without_change_that_nobody_looked_through(opened, name):
    english, korean = (html(opened(name, lang=lang, **TODAY)) for lang in ("en", "ko"))
    assert "no change in a year" not in english
    assert "1년간" not in korean


def test_cards_say_since_when_nothing_is_on_record(opened):
    english, korean = (html(opened("networks", lang=lang, **TODAY)) for lang in ("en", "ko"))
    assert "None on record since 18 Dec 2025" in english  # events held this year
    assert "2025년 12월 18일 이후 확인된 것 없음" in korean


def test_what_leads_today_is_what_a_source_still_tells(opened):
    english = html(opened("networks", lang="en", **TODAY))
    assert "chairing or helping to lead 2: CityNet, Metropolis." in english


def test_the_drawer_tells_until_when_the_sources_were_looked_through(opened):
    app = opened("networks", lang="en", **TODAY)
    app.button(key="source-events_hosted").click().run()
    assert "Sources were looked through until 18 Dec 2025." in html(app)


def test_the_header_is_as_old_as_the_newest_source_in_use(opened):
    assert "newest source 18 Dec 2025" in html(opened("overview", lang="en", **TODAY))
