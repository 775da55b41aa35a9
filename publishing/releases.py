"""Files as a release: every table read, and what is wrong with any of them told at once.

Judges no cell itself and keeps nothing; what was published is in publishing/store.py.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from metrics.problems import Problem
from metrics.release import Release
from metrics.tables import FOUNDING, TABLES, header, references, typed
from publishing.errors import DashboardError
from publishing.intake import read_csv


class UnreadableRelease(DashboardError):
    """A release with faults in its data; `problems` holds all that were found."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(f"{len(problems)} problems in the data, the first: {problems[0]}")
        self.problems = tuple(problems)


def read_folder(folder: Path) -> Release:
    """Release 1: every table of metrics.tables from its CSV file in the folder, each file read once.

    A release may be empty: tables without rows are whole, but the home city has its row, its city and their sources. A table that
    was declared after the folder was made may be missing. Raises UnreadableRelease.
    """
    contents = {name: _content(folder / f"{name}.csv") for name in TABLES}
    contents = {name: content for name, content in contents.items() if content is not None or name in FOUNDING}
    return Release(1, release_digest({name: digest(content or b"") for name, content in contents.items()}), read_tables(contents))


def read_tables(contents: Mapping[str, bytes | None], known: Mapping[str, pd.DataFrame] | None = None) -> Mapping[str, pd.DataFrame]:
    """The typed frame of every table from its file; one that is not in `contents` has no rows, one that is `known` is taken as it is.

    None stands for a file that should be there and is not. Raises UnreadableRelease.
    """
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name in TABLES:
        content = contents.get(name, header(name).encode())
        frame, found = (known[name], []) if known and name in known else _table(name, content)
        problems += found
        if frame is not None:
            tables[name] = frame
    problems += references(tables)
    if problems:
        raise UnreadableRelease(problems)
    return MappingProxyType(tables)


def digest(content: bytes) -> str:
    """The name of a file's content: its SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def release_digest(digests: Mapping[str, str]) -> str:
    """The name of a release's content: 16 hexadecimal digits of a SHA-256 over the names and digests of its tables, by name."""
    return digest("".join(f"{name}.csv {digests[name]}\n" for name in sorted(digests)).encode())[:16]


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _table(name: str, content: bytes | None) -> tuple[pd.DataFrame | None, list[Problem]]:
    if content is None:
        return None, [Problem(name, None, "", "", "missing_file", {"file": f"{name}.csv"})]
    raw, problems = read_csv(name, content)
    return (None, problems) if problems else typed(name, raw)
