"""Queue of audit records that are not part of a store transaction: sign-ins, exports, refusals.

Written on a background thread, so that no page waits; a failed write is logged only.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from publishing.access.audit_log import record
from publishing.store.release_cache import current_store

LOG = logging.getLogger(__name__)
APART, AT_MOST = timedelta(minutes=1), 60
"""Rate limit: the same refusal once per interval, and at most 60 refusals in it."""
_THREAD = ThreadPoolExecutor(1, "audit")


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
