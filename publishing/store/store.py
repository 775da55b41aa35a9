"""The store of releases: numbered, immutable, each written in one transaction, its tables kept once by their content.

What was published is read without being judged again, in the columns of today, whatever rules have changed since. Who may publish is
asked before, in publishing/access/rights.py.
"""

import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from weakref import WeakValueDictionary

import pandas as pd
from sqlalchemy import Connection, Engine, Row, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from metrics.indicators.method import METHOD, figures
from metrics.schema.migrations import newest_schema, steps_of
from metrics.schema.problems import Problem
from metrics.schema.release import Figures, Release
from metrics.schema.tables import TABLES, parsed
from publishing.changes.review import differences
from publishing.changes.review import removals as removed_rows
from publishing.files.table_text import canonical, from_canonical
from publishing.store import audit
from publishing.store.backup import backup, backup_path
from publishing.store.blobs import keep, whole
from publishing.store.database import PATIENCE, engine_for, is_closed_to_writers, keep_a_log, read_only_engine, reading, writing
from publishing.store.disk import make_folder, to_disk
from publishing.store.entries import Entry, entry_of
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
from publishing.store.home_day import today_at_home
from publishing.store.migrating import brought_up_to_date, migrate, version
from publishing.store.releases import UnreadableRelease, broken_references, broken_rules, digest, read_folder, release_digest
from publishing.store.schema import BLOBS, CONTENTS, NEWEST_SCHEMA, RELEASES

LOG = logging.getLogger(__name__)
FILE = "releases.sqlite"
LAST = 2**31
"""All numbers are below it."""
WRITTEN = {"publish": "published", "restore": "restored"}
"""How the audit calls what made a release."""
POINTS = ("checked", "begun", "blobs", "release", "contents", "committed")
"""Where a publication pauses, in this order; it counts from just before "committed"."""

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
    """The store in a state folder, or in the database of an `address`; on first start it is made there, with the seed folder's CSV
    as release 1, all or nothing. One that an older version made is migrated, with a backup of it in the state folder.

    `patience` is how long a publication waits for another (s); without `begin` a store that is not there is not made. A file that
    cannot be written is read. Raises UnreadableRelease for a seed with faults, and then leaves nothing behind; StoreUnreachable, also
    for a file that holds no store: it may have been cut off, and nothing begins anew in its place.
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
    """A store whose disk is full or closed to us, to be read. Raises StoreUnreachable."""
    store = Store(read_only_engine(file), clock, read_only=True)
    if not store.is_begun() or store.version() != NEWEST_SCHEMA:
        store.engine.dispose()
        raise StoreUnreachable("The store cannot be written, and has to be: it is of an older version")
    LOG.warning("The store cannot be written; it is only read")
    return store


def _begin(store: "Store", seed: Path, pause: Pause, may: bool) -> None:
    """Make the first release, unless another process has made it meanwhile. Raises StoreUnreachable where none `may` be made."""
    if not may:
        raise StoreUnreachable("The file holds no store: it was cut off, or none is to be made. Recover a backup, or take it away")
    with suppress(NewerRelease):
        store.begin(read_folder(seed), pause)


def _begin_in_file(file: Path, seed: Path, clock: Clock, pause: Pause) -> None:
    """Make a store under a name of its own, which becomes the store's when it is whole and no other process was faster."""
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
    """Where a store is to be made from a backup: nothing is begun or migrated. Raises StoreUnreachable."""
    if not address:
        make_file(state / FILE)
    return Store(engine_for(address or state / FILE), clock)


def unmake(state: Path) -> None:
    """Take the file away that `place` made, where nothing came to be in it."""
    file = state / FILE
    if file.is_file() and not file.stat().st_size:
        file.unlink()


def _back_up(store: "Store", state: Path, version: str) -> None:
    file = backup_path(state, store.now(), version)
    backup(store.engine, file)
    LOG.warning("Before its migration the store was kept in %s", file)


def make_file(file: Path) -> None:
    """Make the file of a store, and its folder, where they are not there, closed to everybody else. Raises StoreUnreachable."""
    try:
        make_folder(file.parent)
        file.touch(0o600)
    except OSError as closed:
        raise StoreUnreachable(f"The state folder cannot be written: {closed}") from closed


