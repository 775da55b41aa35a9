"""Files that are there only when they are whole, which nobody else may read. Knows nothing of what is in them."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TypeVar

from publishing.store.errors import NotOurs

T = TypeVar("T")


def make_folder(folder: Path) -> None:
    """Make a folder that is not there, closed to everybody else. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def refuse_unless(file: Path, ours: Callable[[Path], bool]) -> None:
    """Keep what somebody else wrote: raises NotOurs where a file is there that is not what is written now."""
    if file.exists() and not ours(file):
        raise NotOurs(file.name)


def write_whole(file: Path, write: Callable[[Path], object], check: Callable[[Path], T]) -> T:
    """Write a file under a name of its own, `check` it, and give it its name when it lies on the disk; what `check` found.

    Of two who write the same file the last one's stays, whole. Raises OSError, and what the two given raise.
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
    """What was announced outlives a power cut; for a folder, the names in it. Raises OSError."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
