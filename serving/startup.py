"""The lifespan of the app: warm-up at start, so that no visitor waits for it, and the release of memory while it runs.

A step that fails is logged and does not stop the start: the error comes again where the step's result is needed.
"""

import asyncio
import gc
import importlib
import inspect
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from serving.memory import release_memory

LOG = logging.getLogger(__name__)

# Imported by pages on first use; Streamlit sends tables through pyarrow.
LIBRARIES = ("pandas", "pyarrow", "plotly.graph_objects", "plotly.io", "pydeck", "babel.dates", "babel.numbers")

Step = Callable[[], object]


def startup(
    *steps: Step, beside: Iterable[Step] = (), listen: Step = lambda: None
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """A lifespan for `st.App`: the steps in order, with those of `beside` in parallel, before the server accepts requests.

    A step may return an awaitable. `listen` runs on the main thread, where signal handlers must be set.
    """

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        await asyncio.gather(_run_all((import_libraries, *steps)), _run_all(beside))
        # Objects that live as long as the server are left out of every later collection (as the documentation of gc recommends).
        gc.collect()
        gc.freeze()
        listen()
        releasing = asyncio.create_task(release_memory())
        yield
        releasing.cancel()

    return lifespan


def import_libraries() -> None:
    """Import what every page needs."""
    for name in LIBRARIES:
        importlib.import_module(name)


async def _run_all(steps: Iterable[Step]) -> None:
    for step in steps:
        await _run(step)


async def _run(step: Step) -> None:
    try:
        result = await asyncio.to_thread(step)
        if inspect.isawaitable(result):
            await result
    except Exception:
        LOG.exception("A step of the warm-up failed; the dashboard starts without it")
