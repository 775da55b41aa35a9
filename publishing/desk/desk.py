"""The data desk: drafts (unpublished tables of text, visible to their author only), publishing, restoring.

The interface of the pages to the store; authorisation is checked on each write. Reads no files, displays nothing.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from metrics.schema.migrations import columns_added, in_todays_columns, newest_schema
from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES
from publishing.access import audit_log
from publishing.access.rights import NO_SIGN_IN, Role, Rules, Visitor, require, verified_email
from publishing.changes.doubts import every_doubt
from publishing.changes.marks import Marks
from publishing.desk.approval import APPROVED, approver
from publishing.desk.offer import DECLINED
from publishing.files.measures import count
from publishing.files.opening import ENCODINGS
from publishing.files.table_text import as_text, packed, unpacked
from publishing.store.database import reading, writing
from publishing.store.errors import DamagedRelease, NotApproved
from publishing.store.releases import Entry, UnreadableRelease, candidate
from publishing.store.schema import DRAFTS
from publishing.store.store import Store, require_same

_NAMED = re.compile(r"_release-([0-9]{1,9})(?![0-9])")
"""The release number in the name of a downloaded file."""
NOTHING: Mapping[str, int] = MappingProxyType({})
NO_MARKS: Marks = MappingProxyType({})
KEPT_FOR, HIDDEN_FOR = timedelta(days=30), timedelta(days=7)
"""How long a draft is shown, and how long an expired one is kept hidden, in case the clock was wrong."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A draft: text frames by table, based on release `base`; `files` as JSON."""

    id: str
    author: str
    at: datetime
    base: int | None
    files: tuple
    tables: Mapping[str, pd.DataFrame]
    caches: dict[Callable, object] = field(default_factory=dict, init=False, repr=False)


def _expire(connection: Connection, now: datetime) -> None:
    """Mark drafts that expired, delete those marked HIDDEN_FOR ago, and unmark those that a wrong clock marked."""
    old = DRAFTS.c.at < now - KEPT_FOR
    connection.execute(update(DRAFTS).where(~old | (DRAFTS.c.expired > now)).values(expired=None))
    connection.execute(delete(DRAFTS).where(old, DRAFTS.c.expired < now - HIDDEN_FOR))
    connection.execute(update(DRAFTS).where(old, DRAFTS.c.expired.is_(None)).values(expired=now))


def draft(store: Store, id: str, author: str | None = None) -> Draft | None:
    """A draft, if given of this author; None if there is none, it expired, or it is another's."""
    return next(iter(drafts(store, author, DRAFTS.c.id == id)), None) if "\0" not in id else None  # PostgreSQL rejects NUL in text


def drafts(store: Store, author: str | None, *conditions: ColumnElement[bool]) -> tuple[Draft, ...]:
    """The drafts (of an author) that have not expired, the newest first, in today's columns and without tables that no longer exist."""
    whose = [] if author is None else [DRAFTS.c.author == author]
    mine = select(DRAFTS).where(*whose, DRAFTS.c.at >= store.now() - KEPT_FOR, *conditions)
    with reading(store.engine) as connection:
        rows = connection.execute(mine.order_by(DRAFTS.c.at.desc())).all()
    return tuple(_draft(row) for row in rows)


def _draft(row: Row) -> Draft:
    tables = {name: in_todays_columns(name, rows, row.schema) for name, rows in unpacked(row.content).items() if name in TABLES}
    return Draft(row.id, row.author, row.at, row.base, tuple(row.files), MappingProxyType(tables))


