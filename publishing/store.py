"""The store of releases: numbered, immutable, each written in one transaction, its tables kept once by their content.

Judges no cell and draws nothing; who may publish is asked before, in publishing/rights.py.
"""

import json
import logging
import secrets
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from weakref import WeakValueDictionary

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from metrics.release import Release
from metrics.tables import TABLES
from publishing import audit
from publishing.backup import backup, kept_beside
from publishing.database import PATIENCE, engine_for, keep_a_log, reading, writing
from publishing.downloads import canonical
from publishing.errors import (
    DamagedRelease,
    DashboardError,
    NewerRelease,
    NoSuchRelease,
    NothingChanged,
    StoreUnreachable,
    UnconfirmedRemovals,
)
from publishing.migrating import brought_up_to_date, migrate
from publishing.releases import digest, read_folder, read_tables, release_digest
from publishing.review import differences
from publishing.review import removals as removed_rows
from publishing.schema import BLOBS, CONTENTS, DRAFTS, RELEASES

LOG = logging.getLogger(__name__)
FILE = "releases.sqlite"
LAST = 2**31
"""All numbers are below it."""
DRAFTS_LAST = timedelta(days=30)
WRITTEN = {"publish": "published", "restore": "restored"}
"""How the audit calls what made a release."""
POINTS = ("checked", "begun", "blobs", "release", "contents", "committed")
"""Where a publication pauses, in this order; it counts from just before "committed"."""

Clock = Callable[[], datetime]
Pause = Callable[[str], object]


@dataclass(frozen=True)
class Entry:
    """A release in the history: who made it, when (UTC), why, from what, and how many rows of each table changed.

    `kind` is first, publish or restore; `restored` is the number whose content a restore took. `changes` gives for each table
    that differs from what was in force: rows added, changed, removed.
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


@dataclass(frozen=True, eq=False)
class Draft:
    """What an analyst has prepared: raw frames by table, made on release `base`, seen by its author alone; `files` as JSON."""

    id: str
    author: str
    at: datetime
    base: int | None
    note: str
    files: tuple
    tables: Mapping[str, pd.DataFrame]


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

    `patience` is how long a publication waits for another (s); without `begin` a store that is not there is not made. Raises
    UnreadableRelease for a seed with faults, and then leaves nothing behind; StoreUnreachable.
    """
    store = Store(engine_for(address or state / FILE, patience), clock)
    try:
        _make_ready(store, state, seed, pause, "" if address else FILE, begin)
        keep_a_log(store.engine, patience)
    except DashboardError:
        store.engine.dispose()
        raise
    return store


def _make_ready(store: "Store", state: Path, seed: Path, pause: Pause, file: str, begin: bool) -> None:
    """Migrate a store that is there, or make it with its first release; `file` is its name where it is a file."""
    if (not file or (state / file).is_file()) and store.is_begun():
        brought_up_to_date(store.engine, lambda version: _kept(store, state, version))
    elif begin:
        first = read_folder(seed)
        if file:
            make_room(state / file)
        with suppress(NewerRelease):  # another process has made it meanwhile
            store.begin(first, pause)
    else:
        raise StoreUnreachable("There is no store here, and DASHBOARD_BEGIN says that none is to be made")


def place(state: Path, address: str = "", clock: Clock = lambda: datetime.now(UTC)) -> "Store":
    """Where a store is to be made from a backup: nothing is begun or migrated. Raises StoreUnreachable."""
    if not address:
        make_room(state / FILE)
    return Store(engine_for(address or state / FILE), clock)


def _kept(store: "Store", state: Path, version: str) -> None:
    file = kept_beside(state, store.now(), version)
    backup(store.engine, file)
    LOG.warning("Before its migration the store was kept in %s", file)


