"""Memory is given back now and then: what left readers and replaced pages held in circles, then what the C library keeps of it.

Streamlit would look for garbage after every run of a page, which takes half of the processor (.streamlit/config.toml); Python does so while
enough new things are made, and not at all when everyone has left.
"""

import asyncio
import contextlib
import ctypes
import gc
import time
from collections.abc import Callable

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, SESSION_EVENTS_FAMILY

EVERY = 60
"""Seconds between two times. Pages wait while it is done, some tenths of a second."""


class _Nobody(SessionClient):
    """A browser that shows nothing."""

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Nothing."""


def _counted() -> tuple[float, float]:
    """How many readers are there now, and how many have come so far."""
    stats = Runtime.instance().stats_mgr.get_stats((ACTIVE_SESSIONS_FAMILY, SESSION_EVENTS_FAMILY))
    return stats[ACTIVE_SESSIONS_FAMILY][0].value, stats[SESSION_EVENTS_FAMILY][0].value


def _visit() -> None:
    """Somebody comes and leaves."""
    runtime = Runtime.instance()
    runtime.disconnect_session(runtime.connect_session(_Nobody(), {}))


class Forgetting:
    """Makes Streamlit forget readers whose time to come back is over: it looks for them only when the next one leaves.

    Where nobody is there any more, nobody comes and leaves, each time it is called, until all of them must be forgotten. `stays` is
    how long a reader can come back, `every` how often it is called (s).
    """

    def __init__(
        self,
        stays: float,
        every: float = EVERY,
        counted: Callable[[], tuple[float, float]] = _counted,
        visit: Callable[[], None] = _visit,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stays, self._every, self._counted, self._visit, self._clock = stays, every, counted, visit, clock
        self._known, self._until = 0.0, float("-inf")

    def __call__(self) -> None:
        """Look, and forget where it is time."""
        there, come = self._counted()
        if there or come != self._known:
            # Whoever was there at this look may leave until the next one; the one after her time is over is at most one more away.
            self._known, self._until = come, self._clock() + self._stays + 2 * self._every
        if not there and self._clock() <= self._until:
            self._visit()
            self._known = come + 1


async def tidy(every: float = EVERY, forget: Callable[[], None] | None = None) -> None:
    """Tidy again and again, until cancelled."""
    forget = forget or Forgetting(st.get_option("server.disconnectedSessionTTL"), every)
    while True:
        await asyncio.sleep(every)
        forget()
        gc.collect()
        _trim()


def _trim() -> None:
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL("libc.so.6").malloc_trim(0)
