"""The store of releases: numbered, immutable, each written in one transaction; tables are stored once per content.

Releases are read in today's columns without being validated again. Authorisation is in publishing/access/rights.py.
"""

import logging
import os
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from weakref import WeakValueDictionary

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from metrics.indicators.method import METHOD, figures
from metrics.schema.checks import parsed
from metrics.schema.migrations import newest_schema, rows_of_missing, steps_of
from metrics.schema.problems import Problem
from metrics.schema.release import Figures, Release
from metrics.schema.tables import TABLES
from publishing.changes.marks import Marks, as_json
from publishing.changes.review import differences
from publishing.changes.review import removals as removed_rows
from publishing.files.table_text import canonical, from_canonical
from publishing.store import audit
from publishing.store.backup import backup, backup_path
from publishing.store.database import PATIENCE, engine_for, is_closed_to_writers, keep_a_log, read_only_engine, reading, writing
from publishing.store.disk import make_file, to_disk
from publishing.store.errors import (
    DamagedRelease,
    DashboardError,
    NewerRelease,
    NoSuchRelease,
    NothingChanged,
    StoreUnreachable,
    UnconfirmedRemovals,
    UnknownSchema,
)
from publishing.store.migrating import brought_up_to_date, migrate, version
from publishing.store.releases import (
    Entry,
    UnreadableRelease,
    broken_references,
    broken_rules,
    digest,
    entry_of,
    read_folder,
    release_digest,
    today_at_home,
)
from publishing.store.schema import BLOBS, CONTENTS, NEWEST_SCHEMA, RELEASES

LOG = logging.getLogger(__name__)
FILE = "releases.sqlite"
LAST = 2**31
"""Upper bound of release numbers."""
WRITTEN = {"publish": "published", "restore": "restored"}
"""The audit act of each kind of release."""
POINTS = ("checked", "begun", "blobs", "release", "contents", "committed")
"""The steps at which a publication calls `pause`, in order; it is committed just before "committed"."""

Clock = Callable[[], datetime]
Pause = Callable[[str], object]


def open_store(
    state: Path,
    seed: Path,
    clock: Clock = lambda: datetime.now(UTC),
    patience: float = PATIENCE,
    pause: Pause = lambda _point: None,
    address: str = "",
    begin: bool = True,
) -> "Store":
    """The store in a state folder, or in the database at `address`; a missing one is created atomically with the seed folder
    as release 1. One of an older version is migrated, after a backup in the state folder.

    `patience` is how long a publication waits for another (s); without `begin` a missing store is not created. A file that cannot
    be written is opened read-only. Raises UnreadableRelease for a seed with faults, and then leaves nothing behind; StoreUnreachable,
    also for a file without a store: it may be truncated and is not overwritten.
    """
    file = state / FILE
    if not address and not file.exists():
        if not begin:
            raise StoreUnreachable("There is no store here, and DASHBOARD_BEGIN says that none is to be made")
        _begin_in_file(file, seed, clock, pause)
    store = Store(engine_for(address or file, patience), clock)
    try:
        if not store.is_begun():
            _begin(store, seed, pause, begin and bool(address))
        brought_up_to_date(store.engine, lambda version: _back_up(store, state, version))
        keep_a_log(store.engine, patience)
    except DashboardError as closed:
        store.engine.dispose()
        if address or not is_closed_to_writers(closed):
            raise
        return _read_only(file, clock)
    return store


def _read_only(file: Path, clock: Clock) -> "Store":
    """A store that cannot be written, opened read-only. Raises StoreUnreachable."""
    store = Store(read_only_engine(file), clock, read_only=True)
    with reading(store.engine) as connection:
        current = version(connection)
    if not store.is_begun() or current != NEWEST_SCHEMA:
        store.engine.dispose()
        raise StoreUnreachable("The store cannot be written, and has to be: it is of an older version")
    LOG.warning("The store cannot be written; it is only read")
    return store


def _begin(store: "Store", seed: Path, pause: Pause, may: bool) -> None:
    """Make the first release, unless another process did so meanwhile. Raises StoreUnreachable if not allowed (`may`)."""
    if not may:
        raise StoreUnreachable("The file holds no store: it was cut off, or none is to be made. Recover a backup, or take it away")
    with suppress(NewerRelease):
        store.begin(read_folder(seed), pause)


