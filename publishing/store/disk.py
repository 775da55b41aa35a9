"""Atomic and private files, whatever their content."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TypeVar

from publishing.store.errors import NotOurs, StoreUnreachable

T = TypeVar("T")


def make_folder(folder: Path) -> None:
    """Create a missing folder, private to this user. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_file(file: Path) -> None:
    """Create a missing file of a store, and its folder, private to this user. Raises StoreUnreachable."""
    try:
        make_folder(file.parent)
        file.touch(0o600)
    except OSError as closed:
        raise StoreUnreachable(f"The state folder cannot be written: {closed}") from closed


def refuse_unless(file: Path, ours: Callable[[Path], bool]) -> None:
    """Raises NotOurs if a file exists and is not of our kind."""
    if file.exists() and not ours(file):
        raise NotOurs(file.name)


def write_whole(file: Path, write: Callable[[Path], object], check: Callable[[Path], T]) -> T:
    """Write a temporary file, `check` it, sync it and rename it; the result of `check`.

    Of concurrent writers the last wins. Raises OSError, and what the callbacks raise.
    """
    opened, name = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    os.close(opened)
    part = Path(name)
    try:
        write(part)
        to_disk(part)
        result = check(part)
        part.replace(file)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    to_disk(file.parent)
    return result


def to_disk(path: Path) -> None:
    """Sync a file, or the entries of a folder, to disk. Raises OSError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
