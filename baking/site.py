"""Writes a static edition into a folder that anything can serve. Whoever reads it meets one whole edition or another, never a mixed one.

`latest.json` and `index.html` name the newest edition; each edition lies in a folder of its own, named by its release and a digest of
all its files, and never changes.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from tempfile import mkdtemp

from baking.edition import CARDS, steps
from baking.html import file_of
from languages import language
from metrics.schema.names import offered_languages
from metrics.schema.release import Release
from publishing.store.disk import write_whole

LATEST, EDITIONS = "latest.json", "r"
FOLLOW = Path(__file__).with_name("follow.html")
"""The page that leads a frame to a file of the newest edition."""
READABLE, OPEN = 0o644, 0o755
"""The rights of files and folders: a web server is another user."""

Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""


def bake(release: Release, out: Path, as_of: date, today: date, base: str = "", progress: Progress = lambda share: None) -> Path:
    """Write the edition of a release on a date and make it the newest; its folder. Files as in the newest so far are not written again.

    With the address `base` of the folder links to its pages are shown with pictures.

    Raises OSError; whatever is raised, the newest edition stays what it was.
    """
    editions = out / EDITIONS
    editions.mkdir(mode=OPEN, parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=".part-", dir=editions))
    try:
        whole, before = hashlib.sha256(), newest(out)
        made = steps(release, as_of, today, base)
        for done, step in enumerate(made):
            progress(done / len(made))
            for name, content in step():
                if (part / name).exists():  # a figure of several pages
                    continue
                _write(part / name, content, before / name)
                whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
        edition = editions / f"{release.number}-{whole.hexdigest()[:8]}"
        _share(part / CARDS, out / CARDS)
        if not edition.exists():
            part.chmod(OPEN)
            part.rename(edition)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        progress(1)
    _point(out, edition, release, as_of)
    return edition


def _share(cards: Path, shared: Path) -> None:
    """Put pictures where all editions find them; each bears the name of its content."""
    for file in cards.glob("*"):
        shared.mkdir(mode=OPEN, exist_ok=True)
        file.replace(shared / file.name)
    shutil.rmtree(cards, ignore_errors=True)


def newest(out: Path) -> Path:
    """The folder of the newest edition; that of all editions where there is none yet."""
    try:
        return out / json.loads((out / LATEST).read_text(encoding="utf-8"))["path"]
    except (OSError, ValueError, KeyError):
        return out / EDITIONS


def _write(file: Path, content: bytes, before: Path) -> None:
    """A file, or another name for the same one of the edition before."""
    file.parent.mkdir(mode=OPEN, parents=True, exist_ok=True)
    try:
        if before.read_bytes() == content:
            os.link(before, file)
            return
    except OSError:
        pass  # there was none, or the disk has no second names
    file.write_bytes(content)
    file.chmod(READABLE)


def _point(out: Path, edition: Path, release: Release, as_of: date) -> None:
    """Make an edition the newest: one file is replaced at once, then the page that leads there."""
    path = f"{EDITIONS}/{edition.name}/"
    state = {"release": release.number, "digest": release.digest, "as_of": as_of.isoformat(), "path": path}
    _replace(out / LATEST, json.dumps(state).encode())
    _replace(out / file_of("overview"), _door(path, offered_languages(release)).encode())
    _replace(out / FOLLOW.name, FOLLOW.read_bytes())


def _replace(file: Path, content: bytes) -> None:
    def write(part: Path) -> None:
        part.write_bytes(content)
        part.chmod(READABLE)

    write_whole(file, write, lambda part: None)


def _door(path: str, languages: tuple[str, ...]) -> str:
    """The page at the folder's own address: it goes on to the city's first language, and names the others."""
    records = {f"{path}{lang}/{file_of('overview')}": language(lang) for lang in languages}
    links = "".join(f'<li><a href="{file}" lang="{record.tag}">{escape(record.label)}</a></li>' for file, record in records.items())
    first, record = next(iter(records.items()))
    icon, refresh = '<link rel="icon" href="data:,">', f'<meta http-equiv="refresh" content="0; url={first}">'
    head = f'<meta charset="utf-8">{icon}{refresh}<title>{escape(record.name)}</title>'
    return f'<!doctype html><html lang="{record.tag}"><head>{head}</head><body><ul>{links}</ul></body></html>\n'