def _begin_in_file(file: Path, seed: Path, clock: Clock, pause: Pause) -> None:
    """Create a store in a temporary file and link it to its name, unless another process was faster."""
    first, part = read_folder(seed), file.with_name(f"{FILE}.{os.getpid()}")
    make_file(part)
    store = Store(engine_for(part), clock)
    try:
        store.begin(first, pause)
        store.engine.dispose()
        os.link(part, file)
        to_disk(file.parent)
    except FileExistsError:
        LOG.info("Another process has made the store meanwhile")
    except OSError as closed:
        raise StoreUnreachable(f"The store cannot be made: {closed}") from closed
    finally:
        store.engine.dispose()
        part.unlink()


def place(state: Path, address: str = "", clock: Clock = lambda: datetime.now(UTC)) -> "Store":
    """An empty or existing store to recover a backup into; nothing is created or migrated. Raises StoreUnreachable."""
    if not address:
        make_file(state / FILE)
    return Store(engine_for(address or state / FILE), clock)


def unmake(state: Path) -> None:
    """Delete the file that `place` created if it is still empty."""
    file = state / FILE
    if file.is_file() and not file.stat().st_size:
        file.unlink()


def _back_up(store: "Store", state: Path, version: str) -> None:
    file = backup_path(state, store.now(), version)
    backup(store.engine, file)
    LOG.warning("Before its migration the store was backed up in %s", file)


