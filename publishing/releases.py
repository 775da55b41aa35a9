"""Where releases come from. Until there is a store, the one release is a folder of CSV files.

Judges no cell itself, and says what is wrong with data as problems, all of them at once.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from metrics.problems import Problem
from metrics.release import Release
from metrics.tables import TABLES, references, typed
from publishing.errors import DashboardError
from publishing.intake import read_csv


class UnreadableRelease(DashboardError):
    """A release with faults in its data; `problems` holds all that were found."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(f"{len(problems)} problems in the data, the first: {problems[0]}")
        self.problems = tuple(problems)


def read_folder(folder: Path) -> Release:
    """Release 1: every table of metrics.tables from its CSV file in the folder, each file read once.

    A release may be empty: tables without rows are whole, but the home city has its row, its city and their sources. The digest
    is the first 16 hexadecimal digits of a SHA-256 over the names and bytes of the files. Raises UnreadableRelease.
    """
    contents = {name: _content(folder / f"{name}.csv") for name in TABLES}
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        frame, found = _table(name, content)
        problems += found
        if frame is not None:
            tables[name] = frame
    problems += references(tables)
    if problems:
        raise UnreadableRelease(problems)
    return Release(1, _digest(contents), MappingProxyType(tables))


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


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}.csv {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]
