"""Database connections of the store: SQLite in a file, or PostgreSQL by URL. Knows no table.

The same guarantees on both: reads see a snapshot, writes are serialised and atomic.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from publishing.store.errors import StoreUnreachable

PATIENCE, HASTE = 10.0, 0.5
"""Lock time-outs in seconds: of writes, and of reads, for which pages have a fallback."""
LOST = 60.0
"""Seconds after which PostgreSQL rolls back an idle writer."""
CLOSED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
"""SQLite error codes for a file that cannot be written."""
WRITERS = 0x5E0051
"""The PostgreSQL advisory lock of all writers; an arbitrary number."""
# Detects a lost server within seconds instead of the operating system's quarter of an hour.
NOTICED = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
    "application_name": "dashboard",
}


def engine_for(place: Path | str, patience: float = PATIENCE) -> Engine:
    """The engine of a store: an existing SQLite file, or a URL like `postgresql+psycopg://…`.

    Writes wait `patience` s for a lock. Raises StoreUnreachable for other URLs.
    """
    return _file(place, patience) if isinstance(place, Path) else _address(place, patience)


def read_only_engine(file: Path) -> Engine:
    """The engine of a read-only SQLite file. Without a WAL nobody is writing, so the file is opened as immutable."""
    log = file.with_name(f"{file.name}-wal")
    alone = {} if log.exists() and log.stat().st_size else {"immutable": "1"}
    return _file(file, PATIENCE, {"mode": "ro"} | alone)


def is_closed_to_writers(fault: BaseException) -> bool:
    """Whether a fault means that the file cannot be written: read-only, disk full, or no permission."""
    cause: BaseException | None = fault
    while cause is not None and not isinstance(cause, sqlite3.Error):
        cause = getattr(cause, "orig", None) or cause.__cause__
    return cause is not None and getattr(cause, "sqlite_errorcode", 0) & 0xFF in CLOSED


def _file(file: Path, patience: float, mode: Mapping[str, str] = MappingProxyType({"mode": "rw"})) -> Engine:
    if os.access(file, os.W_OK):
        with suppress(OSError):
            file.chmod(0o600)
    place = URL.create("sqlite", database=f"file:{quote(str(file))}", query={**mode, "uri": "true"})
    engine = create_engine(place, pool_timeout=patience, hide_parameters=True)
    event.listen(engine, "connect", lambda connection, record: _prepare(connection, record, file))
    event.listen(engine, "checkout", lambda _connection, record, _proxy: _require_same_file(record, file))
    event.listen(engine, "begin", partial(_begin_in_file, patience=patience))
    return engine


def _address(address: str, patience: float) -> Engine:
    named = _read(address).set(drivername="postgresql+psycopg")
    with _translated_errors():
        engine = create_engine(named, pool_timeout=patience, pool_pre_ping=True, connect_args=NOTICED, hide_parameters=True)
    event.listen(engine, "begin", partial(_begin_at_server, patience=patience))
    return engine


def _read(address: str) -> URL:
    """A PostgreSQL URL. Errors do not quote it, since it may contain a password."""
    try:
        named = make_url(address)
    except (SQLAlchemyError, ValueError):
        raise StoreUnreachable("DATABASE_URL is no address of a database") from None
    if named.drivername not in ("postgresql", "postgresql+psycopg"):
        raise StoreUnreachable("DATABASE_URL must begin with postgresql+psycopg://")
    if "@" in (named.host or ""):
        raise StoreUnreachable("In DATABASE_URL an @ in the password must be written %40")
    return named


def _prepare(connection: sqlite3.Connection, record: ConnectionPoolEntry, file: Path) -> None:
    connection.isolation_level = None  # transactions are begun explicitly
    connection.execute("PRAGMA foreign_keys = on")
    # A published release must survive a power failure; publishing is rare enough to wait for the disk.
    connection.execute("PRAGMA synchronous = full")
    record.info["file"] = _identity(file)


def _require_same_file(record: ConnectionPoolEntry, file: Path) -> None:
    """SQLite would keep reading a deleted or replaced file; a new connection opens the current one."""
    if record.info["file"] != _identity(file):
        raise DisconnectionError(f"{file.name} was moved or replaced")


def _identity(file: Path) -> tuple[int, int]:
    try:
        status = os.stat(file)
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def _writes(connection: Connection) -> bool:
    return connection.get_execution_options().get("writes", False)


def _begin_in_file(connection: Connection, patience: float) -> None:
    writes = _writes(connection)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {(patience if writes else HASTE) * 1000:.0f}")
    # A write takes its lock at once: upgrading a read lock fails if another transaction wrote meanwhile.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_at_server(connection: Connection, patience: float) -> None:
    if _writes(connection):
        # The default isolation level, so that a writer that waited for the lock sees the latest state.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(patience * 1000))}")
        # A writer whose machine failed must not block all others.
        connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = {round(LOST * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(HASTE * 1000)}")


def keep_a_log(engine: Engine, patience: float) -> None:
    """Switch SQLite to WAL, so that reads never wait for a publication. The setting is persistent.

    SQLite refuses while another process uses the file, so it is retried for `patience` s. Raises StoreUnreachable.
    """
    if engine.dialect.name != "sqlite":
        return None
    until = time.monotonic() + patience
    while True:
        try:
            with _translated_errors(), engine.connect() as connection:
                return connection.connection.cursor().execute("PRAGMA journal_mode = wal").close()
        except (StoreUnreachable, sqlite3.Error) as fault:
            if time.monotonic() > until:
                raise StoreUnreachable(f"The store cannot keep a log: {fault}") from fault
            time.sleep(0.05)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection with a snapshot of the store. Raises StoreUnreachable."""
    with _translated_errors(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """An exclusive write transaction. Raises StoreUnreachable, and then nothing has changed."""
    with _translated_errors(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as fault:
        raise StoreUnreachable(f"The store of releases: {fault}") from fault
