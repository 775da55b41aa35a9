"""Offers rows of the data folder that the store lacks, from a newer version of the dashboard or an edited folder.

Offered as a draft, never published automatically; if both changed a cell, the store's wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd
from sqlalchemy import select

from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_comparison
from metrics.schema.tables import TABLES
from publishing.changes.review import differences
from publishing.changes.rows import rebased
from publishing.store.database import reading
from publishing.store.releases import UnreadableRelease, candidate, read_folder
from publishing.store.schema import AUDIT
from publishing.store.store import Store

DECLINED = "declined"
"""The audit act for a declined folder."""


@dataclass(frozen=True, eq=False)
class Offer:
    """What a folder would change in the release in force: tables of text, and the resulting release.

    `release` is None if there are problems; `folder` is the digest of the folder, "" if it is unreadable.
    """

    folder: str
    tables: Mapping[str, pd.DataFrame]
    release: Release | None
    problems: tuple[Problem, ...] = ()


def offer(store: Store, first: Release, newest: Release, folder: Path) -> Offer | None:
    """The changes of the folder since the first release, rebased onto the newest; None if there are none.

    None also for another home city's folder and for a declined one. Raises StoreUnreachable.
    """
    try:
        seed = _read(folder, _stamps(folder))
    except UnreadableRelease as unreadable:
        return Offer("", {}, None, unreadable.problems)
    homes = [list(release.tables["home"]["city_id"]) for release in (seed, newest)]
    if homes[0] != homes[1] or seed.digest in (newest.digest, first.digest):
        return None
    proposal = _on_top(first, seed, newest)
    return proposal if proposal and seed.digest not in _declined(store) else None


@lru_cache(maxsize=1)
def _read(folder: Path, stamps: tuple) -> Release:
    return read_folder(folder)


def _stamps(folder: Path) -> tuple:
    """Size and modification time of each file, to detect changes."""
    stats = [(name, file.stat()) for name in TABLES if (file := folder / f"{name}.csv").is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


@cached_comparison
def _on_top(first: Release, seed: Release, newest: Release) -> Offer | None:
    changed = [diff.table for diff in differences(first, seed)]
    tables = rebased(first, newest, seed, changed).tables
    release, problems = candidate(newest, tables)
    if release is None:
        return Offer(seed.digest, tables, None, problems)
    left = [diff.table for diff in differences(newest, release)]
    return Offer(seed.digest, {name: tables[name] for name in left}, release) if left else None


def _declined(store: Store) -> set[str]:
    with reading(store.engine) as connection:
        return {about["folder"] for about in connection.scalars(select(AUDIT.c.about).where(AUDIT.c.act == DECLINED))}
