"""Which release a page shows: the one in force and told of when it changes, a pinned one that never changes, a draft for its author."""

import sqlite3
from datetime import UTC, datetime
from gc import collect
from pathlib import Path
from weakref import ref

import pytest
from streamlit.testing.v1 import AppTest

from metrics.schema.release import Release
from pages.parts.shell.current_user import name as person
from pages.parts.shell.navigation import PLACES
from pages.parts.shell.view import HELD as PREVIEWED
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.desk import DraftWorkspace
from publishing.store.release_cache import HELD, current_release
from publishing.store.store import FILE, Store, open_store
from tests.drawn import shown
from tests.worlds import ONE_ROW, world, write

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
EVENING = datetime(2026, 1, 15, 20, 0, tzinfo=UTC)
"""In Seoul it is five in the morning of the next day."""
MANY = HELD + 1
"""Releases, of which one must go from memory."""


@pytest.fixture
def folder(monkeypatch, tmp_path) -> Path:
    """A data folder of one row a table, whose state lies in it, made in the evening of 15 January 2026 in London."""
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    return write(tmp_path, ONE_ROW)


@pytest.fixture
def store(folder) -> Store:
    return open_store(folder / "var", folder, clock=lambda: EVENING)


def publish(store: Store, note: str = "", **columns: object) -> None:
    """A new release with other values in the published counts."""
    newest = store.newest()
    release = store.release(newest)
    tables = {**release.tables, "published_counts": release.tables["published_counts"].assign(**columns)}
    store.publish(Release(0, "", tables), parent=newest, author="Kim", note=note, removals=0)


def page(name: str = "overview", **query: str) -> AppTest:
    app = AppTest.from_file(str(FRAME), default_timeout=60)
    app.session_state["visitor"] = AT_THE_MACHINE
    for part, value in {"lang": "en", **query}.items():
        app.query_params[part] = value
    return app.switch_page(f"{name}.py").run()


def told(app: AppTest) -> list[str]:
    return [box.value for box in app.info]


def test_a_pinned_link_shows_the_same_after_any_number_of_releases(store):
    before = shown(page(release="1"))
    publish(store, value=[50.0])
    publish(store, value=[60.0])
    assert shown(page(release="1")) == before
    assert "<b>at least 40 cities</b>" in before  # 39 as published in 2014, and the one that signed in 2015
    assert "<b>at least 61 cities</b>" in shown(page())


def test_a_pinned_page_says_so_and_stays_on_the_day_of_its_release_where_the_home_city_is(store):
    app = page(release="1")
    assert app.date_input(key="control-as_of").value.isoformat() == "2026-01-16"
    assert "Release 1 of 16 Jan 2026, pinned with its date" in shown(app)
    assert "Release 1 of 16 Jan 2026, pinned; figures as of 31 Dec 2015" in shown(page(release="1", as_of="2015-12-31"))


def test_a_later_date_in_a_pinned_link_becomes_the_day_of_the_release(store):
    app = page(release="1", as_of="2026-06-30")
    assert app.date_input(key="control-as_of").value.isoformat() == "2026-01-16"
    assert told(app) == ["The date lies outside the record; the nearest one, 16 Jan 2026, is shown."]


def test_leaving_the_pinned_release_shows_the_newest_with_the_rest_of_the_choices(store):
    publish(store, value=[50.0])
    app = page(release="1", regions="Europe")
    app.button(key="unpin").click().run()
    assert "release" not in app.query_params
    assert app.query_params["regions"] == "Europe"
    assert "pinned" not in shown(app)
    assert "<b>at least 51 cities</b>" in shown(app)


@pytest.mark.parametrize("text", ["2", "0", "-1", "1.0", "one", "<script>", "9" * 10, "999999999", "１"])
def test_a_release_that_does_not_exist_is_told_calmly_and_the_newest_shown(store, text):
    app = page(release=text)
    assert told(app) == ["The address names a release that does not exist; the newest one is shown."]
    assert "pinned" not in shown(app)


def test_a_damaged_release_is_told_calmly_and_the_newest_shown(store, folder):
    publish(store, value=[50.0])
    with sqlite3.connect(folder / "var" / FILE) as database:
        database.execute("UPDATE contents SET digest = (SELECT max(digest) FROM blobs) WHERE release = 1")
    database.close()
    app = page(release="1")
    assert told(app) == ["Release 1 cannot be read from the store; the newest one is shown."]
    assert "<b>at least 51 cities</b>" in shown(app)


def test_a_pinned_page_names_each_figure_that_the_method_of_the_release_gave_otherwise(store, folder):
    with sqlite3.connect(folder / "var" / FILE) as database:
        database.execute("UPDATE releases SET figures = json_set(figures, '$.values.partner_cities', json('[38, 37, 39]'))")
    database.close()
    assert "method changes" not in shown(page())
    said = shown(page(release="1"))
    assert "Today’s method changes one figure of 16 Jan 2026 since it was published" in said
    assert "<li>Partner cities 38 (37 to 39) → " in said


def test_a_newer_release_is_told_once_with_what_it_changed_until_the_notice_is_closed(store):
    app = page()
    assert "is live" not in shown(app)
    publish(store, value=[50.0])
    app.run()
    assert "Release 2 is live: Partner cities at least 40 → at least 51" in shown(app)
    assert "<b>at least 51 cities</b>" in shown(app)
    app.button(key="news-close").click().run()
    assert "is live" not in shown(app)
    assert "is live" not in shown(app.run())


