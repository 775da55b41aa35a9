"""What the releases since a day changed: each with its reason and its rows by key, and the readings then and now. Stores nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from typing import Any

from metrics.counting.reading import Reading
from metrics.schema.release import Release
from publishing.changes.marks import Cell, Marks
from publishing.changes.review import Difference, differences, effects, keys
from publishing.store.releases import Entry


def before(history: Sequence[Entry], day: date, zone: tzinfo) -> Entry:
    """The release that was in force when a day of the home city began; the first for a day before it. `history` has the newest first."""
    return next((entry for entry in history if entry.at.astimezone(zone).date() < day), history[-1])


def later(history: Sequence[Entry], than: Entry) -> list[Entry]:
    """The releases after one, the oldest first."""
    return [entry for entry in reversed(history) if entry.number > than.number]


def marked(made: Iterable[Entry]) -> dict[Cell, str]:
    """The marks of what several releases changed, the oldest first: a cell that changed twice has the later mark."""
    return {cell: mark for entry in made for cell, mark in entry.marks.items()}


def described(entry: Entry, load: Callable[[int], Release]) -> dict[str, Any]:
    """A release and what it changed against its parent, as JSON."""
    changed = differences(load(entry.parent), load(entry.number)) if entry.parent else ()
    return {
        "release": entry.number,
        "digest": entry.digest,
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "restored": entry.restored,
        "note": entry.note,
        "changes": [_table(difference, entry.marks) for difference in changed],
    }


def _table(difference: Difference, marks: Marks) -> dict[str, Any]:
    cells = difference.changed[["key", "column", "before", "after"]].to_dict("records")
    return {
        "table": difference.table,
        "added": keys(difference.table, difference.added),
        "removed": keys(difference.table, difference.removed),
        "renamed": difference.rekeyed[["before", "after"]].to_dict("records"),
        "changed": [cell | {"mark": marks.get((difference.table, cell["column"], cell["key"]))} for cell in cells],
    }


def readings_then_and_now(old: Release, new: Release, on: date) -> list[dict[str, Any]]:
    """The readings on a date that differ between two releases, as JSON."""
    return [
        {"id": effect.indicator, "before": _reading(effect.before), "after": _reading(effect.after)} for effect in effects(old, new, on)
    ]


def _reading(reading: Reading) -> dict[str, Any]:
    state = reading.progress.state if reading.progress else None
    return {"value": reading.value, "unit": reading.unit, "lower": reading.lower, "upper": reading.upper, "state": state}
