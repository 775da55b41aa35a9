"""Reads and appends to the audit log. Authorisation is in publishing/access/rights.py."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, select

from publishing.files.downloads import guarded
from publishing.store.audit import add
from publishing.store.database import reading, writing
from publishing.store.schema import AUDIT
from publishing.store.store import Store

COLUMNS = ("number", "at", "act", "who", "about")


@dataclass(frozen=True)
class Record:
    """An audited act: when (UTC), which of ACTS, who ("" if unknown), and details."""

    number: int
    at: datetime
    act: str
    who: str
    about: Mapping[str, object] = field(hash=False)


def record(store: Store, act: str, who: str, **about: object) -> None:
    """Append an act that changed nothing else in the store. Raises StoreUnreachable."""
    with writing(store.engine) as connection:
        add(connection, store.now(), act, who, **about)


def records(store: Store, before: int | None = None, count: int = 200) -> tuple[Record, ...]:
    """The newest acts first, `count` of those before a number. Raises StoreUnreachable."""
    query = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(count)
    with reading(store.engine) as connection:
        rows = connection.execute(query if before is None else query.where(AUDIT.c.number < before)).all()
    return tuple(_record(row) for row in rows)


def as_csv(store: Store) -> bytes:
    """Every act, the oldest first: number, at (UTC), act, who, about (JSON). Raises StoreUnreachable."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    with reading(store.engine) as connection:
        for row in connection.execute(select(AUDIT).order_by(AUDIT.c.number)):
            entry = _record(row)
            about = json.dumps(entry.about, ensure_ascii=False, sort_keys=True)
            lines.writerow([entry.number, f"{entry.at:%Y-%m-%dT%H:%M:%SZ}", entry.act, guarded(entry.who), about])
    return written.getvalue().encode("utf-8-sig")


def _record(row: Row) -> Record:
    return Record(**row._mapping)
