"""What is told to the audit beside what the store writes itself: who signed in, took something away, was refused.

Written on a thread of its own, so that no page waits; a write that fails goes to the log and breaks nothing.
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
"""The same refusal is told once in this time, and of all refusals so many: nobody fills the store by knocking."""
_THREAD = ThreadPoolExecutor(1, "audit")


def enqueue_audit(act: str, who: str, **about: object) -> None:
    """Have an act written: "signed_in", "exported" or "refused", by whom ("" for nobody), and what it was about, as JSON holds it."""
    _THREAD.submit(_write, act, who, about)


def _write(act: str, who: str, about: dict) -> None:
    try:
        record(current_store(), act, who, **about)
    except Exception:  # the act itself is done, and on this thread nobody waits who could be told
        LOG.exception("The audit could not be written: %s", act)


class Refusals:
    """Tells of refusals, but of each only once a minute, and not of too many."""

    def __init__(self, enqueue: Callable[..., None] = enqueue_audit, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._enqueue, self._clock, self._recent = enqueue, clock, dict[tuple[str, str, str], datetime]()
        self._lock = threading.Lock()

    def of(self, who: str, path: str, peer: str = "") -> None:
        """Somebody was refused a path (without its query); `peer` tells nobodies apart and is not kept."""
        what = (who, path[:200], "" if who else peer)
        with self._lock:  # pages run on threads of their own
            now = self._clock()
            self._recent = {refusal: at for refusal, at in self._recent.items() if now - at < APART}
            if what in self._recent or len(self._recent) >= AT_MOST:
                return
            self._recent[what] = now
        self._enqueue("refused", who, path=what[1])


refusals = Refusals()
"""Those of this process, of routes and pages together."""
