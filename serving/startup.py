"""The start of the server: where it listens, the lifespan of the app with its warm-up, and the release of memory while it runs.

A step of the warm-up that fails is logged and does not stop the start: the error comes again where the step's result is needed.
"""

import asyncio
import contextlib
import ctypes
import gc
import importlib
import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import click
from uvicorn.main import main as uvicorn_run

from streamlit_internals import BackMsg, ForwardMsg, Runtime, SessionClient, config, expire_sessions, main_run, set_server_address

LOG = logging.getLogger(__name__)

# Imported by pages on first use; Streamlit sends tables through pyarrow.
LIBRARIES = ("pandas", "pyarrow", "plotly.graph_objects", "plotly.io", "pydeck", "babel.dates", "babel.numbers")

EVERY = 60
"""Seconds between two times; pages wait some tenths of a second meanwhile."""
TIMEOUT = 30
"""Seconds for a page; the start goes on without it then."""

Step = Callable[[], object]


def listening() -> str:
    """The address or host name that the server listens on; "" for every address, a socket file, or where it cannot be known.

    To be called while the server starts. `streamlit run` follows the setting `server.address`, uvicorn its own --host; the setting is
    made to agree, so that pages know the address too. Other servers do not expose it.
    """
    start = click.get_current_context(silent=True)
    if start and start.command is main_run:
        return set_server_address(config.get_option("server.address") or "")
    if start and start.command is uvicorn_run and start.params["uds"] is None and start.params["fd"] is None:
        return set_server_address(start.params["host"])
    return set_server_address("")


def startup(
    *steps: Step, beside: Iterable[Step] = (), listen: Step = lambda: None
) -> Callable[[object], contextlib.AbstractAsyncContextManager[None]]:
    """A lifespan for `st.App`: the steps in order, with those of `beside` in parallel, before the server accepts requests.

    A step may return an awaitable. `listen` runs on the main thread, where signal handlers must be set.
    """

    @contextlib.asynccontextmanager
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
        try:
            result = await asyncio.to_thread(step)
            if inspect.isawaitable(result):
                await result
        except Exception:
            LOG.exception("A step of the warm-up failed; the dashboard starts without it")


async def release_memory(every: float = EVERY) -> None:
    """Release memory again and again, until cancelled: sessions that can no longer be resumed, garbage in cycles, what the C library keeps.

    Streamlit would collect garbage after every run of a page, at the cost of half the processor (.streamlit/config.toml turns that
    off); Python collects only while new objects are made, which ends when everyone has left.
    """
    while True:
        await asyncio.sleep(every)
        expire_sessions()
        gc.collect()
        with contextlib.suppress(OSError, AttributeError):  # only glibc has it
            ctypes.CDLL("libc.so.6").malloc_trim(0)


class _Browser(SessionClient):
    """Waits for the end of the page and shows nothing."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.finished.set()


def warm_up_pages(pages: Iterable[str], langs: Callable[[], Iterable[str]], schemes: Iterable[str]) -> Callable[[], Awaitable[None]]:
    """A step of the start, inside the running Streamlit: each page (its name in the address) in each language and look."""

    async def warm_up() -> None:
        offered = await asyncio.to_thread(langs)
        for request in [rerun_request(page, f"lang={lang}", lang, scheme) for page in pages for lang in offered for scheme in schemes]:
            await _run(request)

    return warm_up


async def _run(request: BackMsg) -> None:
    """Raises TimeoutError where the page does not finish."""
    runtime, browser = Runtime.instance(), _Browser()
    session = runtime.connect_session(browser, {})
    try:
        runtime.handle_backmsg(session, request)
        await asyncio.wait_for(browser.finished.wait(), TIMEOUT)
    finally:
        runtime.close_session(session)


def rerun_request(page: str, query: str, lang: str, scheme: str) -> BackMsg:
    """The message of a browser that asks for a page."""
    request = BackMsg()
    state = request.rerun_script
    state.page_name, state.query_string = page, query
    state.context_info.url = f"http://localhost/{page}?{query}"
    state.context_info.locale, state.context_info.color_scheme = lang, scheme
    return request
