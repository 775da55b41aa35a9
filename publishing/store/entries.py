"""Entries of the release history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True)
class Entry:
    """A release in the history.

    `kind` is first, publish or restore; `restored` is the release that was restored. `changes` has the rows added, changed and
    removed of each table that differs from the parent's. `schema` and `method` are the versions at publication, None if not
    recorded.
    """

    number: int
    parent: int | None
    kind: str
    restored: int | None
    author: str
    note: str
    at: datetime
    digest: str
    changes: Mapping[str, tuple[int, int, int]] = field(hash=False)
    schema: int | None = None
    method: int | None = None


def entry_of(row: Mapping) -> Entry:
    """The entry of a row of the table of releases, which has the same names."""
    changes = {name: tuple(counts) for name, counts in row["changes"].items()}
    return Entry(**{**row, "changes": MappingProxyType(changes)})
