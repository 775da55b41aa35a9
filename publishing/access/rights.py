"""Who may do what. The one place that decides; pages, routes, exports and whatever publishes ask here.

Knows no web framework, no clock and no file: who asks, the rules and the moment come as arguments. Where no sign-in is set up, the
person at the machine that the dashboard runs on may do all, and everybody else reads. Where one is, only a sign-in gives a right.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from ipaddress import ip_address
from typing import Any

from publishing.store.errors import NotAllowed, SignInTooOld

_NAME = r"localhost|127(?:\.[0-9]{1,3}){3}"
_ADDRESS = re.compile(rf"{_NAME}|::1", re.IGNORECASE | re.ASCII)
_HOST = re.compile(rf"(?:{_NAME}|\[::1\])(?::[0-9]{{1,5}})?", re.IGNORECASE | re.ASCII)
_PASSED_ON = re.compile(
    r"x-(?!xsrftoken$|requested-with$|streamlit-).*|forwarded.*|via|max-forwards|client-ip|remote-.*|true-client-.*"
    r"|(?:cf|cdn|cloudfront|fastly|fly|akamai|incap|proxy|front-end)-.*|traceparent|tracestate",
    re.IGNORECASE,
)
"""Headers by which a proxy says that it asks for somebody else; no browser adds an X-… of its own. A visitor can, only to be refused."""
_PROVIDER = re.compile(r"[a-z0-9.-]+(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
SECRET = 32
"""Characters of the text that signs the cookies, at least."""
TOKEN = 24
"""Characters of the text by which a machine may read the measures, at least."""
LAST = 2**35
"""Seconds since 1970 that are still looked at as a moment; it is the year 3058."""
SKEW = timedelta(minutes=1)
"""So far may the provider's clock be ahead of ours."""


