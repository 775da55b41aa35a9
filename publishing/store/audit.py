"""Appends to the audit log within the transaction of the audited act; rows are never changed."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from publishing.store.schema import AUDIT

ACTS = ("signed_in", "published", "restored", "saved", "deleted", "exported", "refused", "recovered", "declined", "approved")

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Control and bidirectional characters, which could forge lines on the reader's screen."""


def add(connection: Connection, at: datetime, act: str, who: str, **about: object) -> None:
    """Append an act in the transaction of its change, so that neither exists without the other."""
    number = connection.execute(select(func.coalesce(func.max(AUDIT.c.number), 0))).scalar_one() + 1
    connection.execute(insert(AUDIT).values(number=number, at=at, act=act, who=_plain(who), about=_plain(about)))


def _plain(value: object) -> object:
    """A JSON value, keys included, with spaces for control characters."""
    if isinstance(value, str):
        return _CONTROLS.sub(" ", value).strip()
    if isinstance(value, Mapping):
        return {_plain(name): _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value
