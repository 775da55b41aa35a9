"""Compares two releases: rows and cells by business key, readings, conflicts; the differences as CSV.

Stores, validates and words nothing; both releases are valid (keys are unique).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from math import inf

import numpy as np
import pandas as pd
import pandera.pandas as pa

from metrics.counting.reading import Reading
from metrics.indicators.registry import INDICATORS, read, recorded
from metrics.schema.columns import fields
from metrics.schema.release import Release, cached_comparison
from metrics.schema.tables import TABLES, schema_for
from metrics.verification.evidence import Contradiction, contradictions
from publishing.files.downloads import guarded
from publishing.files.table_text import as_text, texts

BETWEEN = " / "
"""Separates the parts of a key of several columns; identifiers have no spaces."""
ENOUGH = 3
"""The filled cells, besides the key, that a row must share with its renamed version."""


@dataclass(frozen=True, eq=False)
class Difference:
    """The difference in one table, regardless of row order.

    `added` and `removed`: typed rows in the declared columns. `changed`: one row per cell, columns key, column, before, after, all
    text as in canonical CSV. `rekeyed`: columns before and after, the keys (text) of rows that were renamed; their changed
    cells are in `changed` under the new key, without the columns of the key.
    """

    table: str
    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame
    rekeyed: pd.DataFrame

    @property
    def counts(self) -> tuple[int, int, int]:
        """The numbers of rows added, changed (in any cell or the key) and removed."""
        return len(self.added), len({*self.changed["key"], *self.rekeyed["after"]}), len(self.removed)


@dataclass(frozen=True)
class Effect:
    """An indicator whose reading differs."""

    indicator: str
    before: Reading
    after: Reading

    @property
    def value_changed(self) -> bool:
        """Whether the value differs, or is known on one side only."""
        return self.before.value != self.after.value

    @property
    def state_flipped(self) -> bool:
        """Whether the state of progress differs."""
        states = [reading.progress and reading.progress.state for reading in (self.before, self.after)]
        return states[0] != states[1]

    @property
    def bounds_changed(self) -> str:
        """How the bounds differ: "narrowed" or "widened" if one range contains the other, else "moved".

        "" if they are equal, if either is unknown, or if both add nothing to the value (exact, or a minimum).
        """
        both = self.before, self.after
        (low, high), (lower, upper) = ((reading.lower, inf if reading.upper is None else reading.upper) for reading in both)
        if low is None or lower is None:
            return ""
        implied = all(reading.minimum or reading.lower == reading.upper for reading in both)
        if (low, high) == (lower, upper) or (implied and (self.value_changed or (high == inf) == (upper == inf))):
            return ""
        if low <= lower and upper <= high:
            return "narrowed"
        return "widened" if lower <= low and high <= upper else "moved"


@dataclass(frozen=True, eq=False)
class Conflicts:
    """Contradictions between sources that only one of two releases has."""

    appeared: tuple[Contradiction, ...]
    gone: tuple[Contradiction, ...]


@cached_comparison
def differences(before: Release, after: Release) -> tuple[Difference, ...]:
    """The tables that differ, in the order of TABLES; rows in the order of their release.

    A removed and an added row are a renamed row if they agree in all other cells, or in all but one that is neither a reference
    nor of allowed words; if ENOUGH filled cells agree; and if neither has a second such partner. Otherwise they remain a
    removal, to be confirmed, and an addition. Time and memory are linear in the rows.
    """
    pairs = ((name, before.tables[name], after.tables[name]) for name in TABLES)
    diffs = (_difference(schema_for(name, (*old, *new)), old, new) for name, old, new in pairs if old is not new and not old.equals(new))
    return tuple(diff for diff in diffs if any(diff.counts))


def removals(diffs: Iterable[Difference]) -> int:
    """The number of removed rows; renamed rows do not count."""
    return sum(len(diff.removed) for diff in diffs)


def effects(before: Release, after: Release, on: date) -> tuple[Effect, ...]:
    """The readings on a date that differ, also of what only one release records. The keys that a reading counts are not compared."""
    either = {*recorded(before), *recorded(after)}
    pairs = [(read(id, before, on), read(id, after, on)) for id in INDICATORS if id in either]
    return tuple(Effect(old.indicator, old, new) for old, new in pairs if _without_keys(old) != _without_keys(new))


def _without_keys(reading: Reading) -> Reading:
    return replace(reading, added=(), possible=(), ended=())


@cached_comparison
def conflicts(before: Release, after: Release) -> Conflicts:
    """The contradictions that only one of two releases has, identified by the contradicting rows."""
    renamed = {(diff.table, old): new for diff in differences(before, after) for old, new in diff.rekeyed.itertuples(index=False)}
    old = [(conflict, {renamed.get((conflict.table, key), key) for key in _against(conflict)}) for conflict in contradictions(before)]
    new = [(conflict, _against(conflict)) for conflict in contradictions(after)]
    known, stays = ({(conflict.table, key) for conflict, keys in side for key in keys} for side in (old, new))
    appeared = tuple(conflict for conflict, keys in new if any((conflict.table, key) not in known for key in keys))
    return Conflicts(appeared, tuple(conflict for conflict, keys in old if any((conflict.table, key) not in stays for key in keys)))


def _against(conflict: Contradiction) -> set[str]:
    return set(keys(conflict.table, conflict.otherwise))


def _difference(schema: pa.DataFrameSchema, before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    declared, key = list(schema.columns), list(schema.metadata["key"])
    old, new = (frame.reindex(columns=declared, fill_value="").reset_index(drop=True) for frame in (before, after))
    # The position of each new row in the old release, -1 if its key is new.
    place = pd.MultiIndex.from_frame(old[key]).get_indexer(pd.MultiIndex.from_frame(new[key]))
    gone = np.setdiff1d(np.arange(len(old)), place)
    fresh = np.flatnonzero(place < 0)
    renamed = _renamed(schema, old.iloc[gone], new.iloc[fresh])
    place[fresh[renamed["new"]]] = gone[renamed["old"]]
    common = np.flatnonzero(place >= 0)
    moved = fresh[np.sort(renamed["new"].to_numpy())]
    return Difference(
        schema.name,
        added=new[place < 0].reset_index(drop=True),
        removed=old.iloc[np.setdiff1d(gone, place)].reset_index(drop=True),
        changed=_changed(schema, old.iloc[place[common]].reset_index(drop=True), new.iloc[common].reset_index(drop=True)),
        rekeyed=pd.DataFrame({"before": keys(schema.name, old.iloc[place[moved]]), "after": keys(schema.name, new.iloc[moved])}, dtype=str),
    )


def _changed(schema: pa.DataFrameSchema, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The differing cells of rows at the same positions, by row, then by column."""
    names, columns = pd.Series(keys(schema.name, new), dtype=str), []
    for number, column in enumerate(_beside_the_key(schema)):
        left, right = old[column], new[column]
        rows = np.flatnonzero((left != right) & ~(left.isna() & right.isna()))
        cells = {"before": texts(left.iloc[rows]), "after": texts(right.iloc[rows])}
        columns.append(pd.DataFrame({"row": rows, "number": number, "key": names.iloc[rows].to_numpy(), "column": column, **cells}))
    every = pd.concat(columns, ignore_index=True).sort_values(["row", "number"], ignore_index=True)
    return every[["key", "column", "before", "after"]].astype(str)