def test_a_release_that_changes_no_figure_is_told_with_its_note_as_text(store):
    app = page()
    publish(store, note="<b>Names</b> put right", note_en=["x"], note_ko=["x"])
    assert "Release 2 is live: &lt;b&gt;Names&lt;/b&gt; put right" in shown(app.run())


def test_nobody_is_told_of_a_release_on_a_pinned_page(store):
    app = page(release="1")
    publish(store, value=[50.0])
    assert "is live" not in shown(app.run())


def test_an_unreachable_store_is_told_in_one_sentence_which_goes_when_it_is_back(store, folder):
    app = page()
    store.engine.dispose()
    (folder / "var").rename(folder / "away")
    app.run()
    assert "<h1" in shown(app)
    assert told(app) == ["The store of releases cannot be reached. You see the release that was in force last."]
    (folder / "away").rename(folder / "var")
    until = datetime.now(UTC).timestamp() + 10
    while told(app) and datetime.now(UTC).timestamp() < until:
        app.run()
    assert told(app) == []


def draft(folder: Path, author: str, value: str) -> str:
    """A draft of today that changes the one published count."""
    store = open_store(folder / "var", folder)
    rows = store.release(1).tables["published_counts"].astype(str).replace("nan", "").assign(value=value)
    return DraftWorkspace(store, AT_THE_MACHINE, author).keep({"published_counts": rows}, base=store.release(1))


def test_a_draft_is_previewed_on_every_page_to_its_author_alone_and_ends_at_the_desk(folder):
    draft(folder, person(), "57")
    app = page("data_desk")
    app.button(key=next(button.key for button in app.button if button.key.startswith("continue-"))).click().run()
    app.button(key="desk-preview").click().run()
    assert "Preview of unpublished data. Only you see it." in shown(app)
    assert "<b>at least 58 cities</b>" in shown(app)
    assert "Preview of unpublished data" in shown(app.switch_page("sources.py").run())
    assert "<b>at least 40 cities</b>" in shown(page())
    assert "Preview" not in shown(app.switch_page("data_desk.py").run())
    assert "<b>at least 40 cities</b>" in shown(app.switch_page("overview.py").run())


def living(releases: list[ref]) -> int:
    """How many are still in memory."""
    collect()
    return sum(release() is not None for release in releases)


@pytest.fixture(scope="module")
def releases(tmp_path_factory) -> Path:
    """A data folder whose store has more releases than are held."""
    folder = write(tmp_path_factory.mktemp("releases"), ONE_ROW)
    store = open_store(folder / "var", folder, clock=lambda: EVENING)
    for value in range(MANY - 1):
        publish(store, value=[50.0 + value])
    return folder


@pytest.fixture
def many(monkeypatch, releases) -> None:
    """The dashboard shows them."""
    monkeypatch.delenv("DASHBOARD_STATE", raising=False)
    monkeypatch.setenv("DASHBOARD_DATA", str(releases))


@pytest.mark.parametrize("name", [name for names in PLACES.values() for name in names])
def test_of_releases_shown_before_none_stays_in_memory_but_those_held(many, name):
    app, releases = page(name, release="1"), [ref(current_release(1))]
    for number in range(2, MANY + 1):
        app.query_params["release"] = str(number)
        shown(app.run())
        releases.append(ref(current_release(number)))
    assert living(releases) <= HELD


def test_comparing_releases_keeps_none_of_them(many):
    app, releases = page("releases"), [ref(current_release(1))]
    for number in range(2, MANY + 1):
        app.query_params["before"], app.query_params["after"] = str(number - 1), str(number)
        shown(app.run())
        releases.append(ref(current_release(number)))
    assert living(releases) <= HELD


def test_of_drafts_shown_none_stays_in_memory_but_those_of_a_readers_last_two_pages(folder):
    app, drafts = page(), []
    for value in range(6):
        draft = world(**ONE_ROW | {"published_counts": ONE_ROW["published_counts"].replace(",39,", f",{value},")})
        drafts.append(ref(draft))
        app.session_state[PREVIEWED] = draft
        del draft
        shown(app.run())
    assert living(drafts) <= 2
    del app
    assert living(drafts) == 0


def test_of_drafts_worked_on_and_previewed_none_stays_in_memory_when_their_author_has_gone(folder):
    app, drafts = page("data_desk"), []
    for value in range(6):
        app.query_params["draft"] = draft(folder, person(), str(50 + value))
        app.run()
        app.button(key="desk-preview").click().run()
        drafts.append(ref(app.session_state[PREVIEWED]))
        shown(app.switch_page("data_desk.py").run())
    del app
    assert living(drafts) == 0


def test_the_draft_of_another_author_cannot_be_previewed(folder):
    id = draft(folder, "Lee", "57")

    def script(id: str) -> None:
        import streamlit as st

        from pages.parts.shell.view import begin_preview, previewed

        st.text(f"{begin_preview(id, 'Kim')} {previewed()}")
        st.text(f"{begin_preview(id, 'Lee')} {previewed().number}")

    app = AppTest.from_function(script, kwargs={"id": id}).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["False None", "True 0"]
