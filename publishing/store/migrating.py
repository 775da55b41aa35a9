"""Brings the tables of a store to what this version knows, one migration after the other. Must not look into a table.

The migrations themselves stand in publishing/store/migrations/versions/, each for both databases.
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
"""What stores that were made before there were migrations are: without and with saved briefings."""


def brought_up_to_date(engine: Engine, make_backup: Callable[[str], object]) -> None:
    """Migrate a store that exists, all or nothing; `kept` is given its version first and makes the backup.

    Of two servers that start at once one does it and the other waits. Raises StoreUnreachable, also for a store that a newer
    version has made.
    """
    with reading(engine) as connection:
        current = version(connection)
    if current == NEWEST_SCHEMA:
        return
    if current not in known():
        raise StoreUnreachable(f"The store has the form {current} of a newer version; this one knows {NEWEST_SCHEMA}")
    with writing(engine) as connection:
        if version(connection) != NEWEST_SCHEMA:
            make_backup(current)  # reads what was before, since nothing is written yet
            migrate(connection)
            LOG.warning("The store was brought from form %s to %s", current, NEWEST_SCHEMA)


def migrate(connection: Connection, until: str = "head") -> None:
    """Make or change the tables in the transaction of a connection that writes, as far as a version; no table leads back."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = version(connection)
    if current and not inspect(connection).has_table("alembic_version"):
        command.stamp(config, current)
    command.upgrade(config, until)


def version(connection: Connection) -> str | None:
    """The migration that a store stands at; None for one without tables."""
    tables = inspect(connection)
    if tables.has_table("alembic_version"):
        return connection.scalar(text("SELECT version_num FROM alembic_version"))
    if not tables.has_table(RELEASES.name):
        return None
    return SECOND if tables.has_table(BRIEFINGS.name) else FIRST


def known() -> frozenset[str]:
    """Every version that a store may have."""
    return frozenset(script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions())
