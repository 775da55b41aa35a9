"""The tables of the store, and the way to its database. Knows what is kept and how to reach it, not what may be published.

SQLite today; nothing here but `engine_for` and the events below knows that.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError

from publishing.errors import StoreUnreachable

PATIENCE, HASTE = 10.0, 0.5
"""Seconds to wait for a lock: a publication would rather wait, a page that only reads goes on with what it holds."""


class Moment(TypeDecorator):
    """A moment in UTC: aware in Python, without a zone in the database, since SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database. Raises ValueError for a moment without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A moment needs its time zone")
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return value and value.replace(tzinfo=UTC)


METADATA = MetaData()

BLOBS = Table(
    "blobs",
    METADATA,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the canonical CSV, in hexadecimal
    Column("content", LargeBinary, nullable=False),  # the canonical CSV, compressed by zlib
)

RELEASES = Table(
    "releases",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    # Unique, so that of two who publish on the same release the database itself lets one win.
    Column("parent", Integer, ForeignKey("releases.number"), unique=True),
    Column("kind", String(10), nullable=False),
    Column("restored", Integer, ForeignKey("releases.number")),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("digest", String(16), nullable=False),
    Column("changes", JSON, nullable=False),  # table -> [rows added, changed, removed]
    CheckConstraint("number = coalesce(parent, 0) + 1", name="follows_its_parent"),
)

CONTENTS = Table(
    "contents",
    METADATA,
    Column("release", Integer, ForeignKey("releases.number"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("digest", String(64), ForeignKey("blobs.digest"), nullable=False),
)

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("author", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("base", Integer),
    Column("note", Text, nullable=False),
    Column("files", JSON, nullable=False),
    Column("content", LargeBinary, nullable=False),  # JSON of columns and rows by table, compressed by zlib
)

BRIEFINGS = Table(
    "briefings",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", LargeBinary, nullable=False),  # JSON as publishing/briefings.py writes it, compressed by zlib with its checksum
)


def engine_for(file: Path, patience: float = PATIENCE) -> Engine:
    """The way to a store in an SQLite file, which is not made when it is not there. Who writes waits `patience` s for a lock."""
    place = URL.create("sqlite", database=f"file:{quote(str(file))}", query={"mode": "rw", "uri": "true"})
    engine = create_engine(place, pool_timeout=patience)
    event.listen(engine, "connect", lambda connection, record: _prepare(connection, record, file))
    event.listen(engine, "checkout", lambda _connection, record, _proxy: _still_there(record, file))
    event.listen(engine, "begin", lambda connection: _begin(connection, patience))
    return engine


def _prepare(connection: sqlite3.Connection, record, file: Path) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = on")
    # What was announced as published outlives a power cut as well; publishing is rare enough to wait for the disk.
    connection.execute("PRAGMA synchronous = full")
    record.info["file"] = _identity(file)


def _still_there(record, file: Path) -> None:
    """SQLite goes on reading a file that was deleted or replaced; a new connection finds what is there now."""
    if record.info["file"] != _identity(file):
        raise DisconnectionError(f"{file.name} was moved or replaced")


def _identity(file: Path) -> tuple[int, int]:
    try:
        found = os.stat(file)
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def _begin(connection: Connection, patience: float) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {(patience if writes else HASTE) * 1000:.0f}")
    # A transaction that will write takes its lock at once: one that has read first could only fail when another wrote meanwhile.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def keep_a_log(engine: Engine, patience: float) -> None:
    """Let SQLite write ahead into a log, so that readers never wait for a publication. The file remembers it.

    SQLite refuses it at once while another process uses the file, so it is tried again for `patience` s. Raises StoreUnreachable.
    """
    until = time.monotonic() + patience
    while True:
        try:
            with _reached(), engine.connect() as connection:
                return connection.connection.dbapi_connection.execute("PRAGMA journal_mode = wal").close()
        except StoreUnreachable:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the store, whoever writes meanwhile. Raises StoreUnreachable."""
    with _reached(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of which all or nothing comes to stay, one at a time. Raises StoreUnreachable, and then nothing has changed."""
    with _reached(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as fault:
        raise StoreUnreachable(f"The store of releases: {fault}") from fault
