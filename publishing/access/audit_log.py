"""The audit log: read, appended to, and the queue of acts outside the store's transactions (sign-ins, exports, refusals).

The queue is written on a background thread, so that no page waits; a failed write is logged only. Authorisation is in
publishing/access/rights.py.
"""

import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Row, select

from publishing.files.downloads import guarded
from publishing.files.table_text import csv_text
from publishing.store.audit import add
from publishing.store.database import reading, writing
from publishing.store.release_cache import current_store
from publishing.store.schema import AUDIT
from publishing.store.store import Store

LOG = logging.getLogger(__name__)
COLUMNS = ("number", "at", "act", "who", "about")
APART, AT_MOST = timedelta(minutes=1), 60
"""Rate limit: the same refusal once per interval, and at most 60 refusals in it."""
_THREAD = ThreadPoolExecutor(1, "audit")


@dataclass(frozen=True)
class Record:
    """An audited act: when (UTC), which of ACTS, who ("" if unknown), and details."""

    number: int
    at: datetime
    act: str
    who: str
    about: Mapping[str, object] = field(hash=False)


def record(store: Store, act: str, who: str, **about: object) -> None:
    """Append an act that changed nothing else in the store. Raises StoreUnreachable."""
    with writing(store.engine) as connection:
        add(connection, store.now(), act, who, **about)


def records(store: Store, count: int = 200) -> tuple[Record, ...]:
    """The newest acts first. Raises StoreUnreachable."""
    with reading(store.engine) as connection:
        rows = connection.execute(select(AUDIT).order_by(AUDIT.c.number.desc()).limit(count)).all()
    return tuple(Record(**row._mapping) for row in rows)


def confirmed(store: Store) -> Mapping[int, Mapping[str, int]]:
    """The numbers of doubts by kind that were confirmed for a release. Raises StoreUnreachable."""
    with reading(store.engine) as connection:
        rows = connection.scalars(select(AUDIT.c.about).where(AUDIT.c.act == "published"))
        return {about["release"]: about["confirmed"] for about in rows if about.get("confirmed")}


def as_csv(store: Store) -> bytes:
    """Every act, the oldest first: number, at (UTC), act, who, about (JSON). Raises StoreUnreachable."""
    with reading(store.engine) as connection:
        rows = connection.execute(select(AUDIT).order_by(AUDIT.c.number))
        return csv_text([COLUMNS, *map(_cells, rows)]).encode("utf-8-sig")


def _cells(row: Row) -> tuple:
    about = json.dumps(row.about, ensure_ascii=False, sort_keys=True)
    return row.number, f"{row.at:%Y-%m-%dT%H:%M:%SZ}", row.act, guarded(row.who), about


def enqueue_audit(act: str, who: str, **about: object) -> None:
    """Queue an act: "signed_in", "exported" or "refused", by whom ("" if unknown), and details as JSON."""
    _THREAD.submit(_write, act, who, about)


def _write(act: str, who: str, about: dict) -> None:
    try:
        record(current_store(), act, who, **about)
    except Exception:  # the act itself is done, and nobody waits for this thread
        LOG.exception("The audit could not be written: %s", act)


class Refusals:
    """Queues refusals, rate-limited."""

    def __init__(self, enqueue: Callable[..., None] = enqueue_audit, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._enqueue, self._clock, self._recent = enqueue, clock, dict[tuple[str, str, str], datetime]()
        self._lock = threading.Lock()

    def of(self, who: str, path: str, peer: str = "") -> None:
        """Record that access to a path (without query) was refused; `peer` distinguishes anonymous visitors and is not stored."""
        what = (who, path[:200], "" if who else peer)
        with self._lock:  # pages run on threads of their own
            now = self._clock()
            self._recent = {refusal: at for refusal, at in self._recent.items() if now - at < APART}
            if what in self._recent or len(self._recent) >= AT_MOST:
                return
            self._recent[what] = now
        self._enqueue("refused", who, path=what[1])


refusals = Refusals()
"""Shared by the routes and pages of this process."""
