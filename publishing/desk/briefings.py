"""Briefings: an ordered outline of slides, encoded in a link or saved in the store under a name.

The kinds of slides and their content belong to pages/; authorisation to publishing/access/rights.py.
"""

import json
import logging
import re
import secrets
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
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
"""Characters of an outline in a link: the whole URL stays below the 8 kB that proxies accept."""
WHOLE = 2_000_000
"""Decompressed bytes of an outline; a hostile link may expand to far more."""
SLIDES, TITLE, NOTE, PARTS, PART = 40, 200, 2_000, 12, 300
"""Limits: slides of an outline, characters of a title and of a note, parameters of a slide, characters of a parameter."""
FORM = 1
"""Format version, the first item of an encoded outline."""
CLOSING = "closing"
"""The kind of the slide that stays last when slides are added."""
_UNSHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters except the line break, surrogates and bidirectional controls."""


@dataclass(frozen=True)
class SlideRequest:
    """A requested slide: its kind, URL parameters, own headline and speaker's note.

    `chosen` may be passed as a mapping and is stored as sorted pairs. Texts are cleaned and truncated.
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
        """The URL parameters by name."""
        return dict(self.chosen)


@dataclass(frozen=True)
class Outline:
    """A briefing's title and its slides in order, at most SLIDES."""

    title: str = ""
    slides: tuple[SlideRequest, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _line(self.title, TITLE))
        object.__setattr__(self, "slides", tuple(self.slides)[:SLIDES])

    @property
    def end(self) -> int:
        """The position for new slides: the end, or before a closing slide."""
        return len(self.slides) - bool(self.slides and self.slides[-1].kind == CLOSING)

    def changed(self, at: int, **parts: Any) -> "Outline":
        """With changed fields of the slide at a position; unchanged if there is none."""
        return self._with(at, lambda slide: (replace(slide, **parts),))

    def without(self, at: int) -> "Outline":
        """Without the slide at a position."""
        return self._with(at, lambda _: ())

    def doubled(self, at: int) -> "Outline":
        """With a copy of the slide at a position after it."""
        return self._with(at, lambda slide: (slide, slide))

    def moved(self, at: int, to: int) -> "Outline":
        """With the slide at a position moved to another; unchanged if either is invalid."""
        if not (0 <= at < len(self.slides) and 0 <= to < len(self.slides)):
            return self
        rest = [*self.slides[:at], *self.slides[at + 1 :]]
        return replace(self, slides=(*rest[:to], self.slides[at], *rest[to:]))

    def added(self, slides: Iterable[SlideRequest]) -> "Outline":
        """With more slides at the end."""
        return replace(self, slides=(*self.slides[: self.end], *slides, *self.slides[self.end :]))

    def _with(self, at: int, change: Callable[[SlideRequest], tuple[SlideRequest, ...]]) -> "Outline":
        if not 0 <= at < len(self.slides):
            return self
        return replace(self, slides=(*self.slides[:at], *change(self.slides[at]), *self.slides[at + 1 :]))


def _text(text: str, most: int) -> str:
    return _UNSHOWN.sub("", text).strip()[:most].strip()


def _line(text: str, most: int) -> str:
    return _text(text.replace("\n", " "), most)


def encode(outline: Outline) -> str:
    """An outline as URL-safe text; `decode` rejects texts longer than LINK."""
    return urlsafe_b64encode(_packed(outline)).decode().rstrip("=")


