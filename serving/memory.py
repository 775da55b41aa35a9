"""Gives memory back once a minute: sessions that can no longer be resumed, garbage in cycles, then what the C library keeps free.

Streamlit would collect garbage after every run of a page, at the cost of half the processor (.streamlit/config.toml turns that off);
Python collects only while new objects are made, which ends when everyone has left.
"""

import asyncio
import contextlib
import ctypes
import gc

from streamlit_internals import expire_sessions

EVERY = 60
"""Seconds between two times; pages wait some tenths of a second meanwhile."""


async def release_memory(every: float = EVERY) -> None:
    """Release memory again and again, until cancelled."""
    while True:
        await asyncio.sleep(every)
        expire_sessions()
        gc.collect()
        with contextlib.suppress(OSError, AttributeError):  # only glibc has it
            ctypes.CDLL("libc.so.6").malloc_trim(0)
