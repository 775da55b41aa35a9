"""Files that take seconds to make: made once, on another thread, and cached. Knows neither slides nor Streamlit."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from publishing.files.measures import MAKING

LOG = logging.getLogger(__name__)
FILES_AT_MOST = 8
"""Files in the cache; the least recently requested is evicted first."""

Progress = Callable[[int, int], None]


@dataclass
class Job:
    """A file being made: `done` of `of` parts. `result` is the future of its content."""

    done: int = 0
    of: int = 1
    result: Future = field(init=False)

    def tell(self, done: int, of: int) -> None:
        """Report progress, from the worker thread."""
        self.done, self.of = done, max(of, 1)

    def content(self) -> bytes | None:
        """The file; None while it is being made and after a failure."""
        return self.result.result() if self.result.done() and not self.result.exception() else None

    def failed(self) -> bool:
        return self.result.done() and self.result.exception() is not None


class BackgroundJobs:
    """Makes files one at a time on one thread, so that other processors stay free for requests."""

    def __init__(self, most: int = FILES_AT_MOST) -> None:
        self._most, self._lock, self._jobs = most, Lock(), OrderedDict()
        self._thread = ThreadPoolExecutor(1, "making")

    def find(self, key: Hashable) -> Job | None:
        with self._lock:
            return self._jobs.get(key)

    def ask(self, key: Hashable, make: Callable[[Progress], bytes]) -> Job:
        """Start the job of a key; the existing one if there is one, a new one after a failure."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.failed():
                job = self._jobs[key] = Job()
                MAKING.inc()
                job.result = self._thread.submit(self._make, job, make)
            self._jobs.move_to_end(key)
            while len(self._jobs) > self._most:
                self._jobs.popitem(last=False)
            return job

    @staticmethod
    def _make(job: Job, make: Callable[[Progress], bytes]) -> bytes:
        try:
            return make(job.tell)
        except Exception:  # the waiting page shows a sentence; the traceback goes to the log
            LOG.exception("A file could not be made")
            raise
        finally:
            MAKING.dec()
