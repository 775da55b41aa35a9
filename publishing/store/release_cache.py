"""Cache of releases for readers, with a fallback while the store is unavailable."""

import logging
import os
import re
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock

from metrics.schema.release import Release
from publishing.store.errors import DamagedRelease, NoSuchRelease, StoreUnreachable
from publishing.store.releases import Entry, read_folder
from publishing.store.store import Store, open_store

LOG = logging.getLogger(__name__)
PROJECT = Path(__file__).parents[2]
HELD = 4
"""Releases in memory; they share unchanged tables."""
AGAIN, MENDED = 2.0, 30.0
"""Seconds until a failed store, and a damaged release, are tried again."""


def current_release(number: int | None = None) -> Release:
    """The release in force, or that of a number; cached, so always the same object.

    If the store is unreachable or its newest release unreadable, a fallback, and `trouble` has the reason. Raises
    UnreadableRelease; for a number also NoSuchRelease, DamagedRelease and StoreUnreachable.
    """
    cached = _current_cache()
    return cached.in_force() if number is None else cached.release(number)


def pin(release: Release | Entry) -> str:
    """A release in a URL: its number and digest, since a recovered store may reuse numbers."""
    return f"{release.number}-{release.digest[:8]}"


def pinned_release(text: str, release: Callable[[int], Release] = current_release) -> Release:
    """The release that a URL names; older URLs have the number only. Raises NoSuchRelease, and what `release` raises."""
    match = _PIN.fullmatch(text)
    if not match:
        raise NoSuchRelease(0)
    pinned = release(int(match[1]))
    if not pinned.digest.startswith(match[2] or ""):
        raise NoSuchRelease(pinned.number)
    return pinned


def trouble() -> str | None:
    """Why the release in force may not be the newest, as a message key, or None."""
    return _current_cache().trouble


def current_store() -> Store:
    """The store of releases. Raises StoreUnreachable, and UnreadableRelease if the first release cannot be made."""
    return _current_cache().store()


def data_folder() -> Path:
    """DASHBOARD_DATA, else the project's data/."""
    return Path(os.environ.get("DASHBOARD_DATA") or PROJECT / "data")


def state_folder() -> Path:
    """DASHBOARD_STATE, else var/ in DASHBOARD_DATA, else the project's var/."""
    named = os.environ.get("DASHBOARD_STATE")
    return Path(named) if named else Path(os.environ.get("DASHBOARD_DATA") or PROJECT) / "var"


def database() -> str:
    """DATABASE_URL; "" if the store is a file in the state folder."""
    return os.environ.get("DATABASE_URL", "")


def may_begin() -> bool:
    """Whether a missing store is created: not with DASHBOARD_BEGIN=no, where a missing store means an unmounted volume."""
    return os.environ.get("DASHBOARD_BEGIN", "").lower() not in ("no", "0", "false")


_PIN = re.compile("([1-9][0-9]{0,8})(?:-([0-9a-z]{1,64}))?")
AWAY = ("store.unreachable", "store.closed")
"""The troubles without a readable store."""


