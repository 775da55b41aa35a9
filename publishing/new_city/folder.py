"""The data folder of a new city: whether one is missing, and its files."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from metrics.schema.tables import TABLES
from publishing.access.rights import NO_SIGN_IN, Rules, Visitor, require
from publishing.files.table_text import csv_text
from publishing.new_city.gazetteer import Place, is_whole_name
from publishing.new_city.tables import home_tables
from publishing.store.disk import make_folder, to_disk, write_whole
from publishing.store.errors import FolderInUse, StoreUnreachable
from publishing.store.release_cache import current_store, data_folder
from publishing.store.releases import UnreadableRelease, checked


def is_missing() -> bool:
    """Whether there are neither data nor a store: the dashboard begins with the choice of a city."""
    if holds_tables(data_folder()):
        return False
    try:
        current_store()
    except UnreadableRelease:
        return True
    except StoreUnreachable:
        return False
    return False


def holds_tables(folder: Path) -> bool:
    """Whether a folder has a file of any table."""
    return any((folder / f"{table}.csv").is_file() for table in TABLES)


def begin(place: Place, visitor: Visitor, rules: Rules = NO_SIGN_IN, written: str = "") -> None:
    """Write the data folder of a home city, of which the store makes its first release. Raises NotAllowed, FolderInUse, OSError.

    `written` is what a person typed for its name, the beginning of one or all of it.
    """
    require(visitor, rules)
    write(data_folder(), home_tables(place, written.strip() if is_whole_name(written, place) else ""))


def write(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables of text into a folder without any, the home city's last. Raises FolderInUse, UnreadableRelease, OSError."""
    if holds_tables(folder):
        raise FolderInUse(str(folder))
    if problems := checked({}, tables)[1]:
        raise UnreadableRelease(problems)
    make_folder(folder)
    # A folder without its home city is not read, so one that was only half written is not taken for the whole.
    for table in sorted(tables, key=lambda name: name == "home"):
        _write(folder / f"{table}.csv", tables[table])
    to_disk(folder)


def _write(file: Path, rows: pd.DataFrame) -> None:
    content = csv_text([list(rows.columns), *rows.to_numpy().tolist()])
    write_whole(file, lambda part: part.write_text(content, encoding="utf-8"), lambda part: part)
