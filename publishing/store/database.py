"""The way to the database of the store: SQLite in a file, or PostgreSQL by its address. Knows no table.

Both promise the same: who reads sees one moment, who writes does it alone and all or nothing. Nothing else knows which it is.
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
"""Seconds to wait for a lock: a publication would rather wait, a page that only reads goes on with what it holds."""
LOST = 60.0
"""Seconds after which PostgreSQL gives up a writer that says nothing any more; what she wrote is then undone."""
CLOSED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
"""What SQLite says of a file that cannot be written."""
WRITERS = 0x5E0051
"""The number of the lock that everyone who writes to PostgreSQL holds; any number will do that nobody else takes there."""
# A server that is gone is noticed within seconds, not when the system gives the connection up after a quarter of an hour.
NOTICED = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,
    "application_name": "dashboard",
}


def engine_for(place: Path | str, patience: float = PATIENCE) -> Engine:
    """The way to a store: a file of SQLite, which is not made when it is not there, or an address like `postgresql+psycopg://…`.

    Who writes waits `patience` s for a lock. Raises StoreUnreachable for an address of anything else.
    """
    return _file(place, patience) if isinstance(place, Path) else _address(place, patience)


def read_only_engine(file: Path) -> Engine:
    """The way to a file of SQLite that cannot be written. Its log is read too where there is one; else nobody can be writing one."""
    log = file.with_name(f"{file.name}-wal")
    alone = {} if log.exists() and log.stat().st_size else {"immutable": "1"}
    return _file(file, PATIENCE, {"mode": "ro"} | alone)


def is_closed_to_writers(fault: BaseException) -> bool:
    """Whether a fault comes of a file that cannot be written: read-only, its disk full or its folder closed."""
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
    """An address of PostgreSQL. What cannot be read is not repeated, since a password may stand anywhere in it."""
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
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    connection.execute("PRAGMA foreign_keys = on")
    # What was announced as published outlives a power cut as well; publishing is rare enough to wait for the disk.
    connection.execute("PRAGMA synchronous = full")
    record.info["file"] = _identity(file)


def _require_same_file(record: ConnectionPoolEntry, file: Path) -> None:
    """SQLite goes on reading a file that was deleted or replaced; a new connection finds what is there now."""
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
    # A transaction that will write takes its lock at once: one that has read first could only fail when another wrote meanwhile.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_at_server(connection: Connection, patience: float) -> None:
    if _writes(connection):
        # The level is the server's usual one, so that whoever waited for the lock sees what was written meanwhile.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(patience * 1000))}")
        # A writer whose machine is gone in the middle must not keep all others out.
        connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = {round(LOST * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(HASTE * 1000)}")


def keep_a_log(engine: Engine, patience: float) -> None:
    """Let SQLite write ahead into a log, so that readers never wait for a publication. The file remembers it.

    SQLite refuses it at once while another process uses the file, so it is tried again for `patience` s. Raises StoreUnreachable.
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
    """A connection that sees one moment of the store, whoever writes meanwhile. Raises StoreUnreachable."""
    with _translated_errors(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of which all or nothing comes to stay, one at a time. Raises StoreUnreachable, and then nothing has changed."""
    with _translated_errors(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as fault:
        raise StoreUnreachable(f"The store of releases: {fault}") from fault
