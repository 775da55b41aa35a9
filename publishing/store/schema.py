"""The database tables of the store.

Every change here needs a migration in publishing/store/migrations/.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

NEWEST_SCHEMA = "0006"
"""The latest migration; tests compare its result with the tables below."""


class Moment(TypeDecorator):
    """A time in UTC: aware in Python, naive in the database, since SQLite stores no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database. Raises ValueError for a naive time."""
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
    # Unique, so that only one of two concurrent publications succeeds.
    Column("parent", Integer, ForeignKey("releases.number"), unique=True),
    Column("kind", String(10), nullable=False),
    Column("restored", Integer, ForeignKey("releases.number")),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("digest", String(16), nullable=False),
    Column("changes", JSON, nullable=False),  # table -> [rows added, changed, removed]
    # At publication, NULL if not recorded: the versions of its columns and of the method, and the figures.
    Column("schema", Integer),
    Column("method", Integer),
    Column("figures", JSON(none_as_null=True)),  # {"day": ISO date, "values": {indicator: [value, lower, upper]}}
    Column("marks", JSON(none_as_null=True)),  # {revision or correction: {table: {column: [keys]}}}; NULL if nobody said
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
    Column("schema", Integer),  # the version of its columns; NULL if not recorded
    Column("expired", Moment),  # when it was first seen to have expired; NULL until then
)

BRIEFINGS = Table(
    "briefings",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", LargeBinary, nullable=False),  # JSON as publishing/desk/briefings.py writes it, compressed by zlib with its checksum
)

# Append-only: triggers in the migrations refuse changes. Numbers are assigned under the lock of all writers.
AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("act", String(20), nullable=False),
    Column("who", Text, nullable=False),  # the e-mail of the sign-in, the local login, "" if unknown
    Column("about", JSON, nullable=False),
)
