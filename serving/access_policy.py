"""Which right each address requires, how a request without it is refused, and rate limits.

Rights are decided in publishing/access/rights.py. Deny by default: an address that is not listed here requires the right to read.
"""

import re
import time
from collections.abc import Callable, Sequence

from publishing.access.rights import Role, Rules, Visitor, from_our_page, is_known_host, may_measure, may_prepare, may_read, role

UPLOADS = "/_stcore/upload_file/"
"""Streamlit's uploads: PUT and DELETE /_stcore/upload_file/<session>/<file>."""
OPEN = re.compile(
    r"/(?:healthz|livez|readyz|favicon\.png|sign-in|oauth2callback|auth/(?:login|logout)|_stcore/(?:health|host-config)|(?:assets|static)/.+)"
)
"""Needed for the sign-in page and for health checks; holds no data."""
CLOSED = re.compile(r"/_stcore/agent/.*")
"""Streamlit's API for programs has no authentication: it is off, and refused here even where it is turned on."""
EXACT = re.compile(
    r"/(?:(?:_stcore/)?metrics|_stcore/stream|api/v1/(?:(?:readings|changes)\.json|datapackage\.zip)|search\.json|releases/newest)"
)
BEGINNING = re.compile(r"/(?:_stcore/(?:upload_file|bidi-components|agent)|media|component|api/v1/tables)/")
ASKS_THE_PROVIDER = re.compile(r"/(?:auth/(?:login|logout)|oauth2callback)")
"""Makes the server send a request to the identity provider; rate-limited."""
MEASURES = re.compile(r"/(?:_stcore/)?metrics/?")
PAGE = re.compile(r"/[^/.]*")
EXPORT = re.compile(r"/api/v1/(tables/\w+\.csv|datapackage\.zip)")
"""Downloads of whole tables, which are audited; downloads from pages are served at /media and audited by the pages."""


def refusal(visitor: Visitor, rules: Rules, path: str, writes: bool, hosts: Sequence[str] = ()) -> tuple[int, str] | None:
    """The status and the message key of a refusal; None where access is granted.

    401 means that signing in may help, 403 that it does not. `hosts` are the accepted host names where no sign-in is set up;
    otherwise the sign-in is bound to its own address.
    """
    if writes:
        allowed, reason = may_prepare(visitor, rules) and from_our_page(visitor), "rights.upload"
    elif CLOSED.fullmatch(path):
        return 403, "rights.read"
    elif MEASURES.fullmatch(path):
        allowed, reason = may_measure(visitor, rules), "rights.measures"
    elif not (rules.sign_in or OPEN.fullmatch(path) or is_known_host(visitor, hosts)):
        return 403, "rights.host"
    else:
        allowed, reason = bool(OPEN.fullmatch(path)) or may_read(visitor, rules), "rights.read"
    if allowed:
        return None
    if not rules.sign_in:
        return 403, "rights.closed" if writes else reason
    return (401, "rights.sign_in") if role(visitor, rules) == Role.NOBODY else (403, reason)


def endpoint(path: str) -> str:
    """The address for the audit log, from our own list of names: never text that a visitor made up."""
    if EXACT.fullmatch(path):
        return path
    beginning = BEGINNING.match(path)
    return f"{beginning[0]}…" if beginning else "/…"


def session_of(path: str) -> str:
    """The session id in an address of UPLOADS."""
    return path.rpartition(UPLOADS)[2].partition("/")[0]


def is_page(path: str) -> bool:
    """Whether the address has the form of a page's, whether or not that page exists."""
    return bool(PAGE.fullmatch(path)) and not MEASURES.fullmatch(path)


def is_private(path: str, rules: Rules) -> bool:
    """Whether the response requires the right to read, so that shared caches must not store it."""
    return rules.viewers != "everyone" and not OPEN.fullmatch(path)


class RateLimiter:
    """A token bucket per client: a burst of `limit`, refilled with `limit` a minute. Held in memory for clients of the last minute."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._clock, self._buckets = limit, clock, dict[str, tuple[float, float]]()

    def take(self, client: str) -> int:
        """0 where the request is within the limit; else the seconds to wait."""
        now = self._clock()
        self._buckets = {name: bucket for name, bucket in self._buckets.items() if now - bucket[1] < 60}
        tokens, since = self._buckets.get(client, (float(self._limit), now))
        tokens = min(self._limit, tokens + (now - since) * self._limit / 60)
        self._buckets[client] = (tokens - (tokens >= 1), now)
        return 0 if tokens >= 1 else max(1, round((1 - tokens) * 60 / self._limit))
