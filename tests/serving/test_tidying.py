"""Memory is given back: garbage in circles goes without a page that runs."""

import asyncio
import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

from serving.tidying import tidy


class Circle:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_holds_itself_goes_within_the_next_turn():
    async def wait() -> bool:
        gc.disable()
        held = weakref.ref(Circle())
        turning = asyncio.create_task(tidy(0.01, forget=lambda known: known))
        while held():
            await asyncio.sleep(0.01)
        turning.cancel()
        return held() is None

    try:
        with ThreadPoolExecutor(1) as thread:  # the browser tests leave their event loop running in this one
            assert thread.submit(lambda: asyncio.run(asyncio.wait_for(wait(), 30))).result()
    finally:
        gc.enable()