def make_room(file: Path) -> None:
    """Make the file of a store, and its folder, where they are not there. Raises StoreUnreachable."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as closed:
        raise StoreUnreachable(f"The state folder cannot be written: {closed}") from closed


class Store:
    """Releases and drafts behind a database. Every method raises StoreUnreachable, and then has changed nothing."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self._clock = engine, clock
        self._frames: WeakValueDictionary[str, pd.DataFrame] = WeakValueDictionary()

    def now(self) -> datetime:
        """The moment that what is written now is kept with (UTC)."""
        return self._clock()

    def is_begun(self) -> bool:
        """Whether there is a first release."""
        with reading(self.engine) as connection:
            return inspect(connection).has_table(RELEASES.name) and connection.scalar(_NEWEST) is not None

    def newest(self) -> int:
        """The number of the newest release."""
        with reading(self.engine) as connection:
            number = connection.scalar(_NEWEST)
        if number is None:
            raise StoreUnreachable("The store holds no release")
        return number

    def release(self, number: int) -> Release:
        """A release, its content checked against its digests. Raises NoSuchRelease, DamagedRelease, UnreadableRelease."""
        digests, contents = self._read(number)
        read = {name: self._frames.get(key) for name, key in digests.items()}
        known = {name: rows for name, rows in read.items() if rows is not None}
        # A table that was declared after this release was made has no rows in it.
        tables = read_tables(contents, known)
        self._frames.update({key: tables[name] for name, key in digests.items() if name in tables})
        return Release(number, release_digest(digests), tables)

    def in_force(self) -> Release:
        """The newest release that is whole; damaged ones after it go to the log. Raises DamagedRelease where none is."""
        for number in range(self.newest(), 0, -1):
            try:
                return self.release(number)
            except DamagedRelease as damaged:
                last = damaged
        raise last

    def entry(self, number: int) -> Entry:
        """The history's entry on a release. Raises NoSuchRelease."""
        with reading(self.engine) as connection:
            row = connection.execute(select(RELEASES).where(RELEASES.c.number == _known(number))).one_or_none()
        if row is None:
            raise NoSuchRelease(number)
        return _entry(row._mapping)

    def history(self) -> tuple[Entry, ...]:
        """Every release, the newest first."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(RELEASES).order_by(RELEASES.c.number.desc())).all()
        return tuple(_entry(row._mapping) for row in rows)

    def begin(self, first: Release, pause: Pause = lambda _point: None) -> Entry:
        """Make the tables and the first release. Raises NewerRelease where there is one."""
        changes = {name: (len(rows), 0, 0) for name, rows in first.tables.items() if len(rows)}
        made = {"parent": None, "kind": "first", "restored": None, "author": "", "note": "", "changes": changes}
        return self._write({name: canonical(first, name) for name in TABLES}, made, pause)

    def publish(
        self, candidate: Release, *, parent: int, author: str, note: str, removals: int = 0, pause: Pause = lambda _point: None
    ) -> Entry:
        """Make a candidate the release in force. `parent` is the release it was made on, `removals` the number that was confirmed.

        Raises NewerRelease where the parent is not in force any more, NothingChanged, UnconfirmedRemovals, and UnreadableRelease
        where the candidate would not read back without a problem.
        """
        newest, base = self._base(parent)
        found = differences(base, candidate)
        if not found:
            raise NothingChanged(f"Release {parent} says the same")
        if removed_rows(found) != removals:
            raise UnconfirmedRemovals(removed_rows(found))
        contents = {name: canonical(candidate, name) for name in TABLES}
        read_tables(contents, {name: rows for name, rows in base.tables.items() if canonical(base, name) == contents[name]})
        made = {"parent": newest, "kind": "publish", "restored": None, "author": author, "note": note}
        return self._write(contents, made | {"changes": {one.table: one.counts for one in found}}, pause)

    def restore(self, number: int, *, parent: int, author: str, note: str, pause: Pause = lambda _point: None) -> Entry:
        """Make a new release with the content of an older one. Raises as `publish` and `release` do, but asks for no confirmation."""
        newest, base = self._base(parent)
        _digests, contents = self._read(number)
        changes = {one.table: one.counts for one in differences(base, self.release(number))}
        if not changes:
            raise NothingChanged(f"Release {parent} says the same as release {number}")
        made = {"parent": newest, "kind": "restore", "restored": number, "author": author, "note": note, "changes": changes}
        return self._write(contents, made, pause)

    def _base(self, parent: int) -> tuple[int, Release]:
        """The newest number and the parent. On a damaged newest release one publishes from the last whole one, which readers see."""
        newest = self.newest()
        base = self.release(parent) if parent == newest else self.in_force()
        if base.number != parent:
            raise NewerRelease(base.number)
        return newest, base

    def _read(self, number: int) -> tuple[dict[str, str], dict[str, bytes]]:
        """The digest and the content of each table, both checked."""
        with reading(self.engine) as connection:
            named = connection.scalar(select(RELEASES.c.digest).where(RELEASES.c.number == _known(number)))
            rows = connection.execute(_CONTENT.where(CONTENTS.c.release == number)).all()
        if named is None:
            raise NoSuchRelease(number)
        digests = {name: key for name, key, _packed in rows}
        contents = {name: _whole(key, packed) for name, key, packed in rows}
        damaged = tuple(name for name, content in contents.items() if content is None)
        if damaged or release_digest(digests) != named:
            fault = DamagedRelease(number, damaged)
            LOG.error("%s", fault)
            raise fault
        return digests, contents

    def _write(self, contents: Mapping[str, bytes], made: dict, pause: Pause) -> Entry:
        """The one way in which a release comes to be."""
        digests = {name: digest(content) for name, content in contents.items()}
        parent = made["parent"]
        row = made | {"number": (parent or 0) + 1, "at": self._clock(), "digest": release_digest(digests)}
        pause("checked")
        with writing(self.engine) as connection:
            pause("begun")
            if parent is None:
                migrate(connection)
            newest = connection.scalar(_NEWEST.with_for_update())
            if newest != parent:
                raise NewerRelease(newest)
            for name, key in digests.items():
                _keep(connection, key, contents[name])
            pause("blobs")
            _insert(connection, row)
            pause("release")
            connection.execute(insert(CONTENTS), [{"release": row["number"], "name": name, "digest": key} for name, key in digests.items()])
            if row["kind"] in WRITTEN:
                about = {"release": row["number"], "restored": row["restored"], "note": row["note"]}
                audit.add(connection, row["at"], WRITTEN[row["kind"]], row["author"], **about)
            pause("contents")
        pause("committed")
        return _entry(row)

    def save_draft(
        self,
        author: str,
        content: Mapping[str, pd.DataFrame],
        note: str = "",
        files: Sequence = (),
        *,
        base: int | None = None,
        id: str = "",
    ) -> str:
        """Keep raw frames for their author and give the draft's id; with the id of an own draft that one is replaced.

        `files` is anything that JSON holds. What is older than DRAFTS_LAST is thrown away meanwhile.
        """
        now, packed = self._clock(), _packed(content)
        with writing(self.engine) as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.at < now - DRAFTS_LAST))
            mine = connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.author == author)).rowcount
            id = id if mine else secrets.token_urlsafe(16)
            row = {"id": id, "author": author, "at": now, "base": base, "note": note, "files": list(files), "content": packed}
            connection.execute(insert(DRAFTS).values(row))
        return id

    def draft(self, id: str, author: str) -> Draft | None:
        """A draft of this author; None where there is none, where it is too old, and where it is another's."""
        return next(iter(self._drafts(author, DRAFTS.c.id == id)), None) if "\0" not in id else None  # which PostgreSQL takes for no text

    def drafts(self, author: str) -> tuple[Draft, ...]:
        """The drafts of an author that are not too old, the newest first."""
        return self._drafts(author)

    def _drafts(self, author: str, *conditions: ColumnElement[bool]) -> tuple[Draft, ...]:
        mine = select(DRAFTS).where(DRAFTS.c.author == author, DRAFTS.c.at >= self._clock() - DRAFTS_LAST, *conditions)
        with reading(self.engine) as connection:
            rows = connection.execute(mine.order_by(DRAFTS.c.at.desc())).all()
        return tuple(Draft(row.id, row.author, row.at, row.base, row.note, tuple(row.files), _unpacked(row.content)) for row in rows)

    def drop_draft(self, id: str, author: str) -> None:
        """Throw a draft of this author away; another's stays."""
        with writing(self.engine) as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.author == author))


