"""What a release would change against another: rows and cells by business key, readings, conflicts. Pure pandas.

Reads and keeps nothing, judges nothing and chooses no words; both releases are whole (each key names one row).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from math import inf

import numpy as np
import pandas as pd
import pandera.pandas as pa

from metrics.counting.reading import Formula, Reading
from metrics.indicators.registry import readings
from metrics.schema.columns import fields
from metrics.schema.release import Release, cached_comparison
from metrics.schema.tables import TABLES
from metrics.verification.evidence import Contradiction, contradictions
from publishing.files.table_text import texts

BETWEEN = " / "
"""What stands between the parts of a key of several columns; no identifier holds a space."""
ENOUGH = 3
"""So many filled cells, besides the key, two rows must have in common to be taken for one row under another key."""


@dataclass(frozen=True, eq=False)
class Difference:
    """What differs in one table. Reordered rows are no difference.

    `added` and `removed`: typed rows in the declared columns. `changed`: a row a cell, columns key, column, before, after, all
    text as in canonical CSV. `rekeyed`: columns before and after, the keys (text) of a row that only goes by another name; its
    changed cells stand in `changed` under the new key, the columns of the key itself do not.
    """

    table: str
    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame
    rekeyed: pd.DataFrame

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many rows were added, changed (in any cell, or the key) and removed."""
        return len(self.added), len({*self.changed["key"], *self.rekeyed["after"]}), len(self.removed)


@dataclass(frozen=True)
class Effect:
    """An indicator whose reading says something else in the other release."""

    indicator: str
    before: Reading
    after: Reading

    @property
    def value_changed(self) -> bool:
        """Whether the value is another one, or known on one side only."""
        return self.before.value != self.after.value

    @property
    def state_flipped(self) -> bool:
        """Whether progress is in another state."""
        states = [reading.progress and reading.progress.state for reading in (self.before, self.after)]
        return states[0] != states[1]

    @property
    def bounds_changed(self) -> str:
        """How the bounds differ: "narrowed" or "widened" where one range lies inside the other, else "moved".

        "" where they are the same, where either is unknown, and where both say no more than the value: it alone, or at least it.
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

    @property
    def conflicts_appeared(self) -> tuple[Formula, ...]:
        """What the reading contradicts now and did not before."""
        return tuple(formula for formula in self.after.conflicts if formula not in self.before.conflicts)

    @property
    def conflicts_gone(self) -> tuple[Formula, ...]:
        """What the reading contradicted before and does not now."""
        return tuple(formula for formula in self.before.conflicts if formula not in self.after.conflicts)


@dataclass(frozen=True, eq=False)
class Conflicts:
    """Facts that are told in more than one way in one of two releases only."""

    appeared: tuple[Contradiction, ...]
    gone: tuple[Contradiction, ...]


@cached_comparison
def differences(before: Release, after: Release) -> tuple[Difference, ...]:
    """The tables that differ, in the order of TABLES; rows in the order in which their release has them.

    A removed and an added row are one row under another key when they agree in all other cells, or in all but one that neither
    refers to another table nor is one of a few words; when ENOUGH filled cells agree; and when neither has a second such
    partner. In doubt both stay what they seem, so that a removal is confirmed. Work and memory grow with the rows, not their
    square.
    """
    pairs = ((schema, before.tables[name], after.tables[name]) for name, schema in TABLES.items())
    diffs = (_difference(schema, old, new) for schema, old, new in pairs if old is not new and not old.equals(new))
    return tuple(diff for diff in diffs if any(diff.counts))


def removals(diffs: Iterable[Difference]) -> int:
    """How many rows are removed; a row under another key is not."""
    return sum(len(diff.removed) for diff in diffs)


def effects(before: Release, after: Release, on: date) -> tuple[Effect, ...]:
    """The readings on a date that say something else, in the order of the registry.

    Which keys a reading counts is not what it says: another city of the same number changes rows, not the reading.
    """
    pairs = zip(readings(before, on), readings(after, on), strict=True)
    return tuple(Effect(old.indicator, old, new) for old, new in pairs if _without_keys(old) != _without_keys(new))


def _without_keys(reading: Reading) -> Reading:
    return replace(reading, added=(), possible=(), ended=())


@cached_comparison
def conflicts(before: Release, after: Release) -> Conflicts:
    """The contradictions of `metrics.verification.evidence` that only one of two releases has, known by the rows that say otherwise."""
    renamed = {(diff.table, old): new for diff in differences(before, after) for old, new in diff.rekeyed.itertuples(index=False)}
    old = [(conflict, {renamed.get((conflict.table, key), key) for key in _against(conflict)}) for conflict in contradictions(before)]
    new = [(conflict, _against(conflict)) for conflict in contradictions(after)]
    known, stays = ({(conflict.table, key) for conflict, keys in side for key in keys} for side in (old, new))
    appeared = tuple(conflict for conflict, keys in new if any((conflict.table, key) not in known for key in keys))
    return Conflicts(appeared, tuple(conflict for conflict, keys in old if any((conflict.table, key) not in stays for key in keys)))


def _against(conflict: Contradiction) -> set[str]:
    return set(_keys(TABLES[conflict.table], conflict.otherwise))


def _difference(schema: pa.DataFrameSchema, before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    declared, key = list(schema.columns), list(schema.metadata["key"])
    old, new = (frame[declared].reset_index(drop=True) for frame in (before, after))
    # Where each row of the new release stood in the old one, -1 where its key is new.
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
        rekeyed=pd.DataFrame({"before": _keys(schema, old.iloc[place[moved]]), "after": _keys(schema, new.iloc[moved])}, dtype=str),
    )


def _changed(schema: pa.DataFrameSchema, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The cells in which rows differ that stand at the same place in both; row by row, in each from left to right."""
    keys, columns = pd.Series(_keys(schema, new), dtype=str), []
    for number, column in enumerate(_beside_the_key(schema)):
        left, right = old[column], new[column]
        rows = np.flatnonzero((left != right) & ~(left.isna() & right.isna()))
        cells = {"before": texts(left.iloc[rows]), "after": texts(right.iloc[rows])}
        columns.append(pd.DataFrame({"row": rows, "number": number, "key": keys.iloc[rows].to_numpy(), "column": column, **cells}))
    every = pd.concat(columns, ignore_index=True).sort_values(["row", "number"], ignore_index=True)
    return every[["key", "column", "before", "after"]].astype(str)


