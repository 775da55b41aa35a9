"""A store that an earlier version made, by that version's own code, opens and goes on; a change of a table without its step is named."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from metrics.indicators import readings
from metrics.method import METHOD
from metrics.schema_steps import STEPS, ColumnAdded, ColumnRemoved, ColumnRenamed, RuleChanged, TableAdded, newest_schema
from metrics.tables import TABLES
from publishing.backup import backup, recover
from publishing.downloads import as_package
from publishing.drafts import drafts
from publishing.errors import UnknownSchema
from publishing.releases import candidate
from publishing.rows import raw as as_rows
from publishing.store import FILE, open_store, place
from tests.stores.shapes import shapes

STORES = Path(__file__).parents[1] / "stores"
KEPT = sorted(folder.name for folder in STORES.iterdir() if (folder / "about.json").is_file())


def about(name):
    return json.loads((STORES / name / "about.json").read_text())


@pytest.fixture(params=KEPT)
def name(request):
    return request.param


@pytest.fixture
def store(name, tmp_path):
    (tmp_path / "state").mkdir()
    shutil.copy(STORES / name / "store.sqlite", tmp_path / "state" / FILE)
    opened = open_store(tmp_path / "state", tmp_path / "no-data", begin=False)
    yield opened
    opened.engine.dispose()


def test_every_release_is_read_with_its_digest_and_can_be_taken_away(store, name):
    for entry in store.history():
        release = store.release(entry.number)
        assert release.digest == entry.digest
        assert list(release.tables) == list(TABLES)
        assert as_package(release)


def test_one_publishes_on_it_restores_and_finds_the_draft(store):
    newest = store.newest()
    rows = as_rows(store.release(newest), "networks")
    draft, problems = candidate(store.release(newest), {"networks": rows.assign(name_ko="이름")})
    assert problems == ()
    made = store.publish(draft, parent=newest, author="kim", note="On an old release")
    assert (made.schema, made.method) == (newest_schema(), METHOD)
    assert store.release(made.number).figures.values
    assert store.restore(2, parent=made.number, author="kim", note="back").digest == store.entry(2).digest
    assert [list(draft.tables) for draft in drafts(store, "kim")] == [["networks"]]


def test_it_is_kept_in_a_backup_and_both_backups_come_back(store, name, tmp_path):
    backup(store.engine, tmp_path / "today.zip")
    for number, file in enumerate((tmp_path / "today.zip", STORES / name / "backup.zip")):
        again = place(tmp_path / f"again-{number}")
        recover(again.engine, file)
        assert [entry.digest for entry in again.history()] == [entry.digest for entry in store.history()]
        again.engine.dispose()


def test_the_same_method_says_the_same_of_it(store, name):
    kept = about(name)
    if kept["method"] != METHOD:
        pytest.skip("another method made it")
    day = date.fromisoformat(kept["day"])
    for number, values in kept["readings"].items():
        today = {one.indicator: [one.value, one.lower, one.upper] for one in readings(store.release(int(number)), day)}
        assert today == values, "raise METHOD in metrics/method.py"


def test_a_release_of_a_newer_version_is_left_alone_and_the_last_known_one_serves(store):
    newest = store.newest()
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE releases SET schema = {newest_schema() + 1} WHERE number = {newest}")
    with pytest.raises(UnknownSchema):
        store.release(newest)
    assert store.in_force().number == newest - 1
    with pytest.raises(UnknownSchema):
        store.restore(1, parent=newest - 1, author="kim", note="")


@pytest.mark.parametrize(
    "step",
    [
        ColumnAdded("networks", "founded"),
        ColumnAdded("networks", "kind", filling="forum"),
        ColumnRenamed("networks", before="name_en", column="name"),
        ColumnRemoved("networks", "name_en"),
        TableAdded("visits"),
        RuleChanged("contacts", "kind"),
    ],
    ids=lambda step: type(step).__name__,
)
def test_a_step_changes_the_columns_that_it_names_and_no_row(store, step):
    rows = as_rows(store.release(1), "networks")
    after = step.apply(rows) if step.table == "networks" else rows
    assert len(after) == len(rows)
    assert {*after} - {*rows} == ({step.column} if isinstance(step, ColumnAdded | ColumnRenamed) else set())
    assert {*rows} - {*after} == ({"name_en"} if isinstance(step, ColumnRenamed | ColumnRemoved) else set())


def changed_columns(before, after):
    """(table, column) of every difference between two shapes; the column is "" where the table itself differs."""
    tables = before.keys() | after.keys()
    whole = {(table, "") for table in tables if (table in before) != (table in after)}
    both = [(table, before[table]["columns"], after[table]["columns"]) for table in before.keys() & after.keys()]
    return whole | {(table, column) for table, old, new in both for column in old.keys() | new.keys() if old.get(column) != new.get(column)}


def test_a_change_of_a_table_has_its_step():
    kept = about(KEPT[-1])
    steps = STEPS[kept["schema"] :]
    named = {(step.table, getattr(step, "column", "")) for step in steps}
    named |= {(step.table, step.before) for step in steps if isinstance(step, ColumnRenamed)}
    missing = changed_columns(kept["tables"], shapes()) - named
    assert not missing, f"add a step to STEPS in metrics/schema_steps.py for each of {sorted(missing)}"