_NEWEST = select(RELEASES.c.number).order_by(RELEASES.c.number.desc()).limit(1)
_CONTENT = select(CONTENTS.c.name, CONTENTS.c.digest, BLOBS.c.content).join_from(CONTENTS, BLOBS, isouter=True)


def _known(number: int) -> int:
    """A number as the database can hold it. Raises NoSuchRelease for others, which come from links."""
    if not 0 < number < LAST:
        raise NoSuchRelease(number)
    return number


def _entry(row: Mapping) -> Entry:
    changes = {name: tuple(counts) for name, counts in row["changes"].items()}
    return Entry(**{**row, "changes": MappingProxyType(changes)})


def _whole(key: str, packed: object) -> bytes | None:
    """The content that a blob was made of; None where it is not that any more."""
    try:
        content = zlib.decompress(packed)
    except (zlib.error, TypeError):
        return None
    return content if digest(content) == key else None


def _keep(connection: Connection, key: str, content: bytes) -> None:
    """Store a content unless it is there; one that was damaged since is mended."""
    stored = connection.execute(select(BLOBS.c.content).where(BLOBS.c.digest == key)).one_or_none()
    if stored is None:
        connection.execute(insert(BLOBS).values(digest=key, content=zlib.compress(content)))
    elif _whole(key, stored.content) is None:
        LOG.warning("The damaged content %s was published again and is whole now", key)
        connection.execute(update(BLOBS).where(BLOBS.c.digest == key).values(content=zlib.compress(content)))


def _insert(connection: Connection, row: dict) -> None:
    try:
        connection.execute(insert(RELEASES).values(row))
    except IntegrityError as taken:  # where the database lets two publish at once, its constraints let one win
        raise NewerRelease(row["number"]) from taken


def _packed(tables: Mapping[str, pd.DataFrame]) -> bytes:
    plain = {name: {"columns": list(rows.columns), "rows": rows.to_numpy().tolist()} for name, rows in tables.items()}
    return zlib.compress(json.dumps(plain).encode())


def _unpacked(packed: bytes) -> Mapping[str, pd.DataFrame]:
    plain = json.loads(zlib.decompress(packed))
    return MappingProxyType({name: pd.DataFrame(held["rows"], columns=held["columns"], dtype="str") for name, held in plain.items()})
