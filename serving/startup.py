"""What is done once at start, so that no visitor waits for it.

Must not stop the server: what fails here is logged, and fails again where it is needed.
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

# What pages load only when first used: numbers and tables travel to the browser through pyarrow.
LIBRARIES = ("pandas", "pyarrow", "plotly.graph_objects", "plotly.io", "pydeck", "babel.dates", "babel.numbers")

Step = Callable[[], object]


def startup(
    *steps: Step, beside: Iterable[Step] = (), listen: Step = lambda: None
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """A lifespan for `st.App`: each step, one after the other, and those `beside` on another core; when all are done the server answers.

    A step may give an awaitable, which is waited for. `listen` is done on the main thread, where alone signals can be heard.
    """

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        await asyncio.gather(_run_all((import_libraries, *steps)), _run_all(beside))
        # What lives as long as the server need not be looked at each time that garbage is (the Python manual recommends it for servers).
        gc.collect()
        gc.freeze()
        listen()
        releasing = asyncio.create_task(release_memory())
        yield
        releasing.cancel()

    return lifespan


def import_libraries() -> None:
    """Import what every page stands on."""
    for name in LIBRARIES:
        importlib.import_module(name)


async def _run_all(steps: Iterable[Step]) -> None:
    for step in steps:
        await _run(step)


async def _run(step: Step) -> None:
    try:
        done = await asyncio.to_thread(step)
        if inspect.isawaitable(done):
            await done
    except Exception:
        LOG.exception("The dashboard starts although one step of its warm-up failed")
