"""What a newer version of the project, or an edited data folder, brings is offered on top of what was published, and never by itself."""

import pytest

from publishing.access.audit_log import record
from publishing.changes.rows import raw
from publishing.desk.offer import DECLINED, offer
from publishing.store.releases import candidate
from publishing.store.store import open_store
from tests.worlds import ONE_ROW, write

PARIS = "paris,Paris,파리,GB,Europe,city,48.85,2.35,2100000,s1,s1\n"


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "data", ONE_ROW)


@pytest.fixture
def store(folder, tmp_path):
    opened = open_store(tmp_path / "state", folder)
    yield opened
    opened.engine.dispose()


def offered(store, folder):
    return offer(store, store.release(1), store.release(store.newest()), folder)


def publish(store, name, rows):
    newest = store.newest()
    draft, problems = candidate(store.release(newest), {name: rows})
    assert problems == ()
    store.publish(draft, parent=newest, author="kim", note="", removals=0)


def test_a_folder_as_it_was_at_the_start_brings_nothing(store, folder):
    assert offered(store, folder) is None
    publish(store, "cities", raw(store.release(1), "cities").assign(population="1"))
    assert offered(store, folder) is None


def test_new_rows_come_on_top_of_what_was_published_and_leave_once_they_are_in_force(store, folder):
    publish(store, "sources", raw(store.release(1), "sources").assign(title="Ours"))
    write(folder, ONE_ROW | {"cities": ONE_ROW["cities"] + PARIS})
    new = offered(store, folder)
    assert list(new.tables) == ["cities"]
    assert "paris" in set(new.release.tables["cities"]["city_id"])
    assert list(new.release.tables["sources"]["title"]) == ["Ours"]
    publish(store, "cities", new.tables["cities"])
    assert offered(store, folder) is None


def test_a_cell_that_both_changed_stays_as_it_was_published(store, folder):
    publish(store, "cities", raw(store.release(1), "cities").assign(population="1"))
    write(folder, ONE_ROW | {"cities": ONE_ROW["cities"].replace("8961989", "2") + PARIS})
    assert set(offered(store, folder).tables["cities"]["population"]) == {"1", "2100000"}


def test_what_was_declined_is_offered_again_only_when_the_folder_changes(store, folder):
    write(folder, ONE_ROW | {"cities": ONE_ROW["cities"] + PARIS})
    record(store, DECLINED, "kim", folder=offered(store, folder).folder)
    assert offered(store, folder) is None
    write(folder, ONE_ROW | {"cities": ONE_ROW["cities"] + PARIS.replace("2100000", "2200000")})
    assert offered(store, folder) is not None


def test_another_citys_folder_is_not_offered_and_one_with_faults_says_what_is_wrong(store, folder):
    write(folder, ONE_ROW | {"home": ONE_ROW["home"].replace("seoul,", "london,")})
    assert offered(store, folder) is None
    write(folder, ONE_ROW | {"cities": ONE_ROW["cities"].replace("8961989", "many")})
    new = offered(store, folder)
    assert new.release is None
    assert [(problem.table, problem.column) for problem in new.problems] == [("cities", "population")]
