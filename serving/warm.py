"""What is done once at start, so that no visitor waits for it.

Must not stop the server: what fails here is logged, and fails again where it is needed.
"""

import asyncio
import gc
import importlib
import logging
import pkgutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from threading import Thread

LOG = logging.getLogger(__name__)

# The page's libraries, and what they load only when first used: numbers and tables travel to the browser through pyarrow.
LIBRARIES = ("pandas", "pyarrow", "plotly.graph_objects", "plotly.io", "pydeck", "babel.dates", "babel.numbers")
OURS = ("metrics", "charts", "publishing", "wording")

Step = Callable[[], object]


def warmed(*steps: Step, behind: Iterable[Step] = ()) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """A lifespan for `st.App`: imports, then each step; the steps `behind` run in a thread of their own while the server answers."""

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        await asyncio.to_thread(_run_all, (import_everything, load_words, draw_once, *steps))
        # Streamlit collects garbage after every run of a page, all generations. What lives as long as the server need not be
        # looked at each time: this takes some 100 ms off every click (the Python manual recommends it for servers).
        gc.collect()
        gc.freeze()
        Thread(target=_run_all, args=(tuple(behind),), name="warm", daemon=True).start()
        yield

    return lifespan


def import_everything() -> None:
    """Import the libraries and every module of ours that a page stands on."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for name in OURS:
        package = importlib.import_module(name)
        for module in pkgutil.iter_modules(getattr(package, "__path__", []), f"{name}."):
            importlib.import_module(module.name)


def load_words() -> None:
    """Say one day in every language: the catalogues and Babel's own data are read with the first."""
    wording = importlib.import_module("wording")
    for language in wording.LANGUAGES:
        wording.Words(language).day(date(2000, 1, 1))


def draw_once() -> None:
    """Write one empty chart and throw it away: plotly loads its templates and its writer with the first."""
    objects = importlib.import_module("plotly.graph_objects")
    objects.Figure([objects.Scatter(x=[0], y=[0]), objects.Bar(x=[0], y=[0])]).to_json()


def _run_all(steps: Iterable[Step]) -> None:
    for step in steps:
        try:
            step()
        except Exception:
            LOG.exception("The dashboard starts although one step of its warm-up failed")