class Store:
    """Releases behind a database. Every method raises StoreUnreachable, and then has changed nothing."""

    def __init__(self, engine: Engine, clock: Clock, read_only: bool = False) -> None:
        self.engine, self._clock, self.read_only = engine, clock, read_only
        self._frames: WeakValueDictionary[str, pd.DataFrame] = WeakValueDictionary()

    def now(self) -> datetime:
        """The moment that what is written now is kept with (UTC)."""
        return self._clock()

    def is_begun(self) -> bool:
        """Whether there is a first release."""
        with reading(self.engine) as connection:
            return inspect(connection).has_table(RELEASES.name) and connection.scalar(_NEWEST) is not None

    def version(self) -> str | None:
        """The migration that the tables stand at."""
        with reading(self.engine) as connection:
            return version(connection)

    def newest(self) -> int:
        """The number of the newest release."""
        with reading(self.engine) as connection:
            number = connection.scalar(_NEWEST)
        if number is None:
            raise StoreUnreachable("The store holds no release")
        return number

    def release(self, number: int) -> Release:
        """A release in today's columns, its content checked against its digests. Raises NoSuchRelease, UnknownSchema, DamagedRelease."""
        row, digests, contents = self._read(number)
        if (row.schema or 0) > newest_schema():
            raise UnknownSchema(number)
        figures_then = _figures(number, row.figures)
        tables = {name: self._table(number, name, digests.get(name), contents.get(name), row.schema) for name in TABLES}
        return Release(number, row.digest, MappingProxyType(tables), row.schema, row.method, figures_then)

    def _table(self, number: int, name: str, key: str | None, content: bytes | None, schema: int | None) -> pd.DataFrame:
        """The frame of a content, held once for all releases that have it. One without content was added later and has no rows."""
        if content is None:
            return parsed(name, pd.DataFrame())
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
        """The newest release that can be read; others after it go to the log. Raises DamagedRelease where there is none."""
        for number in range(self.newest(), 0, -1):
            try:
                return self.release(number)
            except DamagedRelease as damaged:
                last = damaged
        raise last

    def digests(self) -> Mapping[int, str]:
        """The digest of every release: what is held of one under another digest is not what the store has any more."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(RELEASES.c.number, RELEASES.c.digest).order_by(RELEASES.c.number)).all()
        if not rows:
            raise StoreUnreachable("The store holds no release")
        return {row.number: row.digest for row in rows}

    def entry(self, number: int) -> Entry:
        """The history's entry on a release. Raises NoSuchRelease."""
        with reading(self.engine) as connection:
            row = connection.execute(_ENTRIES.where(RELEASES.c.number == _known(number))).one_or_none()
        if row is None:
            raise NoSuchRelease(number)
        return entry_of(row._mapping)

    def history(self) -> tuple[Entry, ...]:
        """Every release, the newest first."""
        with reading(self.engine) as connection:
            rows = connection.execute(_ENTRIES.order_by(RELEASES.c.number.desc())).all()
        return tuple(entry_of(row._mapping) for row in rows)

    def begin(self, first: Release, pause: Pause = lambda _point: None) -> Entry:
        """Make the tables and the first release. Raises NewerRelease where there is one."""
        changes = {name: (len(rows), 0, 0) for name, rows in first.tables.items() if len(rows)}
        made = {"parent": None, "kind": "first", "restored": None, "author": "", "note": "", "changes": changes}
        return self._write(first, _contents(first), made | {"schema": newest_schema()}, pause)

    def publish(
        self,
        candidate: Release,
        *,
        parent: int,
        author: str,
        note: str,
        removals: int = 0,
        digest: str = "",
        pause: Pause = lambda _point: None,
    ) -> Entry:
        """Make a candidate the release in force. `parent` and `digest` name the release it was made on, any content where the digest
        is empty; `removals` is the number that was confirmed.

        Raises NewerRelease where the parent is not in force any more, NothingChanged, UnconfirmedRemovals, and UnreadableRelease
        where a table that differs from the parent's breaks a rule of today.
        """
        newest, base = self._base(parent, digest)
        diffs = differences(base, candidate)
        if not diffs:
            raise NothingChanged(f"Release {parent} says the same")
        if removed_rows(diffs) != removals:
            raise UnconfirmedRemovals(removed_rows(diffs))
        if problems := _problems(base, candidate):
            raise UnreadableRelease(problems)
        made = {"parent": newest.number, "kind": "publish", "restored": None, "author": author, "note": note, "schema": newest_schema()}
        made |= {"changes": {diff.table: diff.counts for diff in diffs}}
        return self._write(candidate, _contents(candidate), made, pause, newest)

    def restore(self, number: int, *, parent: int, author: str, note: str, digest: str = "", pause: Pause = lambda _point: None) -> Entry:
        """Make a new release with the content of an older one, byte for byte. Raises as `publish` and `release` do, but asks for no
        confirmation, and no rule of today is asked either.
        """
        newest, base = self._base(parent, digest)
        older, (row, _digests, contents) = self.release(number), self._read(number)
        changes = {diff.table: diff.counts for diff in differences(base, older)}
        if not changes:
            raise NothingChanged(f"Release {parent} says the same as release {number}")
        made = {"parent": newest.number, "kind": "restore", "restored": number, "author": author, "note": note, "schema": row.schema}
        return self._write(older, contents, made | {"changes": changes}, pause, newest)

    def _base(self, parent: int, known: str) -> tuple[Entry, Release]:
        """The newest release's entry, and the parent, whose digest is `known` where that is not empty.

        On a damaged newest release one publishes from the last whole one, which readers see; on one of a newer version of the
        dashboard nobody does, since what is new in it would be lost.
        """
        newest = self.entry(self.newest())
        if (newest.schema or 0) > newest_schema():
            raise UnknownSchema(newest.number)
        base = self.release(parent) if parent == newest.number else self.in_force()
        if base.number != parent or known not in ("", base.digest):
            raise NewerRelease(base.number)
        return newest, base

    def _read(self, number: int) -> tuple[Row, dict[str, str], dict[str, bytes]]:
        """What is kept of a release: its row, and the digest and the content of each table, both checked."""
        with reading(self.engine) as connection:
            row = connection.execute(select(RELEASES).where(RELEASES.c.number == _known(number))).one_or_none()
            rows = connection.execute(_CONTENT.where(CONTENTS.c.release == number)).all()
        if row is None:
            raise NoSuchRelease(number)
        digests = {name: key for name, key, _packed in rows}
        contents = {name: content for name, key, packed in rows if (content := whole(key, packed)) is not None}
        damaged = tuple(name for name in digests if name not in contents)
        if damaged or release_digest(digests) != row.digest:
            fault = DamagedRelease(number, damaged)
            LOG.error("%s", fault)
            raise fault
        return row, digests, contents

    def _write(self, release: Release, contents: Mapping[str, bytes], made: dict, pause: Pause, before: Entry | None = None) -> Entry:
        """The one way in which a release comes to be, after the entry that was the newest `before`; its figures of the day are kept."""
        digests = {name: digest(content) for name, content in contents.items()}
        parent, now = made["parent"], self._clock()
        measured = figures(release, today_at_home(release, now.astimezone))
        row = made | {"number": (parent or 0) + 1, "at": now, "digest": release_digest(digests), "method": METHOD}
        pause("checked")
        with writing(self.engine) as connection:
            pause("begun")
            if parent is None:
                migrate(connection)
            newest = connection.execute(_NEWEST.with_for_update()).one_or_none()
            if tuple(newest or ()) != ((before.number, before.digest) if before else ()):
                raise NewerRelease(newest.number if newest else 0)
            for name, key in digests.items():
                keep(connection, key, contents[name])
            pause("blobs")
            _insert(connection, row | {"figures": {"day": measured.day.isoformat(), "values": measured.values}})
            pause("release")
            connection.execute(insert(CONTENTS), [{"release": row["number"], "name": name, "digest": key} for name, key in digests.items()])
            if row["kind"] in WRITTEN:
                about = {"release": row["number"], "restored": row["restored"], "note": row["note"]}
                audit.add(connection, row["at"], WRITTEN[row["kind"]], row["author"], **about)
            pause("contents")
        pause("committed")
        return entry_of(row)


