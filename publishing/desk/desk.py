"""Writes of the data desk: drafts, publishing, restoring; authorisation is checked on each.

The interface of the pages to the store; reads no files, displays nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.schema.migrations import in_todays_columns
from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from publishing.access import audit_log
from publishing.access.rights import NO_SIGN_IN, Role, Rules, Visitor, require, verified_email
from publishing.desk.drafts import Draft, draft, drafts, drop_draft, reassign_drafts, save_draft
from publishing.desk.offer import DECLINED
from publishing.files.measures import count
from publishing.store.releases import Entry, candidate
from publishing.store.store import Store

_NAMED = re.compile(r"_release-([0-9]{1,9})(?![0-9])")
"""The release number in the name of a downloaded file."""


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
        if self.rules.sign_in and email:
            reassign_drafts(self.store, email, self.owner)

    def drafts(self) -> tuple[Draft, ...]:
        """The visitor's drafts, the newest first."""
        require(self.visitor, self.rules)
        return drafts(self.store, self.owner)

    def draft(self, id: str) -> Draft | None:
        """A draft of the visitor; None if there is none with that id."""
        require(self.visitor, self.rules)
        return draft(self.store, id, self.owner)

    def keep(self, tables: Mapping[str, pd.DataFrame], *, base: Release, files: Sequence = (), id: str = "") -> str:
        """Save tables of text, based on a release, as a draft, and return its id; an id of an own draft replaces that draft.

        Raises NewerRelease if the store has other content under the release's number.
        """
        require(self.visitor, self.rules)
        return save_draft(self.store, self.owner, tables, files=files, base=base, id=id)

    def drop(self, id: str) -> None:
        """Delete a draft of the visitor."""
        require(self.visitor, self.rules)
        drop_draft(self.store, id, self.owner)

    def decline(self, folder: str) -> None:
        """Decline the content of a data folder (publishing/desk/offer.py)."""
        require(self.visitor, self.rules)
        audit_log.record(self.store, DECLINED, self.author, folder=folder)

    def publish(self, prepared: Release, *, parent: Release, note: str, removals: int) -> Entry:
        """Make a draft the release in force. Raises like Store.publish, and SignInTooOld."""
        require(self.visitor, self.rules, now=self.store.now())
        entry = self.store.publish(prepared, parent=parent.number, digest=parent.digest, author=self.author, note=note, removals=removals)
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


def as_of_release(tables: Mapping[str, pd.DataFrame], base: Release) -> dict[str, pd.DataFrame]:
    """Tables of text downloaded from a release, in today's columns, migrated like the release's own rows."""
    return {name: in_todays_columns(name, rows, base.schema) for name, rows in tables.items()}


def made_on(names: Iterable[str], newest: int) -> int:
    """The release in the names of downloaded files, the oldest of several; `newest` if no name has one."""
    numbers = [int(match[1]) for match in map(_NAMED.search, names) if match]
    return min([newest, *(number for number in numbers if number)])