def _beside_the_key(schema: pa.DataFrameSchema) -> list[str]:
    return [column for column in schema.columns if column not in schema.metadata["key"]]


def _keys(schema: pa.DataFrameSchema, rows: pd.DataFrame) -> list[str]:
    parts = (texts(rows[column]) for column in schema.metadata["key"])
    return [BETWEEN.join(key) for key in zip(*parts, strict=True)]


def _renamed(schema: pa.DataFrameSchema, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Which removed row is which added one: columns old and new, row numbers in the frames given; the rule is in `differences`."""
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
    """A number for each cell that tells its content and its column; their sum over a row tells the row (64 bits)."""
    return pd.util.hash_pandas_object(cells, index=False, hash_key=f"{number:016d}").to_numpy() * np.uint64(2 * number + 1)


def _matched(old: np.ndarray, new: np.ndarray, agreeing: np.ndarray) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Pairs of row numbers with the same mark where just one row on each side has it, and the rows of marks that more have."""
    ones = pd.DataFrame({"mark": old, "old": np.arange(len(old))})[agreeing >= ENOUGH]
    others = pd.DataFrame({"mark": new, "new": np.arange(len(new))})
    often = np.concatenate([side["mark"][side["mark"].duplicated()] for side in (ones, others)])
    shared = np.intersect1d(ones["mark"], others["mark"])
    clear, unclear = np.setdiff1d(shared, often), np.intersect1d(shared, often)
    pairs = ones[ones["mark"].isin(clear)].merge(others, on="mark")[["old", "new"]]
    return pairs, {"old": ones["old"][ones["mark"].isin(unclear)], "new": others["new"][others["mark"].isin(unclear)]}