class Store:
    """Releases in a database. Every method may raise StoreUnreachable, and then has changed nothing."""

    def __init__(self, engine: Engine, clock: Clock, read_only: bool = False) -> None:
        self.engine, self._clock, self.read_only = engine, clock, read_only
        self._frames: WeakValueDictionary[str, pd.DataFrame] = WeakValueDictionary()

    def now(self) -> datetime:
        """The current time (UTC) for writes."""
        return self._clock()

    def is_begun(self) -> bool:
        """Whether there is a first release."""
        with reading(self.engine) as connection:
            return inspect(connection).has_table(RELEASES.name) and connection.scalar(_NEWEST) is not None

    def newest(self) -> int:
        """The number of the newest release."""
        return max(self.digests())

    def release(self, number: int) -> Release:
        """A release in today's columns, verified by its digests. Raises NoSuchRelease, UnknownSchema, DamagedRelease."""
        row, digests, contents = self._read(number)
        if (row.schema or 0) > newest_schema():
            raise UnknownSchema(number)
        figures_then = _figures(number, row.figures)
        tables = {name: self._table(number, name, digests.get(name), contents.get(name), row.schema) for name in TABLES}
        return Release(number, row.digest, MappingProxyType(tables), row.schema, row.method, figures_then)

    def _table(self, number: int, name: str, key: str | None, content: bytes | None, schema: int | None) -> pd.DataFrame:
        """The frame of a content, shared by all releases with it. A table without content was added later."""
        if content is None:
            return parsed(name, rows_of_missing(name))
        cache_key = f"{key} {sum(1 for _ in steps_of(name, schema))}"
        frame = self._frames.get(cache_key)
        if frame is None:
            try:
                frame = self._frames[cache_key] = from_canonical(name, content, schema)
            except ValueError as unreadable:
                LOG.exception("The table %s of release %s cannot be read", name, number)
                raise DamagedRelease(number, (name,)) from unreadable
        return frame

    def in_force(self) -> Release:
        """The newest readable release; newer damaged ones are logged. Raises DamagedRelease if there is none."""
        for number in range(self.newest(), 0, -1):
            try:
                return self.release(number)
            except DamagedRelease as damaged:
                last = damaged
        raise last

    def digests(self) -> Mapping[int, str]:
        """The digests of all releases; cached releases with another digest are outdated."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(RELEASES.c.number, RELEASES.c.digest).order_by(RELEASES.c.number)).all()
        if not rows:
            raise StoreUnreachable("The store holds no release")
        return {row.number: row.digest for row in rows}

    def entry(self, number: int) -> Entry:
        """The history entry of a release. Raises NoSuchRelease."""
        with reading(self.engine) as connection:
            return entry_of(_row(connection, _ENTRIES, number)._mapping)

    def history(self) -> tuple[Entry, ...]:
        """Every release, the newest first."""
        with reading(self.engine) as connection:
            rows = connection.execute(_ENTRIES.order_by(RELEASES.c.number.desc())).all()
        return tuple(entry_of(row._mapping) for row in rows)

    def begin(self, first: Release, pause: Pause = lambda _point: None) -> Entry:
        """Make the tables and the first release. Raises NewerRelease if there is one."""
        changes = {name: (len(rows), 0, 0) for name, rows in first.tables.items() if len(rows)}
        return self._write(first, None, pause, kind="first", author="", note="", changes=changes)

    def publish(
        self,
        candidate: Release,
        *,
        parent: int,
        author: str,
        note: str,
        removals: int = 0,
        confirmed: Mapping[str, int] = MappingProxyType({}),
        marks: Marks = MappingProxyType({}),
        digest: str = "",
        pause: Pause = lambda _point: None,
    ) -> Entry:
        """Make a candidate the release in force. `parent` and `digest` are those of its base (an empty digest is not compared);
        `removals` is the confirmed number, `confirmed` that of doubts by kind, for the audit log; `marks` are kept with the release.

        Raises NewerRelease if the parent is no longer in force, NothingChanged, UnconfirmedRemovals, and UnreadableRelease if a
        table that differs from the parent's breaks today's rules.
        """
        newest, base = self._base(parent, digest)
        diffs = differences(base, candidate)
        if not diffs:
            raise NothingChanged(f"Release {parent} says the same")
        if removed_rows(diffs) != removals:
            raise UnconfirmedRemovals(removed_rows(diffs))
        if problems := _problems(base, candidate):
            raise UnreadableRelease(problems)
        made: dict[str, Any] = {"kind": "publish", "author": author, "note": note, "marks": as_json(marks)}
        return self._write(candidate, newest, pause, confirmed=confirmed, changes={diff.table: diff.counts for diff in diffs}, **made)

    def restore(self, number: int, *, parent: int, author: str, note: str, digest: str = "", pause: Pause = lambda _point: None) -> Entry:
        """Make a new release with the exact content of an older one. Raises like `publish` and `release`, but needs no confirmation
        of removals and checks no rules.
        """
        newest, base = self._base(parent, digest)
        older, (row, _digests, contents) = self.release(number), self._read(number)
        changes = {diff.table: diff.counts for diff in differences(base, older)}
        if not changes:
            raise NothingChanged(f"Release {parent} says the same as release {number}")
        made = {"kind": "restore", "restored": number, "author": author, "note": note, "schema": row.schema, "changes": changes}
        return self._write(older, newest, pause, contents, **made)

    def _base(self, parent: int, known: str) -> tuple[Entry, Release]:
        """The newest release's entry, and the parent, whose digest must be `known` unless that is empty.

        If the newest release is damaged, the base is the last valid one, which readers see. If it is of a newer version of the
        dashboard, nothing can be published, since its new content would be lost.
        """
        newest = self.entry(self.newest())
        if (newest.schema or 0) > newest_schema():
            raise UnknownSchema(newest.number)
        base = self.release(parent) if parent == newest.number else self.in_force()
        if base.number != parent or known not in ("", base.digest):
            raise NewerRelease(base.number)
        return newest, base

    def _read(self, number: int) -> tuple[Row, dict[str, str], dict[str, bytes]]:
        """The row of a release, and the verified digest and content of each table."""
        with reading(self.engine) as connection:
            row = _row(connection, select(RELEASES), number)
            rows = connection.execute(_CONTENT.where(CONTENTS.c.release == number)).all()
        digests = {name: key for name, key, _packed in rows}
        contents = {name: content for name, key, packed in rows if (content := _whole(key, packed)) is not None}
        damaged = tuple(name for name in digests if name not in contents)
        if damaged or release_digest(digests) != row.digest:
            fault = DamagedRelease(number, damaged)
            LOG.error("%s", fault)
            raise fault
        return row, digests, contents

    def _write(self, release: Release, before: Entry | None, pause: Pause, stored: Mapping[str, bytes] | None = None, **made: Any) -> Entry:
        """Write a release, or its `stored` contents, after the entry `before`, which must still be the newest, with its figures."""
        contents = {name: canonical(name, release.tables[name]) for name in TABLES} if stored is None else stored
        digests = {name: digest(content) for name, content in contents.items()}
        parent, now, confirmed = before.number if before else None, self._clock(), made.pop("confirmed", {})
        measured = figures(release, today_at_home(release, now.astimezone))
        row: dict[str, Any] = {"number": (parent or 0) + 1, "parent": parent, "restored": None, "at": now}
        row |= {"digest": release_digest(digests), "schema": newest_schema(), "method": METHOD, **made}
        pause("checked")
        with writing(self.engine) as connection:
            pause("begun")
            if parent is None:
                migrate(connection)
            newest = connection.execute(_NEWEST.with_for_update()).one_or_none()
            if tuple(newest or ()) != ((before.number, before.digest) if before else ()):
                raise NewerRelease(newest.number if newest else 0)
            for name, key in digests.items():
                _keep(connection, key, contents[name])
            pause("blobs")
            try:
                connection.execute(insert(RELEASES).values(row | {"figures": {"day": measured.day.isoformat(), "values": measured.values}}))
            except IntegrityError as conflict:  # of concurrent publications, a constraint lets one succeed
                raise NewerRelease(row["number"]) from conflict
            pause("release")
            connection.execute(insert(CONTENTS), [{"release": row["number"], "name": name, "digest": key} for name, key in digests.items()])
            if row["kind"] in WRITTEN:
                about = {"release": row["number"], "restored": row["restored"], "note": row["note"]}
                about |= {"confirmed": dict(confirmed)} if confirmed else {}
                audit.add(connection, row["at"], WRITTEN[row["kind"]], row["author"], **about)
            pause("contents")
        pause("committed")
        return entry_of(row)


_NEWEST = select(RELEASES.c.number, RELEASES.c.digest).order_by(RELEASES.c.number.desc()).limit(1)
_CONTENT = select(CONTENTS.c.name, CONTENTS.c.digest, BLOBS.c.content).join_from(CONTENTS, BLOBS, isouter=True)
_ENTRIES = select(*(column for column in RELEASES.c if column.name != "figures"))


def require_same(connection: Connection, release: Release) -> None:
    """Raises NewerRelease if the store has other content under the release's number, since it was recovered meanwhile."""
    if connection.scalar(select(RELEASES.c.digest).where(RELEASES.c.number == release.number)) != release.digest:
        raise NewerRelease(connection.scalar(_NEWEST))


