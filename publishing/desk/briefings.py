"""Briefings as they are asked for: an ordered outline of slides, whole in a link, or saved in the store of releases under a name.

Knows no slide: what a kind shows, and which kinds there are, is the pages' to say. Who may save is asked in publishing/access/rights.py.
"""

import json
import logging
import re
import secrets
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from publishing.access.rights import NO_SIGN_IN, Rules, Visitor, require
from publishing.store import audit
from publishing.store.database import reading, writing
from publishing.store.errors import BriefingSavedMeanwhile, NameTaken, NoSuchBriefing
from publishing.store.schema import BRIEFINGS
from publishing.store.store import Store

LOG = logging.getLogger(__name__)
LINK = 6_000
"""Characters of an outline in a link: with the rest of the address less than the 8 kB that proxies take."""
WHOLE = 2_000_000
"""Bytes of an outline as text; a hostile link may stand for far more."""
SLIDES, TITLE, NOTE, PARTS, PART = 40, 200, 2_000, 12, 300
"""The most slides of an outline, characters of a title and of a note, choices of a slide, characters of a choice."""
FORM = 1
"""The first thing in every outline, should it once be written otherwise."""
CLOSING = "closing"
"""The kind of the slide that stays the last where slides are added."""
_UNSHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of characters, and marks that turn the direction of what follows; a line break is none."""


@dataclass(frozen=True)
class Wanted:
    """A slide that is asked for: its kind, the parts of the address that it is shown with, a headline of its own, the speaker's note.

    `chosen` may be given as a mapping; it is kept as pairs in order of their names. Texts are cut to what can be shown.
    """

    kind: str
    chosen: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    title: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        pairs = {_line(name, PART): _line(value, PART) for name, value in dict(self.chosen).items()}
        chosen = sorted((name, value) for name, value in pairs.items() if name and value)[:PARTS]
        tidy = {"kind": _line(self.kind, PART), "chosen": tuple(chosen), "title": _line(self.title, TITLE), "note": _text(self.note, NOTE)}
        for name, value in tidy.items():
            object.__setattr__(self, name, value)

    @property
    def parts(self) -> dict[str, str]:
        """What is chosen, by the name of the address part."""
        return dict(self.chosen)


@dataclass(frozen=True)
class Outline:
    """A briefing's title and its slides in order, no more than SLIDES."""

    title: str = ""
    slides: tuple[Wanted, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _line(self.title, TITLE))
        object.__setattr__(self, "slides", tuple(self.slides)[:SLIDES])

    @property
    def end(self) -> int:
        """The place of slides that are added: the end, or before a closing slide there."""
        return len(self.slides) - bool(self.slides and self.slides[-1].kind == CLOSING)

    def changed(self, at: int, **parts: Any) -> "Outline":
        """With other parts of the slide at a place; the same where there is no such place."""
        return self._with(at, lambda slide: (replace(slide, **parts),))

    def without(self, at: int) -> "Outline":
        """Without the slide at a place."""
        return self._with(at, lambda _: ())

    def doubled(self, at: int) -> "Outline":
        """With the slide at a place twice, to change one of the two."""
        return self._with(at, lambda slide: (slide, slide))

    def moved(self, at: int, to: int) -> "Outline":
        """With the slide at a place put at another; the same where either is none."""
        if not (0 <= at < len(self.slides) and 0 <= to < len(self.slides)):
            return self
        rest = [*self.slides[:at], *self.slides[at + 1 :]]
        return replace(self, slides=(*rest[:to], self.slides[at], *rest[to:]))

    def added(self, slides: Iterable[Wanted]) -> "Outline":
        """With more slides at the end."""
        return replace(self, slides=(*self.slides[: self.end], *slides, *self.slides[self.end :]))

    def _with(self, at: int, change: Callable[[Wanted], tuple[Wanted, ...]]) -> "Outline":
        if not 0 <= at < len(self.slides):
            return self
        return replace(self, slides=(*self.slides[:at], *change(self.slides[at]), *self.slides[at + 1 :]))


def _text(text: str, most: int) -> str:
    return _UNSHOWN.sub("", text).strip()[:most].strip()


def _line(text: str, most: int) -> str:
    return _text(text.replace("\n", " "), most)


def encode(outline: Outline) -> str:
    """An outline as text for a link: letters, digits, - and _. Longer than LINK it cannot be read back by `decode`."""
    return urlsafe_b64encode(_packed(outline)).decode().rstrip("=")