class Role(IntEnum):
    """What somebody is to the dashboard; each may what those before it may."""

    NOBODY = 0
    VIEWER = 1
    ANALYST = 2
    ADMIN = 3


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, as the provider says: id (issuer#subject), e-mail ("" where nobody vouches for it), name, when (UTC, or None)."""

    id: str
    email: str
    name: str
    at: datetime | None
    claims: Mapping[str, object] = field(default_factory=dict, hash=False, repr=False)

    @property
    def known_as(self) -> str:
        """What the history and the audit call her: the e-mail, else the provider's id."""
        return self.email or self.id


@dataclass(frozen=True)
class Visitor:
    """What is known of who asks: the address or name that the server listens on ("" where it is every address, or unknown),
    the address that the connection came from, the headers of the request as pairs, and who signed in.
    """

    listening: str
    peer: str
    headers: Iterable[tuple[str, str]] = ()
    signed: SignedIn | None = None


@dataclass(frozen=True)
class Rules:
    """What is set up: whether there is a sign-in, who reads ("everyone" or "signed-in"), who publishes and restores, and the rest.

    An entry of `analysts` and `admins` with an @ is an e-mail address; any other is a value that the provider gives in its claim
    named `claim`. A sign-in is fresh for `hours`. `token` lets a machine read the measures. `trust_email` takes e-mail
    addresses also where the provider does not say that it verified them. `provider_hosts` are called beside those of the metadata.
    """

    sign_in: bool = False
    viewers: str = "everyone"
    analysts: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    claim: str = ""
    hours: float = 12
    token: str = field(default="", repr=False)
    trust_email: bool = False
    provider_hosts: frozenset[str] = frozenset()


NO_SIGN_IN = Rules()
AT_THE_MACHINE = Visitor("localhost", "localhost", (("host", "localhost"), ("origin", "http://localhost")))
"""Who runs `python -m publishing`, whatever the rules for browsers: whoever can do that could write the files themselves."""


def rules_from(secrets: Mapping[str, Any]) -> Rules:
    """The rules that stand in secrets.toml: `[access]`, beside Streamlit's own `[auth]`, which sets the sign-in up.

    Raises ValueError for what makes no sense, so that a slip opens nothing.
    """
    access, auth = dict(secrets.get("access") or {}), secrets.get("auth") or {}
    sign_in = bool(auth)
    if len(str(auth.get("cookie_secret", "x" * SECRET))) < SECRET:
        raise ValueError(f"[auth] cookie_secret must have {SECRET} characters or more: whoever guesses it is anybody")
    token = str(access.pop("metrics_token", ""))
    if token and len(token) < TOKEN:
        raise ValueError(f"[access] metrics_token must have {TOKEN} characters or more, or be left out")
    unknown = set(access) - {"viewers", "analysts", "admins", "claim", "hours", "trust_email", "provider_hosts"}
    if unknown:
        raise ValueError(f"[access] does not know {', '.join(sorted(unknown))}")
    if access and not sign_in:
        raise ValueError("[access] says who may what, but [auth] sets up no sign-in")
    if access.get("viewers", "everyone") not in ("everyone", "signed-in"):
        raise ValueError('[access] viewers must be "everyone" or "signed-in"')
    hours = access.get("hours", 12)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours < 24 * 30:
        raise ValueError("[access] hours must be more than 0 and less than a month")
    if not isinstance(access.get("trust_email", False), bool):
        raise ValueError("[access] trust_email must be true or false")
    hosts = access.pop("provider_hosts", ())
    if not isinstance(hosts, list | tuple) or not all(isinstance(host, str) and _PROVIDER.fullmatch(host) for host in hosts):
        raise ValueError("[access] provider_hosts must be a list of names like id.city.example or id.city.example:8443")
    analysts, admins = (_names(access.pop(name, ()), name) for name in ("analysts", "admins"))
    return Rules(sign_in, analysts=analysts, admins=admins, token=token, provider_hosts=frozenset(hosts), **access)


def _names(entries: object, name: str) -> frozenset[str]:
    if not isinstance(entries, list | tuple) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
        raise ValueError(f"[access] {name} must be a list of e-mail addresses or of values of the claim")
    return frozenset(map(_as_compared, entries))


def _as_compared(text: str) -> str:
    """An address or a value of the claim as it is compared: small letters in ASCII; with any other letter as it is written.

    What Unicode calls the same is somebody else's address: the Kelvin sign is no k, and ß no ss.
    """
    text = text.strip(" \t\r\n")
    return text.lower() if text.isascii() else text


def signed_in(claims: Mapping[str, object], rules: Rules) -> SignedIn | None:
    """Who the claims of a sign-in speak of; None where they name nobody. The moment is that of the authentication, where it is told."""
    issuer, subject = claims.get("iss") or "", claims.get("sub")
    # An issuer has no fragment (OpenID Connect Core, section 2), so that no two of issuer and subject are written alike.
    if not rules.sign_in or not subject or not isinstance(subject, str) or not isinstance(issuer, str) or "#" in issuer:
        return None
    vouched = rules.trust_email or _is_verified(claims)
    email = _as_compared(str(claims.get("email") or "")) if vouched else ""
    name = str(claims.get("name") or claims.get("preferred_username") or email or subject)
    moment = claims.get("iat") if claims.get("auth_time") is None else claims["auth_time"]
    number = moment if isinstance(moment, int | float) and not isinstance(moment, bool) else 0
    at = datetime.fromtimestamp(number, UTC) if 0 < number < LAST else None
    return SignedIn(f"{issuer}#{subject}", email, name, at, claims)


def verified_email(signed: SignedIn) -> str:
    """Her e-mail address where the provider itself says that it verified it, as it is compared; "" where it does not."""
    return signed.email if "@" in signed.email and _is_verified(signed.claims) else ""


def _is_verified(claims: Mapping[str, object]) -> bool:
    return claims.get("email_verified") in (True, "true")


def role(visitor: Visitor, rules: Rules) -> Role:
    """What a visitor is. In doubt less."""
    if not rules.sign_in:
        return Role.ADMIN if _at_the_machine(visitor) else Role.VIEWER
    if visitor.signed is None:
        return Role.NOBODY
    known = _known(visitor.signed, rules)
    return Role.ADMIN if known & rules.admins else Role.ANALYST if known & rules.analysts else Role.VIEWER


def _known(signed: SignedIn, rules: Rules) -> set[str]:
    """By what the lists may know her: her e-mail address, and the values of the claim, which are never taken for an address."""
    claim = signed.claims.get(rules.claim) if rules.claim else None
    values = claim if isinstance(claim, list | tuple) else [claim]
    spoken = {_as_compared(value) for value in values if isinstance(value, str)}
    return {value for value in spoken if value and "@" not in value} | ({signed.email} if "@" in signed.email else set())


def is_fresh(visitor: Visitor, rules: Rules, now: datetime) -> bool:
    """Whether the sign-in is young enough to publish with. One that does not tell its moment is not; without sign-in there is no age."""
    if not rules.sign_in:
        return True
    at = visitor.signed.at if visitor.signed else None
    return at is not None and -SKEW <= now - at <= timedelta(hours=rules.hours)


def may_read(visitor: Visitor, rules: Rules) -> bool:
    """Pages, figures, exports, the numbers for machines."""
    return rules.viewers == "everyone" or role(visitor, rules) >= Role.VIEWER


def may_prepare(visitor: Visitor, rules: Rules) -> bool:
    """The desk: upload, keep drafts, see what they would change."""
    return role(visitor, rules) >= Role.ANALYST


def may_publish(visitor: Visitor, rules: Rules, now: datetime) -> bool:
    """Make a draft the release in force; save a briefing for everybody."""
    return may_prepare(visitor, rules) and is_fresh(visitor, rules, now)


def may_restore(visitor: Visitor, rules: Rules, now: datetime) -> bool:
    """Put an older release in force."""
    return role(visitor, rules) >= Role.ADMIN and is_fresh(visitor, rules, now)


def may_audit(visitor: Visitor, rules: Rules) -> bool:
    """See who did what."""
    return role(visitor, rules) >= Role.ADMIN


def may_measure(visitor: Visitor, rules: Rules) -> bool:
    """The measures for operators: an admin, the person at the machine where there is no sign-in, or whoever brings the token."""
    brought = [value for name, value in visitor.headers if name.lower() == "authorization"]
    if rules.token and len(brought) == 1 and hmac.compare_digest(brought[0].encode(), f"Bearer {rules.token}".encode()):
        return True
    # A browser names no origin when it only reads.
    return role(visitor, rules) >= Role.ADMIN or (not rules.sign_in and _at_the_machine(visitor, reads=True))


def require(visitor: Visitor, rules: Rules = NO_SIGN_IN, at_least: Role = Role.ANALYST, now: datetime | None = None) -> None:
    """Raises NotAllowed for a visitor who is less; with a moment also SignInTooOld for one who signed in too long before it."""
    if role(visitor, rules) < at_least:
        raise NotAllowed("The data desk is closed to this visitor")
    if now is not None and not is_fresh(visitor, rules, now):
        raise SignInTooOld("Who publishes must have signed in shortly before")


def from_our_page(visitor: Visitor) -> bool:
    """Whether a page of the very address that was asked sends this (Origin, which browsers send with all that is not mere reading)."""
    hosts, origins = _header_values(visitor, "host"), _header_values(visitor, "origin")
    return len(hosts) == len(origins) == 1 and all(origins <= {f"http://{host}", f"https://{host}"} for host in hosts)


def from_elsewhere(visitor: Visitor) -> bool:
    """Whether a page of another address than the one that was asked sends this; a program that is no browser names no origin."""
    return any(name.lower() == "origin" for name, _ in visitor.headers) and not from_our_page(visitor)


def is_same_person(visitor: Visitor, other: Visitor, rules: Rules) -> bool:
    """Whether two connections are one person's: of one sign-in's identity; where none is set up, both the person's at the machine."""
    if not rules.sign_in:
        return _at_the_machine(visitor) and _at_the_machine(other)
    return visitor.signed is not None and other.signed is not None and visitor.signed.id == other.signed.id


def is_known_host(visitor: Visitor, named: Iterable[str]) -> bool:
    """Whether the dashboard was asked by an address, a name without a dot, or one of these names; `*.` before one stands for any part.

    Any other name may be a foreign site's that was led to this machine (DNS rebinding); nobody can own one without a dot. No browser
    leaves the name out.
    """
    hosts = [re.sub(r":[0-9]{1,5}$", "", value) for value in _header_values(visitor, "host")]
    return len(hosts) < 2 and all(_is_near(host) or any(_matches(host, name) for name in named) for host in hosts)


def _is_near(host: str) -> bool:
    """An address, or a name of this machine or of its own network."""
    try:
        ip_address(host[1:-1] if host.startswith("[") and host.endswith("]") else host)
    except ValueError:
        return re.fullmatch(r"[a-z0-9_-]+", host) is not None
    return True


def _matches(host: str, name: str) -> bool:
    name = name.strip().lower()
    return name in (host, "*") or (name.startswith("*.") and host.endswith(name[1:]))


def _header_values(visitor: Visitor, name: str) -> set[str]:
    return {value.strip().lower() for header, value in visitor.headers if header.lower() == name}


def _at_the_machine(visitor: Visitor, reads: bool = False) -> bool:
    """Whether a visitor is the local person. In doubt not.

    The server must listen on loopback only and the connection come from there. That does not suffice: a proxy on the same
    machine connects from loopback for anybody, and a name of a foreign site can be led to 127.0.0.1 while a browser shows that
    site (DNS rebinding). So the request must also have been addressed to a loopback name (Host), come from a page of that same
    address, and bear no mark of a proxy. A proxy on this machine that adds no mark, rewrites Host and lets anybody write Origin
    looks like the local person: none such may stand before it.
    """
    hosts = _header_values(visitor, "host")
    return (
        all(_ADDRESS.fullmatch(address) for address in (visitor.listening, visitor.peer))
        and not any(_PASSED_ON.fullmatch(name) for name, _ in visitor.headers)
        and len(hosts) == 1
        and all(_HOST.fullmatch(host) for host in hosts)
        and (from_our_page(visitor) or (reads and not _header_values(visitor, "origin")))
    )
