"""The provider of the sign-in is not asked about itself by every reader."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from serving.provider import MAX_AGE, cache_provider_metadata


def test_the_provider_is_asked_once_an_hour_at_each_address_however_many_open_the_way_in():
    asked, now = [], [0.0]

    class Client:
        def __init__(self, address: str) -> None:
            self._server_metadata_url, self.server_metadata = address, {}

        async def load_server_metadata(self) -> dict:
            asked.append(self._server_metadata_url)
            return self.server_metadata | {"issuer": self._server_metadata_url}

    cache_provider_metadata(Client, lambda: now[0])
    # In a thread of its own: after a browser test this one may hold a running loop.
    with ThreadPoolExecutor(1) as thread:
        for later in (0.0, 1.0, MAX_AGE + 2.0):
            now[0] = later
            said = [thread.submit(asyncio.run, Client(address).load_server_metadata()).result() for address in "aabb"]
            assert [one["issuer"] for one in said] == list("aabb")
    assert asked == ["a", "b", "a", "b"]
