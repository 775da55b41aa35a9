"""What may stand in the audit, and writing it in the transaction of what it tells: rows are added and never changed."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from publishing.store.schema import AUDIT

ACTS = ("signed_in", "published", "restored", "saved", "deleted", "exported", "refused", "recovered", "declined")

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Characters that end a line, turn its direction or write over it on the screen of whoever reads the audit."""


def add(connection: Connection, at: datetime, act: str, who: str, **about: object) -> None:
    """Write an act in the transaction of what it tells, so that neither comes to be without the other."""
    number = connection.execute(select(func.coalesce(func.max(AUDIT.c.number), 0))).scalar_one() + 1
    connection.execute(insert(AUDIT).values(number=number, at=at, act=act, who=_plain(who), about=_plain(about)))


def _plain(value: object) -> object:
    """A value of JSON without control characters, its names included; a blank stands for them inside a text."""
    if isinstance(value, str):
        return _CONTROLS.sub(" ", value).strip()
    if isinstance(value, Mapping):
        return {_plain(name): _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
