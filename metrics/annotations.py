"""What happened around the figures, as days: the annotations that a reader chose, in the order in which they are worth their room.

Reads one table and changes no figure; a date that is vague stands for its middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics.dates import END, bounds
from metrics.release import Release
from metrics.tables import NOTE_KINDS

LONG_DAYS = 60
"""What lasts longer is named before what was a moment."""


@dataclass(frozen=True)
class Noted:
    """An annotation: its id and kind, its first and last day; a moment has the same day for both, and what goes on ends with the date."""

    id: str
    kind: str
    first: date
    last: date


@lru_cache(maxsize=4)
def kinds(release: Release) -> tuple[str, ...]:
    """The kinds of which a release has annotations, in the order of their declaration."""
    held = set(release.tables["annotations"]["kind"])
    return tuple(kind for kind in NOTE_KINDS if kind in held)


def noted(release: Release, on: date, chosen: Sequence[str]) -> tuple[Noted, ...]:
    """The annotations of the kinds that began by a date: what lasted long first, then by kind and day."""
    rows = release.tables["annotations"]
    rows = rows[rows["kind"].isin(list(chosen))]
    found = [_noted(row, on) for row in rows.to_dict("records") if bounds(row["start"])[0] <= on]
    return tuple(sorted(found, key=lambda one: ((one.last - one.first).days <= LONG_DAYS, NOTE_KINDS.index(one.kind), one.first, one.id)))


def _noted(row: dict, on: date) -> Noted:
    (first, latest), last = bounds(row["start"]), bounds(row["end"])[1] if row["end"] else END
    if row["lasting"] == "yes":
        return Noted(row["annotation_id"], row["kind"], first, max(first, min(last, on)))
    middle = min(first + (min(latest, END) - first) / 2, on)
    return Noted(row["annotation_id"], row["kind"], middle, middle)
