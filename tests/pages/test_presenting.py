"""Presenting as the browser gets it: every slide in every language and every look, on a release and a day that are pinned."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charts.theme import SCHEMES
from languages import LANGUAGES
from publishing.desk.briefings import Outline, SlideRequest, encode
from publishing.store.release_cache import current_release, pin
from tests.hostile import MARK, write_hostile
from tests.worlds import EMPTY, ONE_ROW, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
KINDS = ("title", "readings", "map", "growth", "closing")
OUTLINE = Outline("Five minutes", tuple(SlideRequest(kind, {}, "", "Say hello." if kind == "map" else "") for kind in KINDS))


@pytest.fixture
def shown(monkeypatch, tmp_path):
    """`shown(tables, **query)` -> the page of a briefing over a folder of these tables, None for the project's own."""
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "state"))

    def opened(tables: dict[str, str] | None = None, outline: Outline = OUTLINE, **query: str) -> AppTest:
        if tables is not None:
            monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path, tables)))
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        for name, value in {"lang": "en", "slides": encode(outline), **query}.items():
            app.query_params[name] = value
        app = app.switch_page("briefing.py").run()
        assert not app.exception
        assert not app.error
        return app

    return opened


def given(app: AppTest, name: str) -> list[dict]:
    return [json.loads(element.proto.bytes) for element in app.get("bidi_component") if element.proto.component_name == f"dashboard_{name}"]


def test_every_language_and_look_is_given_at_once_the_one_needed_first_before_the_others(shown):
    sent = given(shown(present="1", lang="ko", look="dark"), "present")
    assert {str(one["begin"]) for one in sent} == {str({"lang": "ko", "look": "dark"})}
    parts = [one["part"] for one in sent]
    order = [(part["lang"], part["look"]) for part in parts if "slides" in part]
    assert order[: len(LANGUAGES)] == [(lang, "dark") for lang in LANGUAGES]
    assert sorted(order) == sorted((lang, look) for lang in LANGUAGES for look in SCHEMES)
    assert len({part["id"] for part in parts}) == 1
    assert [slide["kind"] for slide in parts[0]["slides"]] == list(KINDS)
    assert {part["lang"] for part in parts if "cities" in part} == set(LANGUAGES)
    cities = next(part for part in parts if "cities" in part)
    assert {city["id"] for city in cities["names"]} == set(cities["cities"])


def test_presenting_pins_the_release_and_the_day_in_the_address(shown):
    app = shown(present="1", as_of="2018-12-31")
    assert (app.query_params["release"], app.query_params["as_of"]) == (pin(current_release()), "2018-12-31")


def test_a_look_that_there_is_not_is_that_of_the_page(shown):
    assert given(shown(present="1", look="sepia"), "present")[0]["begin"]["look"] == "light"


def test_a_briefing_without_slides_leads_back_to_its_editor(shown):
    app = shown(outline=Outline("Nothing"), present="1")
    assert given(app, "present") == []
    assert "present" not in app.query_params


@pytest.mark.parametrize("tables", [EMPTY, ONE_ROW], ids=["empty", "one row"])
def test_a_release_with_next_to_nothing_can_be_presented(shown, tables):
    parts = [one["part"] for one in given(shown(tables, present="1"), "present")]
    assert all(len(part["slides"]) == len(KINDS) for part in parts if "slides" in part)


def test_the_notes_hold_every_language_and_what_the_presenter_wrote(shown):
    sent, _ = given(shown(view="notes"), "notes")
    assert set(sent["parts"]) == set(LANGUAGES)
    for part in sent["parts"].values():
        assert [slide["head"] != "" for slide in part["slides"]] == [True] * len(KINDS)
        assert '<div class="note"><p>Say hello.</p></div>' in part["slides"][KINDS.index("map")]["notes"]


def test_the_notes_follow_to_a_city_that_a_guest_asks_for(shown):
    parts = [sent["part"] for sent in given(shown(present="1"), "present")]
    (cities,) = (part["cities"] for part in parts if "cities" in part and part["lang"] == "en")
    noted = given(shown(view="notes"), "notes")[1]["cities"]["en"]
    assert {city: slide["head"] for city, slide in cities.items()} == {city: one["head"] for city, one in noted.items()}
    assert "<li>2 Jun 2020: Cities Against COVID-19 mayors meeting</li>" in noted["london"]["notes"]


def test_hostile_data_stay_text_on_slides_and_in_notes(shown, monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(write_hostile(tmp_path / "hostile")))
    parts = [one["part"] for one in given(shown(present="1"), "present")]
    html = [slide["html"] for part in parts for slide in [*part.get("slides", []), *part.get("cities", {}).values()]]
    notes, cities = given(shown(view="notes"), "notes")
    html += [slide["notes"] for part in notes["parts"].values() for slide in part["slides"]]
    html += [slide["notes"] for part in cities["cities"].values() for slide in part.values()]
    assert any(MARK in one for one in html)
    assert [one[:200] for one in html if any(tag in one for tag in ("<script", "<img", "<svg onload", "<a href='java"))] == []


def test_each_slide_names_its_page_with_its_own_choices_its_day_and_the_release(shown):
    requests = (
        SlideRequest("title", {"venue": "Hall"}),
        SlideRequest("map", {"types": "sister", "as_of": "2010-01-31"}),
        SlideRequest("closing"),
    )
    app = shown(outline=Outline("", (*requests, SlideRequest("city", {"city": "ulaanbaatar"}))), present="1", as_of="2018-12-31")
    release = f"release={pin(current_release())}&lang=en"
    assert given(app, "present")[0]["part"]["pages"] == [
        f"./?as_of=2018-12-31&{release}",
        f"./?as_of=2010-01-31&types=sister&{release}",
        f"sources?as_of=2018-12-31&{release}",
        f"city?city=ulaanbaatar&as_of=2018-12-31&{release}",
    ]
