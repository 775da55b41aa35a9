"""Migrates the tables of a store to the version of this code, with Alembic.

The migrations are in publishing/store/migrations/versions/, each for both databases.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from publishing.store.database import reading, writing
from publishing.store.errors import StoreUnreachable
from publishing.store.schema import BRIEFINGS, NEWEST_SCHEMA, RELEASES

LOG = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "migrations"
FIRST, SECOND = "0001", "0002"
"""The versions of stores from before migrations: without and with saved briefings."""


def brought_up_to_date(engine: Engine, make_backup: Callable[[str], object]) -> None:
    """Migrate an existing store, atomically; `make_backup` is called with its version first.

    Of two servers that start at once the second waits. Raises StoreUnreachable, also for a store of a newer version.
    """
    with reading(engine) as connection:
        current = version(connection)
    if current == NEWEST_SCHEMA:
        return
    if current not in known():
        raise StoreUnreachable(f"The store has the form {current} of a newer version; this one knows {NEWEST_SCHEMA}")
    with writing(engine) as connection:
        if version(connection) != NEWEST_SCHEMA:
            make_backup(current)  # reads the former state, since nothing is written yet
            migrate(connection)
            LOG.warning("The store was migrated from version %s to %s", current, NEWEST_SCHEMA)


def migrate(connection: Connection, until: str = "head") -> None:
    """Create or upgrade the tables to a version, in the transaction of a connection; there are no downgrades."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = version(connection)
    if current and not inspect(connection).has_table("alembic_version"):
        command.stamp(config, current)
    command.upgrade(config, until)


def version(connection: Connection) -> str | None:
    """The version of a store; None without tables."""
    tables = inspect(connection)
    if tables.has_table("alembic_version"):
        return connection.scalar(text("SELECT version_num FROM alembic_version"))
    if not tables.has_table(RELEASES.name):
        return None
    return SECOND if tables.has_table(BRIEFINGS.name) else FIRST


def known() -> frozenset[str]:
    """All versions of a store."""
    return frozenset(script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions())
