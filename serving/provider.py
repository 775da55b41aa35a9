"""The provider of the sign-in is called at the hosts that the settings name, and asked about itself once an hour.

Where its metadata or a redirect lead to another host, the call is refused: no answer from outside chooses whom this server calls.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

LOG = logging.getLogger(__name__)
MAX_AGE = 3600
"""Seconds."""
REQUIRED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
"""What metadata must have (OpenID Connect Discovery, section 3)."""
CALLED = ("token_endpoint", "jwks_uri")
"""The addresses in the metadata that a sign-in makes the server call."""
LOOPBACK = ("127.0.0.1", "localhost")
Hosts = frozenset[tuple[str, int]]
"""Names with their ports."""


class ProviderRefused(Exception):
    """The provider answers without what a sign-in needs, or leads to a host that is not named in the settings."""


def call_named_hosts(addresses: Iterable[str], client: Any = None, clock: Callable[[], float] = time.monotonic) -> None:
    """Make every client of a kind (Authlib's, which Streamlit makes anew for each request) call the hosts of these addresses alone,
    over https except on this machine, and share what was asked at one address.

    Without Authlib there is no sign-in, and nothing to do. Raises ProviderRefused for an address that is not https.
    """
    if client is None:
        try:
            from authlib.integrations.starlette_client import StarletteOAuth2App
        except ModuleNotFoundError:
            return
        client = StarletteOAuth2App
    hosts = frozenset(_host(address, "calls") for address in addresses)
    client.client_cls = _calling(client.client_cls, hosts)
    client.load_server_metadata = _asked_seldom(client.load_server_metadata, hosts, clock)


def _calling(session: Any, hosts: Hosts) -> type:
    async def check(request: Any) -> None:
        _require_named(str(request.url), hosts, "calls")

    def __init__(self: Any, **settings: Any) -> None:
        session.__init__(self, **settings)
        self.event_hooks = {**self.event_hooks, "request": [check]}  # redirects pass it too

    return type("Session", (session,), {"__init__": __init__})


def _asked_seldom(ask: Callable, hosts: Hosts, clock: Callable[[], float]) -> Callable:
    kept = dict[str, tuple[float, dict]]()

    async def load_server_metadata(self: Any) -> dict:
        address = self._server_metadata_url
        at, metadata = kept.get(address, (float("-inf"), {}))
        if clock() - at >= MAX_AGE:
            metadata = dict(await ask(self))
            _require_usable(metadata, address, hosts)
            kept[address] = clock(), metadata
        self.server_metadata.update(metadata)
        return self.server_metadata

    return load_server_metadata


def _require_usable(metadata: dict, address: str, hosts: Hosts) -> None:
    """Refused before anybody is sent to the provider, rather than when she comes back with her password given."""
    missing = [name for name in REQUIRED if not isinstance(metadata.get(name), str)]
    if missing:
        _refuse(f"The sign-in's provider answers at {address} without {', '.join(missing)}")
    for name in CALLED:
        _require_named(metadata[name], hosts, f"names as its {name}")


def _require_named(url: str, hosts: Hosts, does: str) -> None:
    if _host(url, does) not in hosts:
        host = urlsplit(url).netloc
        _refuse(f"The sign-in {does} {url}: add {host} to provider_hosts of [access] in secrets.toml if it is the provider's")


def _host(url: str, does: str) -> tuple[str, int]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        _refuse(f"The sign-in {does} {url}, which is not https")
    return host, parts.port or {"https": 443, "http": 80}[parts.scheme]


def _refuse(sentence: str) -> None:
    LOG.error(sentence)
    raise ProviderRefused(sentence)
