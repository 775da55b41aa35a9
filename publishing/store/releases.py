"""Tables of text as a release: each checked, and what is wrong with any of them told at once.

Opens no file itself (publishing/files/intake.py does) and keeps nothing; what was published is in publishing/store/store.py.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from metrics.schema.migrations import in_todays_columns, tables_added
from metrics.schema.problems import Problem
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES, parsed, references, typed, unknown_codes, violations
from publishing.files.intake import take, together
from publishing.files.table_text import canonical
from publishing.store.codes import known_codes
from publishing.store.errors import DashboardError

LOG = logging.getLogger(__name__)


class UnreadableRelease(DashboardError):
    """A release with faults in its data; `problems` holds all that were found."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(f"{len(problems)} problems in the data, the first: {problems[0]}")
        self.problems = tuple(problems)


def read_folder(folder: Path) -> Release:
    """Release 1: every table of metrics.schema.tables from its CSV file in the folder, read as an upload is, also in columns of before.

    A release may be empty: tables without rows are whole, but the home city has its row, its city and their sources. A table that
    was added later may be missing. Raises UnreadableRelease.
    """
    contents = {name: _content(folder / f"{name}.csv") for name in TABLES}
    missing = [name for name, content in contents.items() if content is None and name not in tables_added()]
    read = take([(f"{name}.csv", content) for name, content in contents.items() if content is not None], own=True)
    for cell in read.read_as:
        LOG.warning("%s.csv, row %s, %s: %r was read as %r", cell.table, cell.row, cell.column, cell.value, cell.taken)
    tables = {name: in_todays_columns(name, rows, None) for name, rows in read.tables.items()}
    whole, rule_problems = checked({}, tables)
    absent = [Problem(name, None, "", "", "missing_file", {"file": f"{name}.csv"}) for name in missing]
    if problems := together(absent, read.problems, rule_problems):
        raise UnreadableRelease(problems)
    every = {name: whole.get(name, parsed(name, pd.DataFrame())) for name in TABLES}
    digests = {name: digest(canonical(name, rows)) for name, rows in every.items()}
    return Release(1, release_digest(digests), MappingProxyType(every))


def candidate(base: Release, tables: Mapping[str, pd.DataFrame]) -> tuple[Release | None, tuple[Problem, ...]]:
    """A release's tables with the given ones (text) in place of theirs, and what is wrong with them: all of it, at most once a cell.

    References are checked over the whole, so a problem may stand in a table that was not given; what the release itself would
    fail by rules of today is none. Numbered 0: a draft; None where there is a problem. Neither the release nor the tables are
    changed. Raises KeyError for a name that is no table.
    """
    whole, problems = checked(base.tables, tables)
    if problems:
        return None, tuple(problems)
    content = base.digest.encode() + b"".join(canonical(name, whole[name]) for name in sorted(tables))
    return Release(0, digest(content)[:16], MappingProxyType(whole)), ()


def checked(base: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Typed tables with the given ones (text) in place of theirs, and what is wrong with the given ones and with references."""
    read = {name: typed(name, rows) for name, rows in tables.items()}
    whole = {**base, **{name: frame for name, (frame, _) in read.items()}}
    faulty = [problem for _, problems in read.values() for problem in problems]
    codes = [problem for name in read for problem in unknown_codes(name, whole[name], known_codes())]
    return whole, faulty + codes + broken_references(base, whole)


def broken_references(base: Mapping[str, pd.DataFrame], whole: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Broken references of typed tables, but for those that stand in a table of `base` which is the same, and were broken there."""
    broken = references(whole)
    known = set(map(_cell, references(base))) if broken and base else set()
    return [problem for problem in broken if _cell(problem) not in known or whole[problem.table] is not base[problem.table]]


def _cell(problem: Problem) -> tuple[str, int | None, str, str]:
    return problem.table, problem.row, problem.column, problem.value


@cached_by_release()
def faults(release: Release) -> tuple[Problem, ...]:
    """What rules of today find wrong with a release, which may have been published under others; by table, row and column."""
    every = [problem for name, rows in release.tables.items() for problem in broken_rules(name, rows)]
    return together(every, references(release.tables))


def broken_rules(name: str, rows: pd.DataFrame) -> list[Problem]:
    """What a typed table breaks of today's rules, references apart. Raises KeyError for a name that is no table."""
    return violations(name, rows) + unknown_codes(name, rows, known_codes())


def digest(content: bytes) -> str:
    """The name of a table's content: its SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def release_digest(digests: Mapping[str, str]) -> str:
    """The name of a release's content: 16 hexadecimal digits of a SHA-256 over the names and digests of its tables, by name."""
    return digest("".join(f"{name}.csv {digests[name]}\n" for name in sorted(digests)).encode())[:16]


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
