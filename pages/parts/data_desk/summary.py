"""What a release changes against another, in one line."""

from collections.abc import Iterable

from metrics.schema.release import Release
from pages.parts.shell.selection import View
from publishing.changes.review import Effect, differences, effects

COUNTED, NAMED = 4, 2
"""Most changed tables and readings that a summary names."""


def summary(view: View, before: Release, after: Release) -> str:
    """The differences in one line: "2 agreements added, partner cities 71 to 73"; empty without any."""
    rows = [part for table in differences(before, after) for part in counted(view, table.table, table.counts)]
    moved = [_effect_summary(view, change) for change in effects(before, after, view.selection.as_of) if change.value_changed]
    tables = [view.words.n("desk.further_tables", len(rows) - COUNTED)] if len(rows) > COUNTED else []
    further = [view.words.n("desk.further", len(moved) - NAMED)] if len(moved) > NAMED else []
    return ", ".join([*rows[:COUNTED], *tables, *moved[:NAMED], *further])


def counted(view: View, table: str, counts: Iterable[int]) -> list[str]:
    """How many rows of a table were added, changed and removed, as texts."""
    words = view.words
    pairs = zip(("desk.added", "desk.changed", "desk.removed"), counts, strict=True)
    return [words.t(key, rows=words.n(f"rows.{table}", count)) for key, count in pairs if count]


def _effect_summary(view: View, change: Effect) -> str:
    words = view.words
    title = inside(words.of("indicator", change.indicator))
    return words.t("desk.effect_value", title=title, before=words.value(change.before), after=words.value(change.after))


def inside(name: str) -> str:
    """A title within a sentence: in lower case unless it begins with an acronym."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