def _beside_the_key(schema: pa.DataFrameSchema) -> list[str]:
    return [column for column in schema.columns if column not in schema.metadata["key"]]


def keys(table: str, rows: pd.DataFrame) -> list[str]:
    """The key of each row, typed or text, as text."""
    parts = (texts(rows[column]) for column in TABLES[table].metadata["key"])
    return [BETWEEN.join(key) for key in zip(*parts, strict=True)]


def _renamed(schema: pa.DataFrameSchema, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Renamed rows as row numbers, columns old and new; `differences` has the rule."""
    columns = _beside_the_key(schema)
    both = pd.concat([old[columns], new[columns]], ignore_index=True)
    marks = {column: _marks(both[column], number) for number, column in enumerate(columns)}
    filled = {column: (both[column].notna() & (both[column] != "")).to_numpy(dtype=int) for column in columns}
    whole, count = reduce(np.add, marks.values()), reduce(np.add, filled.values())
    size = len(old)
    same, doubtful = _matched(whole[:size], whole[size:], count[:size])
    pairs, doubts = [], [doubtful]
    for column, field in fields(schema).items():
        if column in marks and not field.refers and not field.allowed:
            rest = whole - marks[column]
            matches, doubtful = _matched(rest[:size], rest[size:], (count - filled[column])[:size])
            pairs.append(matches)
            doubts.append(doubtful)
    near = pd.concat([same.iloc[:0], *pairs], ignore_index=True)
    near = near[~near["old"].isin(same["old"]) & ~near["new"].isin(same["new"])]
    clear = [~near[side].isin(pd.concat([d[side] for d in doubts])) & ~near[side].duplicated(keep=False) for side in ("old", "new")]
    return pd.concat([same, near[clear[0] & clear[1]]], ignore_index=True)


def _marks(cells: pd.Series, number: int) -> np.ndarray:
    """A hash of each cell and its column; the sum over a row is the hash of the row (64 bits)."""
    return pd.util.hash_pandas_object(cells, index=False, hash_key=f"{number:016d}").to_numpy() * np.uint64(2 * number + 1)


def _matched(old: np.ndarray, new: np.ndarray, agreeing: np.ndarray) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Pairs of row numbers whose mark is unique on both sides, and the rows with ambiguous marks."""
    ones = pd.DataFrame({"mark": old, "old": np.arange(len(old))})[agreeing >= ENOUGH]
    others = pd.DataFrame({"mark": new, "new": np.arange(len(new))})
    often = np.concatenate([side["mark"][side["mark"].duplicated()] for side in (ones, others)])
    shared = np.intersect1d(ones["mark"], others["mark"])
    clear, unclear = np.setdiff1d(shared, often), np.intersect1d(shared, often)
    pairs = ones[ones["mark"].isin(clear)].merge(others, on="mark")[["old", "new"]]
    return pairs, {"old": ones["old"][ones["mark"].isin(unclear)], "new": others["new"][others["mark"].isin(unclear)]}


def as_lines(diffs: Iterable[Difference], titles: Sequence[str]) -> bytes:
    """CSV in UTF-8 with a byte order mark: table, kind (added, changed, removed, renamed), key, column, before, after.

    `titles` are the six column titles. No cell starts like a formula.
    """
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([titles, *([guarded(cell) for cell in line] for diff in diffs for line in _lines(diff))])
    return buffer.getvalue().encode("utf-8-sig")


def _lines(diff: Difference) -> Iterable[tuple[str, ...]]:
    for kind, rows in (("added", diff.added), ("removed", diff.removed)):
        texts = as_text(rows)
        for key, row in zip(keys(diff.table, texts), texts.to_dict("records"), strict=True):
            for column, cell in row.items():
                sides = ("", cell) if kind == "added" else (cell, "")
                yield (diff.table, kind, key, column, *sides)
    for key, column, before, after in diff.changed.itertuples(index=False):
        yield diff.table, "changed", key, column, before, after
    for before, after in diff.rekeyed.itertuples(index=False):
        yield diff.table, "renamed", after, "", before, after
