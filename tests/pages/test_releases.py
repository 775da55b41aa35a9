"""The history of releases as a script: everyone reads it, any two are compared, the person at the machine restores."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from pages.parts.briefing.since_slide import last_meeting
from pages.parts.briefing.slides import slide_of
from pages.parts.shell.selection import Selection, View
from publishing.access.rights import AT_THE_MACHINE
from publishing.changes.rows import raw, with_row
from publishing.desk.briefings import SlideRequest
from publishing.store.database import writing
from publishing.store.release_cache import current_release, current_store
from publishing.store.releases import candidate
from publishing.store.schema import BLOBS, CONTENTS, RELEASES
from tests.drawn import shown
from tests.worlds import ONE_ROW, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
WORLD = ONE_ROW | {
    "cities": ONE_ROW["cities"] + "paris,Paris,파리,GB,Europe,city,48.85,2.35,2100000,s1,s1\n",
    "contacts": "contact_id,city_id,date,kind,level,status,subject_en,subject_ko,role,source_id\n"
    "k1,london,2019-01-02,visit_by_home,mayor,held,Talks,회담,primary,s1\n",
}


@pytest.fixture
def page(monkeypatch, tmp_path):
    """`page(**query)` -> the page after its first run, over a store of this test alone."""
    monkeypatch.setenv("DASHBOARD_DATA", str(write(tmp_path / "data", WORLD)))
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "state"))

    def run(visitor=AT_THE_MACHINE, **query) -> AppTest:
        app = AppTest.from_file(str(FRAME), default_timeout=60)
        if visitor:
            app.session_state["visitor"] = visitor
        for name, value in {"lang": "en", "as_of": "2020-06-30", **query}.items():
            app.query_params[name] = value
        return app.switch_page("releases.py").run()

    return run


def add_paris(note="Paris <b>signed</b>") -> None:
    """Release 2: one agreement more."""
    release = current_release()
    table = raw(release, "agreements")
    more = with_row(table, table.iloc[[0]].assign(agreement_id="a2", city_id="paris"), None)
    draft, problems = candidate(release, {"agreements": more})
    assert problems == ()
    current_store().publish(draft, parent=release.number, author="somebody", note=note, removals=0)


@pytest.mark.parametrize("lang, said", [("en", ("What changed since", "1 agreement added")), ("ko", ("이후 달라진 점", "협정 1건 추가"))])
def test_what_changed_since_a_day_is_a_slide_too(page, lang, said):
    page()
    add_paris()
    day = current_store().entry(2).at.astimezone(ZoneInfo("Asia/Seoul")).date()
    view = View(Selection(day, lang), (), current_release(), "light", day)
    slide = slide_of(view, SlideRequest("releases.since", {"since": day.isoformat()}))
    text = f"{slide.headline} {slide.pieces}"
    assert [part for part in (*said, "Paris <b>signed</b>") if part not in text] == []
    assert slide_of(view, SlideRequest("releases.since", {"since": "2999-02-31"})).headline == slide.headline
    assert slide_of(replace(view, release=current_release(1)), SlideRequest("releases.since")).empty


def test_a_dossier_leads_to_what_changed_since_the_last_meeting(page):
    page()
    assert last_meeting(seen("london")) == ""
    add_paris()
    assert last_meeting(seen("london")) == current_store().entry(1).at.astimezone(ZoneInfo("Asia/Seoul")).date().isoformat()
    assert last_meeting(seen("paris")) == ""


def seen(city: str) -> View:
    day = current_store().entry(1).at.date()
    return View(Selection(day, "en", city=city), (), current_release(), "light", day)


@pytest.mark.parametrize(
    "lang, said",
    [("en", ("<b>1 release</b> so far", "There is one release so far")), ("ko", ("<b>버전 1개</b>", "아직 버전이 하나입니다"))],
)
def test_a_first_release_stands_alone(page, lang, said):
    html = shown(page(lang=lang))
    assert [text for text in said if text not in html] == []


@pytest.mark.parametrize(
    "lang, said",
    [("en", ("somebody", "1 agreement added", "<b>2 releases</b>")), ("ko", ("somebody", "협정 1건 추가", "<b>버전 2개</b>"))],
)
def test_a_release_tells_who_when_why_and_what_changed(page, lang, said):
    add_paris()
    html = shown(page(lang=lang))
    assert [text for text in said if text not in html] == []
    assert "Paris &lt;b&gt;signed&lt;/b&gt;" in html


def test_when_is_said_as_the_clock_of_the_home_city_shows_it(page):
    html = shown(page())
    there = current_store().entry(1).at.astimezone(ZoneInfo("Asia/Seoul"))
    assert f"{there:%H:%M}" in html


def test_what_a_release_did_to_the_readings_is_told_when_it_is_opened(page):
    add_paris()
    app = page()
    assert "What it did to the readings" not in shown(app)
    html = shown(app.button(key="open-2").click().run())
    # 39 published in 2014, London signed in 2015, and Paris on the same day: 40 becomes 41.
    assert "Partner cities: at least 40 to at least 41." in html
    assert "Paris, Friendship city" in html


def test_any_two_releases_are_compared_also_backwards(page):
    add_paris()
    assert "1 agreement removed, partner cities at least 41 to at least 40" in shown(page(before="2", after="1"))
    assert "Releases 1 and 1 say the same" in shown(page(before="1", after="1").button(key="compare-open").click().run())


@pytest.mark.parametrize("query", [{"before": "99"}, {"after": "-3"}, {"before": "<script>"}, {"after": "9" * 5000}, {"rows": "x"}])
def test_a_release_that_is_not_there_gives_a_calm_sentence_and_the_nearest(page, query):
    add_paris()
    app = page(**query)
    assert "<b>2 releases</b>" in shown(app)
    assert len(app.info) == 1


def restore(app: AppTest, note="", sure=False) -> str:
    """Open release 1, fill in what its restoration asks for, press the button; what the page says then."""
    app.button(key="open-1").click().run()
    app.text_area[0].set_value(note)
    if sure:
        app.checkbox[0].check()
    # Without a browser the drawer does not stay open by itself.
    app.button(key="open-1").click()
    return shown(app.button(key="restore-now").click().run())


def test_restoring_asks_for_a_reason_and_a_confirmation_and_makes_a_new_release(page):
    add_paris()
    assert "the history needs a note" in restore(page(), sure=True)
    assert "Confirm it first" in restore(page(), note="Paris has not signed")
    assert current_store().newest() == 2
    html = restore(page(), note="Paris has not signed", sure=True)
    assert "Release 1 restored as release 3: 1 agreement removed, partner cities at least 41 to at least 40" in html
    entry = current_store().entry(3)
    assert (entry.kind, entry.restored, entry.note) == ("restore", 1, "Paris has not signed")


def test_the_release_in_force_is_not_restored(page):
    add_paris()
    app = page()
    app.button(key="open-2").click().run()
    assert not app.text_area


def test_elsewhere_the_history_is_read_and_nothing_is_restored(page):
    add_paris()
    app = page(visitor=None)
    app.button(key="open-1").click().run()
    assert "<b>2 releases</b>" in shown(app)
    assert not app.text_area


def test_each_release_has_a_link_that_pins_it(page):
    add_paris()
    links = [link.proto for link in page().get("page_link")]
    assert sum("release=1" in str(link) for link in links) == 1
    assert sum("release=2" in str(link) for link in links) == 1


def test_a_damaged_release_is_named_and_the_history_stays_readable(page, monkeypatch, tmp_path):
    page()
    add_paris()
    with writing(current_store().engine) as connection:
        digest = select(CONTENTS.c.digest).where(CONTENTS.c.release == 2, CONTENTS.c.name == "agreements").scalar_subquery()
        connection.execute(update(BLOBS).where(BLOBS.c.digest == digest).values(content=b"rust"))
    # A server that starts anew has nothing in memory.
    copytree(tmp_path / "state", tmp_path / "moved")
    monkeypatch.setenv("DASHBOARD_STATE", str(tmp_path / "moved"))
    html = shown(page())
    assert "Release 2 is damaged in its store (agreements) and cannot be shown" in html
    assert "somebody" in html


def test_what_changed_since_a_day_is_told_with_its_reason_and_the_readings_then_and_now(page):
    add_paris()
    moved_back(1, days=10)
    html = shown(page(since=(current_store().entry(2).at.astimezone(ZoneInfo("Asia/Seoul"))).date().isoformat()))
    assert "Paris &lt;b&gt;signed&lt;/b&gt;" in html.split("What changed since")[1]
    assert "Partner cities: at least 40 to at least 41." in html.split("What changed since")[1]


def test_a_day_that_is_none_and_a_day_without_a_change_are_said(page):
    assert len(page(since="soon").info) == 1
    first = current_store().entry(1).at.astimezone(ZoneInfo("Asia/Seoul")).date().isoformat()
    assert "Nothing has changed since" in shown(page(since=first))


def moved_back(number: int, days: int) -> None:
    """As if a release had been published so many days earlier."""
    entry = current_store().entry(number)
    with writing(current_store().engine) as connection:
        connection.execute(update(RELEASES).where(RELEASES.c.number == number).values(at=entry.at - timedelta(days=days)))