def decode(text: str) -> Outline | None:
    """The outline of a link; None if it is truncated, mistyped, too long, or no outline."""
    if len(text) > LINK or not re.fullmatch("[A-Za-z0-9_-]+", text, re.ASCII):
        return None
    try:
        return _unpacked(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:  # no valid base64
        return None


def _packed(outline: Outline) -> bytes:
    slides = [_short([slide.kind, dict(slide.chosen), slide.title, slide.note]) for slide in outline.slides]
    plain = json.dumps([FORM, outline.title, slides], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(plain.encode(), 9)


def _short(parts: list) -> list:
    """The fields of a slide without trailing empty ones."""
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _unpacked(packed: Any) -> Outline | None:
    """The outline of packed bytes, decompressed up to WHOLE bytes; None for anything else."""
    with suppress(zlib.error, TypeError, ValueError, RecursionError):
        opened = zlib.decompressobj()
        plain = opened.decompress(packed, WHOLE)
        match json.loads(plain) if opened.eof else None:
            case [form, str(title), list(parts)] if form == FORM:
                slides = tuple(slide for part in parts[:SLIDES] if (slide := _slide(part)))
                return Outline(title, slides) if len(slides) == len(parts[:SLIDES]) else None
    return None


def _slide(plain: object) -> SlideRequest | None:
    """A slide from its fields; trailing ones may be missing."""
    if not isinstance(plain, list) or not 1 <= len(plain) <= 4:
        return None
    missing: list[Any] = ["", {}, "", ""]
    kind, chosen, title, note = plain + missing[len(plain) :]
    texts = isinstance(chosen, dict) and all(isinstance(text, str) for text in (kind, title, note, *chosen.values()))
    return SlideRequest(kind, chosen, title, note) if texts else None


@dataclass(frozen=True)
class Saved:
    """A saved briefing; `version` counts the saves, `author` and `at` (UTC) are those of the last one.

    `outline` is None if the stored content is unreadable.
    """

    id: str
    name: str
    version: int
    author: str
    at: datetime
    outline: Outline | None


def listed(store: Store, *conditions: ColumnElement[bool]) -> tuple[Saved, ...]:
    """Saved briefings, the latest first. Raises StoreUnreachable."""
    with reading(store.engine) as connection:
        rows = connection.execute(select(BRIEFINGS).where(*conditions).order_by(BRIEFINGS.c.at.desc(), BRIEFINGS.c.id)).all()
    return tuple(_saved(row._mapping) for row in rows)


def saved(store: Store, id: str) -> Saved:
    """The saved briefing of an id. Raises NoSuchBriefing, StoreUnreachable."""
    matches = listed(store, BRIEFINGS.c.id == id) if "\0" not in id else ()  # PostgreSQL rejects NUL in text
    if not matches:
        raise NoSuchBriefing(f"There is no saved briefing {id[:40]!r}")
    return matches[0]


def _saved(row: Mapping) -> Saved:
    outline = _unpacked(row["content"])
    if outline is None:
        LOG.error("The saved briefing %s is damaged", row["id"])
    return Saved(row["id"], row["name"], row["version"], row["author"], row["at"], outline)


@dataclass(frozen=True)
class Writer:
    """Saves shared briefings: each method raises NotAllowed for a visitor who may not publish, and StoreUnreachable."""

    store: Store
    visitor: Visitor
    author: str
    rules: Rules = NO_SIGN_IN

    def save(self, outline: Outline, id: str = "", version: int = 0) -> Saved:
        """Save under its title; with an id, replace that briefing, which was read at `version`. Atomic and durable.

        Raises NameTaken if another briefing has the title, BriefingSavedMeanwhile if it was saved since that version,
        NoSuchBriefing if it was deleted; ValueError without a title.
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
        """Delete a saved briefing that was read at `version`. Raises like `save`."""
        require(self.visitor, self.rules, now=self.store.now())
        with writing(self.store.engine) as connection:
            name = _unchanged(connection, id, version).name
            connection.execute(delete(BRIEFINGS).where(BRIEFINGS.c.id == id))
            audit.add(connection, self.store.now(), "deleted", self.author, briefing=id, name=name)


def _unchanged(connection: Connection, id: str, version: int) -> Saved:
    """The saved briefing, if it still has the version that was read."""
    row = connection.execute(select(BRIEFINGS).where(BRIEFINGS.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchBriefing(f"There is no saved briefing {id[:40]!r}")
    current = _saved(row._mapping)
    if current.version != version:
        raise BriefingSavedMeanwhile(current.name, current.author, current.version)
    return current
