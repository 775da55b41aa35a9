"""A backup holds the whole store and makes it again, in the same database or the other one; a file that is not whole makes nothing."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from publishing.access import audit_log
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.briefings import Outline, SlideRequest, Writer
from publishing.desk.desk import DraftWorkspace
from publishing.store.backup import MANIFEST, backup, recover
from publishing.store.database import reading
from publishing.store.errors import NotAStore, NotOurs, StoreInUse, StoreUnreachable
from publishing.store.schema import METADATA
from publishing.store.store import FILE, open_store, place
from tests.publishing.store.test_store import with_networks
from tests.worlds import ONE_ROW, write

PROJECT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 22, 12, 0, 0, 123_456, tzinfo=UTC)


@pytest.fixture
def full(tmp_path, address):
    """A store with two releases, a draft, a briefing and what the audit says of them."""
    store = open_store(tmp_path / "state", write(tmp_path / "data", ONE_ROW), clock=lambda: NOON, address=address)
    store.publish(with_networks("wego"), parent=1, author="김", note="왜")
    draft = {"networks": with_networks("c40").tables["networks"]}
    DraftWorkspace(store, AT_THE_MACHINE, "park").keep(draft, files=["a.xlsx"], base=store.release(1))
    Writer(store, AT_THE_MACHINE, "kim").save(Outline("Visit", (SlideRequest("closing"),)))
    yield store
    store.engine.dispose()


@pytest.fixture
def elsewhere(tmp_path):
    """`elsewhere(address)` -> another place for a store, with nothing in it."""
    made = []

    def make(address=""):
        made.append(place(tmp_path / f"other-{len(made)}", address, clock=lambda: NOON))
        return made[-1]

    yield make
    for store in made:
        store.engine.dispose()


def everything(store) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with reading(store.engine) as connection:
        ordered = {table.name: select(table).order_by(*table.primary_key.columns) for table in METADATA.sorted_tables}
        return {name: [tuple(row) for row in connection.execute(query)] for name, query in ordered.items()}


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_store_comes_back_as_it_was_in_the_same_database_or_the_other(full, elsewhere, new_database, tmp_path, to):
    before = everything(full)
    assert {name: len(rows) > 0 for name, rows in before.items()} == dict.fromkeys(before, True)
    rows = backup(full.engine, tmp_path / "b" / "store.zip")
    again = elsewhere(new_database() if to == "postgresql" else "")
    assert recover(again.engine, tmp_path / "b" / "store.zip") == rows == sum(map(len, before.values()))
    assert everything(again) == before
    again.publish(with_networks("wego", "c40"), parent=2, author="park", note="goes on")
    assert [entry.act for entry in audit_log.records(again)] == ["published", "saved", "published"]


def test_a_store_that_is_there_is_replaced_only_where_one_says_so(full, tmp_path):
    backup(full.engine, tmp_path / "store.zip")
    before = everything(full)
    full.publish(with_networks("wego", "c40"), parent=2, author="park", note="later")
    with pytest.raises(StoreInUse):
        recover(full.engine, tmp_path / "store.zip")
    assert full.newest() == 3
    recover(full.engine, tmp_path / "store.zip", replace=True)
    assert everything(full) == before


def test_a_damaged_store_is_kept_with_its_damage(full, raw, address, elsewhere, tmp_path):
    raw("UPDATE drafts SET content = :damage", damage=b"7" if address else 7)
    backup(full.engine, tmp_path / "store.zip")
    again = elsewhere()
    recover(again.engine, tmp_path / "store.zip")
    assert again.release(2).digest == full.release(2).digest
    assert b"7" in everything(again)["drafts"][0]


def changed(file: Path, name: str, content: bytes | None) -> None:
    """Write a zip anew with another content of one file, or without it."""
    with zipfile.ZipFile(file) as whole:
        files = {part: whole.read(part) for part in whole.namelist()}
    files = {part: read for part, read in files.items() if part != name} | ({} if content is None else {name: content})
    with zipfile.ZipFile(file, "w") as whole:
        for part, read in files.items():
            whole.writestr(part, read)


def rewritten(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """What writes a backup anew with other bytes in one of its files, as many rows as before."""

    def rewrite(file: Path) -> None:
        with zipfile.ZipFile(file) as whole:
            content = whole.read(name)
        assert old in content
        changed(file, name, content.replace(old, new, 1))

    return rewrite


NEWER = json.dumps({"form": "dashboard-store-1", "version": "9999", "tables": {}}).encode()
DAMAGE = {
    "no zip": lambda file: file.write_bytes(b"no zip"),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-200]),
    "another zip": lambda file: changed(file, MANIFEST, None),
    "no manifest": lambda file: changed(file, MANIFEST, b"[1]"),
    "a newer version": lambda file: changed(file, MANIFEST, NEWER),
    "without a table": lambda file: changed(file, "blobs.jsonl", None),
    "with one cell changed": rewritten("drafts.jsonl", b"a.xlsx", b"b.xlsx"),
    "with a wrong number of rows": rewritten(MANIFEST, b'"releases": [\n      2', b'"releases": [\n      3'),
    "with rows missing": lambda file: changed(file, "audit.jsonl", b""),
    "no rows": lambda file: changed(file, "drafts.jsonl", b"no row\n"),
    "not there": lambda file: file.unlink(),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_file_that_is_no_whole_backup_changes_nothing(full, tmp_path, how):
    file = tmp_path / "store.zip"
    backup(full.engine, file)
    DAMAGE[how](file)
    before = everything(full)
    with pytest.raises(NotAStore):
        recover(full.engine, file, replace=True)
    assert everything(full) == before


def test_a_backup_that_cannot_be_written_leaves_no_part_of_it(full, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreachable):
        backup(full.engine, tmp_path / "file" / "store.zip")
    assert [part.name for part in tmp_path.glob("*.part")] == []


def test_two_commands_keep_a_store_and_bring_it_back(full, tmp_path, address):
    def run(*line):
        surroundings = os.environ | {"DASHBOARD_STATE": str(tmp_path / "state"), "DATABASE_URL": address}
        command = [sys.executable, "-m", "publishing", "--lang", "en", *line]
        return subprocess.run(command, cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=False)

    file = str(tmp_path / "kept.zip")
    assert "rows of the store are in" in run("backup", file).stdout
    assert run("recover", file).stderr.startswith("There is a store here already.")
    result = run("recover", file, "--replace")
    assert (result.returncode, result.stderr) == (0, "")
    assert "release 2 is in force" in result.stdout
    (safety_copy,) = (tmp_path / "state" / "backups").iterdir()
    assert str(safety_copy) in result.stdout


def test_of_two_backups_into_one_name_one_stays_and_it_is_whole(full, tmp_path, elsewhere):
    file = tmp_path / "b" / "store.zip"
    with ThreadPoolExecutor(4) as writers:
        counts = {job.result() for job in [writers.submit(backup, full.engine, file) for _ in range(8)]}
    assert len(counts) == 1
    assert recover(elsewhere().engine, file) == counts.pop()
    assert [path.name for path in file.parent.iterdir()] == ["store.zip"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"a letter", None])
def test_what_is_there_and_is_no_backup_is_never_written_over(full, tmp_path, content):
    file = tmp_path / "letter.txt" if content is not None else tmp_path / "state" / FILE
    if content is not None:
        file.write_bytes(content)
    elif not file.exists():
        pytest.skip("this store is no file")
    before = file.read_bytes()
    with pytest.raises(NotOurs):
        backup(full.engine, file)
    assert file.read_bytes() == before


def test_a_backup_that_cannot_be_read_back_takes_the_place_of_none(full, tmp_path, monkeypatch):
    file = tmp_path / "store.zip"
    backup(full.engine, file)
    before = file.read_bytes()
    monkeypatch.setattr("publishing.store.backup._write", lambda connection, whole: whole.writestr("half", "a"))
    with pytest.raises(StoreUnreachable):
        backup(full.engine, file)
    assert file.read_bytes() == before


def test_who_recovered_is_noted_in_the_same_transaction(full, tmp_path):
    backup(full.engine, tmp_path / "store.zip")
    before = everything(full)

    def refuse(connection):
        raise StoreUnreachable("the note cannot be written")

    with pytest.raises(StoreUnreachable):
        recover(full.engine, tmp_path / "store.zip", replace=True, noted=refuse)
    assert everything(full) == before
