"""Notes on charts over time: the kinds that the address asks for are on every chart of a page, and one switch chooses them."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.elements.key_figures import USUAL, exports, fund, growth
from pages.parts.shell.selection import Selection, View
from tests.drawn import charts
from tests.worlds import ONE_ROW, own_data, write

PROJECT = Path(__file__).parents[2]
FRAME = PROJECT / "pages" / "_frame.py"


@pytest.fixture
def page(monkeypatch, tmp_path):
    """`page(name, tables=None, **query)` -> the page after its first run; tables None: the project's own data."""

    def run(name: str, tables=None, **query) -> AppTest:
        if tables is None:
            monkeypatch.delenv("DASHBOARD_DATA", raising=False)
        else:
            monkeypatch.delenv("DASHBOARD_STATE", raising=False)
            monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "data", tables)))
        app = AppTest.from_file(str(FRAME), default_timeout=60).run()
        for key, value in {"as_of": "2026-11-22", "lang": "en", **query}.items():
            app.query_params[key] = value
        return app.switch_page(f"{name}.py").run()

    return run


def named(app: AppTest) -> list[set[str]]:
    """The names on each chart that has notes."""
    assert not app.exception
    assert not app.error
    found = [chart["figure"]["layout"].get("meta", {}).get("notes", []) for chart in charts(app)]
    return [{note[2] for note in notes} for notes in found if notes]


@pytest.mark.parametrize("name, charted", [("overview", 3), ("partner_cities", 1), ("cooperation_fund", 1)])
def test_a_page_shows_the_usual_kinds_on_its_charts_over_time(page, name, charted):
    app = page(name)
    assert len(named(app)) == charted
    # Rules and bands through a chart wait until they are chosen.
    assert all("Park Won-soon" in names and not names & {"Diplomacy plan", "COVID-19"} for names in named(app))
    assert not any("Fund ordinance" in names for names in named(app))


def test_the_address_chooses_kinds_or_none(page):
    assert named(page("overview", notes="none")) == []
    assert named(page("cooperation_fund", notes="law")) == [{"Fund ordinance", "Council ties", "Advisers"}]


def test_a_kind_that_there_is_not_is_left_out_with_a_sentence(page):
    app = page("partner_cities", notes="plan,nonsense")
    assert named(app) == [{"Diplomacy plan", "ASEAN goal", "ASEAN proposal"}]
    assert len(app.info) == 1


def test_nothing_later_than_the_date_is_on_a_chart(page):
    (names,) = named(page("partner_cities", as_of="2016-12-31"))
    assert "Park Won-soon" in names
    assert not names & {"Diplomacy plan", "COVID-19"}


def test_a_choice_at_the_switch_goes_into_the_address_and_the_usual_one_leaves_it(page):
    app = page("partner_cities")
    switch = app.button_group(key="control-notes")
    switch.set_value(["plan"]).run()
    assert app.query_params["notes"] == "plan"
    app.button_group(key="control-notes").set_value([]).run()
    assert app.query_params["notes"] == "none"
    app.button_group(key="control-notes").set_value(list(USUAL)).run()
    assert "notes" not in app.query_params


def test_what_the_notes_are_can_be_read_with_dates_and_sources(page):
    app = page("partner_cities", notes="term,epidemic")
    app.toggle(key="notes-told").set_value(True).run()
    html = "\n".join(block.proto.body for block in app.get("html"))
    assert "Park Won-soon, mayor, Oct 2011 to Jul 2020" in html
    assert "Lifted on 14 April 2022." in html


def test_a_release_without_annotations_has_no_switch(page):
    app = page("partner_cities", ONE_ROW)
    assert named(app) == []
    assert "notes-told" not in [toggle.key for toggle in app.toggle]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("theme", [growth, exports, fund])
def test_the_usual_notes_add_less_than_a_kilobyte_to_a_chart(lang, theme):
    day = date(2026, 11, 22)
    view = View(Selection(day, lang), (), own_data(), "light", day)
    plain, noted = (len(theme(view, kinds).drawing.text.encode()) for kinds in ((), USUAL))
    assert noted - plain < 1024
