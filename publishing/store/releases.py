"""Releases made from tables of text and validated, all problems at once; their entries in the history; the day in their home city.

Files are read by publishing/files/intake.py, releases stored by publishing/store/store.py.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd
from babel.core import get_global
from babel.numbers import list_currencies

from languages import LANGUAGES, codes
from metrics.schema.checks import parsed, references, typed, unknown_codes, untranslated, violations
from metrics.schema.columns import fields
from metrics.schema.migrations import in_todays_columns, rows_of_missing, tables_added
from metrics.schema.names import known_languages
from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES, schema_for
from metrics.schema.vocabulary import FAMILY, codes_of
from publishing.changes.marks import Marks, from_json
from publishing.files.intake import take, together
from publishing.files.sentences import Words
from publishing.files.table_text import canonical
from publishing.store.errors import DashboardError

LOG = logging.getLogger(__name__)


class UnreadableRelease(DashboardError):
    """A release with faults in its data; `problems` has all of them."""

    key = "store.problems"

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(f"{len(problems)} problems in the data, the first: {problems[0]}")
        self.problems = tuple(problems)

    def fields(self, words: Words) -> Mapping[str, object]:
        """The number of problems."""
        return {"count": len(self.problems)}


def read_folder(folder: Path) -> Release:
    """Release 1: every table of metrics.schema.tables from its CSV file in the folder, read like an upload, also in former columns.

    Tables may be empty, except for the home city, its city and their sources. Tables that were added later may be missing; those of words
    then have the standard ones.
    Raises UnreadableRelease.
    """
    contents = {name: _content(folder / f"{name}.csv") for name in TABLES}
    missing = [name for name, content in contents.items() if content is None and name not in tables_added()]
    files = {name: [(f"{name}.csv", content)] for name, content in contents.items() if content is not None}
    own_words = take([file for name in FAMILY for file in files.get(name, ())], own=True).tables
    read = take([file for held in files.values() for file in held], own=True, codes=codes_of(own_words))
    for cell in read.read_as:
        LOG.warning("%s.csv, row %s, %s: %r was read as %r", cell.table, cell.row, cell.column, cell.value, cell.result)
    tables = {name: in_todays_columns(name, rows, None) for name, rows in read.tables.items()}
    tables = {name: rows_of_missing(name) for name in FAMILY if name not in files} | tables
    whole, rule_problems = checked({}, tables)
    absent = [Problem(name, None, "", "", "missing_file", {"file": f"{name}.csv"}) for name in missing]
    if problems := together(absent, read.problems, rule_problems):
        raise UnreadableRelease(problems)
    every = {name: whole.get(name, parsed(name, pd.DataFrame())) for name in TABLES}
    digests = {name: digest(canonical(name, rows)) for name, rows in every.items()}
    return Release(1, release_digest(digests), MappingProxyType(every))


def candidate(base: Release, tables: Mapping[str, pd.DataFrame]) -> tuple[Release | None, tuple[Problem, ...]]:
    """A release with some tables replaced (text), numbered 0, or None and all problems.

    References are checked between all tables, so a problem may be in another table; faults of the base itself by newer rules
    do not count. Neither the release nor the tables are changed. Raises KeyError for an unknown table.
    """
    whole, problems = checked(base.tables, tables)
    if problems:
        return None, tuple(problems)
    content = base.digest.encode() + b"".join(canonical(name, whole[name]) for name in sorted(tables))
    return Release(0, digest(content)[:16], MappingProxyType(whole)), ()


def checked(base: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Typed tables with some replaced (text), and the problems of these and of references.

    A replaced table must have the languages that the base has texts in, so that no file removes them by leaving a column out.
    """
    read = {name: typed(name, rows) for name, rows in tables.items()}
    whole = {**base, **{name: frame for name, (frame, _) in read.items()}}
    faulty = [problem for _, problems in read.values() for problem in problems]
    faulty += [problem for name, rows in tables.items() if name in base for problem in _lost_languages(name, base[name], rows)]
    languages = _languages(whole)
    faulty += [problem for name in read for problem in _of_codes_and_languages(name, whole[name], languages)]
    # A table without its key is one problem, not one for each row that refers to it.
    keyless = {(name, column) for name, rows in tables.items() for column in TABLES[name].columns if column not in rows}
    broken = [
        problem for problem in broken_references(base, whole) if (problem.params.get("table"), problem.params.get("column")) not in keyless
    ]
    return whole, faulty + broken


