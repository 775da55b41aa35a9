"""What can go wrong in the house itself, as against in its data. Caught once, in the frame of the pages.

Faults in data are not errors: they are metrics.schema.problems.Problem.
"""


class DashboardError(Exception):
    """The base of every error of the dashboard."""


class StoreUnreachable(DashboardError):
    """The store of releases cannot be read or written now: gone, locked, full, damaged as a whole, or its folder is closed to us."""


class NoSuchRelease(DashboardError):
    """The store has no release of this `number`."""

    def __init__(self, number: int):
        super().__init__(f"There is no release {number}")
        self.number = number


class DamagedRelease(DashboardError):
    """What is stored of release `number` is not what was published; `tables` names the damaged ones, none where it is their list."""

    def __init__(self, number: int, tables: tuple[str, ...]):
        super().__init__(f"Release {number} is damaged in {', '.join(tables) or 'its list of tables'}")
        self.number, self.tables = number, tables


class UnknownSchema(DamagedRelease):
    """Release `number` was published by a newer version of the dashboard, whose tables this one does not know."""

    def __init__(self, number: int):
        super().__init__(number, ())
        self.args = (f"Release {number} was published by a newer version of the dashboard",)


class NewerRelease(DashboardError):
    """Somebody published meanwhile: `newest` is the number in force, and what was to be published was made on an older one."""

    def __init__(self, newest: int):
        super().__init__(f"Release {newest} was published meanwhile")
        self.newest = newest


class UnconfirmedRemovals(DashboardError):
    """The release would remove `found` rows, and another number was confirmed."""

    def __init__(self, found: int):
        super().__init__(f"The removal of {found} rows was not confirmed")
        self.found = found


class NothingChanged(DashboardError):
    """The release would say what the one in force says already."""


class NotAllowed(DashboardError):
    """Whoever asked has no right to use the desk."""


class SignInTooOld(NotAllowed):
    """Whoever asked has the right, but signed in too long ago to use it."""


class NoSuchBriefing(DashboardError):
    """No briefing is saved under this id; it may have been deleted."""


class NameTaken(DashboardError):
    """Another saved briefing has this `name` already."""

    def __init__(self, name: str):
        super().__init__("A briefing of this name is saved already")
        self.name = name


class BriefingSavedMeanwhile(DashboardError):
    """`author` saved the briefing `name` since it was looked at; it is at `version` now."""

    def __init__(self, name: str, author: str, version: int):
        super().__init__(f"The briefing was saved meanwhile and is at version {version}")
        self.name, self.author, self.version = name, author, version


class NotAStore(DashboardError):
    """A file is no backup of a store, is damaged, or was made by a newer version."""


class NotOurs(DashboardError):
    """A file `name` is there already, and is not of the kind that was to be written over it."""

    def __init__(self, name: str):
        super().__init__(f"{name} is there already and is something else")
        self.name = name


class StoreInUse(DashboardError):
    """There is a store where one was to be made from a backup."""