def decode(text: str) -> Outline | None:
    """The outline of a link; None where it is cut off, mistyped, too long, or no outline at all."""
    if len(text) > LINK or not re.fullmatch("[A-Za-z0-9_-]+", text, re.ASCII):
        return None
    try:
        return _unpacked(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:  # no whole bytes
        return None


def _packed(outline: Outline) -> bytes:
    slides = [_short([slide.kind, dict(slide.chosen), slide.title, slide.note]) for slide in outline.slides]
    plain = json.dumps([FORM, outline.title, slides], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(plain.encode(), 9)


def _short(parts: list) -> list:
    """A slide without what is empty at its end."""
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _unpacked(packed: Any) -> Outline | None:
    """The outline of packed bytes, opened no further than WHOLE; None for anything else."""
    try:
        opened = zlib.decompressobj()
        plain = opened.decompress(packed, WHOLE)
        return _outline(json.loads(plain)) if opened.eof else None
    except (zlib.error, TypeError, ValueError, RecursionError):
        return None


def _outline(plain: object) -> Outline | None:
    match plain:
        case [form, str(title), list(slides)] if form == FORM:
            parsed = tuple(slide for part in slides[:SLIDES] if (slide := _slide(part)))
            return Outline(title, parsed) if len(parsed) == len(slides[:SLIDES]) else None
    return None


def _slide(plain: object) -> Wanted | None:
    """A slide from its parts, of which the last may be missing."""
    if not isinstance(plain, list) or not 1 <= len(plain) <= 4:
        return None
    missing: list[Any] = ["", {}, "", ""]
    kind, chosen, title, note = plain + missing[len(plain) :]
    texts = isinstance(chosen, dict) and all(isinstance(text, str) for text in (kind, title, note, *chosen.values()))
    return Wanted(kind, chosen, title, note) if texts else None


@dataclass(frozen=True)
class Saved:
    """A briefing in the store: `name` is the title it was saved with, `version` how often, `author` and `at` (UTC) who and when last.

    `outline` is None where what is stored cannot be read any more.
    """

    id: str
    name: str
    version: int
    author: str
    at: datetime
    outline: Outline | None


def listed(store: Store) -> tuple[Saved, ...]:
    """Every saved briefing, the last saved first. Raises StoreUnreachable."""
    return _read(store)


def saved(store: Store, id: str) -> Saved:
    """The saved briefing of an id. Raises NoSuchBriefing, StoreUnreachable."""
    matches = _read(store, BRIEFINGS.c.id == id) if "\0" not in id else ()  # which PostgreSQL takes for no text
    if not matches:
        raise NoSuchBriefing(f"There is no saved briefing {id[:40]!r}")
    return matches[0]


def _read(store: Store, *conditions: ColumnElement[bool]) -> tuple[Saved, ...]:
    with reading(store.engine) as connection:
        rows = connection.execute(select(BRIEFINGS).where(*conditions).order_by(BRIEFINGS.c.at.desc(), BRIEFINGS.c.id)).all()
    return tuple(_saved(row._mapping) for row in rows)


def _saved(row: Mapping) -> Saved:
    outline = _unpacked(row["content"])
    if outline is None:
        LOG.error("The saved briefing %s is damaged", row["id"])
    return Saved(row["id"], row["name"], row["version"], row["author"], row["at"], outline)


@dataclass(frozen=True)
class Writer:
    """Who saves briefings for everybody: each method raises NotAllowed for a visitor who may not publish, and StoreUnreachable."""

    store: Store
    visitor: Visitor
    author: str
    rules: Rules = NO_SIGN_IN

    def save(self, outline: Outline, id: str = "", version: int = 0) -> Saved:
        """Save under its title; with an id in place of that one, of which `version` was looked at. All or nothing, on the disk.

        Raises NameTaken where another briefing has the title, BriefingSavedMeanwhile where somebody saved since that version,
        NoSuchBriefing where it was deleted; ValueError without a title.
        """
        require(self.visitor, self.rules, now=self.store.now())
        if not outline.title:
            raise ValueError("A saved briefing needs a title")
        now = self.store.now()
        row = {"name": outline.title, "author": self.author, "at": now, "content": _packed(outline)}
        with writing(self.store.engine) as connection:
            before = _unchanged(connection, id, version) if id else None
            stored = row | {"id": id or secrets.token_urlsafe(6), "version": before.version + 1 if before else 1}
            change = update(BRIEFINGS).where(BRIEFINGS.c.id == id) if before else insert(BRIEFINGS)
            try:
                connection.execute(change.values(stored))
            except IntegrityError as error:
                raise NameTaken(outline.title) from error
            audit.add(connection, now, "saved", self.author, briefing=stored["id"], name=stored["name"], version=stored["version"])
        return replace(_saved(stored), outline=outline)

    def delete(self, id: str, version: int) -> None:
        """Delete a saved briefing, of which `version` was looked at. Raises as `save` does."""
        require(self.visitor, self.rules, now=self.store.now())
        with writing(self.store.engine) as connection:
            name = _unchanged(connection, id, version).name
            connection.execute(delete(BRIEFINGS).where(BRIEFINGS.c.id == id))
            audit.add(connection, self.store.now(), "deleted", self.author, briefing=id, name=name)


def _unchanged(connection: Connection, id: str, version: int) -> Saved:
    """What is saved under an id, if it is still the version that was looked at."""
    row = connection.execute(select(BRIEFINGS).where(BRIEFINGS.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchBriefing(f"There is no saved briefing {id[:40]!r}")
    current = _saved(row._mapping)
    if current.version != version:
        raise BriefingSavedMeanwhile(current.name, current.author, current.version)
    return current