def _problems(base: Release, candidate: Release) -> list[Problem]:
    """Problems by today's rules in the tables that differ from the base."""
    tables = {name: rows if not rows.equals(base.tables[name]) else base.tables[name] for name, rows in candidate.tables.items()}
    changed = [name for name in TABLES if tables[name] is not base.tables[name]]
    return [problem for name in changed for problem in broken_rules(name, tables)] + broken_references(base.tables, tables)


def _figures(number: int, stored: dict | None) -> Figures | None:
    """The figures at publication. They are not covered by the digest, and a release is readable without them."""
    if not stored:
        return None
    try:
        return Figures(date.fromisoformat(stored["day"]), {name: tuple(figure) for name, figure in stored["values"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        LOG.exception("The figures of release %s cannot be read", number)
        return None


def _row(connection: Connection, query: Select, number: int) -> Row:
    """The row of a release. Raises NoSuchRelease, also for numbers beyond the database's range, which come from links."""
    row = connection.execute(query.where(RELEASES.c.number == number)).one_or_none() if 0 < number < LAST else None
    if row is None:
        raise NoSuchRelease(number)
    return row


def _whole(key: str, packed: Any) -> bytes | None:
    """The content of a blob; None if it is damaged."""
    try:
        content = zlib.decompress(packed)
    except (zlib.error, TypeError):
        return None
    return content if digest(content) == key else None


def _keep(connection: Connection, key: str, content: bytes) -> None:
    """Store a content once; a damaged one is repaired."""
    stored = connection.execute(select(BLOBS.c.content).where(BLOBS.c.digest == key)).one_or_none()
    if stored is None:
        connection.execute(insert(BLOBS).values(digest=key, content=zlib.compress(content)))
    elif _whole(key, stored.content) is None:
        LOG.warning("The damaged content %s was published again and is whole now", key)
        connection.execute(update(BLOBS).where(BLOBS.c.digest == key).values(content=zlib.compress(content)))
