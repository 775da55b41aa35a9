"""Errors of the dashboard, handled in one place by the pages.

Faults in data are no errors but metrics.schema.problems.Problem.
"""

from collections.abc import Mapping

from publishing.files.sentences import Words


class DashboardError(Exception):
    """The base class. `key` is the message of locale/ for readers."""

    key = ""

    def sentence(self, words: Words) -> str:
        """The sentence for readers."""
        return words.t(self.key, **self.fields(words))

    def fields(self, words: Words) -> Mapping[str, object]:
        """The fields of the message: the attributes of the error."""
        return {name: str(value) for name, value in vars(self).items()}


class StoreUnreachable(DashboardError):
    """The store cannot be read or written: missing, locked, full, damaged, or without permission."""

    key = "store.refused"


class NoSuchRelease(DashboardError):
    """The store has no release of this `number`."""

    key = "store.no_such"

    def __init__(self, number: int):
        super().__init__(f"There is no release {number}")
        self.number = number


class DamagedRelease(DashboardError):
    """The stored release `number` does not match its digests; `tables` are the damaged ones, empty if it is their list."""

    key = "store.damaged_release"

    def __init__(self, number: int, tables: tuple[str, ...]):
        super().__init__(f"Release {number} is damaged in {', '.join(tables) or 'its list of tables'}")
        self.number, self.tables = number, tables

    def fields(self, words: Words) -> Mapping[str, object]:
        """The number, and the tables in one line."""
        return {"number": str(self.number), "tables": ", ".join(self.tables) or words.t("store.list_of_tables")}


class UnknownSchema(DamagedRelease):
    """Release `number` was published by a newer version of the dashboard, with unknown tables."""

    key = "store.unknown_schema"

    def __init__(self, number: int):
        super().__init__(number, ())
        self.args = (f"Release {number} was published by a newer version of the dashboard",)


class NewerRelease(DashboardError):
    """The release was based on an older one than `newest`, which is in force."""

    key = "store.newer"

    def __init__(self, newest: int):
        super().__init__(f"Release {newest} was published meanwhile")
        self.newest = newest


class UnconfirmedRemovals(DashboardError):
    """The release would remove `found` rows, which is not the confirmed number."""

    key = "store.removals"

    def __init__(self, found: int):
        super().__init__(f"The removal of {found} rows was not confirmed")
        self.found = found


class NothingChanged(DashboardError):
    """The release equals the one in force."""

    key = "store.nothing_changed"


class NotAllowed(DashboardError):
    """The visitor has no access to the data desk."""

    key = "store.not_allowed"


class SignInTooOld(NotAllowed):
    """The visitor has access, but signed in too long ago."""

    key = "store.sign_in_old"


class NotApproved(DashboardError):
    """No second person has approved the draft."""

    key = "store.not_approved"


class NoSuchBriefing(DashboardError):
    """No saved briefing has this id; it may have been deleted."""

    key = "briefing.not_there"


class NameTaken(DashboardError):
    """Another saved briefing has this `name`."""

    key = "briefing.name_taken"

    def __init__(self, name: str):
        super().__init__("A briefing of this name is saved already")
        self.name = name


class BriefingSavedMeanwhile(DashboardError):
    """`author` saved the briefing `name` since it was read; it is at `version` now."""

    key = "briefing.saved_meanwhile"

    def __init__(self, name: str, author: str, version: int):
        super().__init__(f"The briefing was saved meanwhile and is at version {version}")
        self.name, self.author, self.version = name, author, version


class NotAStore(DashboardError):
    """A file is no backup, is damaged, or was made by a newer version."""

    key = "store.no_backup"


class NotOurs(DashboardError):
    """An existing file `name` of another kind would be overwritten."""

    key = "store.not_ours"

    def __init__(self, name: str):
        super().__init__(f"{name} is there already and is something else")
        self.name = name


class StoreInUse(DashboardError):
    """A backup would overwrite an existing store."""

    key = "store.in_use"


class FolderInUse(DashboardError):
    """The folder `name` for a new city already holds tables."""

    key = "new_city.folder_in_use"

    def __init__(self, name: str):
        super().__init__(f"The folder {name} already holds tables")
        self.name = name
