"""Memory is given back now and then: what left readers and replaced pages held in circles, then what the C library keeps of it.

Streamlit would look for garbage after every run of a page, which takes half of the processor (.streamlit/config.toml); Python does so while
enough new things are made, and not at all when everyone has left.
"""

import asyncio
import contextlib
import ctypes
import gc
from collections.abc import Callable

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


def forget(known: float) -> float:
    """Make Streamlit forget readers whose time to come back is over: it looks for them only when the next one leaves.

    Where nobody is there, and somebody was since `known` sessions had come, nobody comes and leaves. Gives how many have come now.
    """
    runtime = Runtime.instance()
    stats = runtime.stats_mgr.get_stats((ACTIVE_SESSIONS_FAMILY, SESSION_EVENTS_FAMILY))
    active, come = stats[ACTIVE_SESSIONS_FAMILY][0].value, stats[SESSION_EVENTS_FAMILY][0].value
    if active or come == known:
        return known
    runtime.disconnect_session(runtime.connect_session(_Nobody(), {}))
    return come + 1


async def tidy(every: float = EVERY, forget: Callable[[float], float] = forget) -> None:
    """Tidy again and again, until cancelled."""
    known = 0.0
    while True:
        await asyncio.sleep(every)
        known = forget(known)
        gc.collect()
        _trim()


def _trim() -> None:
    with contextlib.suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL("libc.so.6").malloc_trim(0)
