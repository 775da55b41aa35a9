"""A cache of the identity provider's metadata, which Authlib would request for every sign-in."""

import time
from collections.abc import Callable
from typing import Any

MAX_AGE = 3600
"""Seconds."""


def cache_provider_metadata(client: Any = None, clock: Callable[[], float] = time.monotonic) -> None:
    """Make all clients of a class (Authlib's, of which Streamlit creates one for each request) share the metadata of an address.

    Without Authlib there is no sign-in, and nothing to do.
    """
    if client is None:
        try:
            from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin
        except ModuleNotFoundError:
            return
        client = AsyncOAuth2Mixin
    request, cache = client.load_server_metadata, dict[str, tuple[float, dict]]()

    async def load_server_metadata(self: Any) -> dict:
        address = self._server_metadata_url
        at, metadata = cache.get(address, (float("-inf"), {}))
        if not address or clock() - at >= MAX_AGE:
            metadata = dict(await request(self))
            cache[address] = clock(), metadata
        self.server_metadata.update(metadata)
        return self.server_metadata

    client.load_server_metadata = load_server_metadata
