"""The search of the bar on the server's side: the names that go to the browser, and where a choice leads."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.schema.release import Release
from metrics.search import KINDS
from pages.parts.elements.search import ORDER, address, index
from pages.parts.shell.navigation import FIRST, PLACES
from pages.parts.shell.view import HELD
from publishing.store.release_cache import current_release, pin
from tests.worlds import ONE_ROW, world
from wording import words

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
KIND, NAME, BESIDE, PAGE, ASKED = range(5)


def things(lang: str) -> list[list]:
    return json.loads(index(current_release(), lang))["things"]


@pytest.mark.parametrize("lang, name, beside", [("ko", "런던", "London · 영국"), ("en", "London", "런던 · United Kingdom")])
def test_a_city_is_told_in_the_language_of_the_reader_with_its_other_name_and_its_country(lang, name, beside):
    (london,) = [thing for thing in things(lang) if thing[NAME] == name and thing[KIND] == words(lang).t("search.kind_city")]
    assert london[BESIDE] == beside
    assert london[ASKED] == {"city": "london"}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_cities_countries_projects_organisations_events_sources_pages_and_indicators_are_found(lang):
    kinds = {thing[KIND] for thing in things(lang)}
    known = ("city", "country", "page", "indicator", "network", "organisation", "project", "event", "source")
    assert {words(lang).t(f"search.kind_{kind}") for kind in known} <= kinds


def test_everything_leads_to_a_page_that_there_is():
    places = {address(page) for group in PLACES.values() for page in group}
    assert {thing[PAGE] for thing in things("en")} <= places
    assert address(FIRST) == ""


def test_every_kind_has_its_place_in_the_order():
    assert {kind.name for kind in KINDS} | {"page", "indicator"} == set(ORDER)


def test_an_indicator_leads_to_the_page_of_its_theme():
    found = {thing[NAME]: thing[PAGE] for thing in things("en") if thing[KIND] == "Indicator"}
    assert found["Cooperation fund"] == "cooperation_fund"
    assert found["Partner growth, five years"] == "partner_cities"
    assert found["International organisations"] == "networks"


def told(app: AppTest | None = None, **query: str) -> dict:
    """What the field of a page is told."""
    app = AppTest.from_file(str(FRAME), default_timeout=60) if app is None else app
    for part, value in query.items():
        app.query_params[part] = value
    app.run()
    assert not app.exception
    (field,) = [element.proto for element in app.get("bidi_component") if element.proto.component_name == "dashboard_search"]
    return json.loads(field.json)


def test_the_field_asks_for_the_names_of_the_release_that_is_shown():
    release = current_release()
    assert told(lang="ko")["index"] == f"search.json?lang=ko&release={pin(release)}"
    assert told(lang="en", release=str(release.number))["index"] == f"search.json?lang=en&release={pin(release)}"
    assert told(lang="en")["note"] == ""


def test_a_preview_searches_the_release_in_force_and_says_so():
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state[HELD] = Release(0, "draft", world(**ONE_ROW).tables)
    found = told(app, lang="en")
    assert found["index"] == "search.json?lang=en"
    assert found["note"] == words("en").t("search.preview")


def choosing(chosen: object) -> AppTest:
    """A page of two on which the browser says that something was chosen."""

    def script(chosen: object) -> None:
        import streamlit as st

        from pages.parts.elements import search as _search

        st.navigation([st.Page(lambda: st.text("first"), title="first", url_path="first")])
        _search.go(chosen)
        st.text("stayed")

    return AppTest.from_function(script, kwargs={"chosen": chosen}).run()


@pytest.mark.parametrize(
    "chosen", [None, "x", [], {}, {"page": "nowhere", "asked": {}}, {"page": "sources"}, {"page": "../x", "asked": {}}]
)
def test_what_makes_no_sense_leads_nowhere(chosen):
    app = choosing(chosen)
    assert not app.exception
    assert [text.value for text in app.text] == ["stayed"]
