"""What somebody does at the data desk: drafts, publishing, restoring; each time asked first whether she may.

Neither reads files nor shows anything; the pages' way to the store.
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
from publishing.store.entries import Entry
from publishing.store.releases import candidate
from publishing.store.store import Store

_NAMED = re.compile(r"_release-([0-9]{1,9})(?![0-9])")
"""How a downloaded file names the release that it is of."""


@dataclass(frozen=True)
class DraftWorkspace:
    """A place at the desk: the store, who sits there, the name that the history will show, the rules. Each method raises NotAllowed."""

    store: Store
    visitor: Visitor
    author: str
    rules: Rules = NO_SIGN_IN

    @property
    def owner(self) -> str:
        """Whose the drafts are: whoever signed in, as issuer and subject, so that a new address keeps them and an old one gives none."""
        return self.visitor.signed.id if self.rules.sign_in and self.visitor.signed else self.author

    def adopt(self) -> None:
        """Take over the drafts that an earlier version kept under her e-mail address, compared exactly.

        An address is a weaker identity than issuer and subject, since it may be given to somebody else: it counts only where the
        provider verified it (`trust_email` does not suffice), and a draft is shown for 30 days at most.
        """
        require(self.visitor, self.rules)
        email = verified_email(self.visitor.signed) if self.visitor.signed else ""
        if self.rules.sign_in and email:
            reassign_drafts(self.store, email, self.owner)

    def drafts(self) -> tuple[Draft, ...]:
        """The own drafts, the newest first."""
        require(self.visitor, self.rules)
        return drafts(self.store, self.owner)

    def draft(self, id: str) -> Draft | None:
        """An own draft; None where there is none of that id."""
        require(self.visitor, self.rules)
        return draft(self.store, id, self.owner)

    def keep(self, tables: Mapping[str, pd.DataFrame], *, base: Release, files: Sequence = (), id: str = "") -> str:
        """Keep tables of text, made on a release, as a draft, and give its id; with the id of an own draft that one is replaced.

        Raises NewerRelease where the store has another content under the release's number.
        """
        require(self.visitor, self.rules)
        return save_draft(self.store, self.owner, tables, files=files, base=base, id=id)

    def drop(self, id: str) -> None:
        """Throw an own draft away."""
        require(self.visitor, self.rules)
        drop_draft(self.store, id, self.owner)

    def decline(self, folder: str) -> None:
        """Say that what a data folder holds (publishing/desk/offer.py) is not wanted."""
        require(self.visitor, self.rules)
        audit_log.record(self.store, DECLINED, self.author, folder=folder)

    def publish(self, prepared: Release, *, parent: Release, note: str, removals: int) -> Entry:
        """Make a draft the release in force. Raises as Store.publish does, and SignInTooOld."""
        require(self.visitor, self.rules, now=self.store.now())
        entry = self.store.publish(prepared, parent=parent.number, digest=parent.digest, author=self.author, note=note, removals=removals)
        count("publishes", act="published")
        return entry

    def restore(self, number: int, *, parent: Release, note: str) -> Entry:
        """Make a new release with the content of an older one. Raises as Store.restore does, and SignInTooOld."""
        require(self.visitor, self.rules, Role.ADMIN, self.store.now())
        entry = self.store.restore(number, parent=parent.number, digest=parent.digest, author=self.author, note=note)
        count("publishes", act="restored")
        return entry


@cached_by_release(1)
def drafted(prepared: Draft, base: Release) -> tuple[Release | None, tuple[Problem, ...]]:
    """What a draft makes of the release it was made on, as publishing.store.releases.candidate says it; worked out once for a Draft."""
    return candidate(base, prepared.tables)


def as_of_release(tables: Mapping[str, pd.DataFrame], base: Release) -> dict[str, pd.DataFrame]:
    """Tables of text that were downloaded from a release, in today's columns: what it did not have yet is filled as in its own rows."""
    return {name: in_todays_columns(name, rows, base.schema) for name, rows in tables.items()}


def made_on(names: Iterable[str], newest: int) -> int:
    """The release that files were downloaded from, by their names, the oldest of several; the newest where no name tells."""
    numbers = [int(match[1]) for match in map(_NAMED.search, names) if match]
    return min([newest, *(number for number in numbers if number)])
