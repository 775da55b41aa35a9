"""Runs pages once at start as the browsers of their first readers will ask for them, so that no reader waits for what happens but once.

What comes of it is thrown away; a fault stays in the log of the page. Must not know a page.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlencode

from streamlit_internals import BackMsg, ForwardMsg, Runtime, SessionClient

PATIENCE = 30
"""Seconds for one page; a start goes on without it then."""


class _Reader(SessionClient):
    """A browser that only waits for the end of the page."""

    def __init__(self) -> None:
        self.seen = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.seen.set()


def warm_up_pages(pages: Iterable[str], langs: Iterable[str], schemes: Iterable[str]) -> Callable[[], Awaitable[None]]:
    """A step of the start, inside the running Streamlit: each page (its name in the address) in each language and look."""
    asked = [_opening(page, lang, scheme) for page in pages for lang in langs for scheme in schemes]

    async def rehearse() -> None:
        for opening in asked:
            await _show(opening)

    return rehearse


async def _show(opening: BackMsg) -> None:
    """Raises TimeoutError where the page does not come to its end."""
    runtime, reader = Runtime.instance(), _Reader()
    session = runtime.connect_session(reader, {})
    try:
        runtime.handle_backmsg(session, opening)
        await asyncio.wait_for(reader.seen.wait(), PATIENCE)
    finally:
        runtime.close_session(session)


def _opening(page: str, lang: str, scheme: str) -> BackMsg:
    """What a browser sends first."""
    opening, query = BackMsg(), urlencode({"lang": lang})
    state = opening.rerun_script
    state.page_name, state.query_string = page, query
    state.context_info.url = f"http://localhost/{page}?{query}"
    state.context_info.locale, state.context_info.color_scheme = lang, scheme
    return opening