@dataclass(frozen=True)
class DraftWorkspace:
    """A visitor's access to the drafts and releases of a store; `author` is the name in the history. Each method raises NotAllowed."""

    store: Store
    visitor: Visitor
    author: str
    rules: Rules = NO_SIGN_IN

    @property
    def owner(self) -> str:
        """The owner of the drafts: issuer and subject of the sign-in, which do not change with the e-mail address."""
        return self.visitor.signed.id if self.rules.sign_in and self.visitor.signed else self.author

    def adopt(self) -> None:
        """Take over the drafts that an earlier version stored under the visitor's e-mail address, compared exactly.

        An address is a weaker identity than issuer and subject, since it may be reassigned: it must be verified by the provider
        (`trust_email` does not suffice), and drafts expire after 30 days.
        """
        require(self.visitor, self.rules)
        email = verified_email(self.visitor.signed) if self.visitor.signed else ""
        if not (self.rules.sign_in and email):
            return
        theirs = DRAFTS.c.author == email
        with reading(self.store.engine) as connection:
            there = connection.execute(select(DRAFTS.c.id).where(theirs)).first()
        if there is not None and not self.store.read_only:
            with writing(self.store.engine) as connection:
                connection.execute(update(DRAFTS).where(theirs).values(author=self.owner))

    def drafts(self) -> tuple[Draft, ...]:
        """The visitor's drafts, the newest first."""
        require(self.visitor, self.rules)
        return drafts(self.store, self.owner)

    def draft(self, id: str) -> Draft | None:
        """A draft of the visitor, or of the colleague who gave her its id; None if there is none with that id."""
        require(self.visitor, self.rules)
        return draft(self.store, id)

    def approve(self, made: Release, of: Draft) -> None:
        """Approve the release that another person's draft makes. Raises NotApproved for an own draft, and SignInTooOld."""
        require(self.visitor, self.rules, now=self.store.now())
        if of.author == self.owner:
            raise NotApproved("Nobody approves a draft of her own")
        audit_log.record(self.store, APPROVED, self.author, digest=made.digest, by=self.owner, draft=of.id)

    def keep(self, tables: Mapping[str, pd.DataFrame], *, base: Release, files: Sequence = (), id: str = "") -> str:
        """Save tables of text, based on a release, as a draft, and return its id; an id of an own draft replaces that draft.

        `files` is any JSON. Raises NewerRelease if the store has other content under the release's number.
        """
        require(self.visitor, self.rules)
        now = self.store.now()
        row = {"author": self.owner, "at": now, "base": base.number, "note": "", "files": list(files)}
        row |= {"content": packed(tables), "schema": newest_schema()}
        with writing(self.store.engine) as connection:
            require_same(connection, base)
            _expire(connection, now)
            mine = connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.author == self.owner)).rowcount
            id = id if mine else secrets.token_urlsafe(16)
            connection.execute(insert(DRAFTS).values(row | {"id": id}))
        return id

    def drop(self, id: str) -> None:
        """Delete a draft of the visitor."""
        require(self.visitor, self.rules)
        with writing(self.store.engine) as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.id == id, DRAFTS.c.author == self.owner))

    def decline(self, folder: str) -> None:
        """Decline the content of a data folder (publishing/desk/offer.py)."""
        require(self.visitor, self.rules)
        audit_log.record(self.store, DECLINED, self.author, folder=folder)

    def publish(
        self,
        prepared: Release,
        *,
        parent: Release,
        note: str,
        removals: int,
        confirmed: Mapping[str, int] = NOTHING,
        marks: Marks = NO_MARKS,
    ) -> Entry:
        """Make a draft the release in force. Raises like Store.publish, SignInTooOld, and NotApproved where a second person must."""
        require(self.visitor, self.rules, now=self.store.now())
        if self.rules.second_person and not approver(self.store, prepared, self.owner):
            raise NotApproved("A second person has to approve this draft")
        entry = self.store.publish(
            prepared,
            parent=parent.number,
            digest=parent.digest,
            author=self.author,
            note=note,
            removals=removals,
            confirmed=confirmed,
            marks=marks,
        )
        count("publishes", act="published")
        return entry

    def restore(self, number: int, *, parent: Release, note: str) -> Entry:
        """Make a new release with the content of an older one. Raises like Store.restore, and SignInTooOld."""
        require(self.visitor, self.rules, Role.ADMIN, self.store.now())
        entry = self.store.restore(number, parent=parent.number, digest=parent.digest, author=self.author, note=note)
        count("publishes", act="restored")
        return entry


@cached_by_release(1)
def drafted(prepared: Draft, base: Release) -> tuple[Release | None, tuple[Problem, ...]]:
    """The candidate release of a draft on its base, and its problems; cached per Draft."""
    return candidate(base, prepared.tables)


def draft_doubts(prepared: Draft, base: Release, made: Release, older: Callable[[int], Release | None], on: date) -> tuple[Problem, ...]:
    """What is doubtful about the release that a draft makes of its base, as `every_doubt`."""
    in_files = [Problem(*doubt) for file in prepared.files for doubt in file.get("doubts", ())]
    read = [table for file in prepared.files for table in file.get("files", ())]
    return every_doubt(base, made, older, on, in_files, {table["table"] for table in read if table["encoding"] == ENCODINGS["cp949"]})


def undamaged(release: Callable[[int], Release]) -> Callable[[int], Release | None]:
    """A reader of releases by number that gives None for a damaged one."""

    def read(number: int) -> Release | None:
        try:
            return release(number)
        except (DamagedRelease, UnreadableRelease):
            return None

    return read


def as_of_release(tables: Mapping[str, pd.DataFrame], base: Release) -> dict[str, pd.DataFrame]:
    """Tables of text downloaded from a release, in today's columns.

    They are migrated like the release's own rows. A column that a later version added and a file lacks keeps the release's cells, by key.
    """
    return {name: _of_release(name, rows, base) for name, rows in tables.items()}


def _of_release(name: str, rows: pd.DataFrame, base: Release) -> pd.DataFrame:
    today, key = in_todays_columns(name, rows, base.schema), list(TABLES[name].metadata["key"])
    lacking = [column for column in columns_added(name) if column not in rows]
    if not lacking or not set(key) <= set(today):
        return today
    before = as_text(base.tables[name]).drop_duplicates(key)[[*key, *lacking]]
    return today.drop(columns=lacking, errors="ignore").merge(before, on=key, how="left").fillna("")


def made_on(names: Iterable[str], newest: int, stated: int | None = None) -> int:
    """The release in the names of downloaded files, or `stated` in a workbook, the oldest of several; `newest` if nothing has one."""
    numbers = [int(match[1]) for match in map(_NAMED.search, names) if match] + [stated or 0]
    return min([newest, *(number for number in numbers if number)])
