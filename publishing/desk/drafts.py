"""Drafts: unpublished tables of text in the store, visible to their author only.

Authorisation is in publishing/access/rights.py.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from metrics.schema.migrations import in_todays_columns, newest_schema
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.files.table_text import packed, unpacked
from publishing.store.database import reading, writing
from publishing.store.schema import DRAFTS
from publishing.store.store import Store, require_same

KEPT_FOR, HIDDEN_FOR = timedelta(days=30), timedelta(days=7)
"""How long a draft is shown, and how long an expired one is kept hidden, in case the clock was wrong."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A draft: text frames by table, based on release `base`; `files` as JSON."""

    id: str
    author: str
    at: datetime
    base: int | None
    note: str
    files: tuple
    tables: Mapping[str, pd.DataFrame]
    caches: dict[Callable, object] = field(default_factory=dict, init=False, repr=False)


def save_draft(
    store: Store,
    author: str,
    tables: Mapping[str, pd.DataFrame],
    note: str = "",
    files: Sequence = (),
    *,
    base: Release | None = None,
    id: str = "",
) -> str:
    """Save text frames and return the draft's id; an id of an own draft replaces that draft.

    `files` is any JSON, `base` the release that the draft is based on. Raises NewerRelease if the store has other content under
    its number.
    """
    now = store.now()
    row = {"author": author, "at": now, "base": base and base.number, "note": note, "files": list(files)}
    row |= {"content": packed(tables), "schema": newest_schema()}
    with writing(store.engine) as connection:
        if base is not None:
            require_same(connection, base)
        _expire(connection, now)
        mine = connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.author == author)).rowcount
        id = id if mine else secrets.token_urlsafe(16)
        connection.execute(insert(DRAFTS).values(row | {"id": id}))
    return id


def _expire(connection: Connection, now: datetime) -> None:
    """Mark drafts that expired, delete those marked HIDDEN_FOR ago, and unmark those that a wrong clock marked."""
    old = DRAFTS.c.at < now - KEPT_FOR
    connection.execute(update(DRAFTS).where(~old | (DRAFTS.c.expired > now)).values(expired=None))
    connection.execute(delete(DRAFTS).where(old, DRAFTS.c.expired < now - HIDDEN_FOR))
    connection.execute(update(DRAFTS).where(old, DRAFTS.c.expired.is_(None)).values(expired=now))


def draft(store: Store, id: str, author: str) -> Draft | None:
    """A draft of this author; None if there is none, it expired, or it is another's."""
    return next(iter(_drafts(store, author, DRAFTS.c.id == id)), None) if "\0" not in id else None  # PostgreSQL rejects NUL in text


def drafts(store: Store, author: str) -> tuple[Draft, ...]:
    """The drafts of an author that have not expired, the newest first."""
    return _drafts(store, author)


def _drafts(store: Store, author: str, *conditions: ColumnElement[bool]) -> tuple[Draft, ...]:
    mine = select(DRAFTS).where(DRAFTS.c.author == author, DRAFTS.c.at >= store.now() - KEPT_FOR, *conditions)
    with reading(store.engine) as connection:
        rows = connection.execute(mine.order_by(DRAFTS.c.at.desc())).all()
    return tuple(map(_draft, rows))


def _draft(row: Row) -> Draft:
    """A draft in today's columns, without tables that no longer exist."""
    read = {name: rows for name, rows in unpacked(row.content).items() if name in TABLES}
    tables = {name: in_todays_columns(name, rows, row.schema) for name, rows in read.items()}
    return Draft(row.id, row.author, row.at, row.base, row.note, tuple(row.files), MappingProxyType(tables))


def reassign_drafts(store: Store, author: str, to: str) -> None:
    """Transfer the drafts of an author. Writes nothing if there are none."""
    with reading(store.engine) as connection:
        there = connection.execute(select(DRAFTS.c.id).where(DRAFTS.c.author == author)).first()
    if there is not None and not store.read_only:
        with writing(store.engine) as connection:
            connection.execute(update(DRAFTS).where(DRAFTS.c.author == author).values(author=to))


def drop_draft(store: Store, id: str, author: str) -> None:
    """Delete a draft of this author; another's stays."""
    with writing(store.engine) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.author == author))
