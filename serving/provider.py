"""What the provider of the sign-in says of itself is asked once an hour, not by everybody who opens the way in."""

import time
from collections.abc import Callable
from typing import Any

KEPT_FOR = 3600
"""Seconds."""


def cache_provider_metadata(client: type | None = None, clock: Callable[[], float] = time.monotonic) -> None:
    """Make every client of a kind (Authlib's, which Streamlit makes anew for each request) share what was asked at one address.

    Without Authlib there is no sign-in, and nothing to do.
    """
    if client is None:
        try:
            from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin as client
        except ModuleNotFoundError:
            return
    asked, kept = client.load_server_metadata, dict[str, tuple[float, dict]]()

    async def load_server_metadata(self: Any) -> dict:
        address = self._server_metadata_url
        at, said = kept.get(address, (float("-inf"), {}))
        if not address or clock() - at >= KEPT_FOR:
            said = dict(await asked(self))
            kept[address] = clock(), said
        self.server_metadata.update(said)
        return self.server_metadata

    client.load_server_metadata = load_server_metadata
