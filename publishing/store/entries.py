"""What the history says of a release."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType


@dataclass(frozen=True)
class Entry:
    """A release in the history: who made it, when (UTC), why, from what, and how many rows of each table changed.

    `kind` is first, publish or restore; `restored` is the number whose content a restore took. `changes` gives for each table
    that differs from what was in force: rows added, changed, removed. `schema` and `method` are the versions it was published under,
    None where they were not kept.
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
    """The entry of a row of the store's table of releases, which has its names."""
    changes = {name: tuple(counts) for name, counts in row["changes"].items()}
    return Entry(**{**row, "changes": MappingProxyType(changes)})
