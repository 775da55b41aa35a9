"""Runs pages once at start, as a browser requests them, so that no reader waits for imports and caches.

The output is discarded; an error is in the page's own log. Knows no page.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlencode

from streamlit_internals import BackMsg, ForwardMsg, Runtime, SessionClient

TIMEOUT = 30
"""Seconds for a page; the start goes on without it then."""


class _Browser(SessionClient):
    """Waits for the end of the page and shows nothing."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.finished.set()


def warm_up_pages(pages: Iterable[str], langs: Iterable[str], schemes: Iterable[str]) -> Callable[[], Awaitable[None]]:
    """A step of the start, inside the running Streamlit: each page (its name in the address) in each language and look."""
    requests = [_request(page, lang, scheme) for page in pages for lang in langs for scheme in schemes]

    async def warm_up() -> None:
        for request in requests:
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


def _request(page: str, lang: str, scheme: str) -> BackMsg:
    """The first message of a browser."""
    request, query = BackMsg(), urlencode({"lang": lang})
    state = request.rerun_script
    state.page_name, state.query_string = page, query
    state.context_info.url = f"http://localhost/{page}?{query}"
    state.context_info.locale, state.context_info.color_scheme = lang, scheme
    return request