def _languages(tables: Mapping[str, pd.DataFrame]) -> Sequence[str]:
    return (known_languages(tables["home"]) if "home" in tables else ()) or tuple(LANGUAGES)


def _of_codes_and_languages(name: str, rows: pd.DataFrame, languages: Sequence[str]) -> list[Problem]:
    return unknown_codes(name, rows, known_codes()) + untranslated(name, rows, languages)


def _lost_languages(name: str, base: pd.DataFrame, rows: pd.DataFrame) -> Iterator[Problem]:
    for column, declared in fields(schema_for(name, base)).items():
        if declared.family and column not in rows and (base[column] != "").any():
            yield Problem(name, None, column, "", "missing_column")


def broken_references(base: Mapping[str, pd.DataFrame], whole: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Broken references of typed tables, except those that `base` already has in an unchanged table."""
    broken = references(whole)
    known = set(map(_cell, references(base))) if broken and base else set()
    return [problem for problem in broken if _cell(problem) not in known or whole[problem.table] is not base[problem.table]]


def _cell(problem: Problem) -> tuple[str, int | None, str, str]:
    return problem.table, problem.row, problem.column, problem.value


@cached_by_release()
def faults(release: Release) -> tuple[Problem, ...]:
    """Problems of a published release by today's rules, by table, row and column."""
    every = [problem for name in release.tables for problem in broken_rules(name, release.tables)]
    return together(every, references(release.tables))


def broken_rules(name: str, tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Problems of one of typed tables by today's rules, without references. Raises KeyError for an unknown table."""
    return violations(name, tables[name]) + _of_codes_and_languages(name, tables[name], _languages(tables))


def digest(content: bytes) -> str:
    """The SHA-256 of a content in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def release_digest(digests: Mapping[str, str]) -> str:
    """The digest of a release: 16 hexadecimal digits of a SHA-256 over the sorted names and digests of its tables."""
    return digest("".join(f"{name}.csv {digests[name]}\n" for name in sorted(digests)).encode())[:16]


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


@dataclass(frozen=True)
class Entry:
    """A release in the history.

    `kind` is first, publish or restore; `restored` is the release that was restored. `changes` has the rows added, changed and
    removed of each table that differs from the parent's. `schema` and `method` are the versions at publication, None if not
    recorded; `marks` says of changed cells whether they are revised or corrected.
    """

    number: int
    parent: int | None
    kind: str
    restored: int | None
    author: str
    note: str
    at: datetime
    digest: str
    changes: Mapping[str, tuple[int, int, int]] = field(hash=False)
    schema: int | None = None
    method: int | None = None
    marks: Marks = field(default_factory=dict, hash=False)


def entry_of(row: Mapping) -> Entry:
    """The entry of a row of the table of releases, which has the same names."""
    changes = {name: tuple(counts) for name, counts in row["changes"].items()}
    return Entry(**{**row, "changes": MappingProxyType(changes), "marks": from_json(row.get("marks"))})


def today_at_home(release: Release, now: Callable[[ZoneInfo], datetime] = datetime.now) -> date:
    """Today's date in the home city."""
    return now(time_zone(release)).date()


@cached_by_release()
def time_zone(release: Release) -> ZoneInfo:
    """The time zone of the home city; UTC if the store has an unknown one."""
    try:
        return ZoneInfo(release.tables["home"]["time_zone"].iloc[0])
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@cached_by_release()
def unknown_at_home(release: Release) -> tuple[Problem, ...]:
    """Unknown codes in the home city's row, which older releases may have."""
    return tuple(unknown_codes("home", release.tables["home"], known_codes()))


@lru_cache(maxsize=1)
def known_codes() -> Mapping[str, tuple[str, ...]]:
    """The lists of `metrics.schema.columns.CODE_LISTS`: currencies (ISO 4217), current ones first; time zones (IANA); languages (CLDR)."""
    current = {code for used in get_global("territory_currencies").values() for code, _, end, tender in used if tender and end is None}
    currencies = sorted(list_currencies(), key=lambda code: (code not in current, code))
    return {"currency": tuple(currencies), "time_zone": tuple(sorted(available_timezones())), "language": tuple(sorted(codes()))}
