"""Backup and recovery: a zip with one JSON line per row, portable between the databases.

Written from one snapshot while others publish; recovered atomically. Does not validate rows.
"""

import base64
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Table, insert, inspect, select, text

from publishing.store.database import reading, writing
from publishing.store.disk import make_folder, refuse_unless, write_whole
from publishing.store.errors import NotAStore, StoreInUse, StoreUnreachable
from publishing.store.migrating import known, migrate, version
from publishing.store.schema import METADATA, NEWEST_SCHEMA, RELEASES, Moment

FORM = "dashboard-store-1"
MANIFEST = "store.json"
AT_ONCE = 10
"""Rows in memory at a time; one can be 20 MB."""


def backup_path(state: Path, at: datetime, name: str) -> Path:
    """The file of an automatic backup: in the state folder, named by its time (UTC)."""
    return state / "backups" / f"store_{at:%Y%m%dT%H%M%SZ}_{name}.zip"


def backup(engine: Engine, file: Path) -> int:
    """Write the store into a file, atomically and verified by reading it back; the number of rows.

    Raises StoreUnreachable, and NotOurs if the file exists and is no backup, such as the store itself.
    """
    refuse_unless(file, is_backup)

    def write(part: Path) -> None:
        with reading(engine) as connection, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as whole:
            _write(connection, whole)

    try:
        make_folder(file.parent)
        return write_whole(file, write, _rows)
    except (OSError, NotAStore) as closed:
        raise StoreUnreachable(f"The backup cannot be written: {closed}") from closed


def is_backup(file: Path) -> bool:
    """Whether a file has the manifest of a backup."""
    try:
        with _opened(file) as whole:
            return bool(_manifest(whole))
    except NotAStore:
        return False


def _rows(file: Path) -> int:
    """The number of rows of a backup, verified. Raises NotAStore."""
    with _opened(file) as whole:
        tables = _manifest(whole)["tables"]
        return sum(sum(1 for _ in _lines(whole, METADATA.tables[name], *about)) for name, about in tables.items())


def _write(connection: Connection, whole: zipfile.ZipFile) -> None:
    tables = inspect(connection)
    there = [table for table in METADATA.sorted_tables if tables.has_table(table.name)]
    sums = {table.name: _write_table(connection, table, whole) for table in there}
    manifest = {"form": FORM, "version": version(connection), "tables": sums}
    whole.writestr(MANIFEST, json.dumps(manifest, indent=2))


def _write_table(connection: Connection, table: Table, whole: zipfile.ZipFile) -> tuple[int, str]:
    """The number of rows written, and the SHA-256 of their lines."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}  # an older store lacks newer columns
    columns = [column for column in table.c if column.name in there]
    query = select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    rows, summed = 0, hashlib.sha256()
    with whole.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
        for row in connection.execute(query):
            plain = {name: _json_value(table.c[name].type, value) for name, value in row._mapping.items()}
            line = json.dumps(plain, ensure_ascii=False).encode() + b"\n"
            lines.write(line)
            summed.update(line)
            rows += 1
    return rows, summed.hexdigest()


def _json_value(kind: object, value: object) -> object:
    """A value as JSON: bytes in base64, times in ISO 8601."""
    if isinstance(kind, LargeBinary) and value is not None:
        # A damaged SQLite store may have any type here: stored as bytes, equally damaged after recovery.
        return base64.b64encode(value if isinstance(value, bytes) else str(value).encode()).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def recover(engine: Engine, file: Path, replace: bool = False, noted: Callable[[Connection], object] = lambda connection: None) -> int:
    """Recover a store from a backup, atomically; the number of rows.

    `noted` audits it in the same transaction. Raises StoreInUse if there is a store, unless it is to be replaced; NotAStore for a
    file that is no backup, is damaged or was made by a newer version; StoreUnreachable.
    """
    with _opened(file) as whole, writing(engine) as connection:
        manifest = _manifest(whole)
        _empty(connection, replace)
        migrate(connection, manifest["version"])
        for name, totals in manifest["tables"].items():
            lines = _lines(whole, METADATA.tables[name], *totals)
            while some := list(islice(lines, AT_ONCE)):
                connection.execute(insert(METADATA.tables[name]), some)
        migrate(connection)
        noted(connection)
    return sum(rows for rows, _sum in manifest["tables"].values())


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as closed:
        raise NotAStore(f"{file.name}: {closed}") from closed


def _manifest(whole: zipfile.ZipFile) -> dict:
    with suppress(KeyError, ValueError, TypeError, zipfile.BadZipFile):
        manifest = json.loads(whole.read(MANIFEST))
        tables = {name: (int(rows), str(summed)) for name, (rows, summed) in manifest["tables"].items()}
        if manifest["form"] == FORM and manifest["version"] in known() and tables.keys() <= METADATA.tables.keys():
            return {"version": manifest["version"], "tables": tables}
    raise NotAStore(f"It is no backup of a store, or one of a version after {NEWEST_SCHEMA}")


def _empty(connection: Connection, replace: bool) -> None:
    """Drop the tables of a store; those of one with a release only if it is to be replaced."""
    tables = inspect(connection)
    if not replace and tables.has_table(RELEASES.name) and connection.scalar(select(RELEASES.c.number).limit(1)):
        raise StoreInUse("There is a store here already")
    for table in reversed(METADATA.sorted_tables):
        table.drop(connection, checkfirst=True)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS audit_keeps()"))


def _lines(whole: zipfile.ZipFile, table: Table, rows: int, summed: str) -> Iterator[dict]:
    """The rows of a table for the database. Raises NotAStore, for a wrong checksum at the end."""
    sums, read = hashlib.sha256(), 0
    try:
        with whole.open(f"{table.name}.jsonl") as lines:
            for line in lines:
                sums.update(line)
                read += 1
                yield {name: _read(table.c[name].type, value) for name, value in json.loads(line).items()}
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error, EOFError) as damage:
        raise NotAStore(f"The table {table.name} of the backup is damaged") from damage
    if (read, sums.hexdigest()) != (rows, summed):
        raise NotAStore(f"The table {table.name} of the backup is damaged")


def _read(kind: object, value: Any) -> object:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    return datetime.fromisoformat(value) if isinstance(kind, Moment) else value
