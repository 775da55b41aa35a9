"""Memory is given back: garbage in circles goes without a page that runs."""

import asyncio
import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from serving.tidying import Forgetting, tidy


class Circle:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_holds_itself_goes_within_the_next_turn():
    async def wait() -> bool:
        gc.disable()
        held = weakref.ref(Circle())
        turning = asyncio.create_task(tidy(0.01, forget=lambda: None))
        while held():
            await asyncio.sleep(0.01)
        turning.cancel()
        return held() is None

    try:
        with ThreadPoolExecutor(1) as thread:  # the browser tests leave their event loop running in this one
            assert thread.submit(lambda: asyncio.run(asyncio.wait_for(wait(), 30))).result()
    finally:
        gc.enable()


class Server:
    """Streamlit as `Forgetting` sees it, looked at once a minute for two hours: who is there at a time, and how many have come by then."""

    def __init__(self, there, come) -> None:
        self.now, self.visits = 0, []
        look = Forgetting(300, 60, lambda: (there(self.now), come(self.now) + len(self.visits)), self.visit, lambda: self.now)
        for self.now in range(60, 7200, 60):
            look()

    def visit(self) -> None:
        self.visits.append(self.now)


@pytest.mark.parametrize("left", [600, 601, 630, 659])
def test_whoever_left_is_forgotten_once_she_can_not_come_back_and_then_nobody_is_asked_any_more(left):
    visits = Server(there=lambda now: int(now < left), come=lambda now: 1).visits
    assert min(visits) >= left
    assert [at for at in visits if left + 300 <= at <= left + 420] != []
    assert max(visits) < 1200


def test_whoever_came_and_left_between_two_looks_is_forgotten_too():
    visits = Server(there=lambda now: 0, come=lambda now: int(now > 630)).visits
    assert [at for at in visits if at >= 640 + 300] != []
    assert (min(visits), max(visits) < 1200) == (660, True)
