"""Who did what and when, in the store: rows are added and never changed. Who may see them is asked in publishing/rights.py."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, func, insert, select

from publishing.database import reading, writing
from publishing.downloads import guarded
from publishing.schema import AUDIT

if TYPE_CHECKING:  # the store itself writes down what is published
    from publishing.store import Store

ACTS = ("signed_in", "published", "restored", "saved", "deleted", "exported", "refused", "recovered", "declined")
COLUMNS = ("number", "at", "act", "who", "about")


@dataclass(frozen=True)
class Record:
    """An act: when (UTC), which of ACTS, who ("" for nobody known), and about what."""

    number: int
    at: datetime
    act: str
    who: str
    about: Mapping[str, object] = field(hash=False)


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Characters that end a line, turn its direction or write over it on the screen of whoever reads the audit."""


def add(connection: Connection, at: datetime, act: str, who: str, **about: object) -> None:
    """Write an act in the transaction of what it tells, so that neither comes to be without the other."""
    number = connection.scalar(select(func.coalesce(func.max(AUDIT.c.number), 0))) + 1
    connection.execute(insert(AUDIT).values(number=number, at=at, act=act, who=_plain(who), about=_plain(about)))


def _plain(value: object) -> object:
    """A value of JSON without control characters, its names included; a blank stands for them inside a text."""
    if isinstance(value, str):
        return _CONTROLS.sub(" ", value).strip()
    if isinstance(value, Mapping):
        return {_plain(name): _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def record(store: "Store", act: str, who: str, **about: object) -> None:
    """Write an act that changed nothing in the store. Raises StoreUnreachable."""
    with writing(store.engine) as connection:
        add(connection, store.now(), act, who, **about)


def records(store: "Store", before: int | None = None, count: int = 200) -> tuple[Record, ...]:
    """The newest acts first, `count` of those before a number. Raises StoreUnreachable."""
    asked = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(count)
    with reading(store.engine) as connection:
        rows = connection.execute(asked if before is None else asked.where(AUDIT.c.number < before)).all()
    return tuple(_record(row) for row in rows)


def as_csv(store: "Store") -> bytes:
    """Every act, the oldest first: number, at (UTC), act, who, about (JSON). Raises StoreUnreachable."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    with reading(store.engine) as connection:
        for row in connection.execute(select(AUDIT).order_by(AUDIT.c.number)):
            one = _record(row)
            about = json.dumps(one.about, ensure_ascii=False, sort_keys=True)
            lines.writerow([one.number, f"{one.at:%Y-%m-%dT%H:%M:%SZ}", one.act, guarded(one.who), about])
    return written.getvalue().encode("utf-8-sig")


def _record(row: Row) -> Record:
    return Record(**row._mapping)
