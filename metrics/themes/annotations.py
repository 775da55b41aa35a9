"""Events around the figures, as days: the annotations that a reader chose, the most important first. They change no figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.counting.coverage import covered_until
from metrics.schema.dates import END, bounds
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import NOTE_KINDS

LONG_DAYS = 60
"""What lasts longer comes first."""


@dataclass(frozen=True)
class Noted:
    """An annotation: its id and kind, its first and last day, the same for a single day.

    Without an end on record, `last` is the last covered day, and `perhaps` the date, up to which it may have lasted.
    """

    id: str
    kind: str
    first: date
    last: date
    perhaps: date | None = None


@cached_by_release()
def kinds(release: Release) -> tuple[str, ...]:
    """The kinds of a release's annotations, in the order of their declaration."""
    present = set(release.tables["annotations"]["kind"])
    return tuple(kind for kind in NOTE_KINDS if kind in present)


def noted(release: Release, on: date, chosen: Sequence[str]) -> tuple[Noted, ...]:
    """The annotations of the chosen kinds that began by a date: long ones first, then by kind and day."""
    rows = release.tables["annotations"]
    rows = rows[rows["kind"].isin(list(chosen))]
    covered = covered_until(release, "annotations")
    notes = [_noted(row, on, covered) for row in rows.to_dict("records") if bounds(row["start"])[0] <= on]
    return tuple(
        sorted(notes, key=lambda note: ((note.last - note.first).days <= LONG_DAYS, NOTE_KINDS.index(note.kind), note.first, note.id))
    )


def _noted(row: dict, on: date, covered: date | None) -> Noted:
    first, latest = bounds(row["start"])
    if row["lasting"] == "yes":
        last = bounds(row["end"])[1] if row["end"] else max(latest, covered or latest)
        perhaps = on if not row["end"] and last < on else None
        return Noted(row["annotation_id"], row["kind"], first, max(first, min(last, on)), perhaps)
    middle = min(first + (min(latest, END) - first) / 2, on)
    return Noted(row["annotation_id"], row["kind"], middle, middle)
