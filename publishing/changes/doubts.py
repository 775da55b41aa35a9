"""Doubts about a draft: changes that break no rule and are often mistakes. Each is taken once somebody confirms it.

A doubt is a Problem of a kind of DOUBTS. Compares releases; reads no file.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

import pandas as pd

from metrics.schema.columns import fields
from metrics.schema.dates import BEGINNING, END, bounds
from metrics.schema.problems import DOUBTS, Problem
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.changes.review import Difference, differences, keys
from publishing.files.table_text import texts

FIRST_YEAR, YEARS_AHEAD = 1800, 50
"""A date outside is more likely a typing error, or a year of another calendar."""
FACTOR = 100
"""By how many times an amount may change, or lie outside those of its column, without a doubt."""
ENOUGH = 5
"""Amounts that a column needs for a range, rows that a table needs to be halved, and changes that look alike."""
LOOKED_BACK = 10
KOREAN_EXCEL = "cp949"


def every_doubt(
    base: Release,
    draft: Release,
    older: Callable[[int], Release | None],
    on: date,
    in_files: Collection[Problem] = (),
    in_cp949: Collection[str] = (),
) -> tuple[Problem, ...]:
    """What is doubtful about a draft: against older releases, in its files, and against its base; a cell once."""
    cells = {(doubt.table, doubt.row, doubt.column) for doubt in in_files}
    against_base = (doubt for doubt in doubts(base, draft, on, in_cp949) if (doubt.table, doubt.row, doubt.column) not in cells)
    return (*older_copies(base, draft, older), *in_files, *against_base)


def doubts(base: Release, draft: Release, on: date, in_cp949: Collection[str] = ()) -> tuple[Problem, ...]:
    """The doubts about a draft against its base, by table and row; tables of files `in_cp949` may have lost letters."""
    return tuple(doubt for diff in differences(base, draft) for doubt in _of_table(diff, base, draft, on, diff.table in in_cp949))


def older_copies(base: Release, draft: Release, older: Callable[[int], Release | None]) -> tuple[Problem, ...]:
    """A doubt for each table in which a draft would bring back cells that its base has changed since an older release.

    Looks through the LOOKED_BACK releases before the base and names the one with the most such cells. `older` gives a release by
    number, None for a damaged one.
    """
    found: dict[str, tuple[int, int]] = {}
    diffs = differences(base, draft)
    for number in range(max(base.number - LOOKED_BACK, 1), base.number):
        release = older(number)
        since = {diff.table: diff for diff in differences(release, base)} if release else {}
        for diff in (diff for diff in diffs if diff.table in since):
            back = len(_cells(diff, "after") & _cells(since[diff.table], "before"))
            found[diff.table] = max(found.get(diff.table, (0, 0)), (back, number))
    params = {table: {"found": back, "number": str(number)} for table, (back, number) in found.items() if back}
    return tuple(Problem(table, None, "", "", "older_copy", about) for table, about in params.items())


def _cells(diff: Difference, side: str) -> set[tuple[str, str, str]]:
    return set(diff.changed[["key", "column", side]].itertuples(index=False, name=None))


def _of_table(diff: Difference, base: Release, draft: Release, on: date, in_cp949: bool) -> Iterator[Problem]:
    before, after = base.tables[diff.table], draft.tables[diff.table]
    if len(before) >= ENOUGH and 2 * len(diff.removed) >= len(before):
        yield Problem(diff.table, None, "", "", "half_removed", {"found": len(diff.removed), "count": len(before)})
    lost = [_has_lost_letters(cell.before, cell.after) for cell in diff.changed.itertuples()] if in_cp949 else []
    if any(lost):
        yield Problem(diff.table, None, "", "", "lost_letters", {"found": sum(lost)})
    alike = sum(_plain(cell.before) == _plain(cell.after) for cell in diff.changed.itertuples()) - sum(lost)
    if alike >= ENOUGH:
        yield Problem(diff.table, None, "", "", "look_alikes", {"found": alike})
    yield from _of_cells(diff, before, after, on)


def _has_lost_letters(before: str, after: str) -> bool:
    """Whether two texts differ only by letters that CP949 cannot hold: left out, without their accent, or as a question mark."""
    lost = {letter for letter in before if not letter.encode(KOREAN_EXCEL, "ignore")}
    ways: tuple[Callable[[str], str], ...] = (lambda letter: "", _bare, lambda letter: "?")
    return bool(lost) and any("".join(way(letter) if letter in lost else letter for letter in before) == after for way in ways)


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def _plain(text: str) -> str:
    """A text without case, width, accents, spaces and punctuation."""
    return "".join(filter(str.isalnum, _bare(unicodedata.normalize("NFKC", text)))).casefold()


def _of_cells(diff: Difference, before: pd.DataFrame, after: pd.DataFrame, on: date) -> Iterator[Problem]:
    """Doubts about single cells that are new or changed."""
    rows = {key: row for row, key in enumerate(keys(diff.table, after), start=2)}
    added = {(key, column): "" for key in keys(diff.table, diff.added) for column in TABLES[diff.table].columns}
    changed = {(key, column): old for key, column, old, _ in diff.changed.itertuples(index=False)}
    place: Mapping[str, pd.Series] = {name: pd.Series(texts(after[name]), index=list(rows)) for name in after}
    for (key, column), old in (added | changed).items():
        if doubtful := _doubt(diff.table, column, old, place[column][key], before, on):
            yield Problem(diff.table, rows[key], column, place[column][key], *doubtful)


def _doubt(table: str, column: str, old: str, new: str, before: pd.DataFrame, on: date) -> tuple[str, Mapping] | None:
    field = fields(TABLES[table]).get(column)
    if not new or field is None:  # a text in a further language
        return None
    if field.kind == "date":
        years = {day.year for day in bounds(new) if day not in (BEGINNING, END)}
        implausible = any(year < FIRST_YEAR or year > on.year + YEARS_AHEAD for year in years)
        return ("implausible_date", {}) if implausible else None
    if field.kind in ("number", "whole") and field.maximum is None:
        low, high = (float(old),) * 2 if old else _range(before[column])
        return ("implausible_amount", {"before": old or f"{low:g}–{high:g}"}) if _is_far(float(new), low, high) else None
    return None


def _range(cells: pd.Series) -> tuple[float, float]:
    """The smallest and the largest amount of a column; (0, 0) where there are too few."""
    amounts = cells[cells > 0]
    return (amounts.min(), amounts.max()) if len(amounts) >= ENOUGH else (0.0, 0.0)


def _is_far(amount: float, low: float, high: float) -> bool:
    return high > 0 and amount > 0 and (amount * FACTOR <= low or amount >= high * FACTOR)


def as_counts(doubts: Collection[Problem]) -> dict[str, int]:
    """How many doubts of each kind, in the order of DOUBTS."""
    return {kind: count for kind in DOUBTS if (count := sum(doubt.kind == kind for doubt in doubts))}
