"""Errors of the store as sentences; messages are in locale/."""

from collections.abc import Mapping

from publishing.files.sentences import Words
from publishing.store.errors import (
    BriefingSavedMeanwhile,
    DamagedRelease,
    DashboardError,
    FolderInUse,
    NameTaken,
    NewerRelease,
    NoSuchBriefing,
    NoSuchRelease,
    NotAllowed,
    NotAStore,
    NothingChanged,
    NotOurs,
    SignInTooOld,
    StoreInUse,
    StoreUnreachable,
    UnconfirmedRemovals,
    UnknownSchema,
)
from publishing.store.releases import UnreadableRelease

KEYS = {
    NewerRelease: "store.newer",
    NothingChanged: "store.nothing_changed",
    UnconfirmedRemovals: "store.removals",
    NoSuchRelease: "store.no_such",
    DamagedRelease: "store.damaged_release",
    UnknownSchema: "store.unknown_schema",
    StoreUnreachable: "store.refused",
    NotAllowed: "store.not_allowed",
    SignInTooOld: "store.sign_in_old",
    UnreadableRelease: "store.problems",
    BriefingSavedMeanwhile: "briefing.saved_meanwhile",
    NameTaken: "briefing.name_taken",
    NoSuchBriefing: "briefing.not_there",
    NotAStore: "store.no_backup",
    StoreInUse: "store.in_use",
    NotOurs: "store.not_ours",
    FolderInUse: "new_city.folder_in_use",
}
"""The message key of each error."""


def refusal(error: DashboardError, words: Words) -> str:
    """The sentence for an error of the store. Raises KeyError for others."""
    return words.t(KEYS[type(error)], **_fields(error, words))


def _fields(error: DashboardError, words: Words) -> Mapping[str, object]:
    if isinstance(error, DamagedRelease):
        return {"number": str(error.number), "tables": ", ".join(error.tables) or words.t("store.list_of_tables")}
    if isinstance(error, UnreadableRelease):
        return {"count": len(error.problems)}
    return {name: str(value) for name, value in vars(error).items() if name in ("newest", "found", "number", "name", "author")}
