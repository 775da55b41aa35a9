"""What each address is, and what is said to whoever may not have it. Who may what is decided in publishing/access/rights.py.

What is not named here is closed to whoever may not read: a new route is no hole.
"""

import re
import time
from collections.abc import Callable, Sequence

from publishing.access.rights import Role, Rules, Visitor, from_our_page, is_known_host, may_measure, may_prepare, may_read, role

UPLOADS = "/_stcore/upload_file/"
"""Where Streamlit takes files: PUT and DELETE /_stcore/upload_file/<session>/<file>."""
OPEN = re.compile(
    r"/(?:healthz|livez|readyz|favicon\.png|sign-in|oauth2callback|auth/(?:login|logout)|_stcore/(?:health|host-config)|(?:assets|static)/.+)"
)
"""What a browser needs to show who may sign in how, and what says that the server is alive. Nothing of it holds data."""
CLOSED = re.compile(r"/_stcore/agent/.*")
"""Streamlit's way in for programs, which knows no sign-in: it is off, and should somebody turn it on, it stays closed here."""
EXACT = re.compile(r"/(?:(?:_stcore/)?metrics|_stcore/stream|api/v1/(?:readings\.json|datapackage\.zip)|search\.json|releases/newest)")
BEGINNING = re.compile(r"/(?:_stcore/(?:upload_file|bidi-components|agent)|media|component|api/v1/tables)/")
ASKS_THE_PROVIDER = re.compile(r"/(?:auth/(?:login|logout)|oauth2callback)")
"""What makes the server ask the provider of the sign-in, when it is more than knocking."""
MEASURES = re.compile(r"/(?:_stcore/)?metrics/?")
PAGE = re.compile(r"/[^/.]*")
EXPORT = re.compile(r"/api/v1/(tables/\w+\.csv|datapackage\.zip)")
"""The addresses that give whole tables; Streamlit's own way out is /media, whose files the pages tell of."""


def refusal(visitor: Visitor, rules: Rules, path: str, writes: bool, hosts: Sequence[str] = ()) -> tuple[int, str] | None:
    """The status and the key of the sentence for a visitor who may not have this address; None for one who may.

    401 says that a sign-in may open it, 403 that none of hers does. `hosts` are the names by which readers ask where no sign-in is
    set up; with one, the sign-in's own address counts.
    """
    if writes:
        allowed, said = may_prepare(visitor, rules) and from_our_page(visitor), "rights.upload"
    elif CLOSED.fullmatch(path):
        return 403, "rights.read"
    elif MEASURES.fullmatch(path):
        allowed, said = may_measure(visitor, rules), "rights.measures"
    elif not (rules.sign_in or OPEN.fullmatch(path) or is_known_host(visitor, hosts)):
        return 403, "rights.host"
    else:
        allowed, said = bool(OPEN.fullmatch(path)) or may_read(visitor, rules), "rights.read"
    if allowed:
        return None
    if not rules.sign_in:
        return 403, "rights.closed" if writes else said
    return (401, "rights.sign_in") if role(visitor, rules) == Role.NOBODY else (403, said)


def door(path: str) -> str:
    """The door that an address asks for, by our own words alone: what else a visitor writes into an address is hers."""
    if EXACT.fullmatch(path):
        return path
    beginning = BEGINNING.match(path)
    return f"{beginning[0]}…" if beginning else "/…"


def session_of(path: str) -> str:
    """The session that an address of UPLOADS gives a file to, or takes it from."""
    return path.rpartition(UPLOADS)[2].partition("/")[0]


def is_page(path: str) -> bool:
    """Whether it is the address of a page, also of one that does not exist."""
    return bool(PAGE.fullmatch(path)) and not MEASURES.fullmatch(path)


def is_private(path: str, rules: Rules) -> bool:
    """Whether an answer is for those alone who may read, so that no cache on the way may give it to others."""
    return rules.viewers != "everyone" and not OPEN.fullmatch(path)


class Buckets:
    """How often each may: `many` at once, and as many again in a minute. Kept in memory, of those who came in the last minute."""

    def __init__(self, many: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._many, self._clock, self._left = many, clock, dict[str, tuple[float, float]]()

    def take(self, who: str) -> int:
        """0 where there is one left, which then is taken; else the seconds after which there is."""
        now = self._clock()
        self._left = {one: kept for one, kept in self._left.items() if now - kept[1] < 60}
        left, at = self._left.get(who, (float(self._many), now))
        left = min(self._many, left + (now - at) * self._many / 60)
        self._left[who] = (left - (left >= 1), now)
        return 0 if left >= 1 else max(1, round((1 - left) * 60 / self._many))
