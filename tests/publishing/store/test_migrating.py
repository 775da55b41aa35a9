"""Stores that other versions made: an older one comes up to date by itself, with a backup; a newer one is left alone. In both databases."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from publishing.access import audit_log
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.briefings import Outline, SlideRequest, Writer, listed
from publishing.desk.desk import DraftWorkspace, drafts
from publishing.store import migrating
from publishing.store.database import reading, writing
from publishing.store.errors import StoreUnreachable
from publishing.store.schema import METADATA, NEWEST_SCHEMA
from publishing.store.store import open_store
from tests.publishing.store.test_store import with_networks
from tests.worlds import ONE_ROW, write

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path, address):
    stores, seed = [], write(tmp_path / "data", ONE_ROW)

    def open_again(**options):
        stores.append(open_store(tmp_path / "state", seed, **({"clock": lambda: NOON, "address": address, "patience": 10} | options)))
        return stores[-1]

    yield open_again
    for store in stores:
        store.engine.dispose()


def make_old(raw, address, *tables):
    """Make a store what it was before there were migrations, and without some tables. SQLite's triggers go with their table."""
    for table, column in (("releases", "schema"), ("releases", "method"), ("releases", "figures"), ("releases", "marks")):
        raw(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table, column in (("drafts", "schema"), ("drafts", "expired")):
        raw(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("alembic_version", "audit", *tables):
        raw(f"DROP TABLE {table}")
    if address:
        raw("DROP FUNCTION audit_keeps()")


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(opened):
    with reading(opened().engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert ScriptDirectory(str(migrating.FOLDER)).get_current_head() == NEWEST_SCHEMA


@pytest.mark.parametrize("without", [(), ("briefings",)])
def test_a_store_of_the_first_versions_comes_up_to_date_and_loses_nothing(opened, raw, address, tmp_path, without, caplog):
    store = opened()
    DraftWorkspace(store, AT_THE_MACHINE, "park").keep({}, base=store.release(1), files=["in work"])
    entries = [replace(entry, schema=None, method=None) for entry in store.history()]
    before = entries, store.release(1).digest, [draft.files for draft in drafts(store, "park")]
    make_old(raw, address, *without)
    again = opened()
    assert (list(again.history()), again.release(1).digest, [draft.files for draft in drafts(again, "park")]) == before
    assert (listed(again), audit_log.records(again)) == ((), ())
    (backup_file,) = (tmp_path / "state" / "backups").iterdir()
    assert backup_file.name == f"store_20261122T120000Z_{'0001' if without else '0002'}.zip"
    assert str(backup_file) in caplog.text
    with zipfile.ZipFile(backup_file) as whole:
        assert "releases.jsonl" in whole.namelist()
        assert ("briefings.jsonl" in whole.namelist()) != bool(without)
    opened()
    assert len(list((tmp_path / "state" / "backups").iterdir())) == 1


def test_of_two_servers_that_start_at_once_on_an_old_store_one_migrates_it_and_both_go_on(opened, raw, address):
    opened().engine.dispose()
    make_old(raw, address, "briefings")
    ready, numbers = Barrier(2), []

    def start():
        ready.wait()
        numbers.append(opened().newest())

    both = [Thread(target=start) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert numbers == [1, 1]


def test_a_store_of_a_newer_version_is_refused_and_stays_as_it_is(opened, raw):
    opened()
    raw("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnreachable, match="9999 of a newer version"):
        opened()
    assert raw("SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_store_that_is_not_there_is_not_made_where_none_is_to_be_begun(opened, tmp_path, address):
    with pytest.raises(StoreUnreachable, match="none is to be made"):
        opened(begin=False)
    assert not (tmp_path / "state").exists()
    opened()
    assert opened(begin=False).newest() == 1


def test_no_control_character_and_no_turned_direction_gets_into_the_audit(opened):
    store = opened()
    audit_log.record(store, "refused", "a\r\nb", path="/x\n2026\tadmin\x00\x1b[2J", kept=["\u202eexe", {"n\u2066": "\x85"}], release=3)
    (entry, *_) = audit_log.records(store)
    assert (entry.who, dict(entry.about)) == ("a b", {"path": "/x 2026 admin [2J", "kept": ["exe", {"n": ""}], "release": 3})


def test_what_is_published_restored_saved_and_deleted_stands_in_the_audit_which_nobody_can_change(opened, address):
    store = opened()
    store.publish(with_networks("wego"), parent=1, author="kim@seoul.example", note="why")
    store.restore(1, parent=2, author="lee", note="back")
    saved = Writer(store, AT_THE_MACHINE, "kim").save(Outline("Visit", (SlideRequest("closing"),)))
    Writer(store, AT_THE_MACHINE, "lee").delete(saved.id, 1)
    audit_log.record(store, "exported", "=1+1", what="briefing.pptx", release=3)
    entries = [(entry.number, entry.act, entry.who, dict(entry.about)) for entry in reversed(audit_log.records(store))]
    assert entries == [
        (1, "published", "kim@seoul.example", {"release": 2, "restored": None, "note": "why"}),
        (2, "restored", "lee", {"release": 3, "restored": 1, "note": "back"}),
        (3, "saved", "kim", {"briefing": saved.id, "name": "Visit", "version": 1}),
        (4, "deleted", "lee", {"briefing": saved.id, "name": "Visit"}),
        (5, "exported", "=1+1", {"what": "briefing.pptx", "release": 3}),
    ]
    assert {entry.at for entry in audit_log.records(store)} == {NOON}
    assert [entry.number for entry in audit_log.records(store, count=2)] == [5, 4]
    lines = audit_log.as_csv(store).decode("utf-8-sig").splitlines()
    assert lines[0] == "number,at,act,who,about"
    assert lines[5] == """5,2026-11-22T12:00:00Z,exported,'=1+1,"{""release"": 3, ""what"": ""briefing.pptx""}\""""
    changes = ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"]
    changes += [] if address else ["INSERT OR REPLACE INTO audit SELECT number, at, act, 'nobody', about FROM audit"]
    for change in changes:
        with pytest.raises(StoreUnreachable, match="append-only"), writing(store.engine) as connection:
            connection.exec_driver_sql(change)
    assert len(audit_log.records(store)) == 5


def test_nothing_is_published_without_its_row_in_the_audit(opened, raw):
    store = opened()
    raw("DROP TABLE audit")
    with pytest.raises(StoreUnreachable):
        store.publish(with_networks("wego"), parent=1, author="park", note="")
    assert store.newest() == 1
