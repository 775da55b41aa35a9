"""Who may use the data desk: for now the person at the machine that the dashboard runs on, and nobody else.

The one place that decides; pages, routes and whatever publishes ask here. Knows no web framework: what it needs to know of a
visitor comes as an argument. Sign-in with roles will replace `may_publish` and leave its callers as they are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publishing.errors import NotAllowed

_NAME = r"localhost|127(?:\.[0-9]{1,3}){3}"
_ADDRESS = re.compile(rf"{_NAME}|::1", re.IGNORECASE)
_HOST = re.compile(rf"(?:{_NAME}|\[::1\])(?::[0-9]{{1,5}})?", re.IGNORECASE)
_PASSED_ON = re.compile(r"x-forwarded.*|forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip", re.IGNORECASE)
"""Headers by which a proxy says that it asks for somebody else. A visitor can add them, but only to be refused."""


@dataclass(frozen=True)
class Visitor:
    """What is known of who asks: the address or name that the server listens on ("" where it is every address, or unknown),
    the address that the connection came from, and the headers of the request as pairs.
    """

    listening: str
    peer: str
    headers: Iterable[tuple[str, str]] = ()


AT_THE_MACHINE = Visitor("localhost", "localhost", (("host", "localhost"), ("origin", "http://localhost")))
"""Who runs `python -m publishing`: whoever can do that could write the files themselves."""


def may_publish(visitor: Visitor) -> bool:
    """Whether a visitor is the local person. In doubt not.

    The server must listen on loopback only and the connection come from there. That does not suffice: a proxy on the same
    machine connects from loopback for anybody, and a name of a foreign site can be led to 127.0.0.1 while a browser shows that
    site (DNS rebinding). So the request must also have been addressed to a loopback name (Host), come from a page of that same
    address (Origin, which browsers send with every upload and WebSocket), and bear no mark of a proxy. A proxy on this machine
    that adds no mark, rewrites Host and lets anybody write Origin looks like the local person: none such may stand before it.
    """
    given = [(name.lower(), value.strip().lower()) for name, value in visitor.headers]
    hosts = {value for name, value in given if name == "host"}
    origins = {value for name, value in given if name == "origin"}
    return (
        all(_ADDRESS.fullmatch(address) for address in (visitor.listening, visitor.peer))
        and not any(_PASSED_ON.fullmatch(name) for name, _ in given)
        and len(hosts) == len(origins) == 1
        and all(_HOST.fullmatch(host) and origins <= {f"http://{host}", f"https://{host}"} for host in hosts)
    )


def require(visitor: Visitor) -> None:
    """Raises NotAllowed for a visitor who may not publish."""
    if not may_publish(visitor):
        raise NotAllowed("The data desk is closed to this visitor")