class ReleaseCache:
    """In-memory cache of the releases of one store, available even while the store is not.

    `trouble` is None, "store.closed" (no store; the data folder is served), "store.unreachable" (the last cached release is
    served) or "store.damaged" (an older release is served).
    """

    def __init__(self, state: Path, seed: Path, clock: Callable[[], float] = time.monotonic, address: str = "", begin: bool = True) -> None:
        self.trouble: str | None = None
        self._state, self._seed, self._clock, self._address, self._begin = state, seed, clock, address, begin
        self._store: Store | None = None
        self._releases: OrderedDict[int, Release] = OrderedDict()
        self._looked_at = self._read_since = 0.0
        self._serving: Release | None = None
        self._rest_until = self._mended_at = 0.0
        self._damaged: int | None = None
        self._opening, self._holding, self._asking = Lock(), Lock(), Lock()
        self._reading: dict[int, Lock] = {}

    def store(self) -> Store:
        """The open store. Raises StoreUnreachable, then at once until the next try, and UnreadableRelease."""
        with self._opening:
            if self._store is None:
                # Threads that waited fail at once instead of waiting for the same time-out again.
                if self._clock() < self._rest_until:
                    raise StoreUnreachable("The store could not be reached a moment ago")
                try:
                    self._store, self._read_since = self._open(), self._clock()
                except StoreUnreachable:
                    self._rest_until = self._clock() + AGAIN
                    raise
            elif self._store.read_only and self._clock() - self._read_since > MENDED:
                self._store.engine.dispose()
                self._store, self._read_since = self._open(), self._clock()
            return self._store

    def _open(self) -> Store:
        return open_store(self._state, self._seed, address=self._address, begin=self._begin)

    def close(self) -> None:
        """Close the store; it is reopened on demand."""
        with self._opening:
            if self._store is not None:
                self._store.engine.dispose()
            self._store = None

    def in_force(self) -> Release:
        """The release in force. Raises UnreadableRelease if nothing can be read at all."""
        if self._serving is None or self.trouble not in AWAY:
            return self._read_newest()
        # One thread at a time retries the store; the others do not wait.
        if self._clock() < self._rest_until or not self._asking.acquire(blocking=False):
            return self._serving
        try:
            return self._read_newest()
        finally:
            self._asking.release()

    def _read_newest(self) -> Release:
        """The newest valid release; if there is none, the last served, else the data folder."""
        try:
            newest = max(self._refresh())
            if self._serving and newest == self._damaged and self._clock() < self._mended_at:
                return self._serving
            release = self._newest_whole(newest)
        except StoreUnreachable:
            return self._fall_back()
        self._serving = release or self._serving or self._seed_release()
        self._set_trouble(None if release and release.number == newest else "store.damaged")
        return self._serving

    def _refresh(self) -> Mapping[int, str]:
        """The digests of all releases; cached releases with another digest are dropped, since the store was recovered."""
        digests = self.store().digests()
        with self._holding:
            self._looked_at = self._clock()
            for number in [number for number, release in self._releases.items() if digests.get(number) != release.digest]:
                _drop(self._releases.pop(number))
        return digests

    def release(self, number: int) -> Release:
        """The release of a number."""
        if self._clock() - self._looked_at > AGAIN:
            with suppress(StoreUnreachable):  # cached releases are still served
                self._refresh()
        return self._release(number)

    def _release(self, number: int) -> Release:
        """Threads wait only for reads of the same number."""
        with self._holding:
            if number in self._releases:
                self._releases.move_to_end(number)
                return self._releases[number]
            turn = self._reading.setdefault(number, Lock())
        with turn:
            try:
                return self._releases.get(number) or self._add(self.store().release(number))
            finally:
                self._reading.pop(number, None)

    def _add(self, release: Release) -> Release:
        with self._holding:
            self._releases[release.number] = release
            while len(self._releases) > HELD:
                _drop(self._releases.popitem(last=False)[1])
        return release

    def _newest_whole(self, newest: int) -> Release | None:
        for number in range(newest, 0, -1):
            try:
                return self._release(number)
            except DamagedRelease:
                self._damaged, self._mended_at = newest, self._clock() + MENDED
        return None

    def _fall_back(self) -> Release:
        """Serve the last release, else the data folder, and do not retry the store for a moment."""
        serving = self._serving is not None and self.trouble != "store.closed"
        self._set_trouble("store.unreachable" if serving else "store.closed")
        self._serving = self._serving or self._seed_release()
        self._rest_until = self._clock() + AGAIN
        return self._serving

    def _seed_release(self) -> Release:
        """The data folder, numbered 0 since it was not published."""
        return replace(read_folder(self._seed), number=0)

    def _set_trouble(self, trouble: str | None) -> None:
        if trouble != self.trouble:
            LOG.warning("The release in force: %s", trouble or "all is well again", exc_info=sys.exc_info()[0] is not None)
        self.trouble = trouble


def _drop(release: Release) -> None:
    """Cached values refer back to the release, and after gc.freeze such cycles would never be collected."""
    release.caches.clear()


def _current_cache() -> ReleaseCache:
    return _cache(state_folder(), data_folder(), database(), may_begin())


@cache
def _cache(state: Path, seed: Path, address: str, begin: bool) -> ReleaseCache:
    return ReleaseCache(state, seed, address=address, begin=begin)