_NEWEST = select(RELEASES.c.number, RELEASES.c.digest).order_by(RELEASES.c.number.desc()).limit(1)
_CONTENT = select(CONTENTS.c.name, CONTENTS.c.digest, BLOBS.c.content).join_from(CONTENTS, BLOBS, isouter=True)
_ENTRIES = select(*(column for column in RELEASES.c if column.name != "figures"))


def require_same(connection: Connection, release: Release) -> None:
    """Raises NewerRelease where the store has another content under the release's number: it was recovered meanwhile."""
    known = connection.scalar(select(RELEASES.c.digest).where(RELEASES.c.number == release.number))
    if known != release.digest:
        raise NewerRelease(connection.scalar(_NEWEST))


def _contents(release: Release) -> dict[str, bytes]:
    return {name: canonical(name, release.tables[name]) for name in TABLES}


def _problems(base: Release, candidate: Release) -> list[Problem]:
    """What a candidate breaks of today's rules in the tables that are not those of its base."""
    tables = {name: rows if not rows.equals(base.tables[name]) else base.tables[name] for name, rows in candidate.tables.items()}
    changed = [name for name in TABLES if tables[name] is not base.tables[name]]
    return [problem for name in changed for problem in broken_rules(name, tables[name])] + broken_references(base.tables, tables)


def _figures(number: int, stored: dict | None) -> Figures | None:
    """The figures of the day of publication. No digest covers them, and a release can be read without them."""
    if not stored:
        return None
    try:
        return Figures(date.fromisoformat(stored["day"]), {name: tuple(figure) for name, figure in stored["values"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        LOG.exception("What the method of release %s said of it cannot be read", number)
        return None


def _known(number: int) -> int:
    """A number as the database can hold it. Raises NoSuchRelease for others, which come from links."""
    if not 0 < number < LAST:
        raise NoSuchRelease(number)
    return number


def _insert(connection: Connection, row: dict) -> None:
    try:
        connection.execute(insert(RELEASES).values(row))
    except IntegrityError as conflict:  # where the database lets two publish at once, its constraints let one win
        raise NewerRelease(row["number"]) from conflict
