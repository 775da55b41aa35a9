"""Who did what and when: append-only, in the store. Judges nothing; who may see it is asked in publishing/rights.py."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import JSON, Column, Integer, String, Table, Text, insert, select

from publishing.schema import METADATA, Moment, reading, writing
from publishing.store import Store

ACTS = ("signed_in", "published", "restored", "saved", "deleted", "exported", "refused", "recovered")
"""What is recorded."""
AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", String(20), nullable=False),
    Column("about", JSON, nullable=False),
)


@dataclass(frozen=True)
class Record:
    """One act: its number, when (UTC), who ("" for nobody), what was done, and what it was about."""

    number: int
    at: datetime
    who: str
    act: str
    about: Mapping[str, object] = field(hash=False)


def record(store: Store, act: str, who: str, **about: object) -> None:
    """Write an act. Raises StoreUnreachable."""
    with writing(store.engine) as connection:
        AUDIT.create(connection, checkfirst=True)
        connection.execute(insert(AUDIT).values(at=store.now(), who=who, act=act, about=about))


def records(store: Store, before: int | None = None, count: int = 200) -> tuple[Record, ...]:
    """The newest acts first, those before a number. Raises StoreUnreachable."""
    with writing(store.engine) as connection:
        AUDIT.create(connection, checkfirst=True)
    asked = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(count)
    with reading(store.engine) as connection:
        rows = connection.execute(asked if before is None else asked.where(AUDIT.c.number < before)).all()
    return tuple(Record(**row._mapping) for row in rows)


def as_csv(store: Store) -> bytes:
    """Every act as CSV, the oldest first."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["number", "at", "who", "act", "about"])
    for one in reversed(records(store, count=10**6)):
        table.writerow([one.number, one.at.isoformat(), one.who, one.act, json.dumps(one.about, ensure_ascii=False, sort_keys=True)])
    return written.getvalue().encode("utf-8-sig")
