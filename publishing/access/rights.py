"""Authorisation for pages, routes, exports and publishing.

Pure functions: visitor, rules and time are arguments. Without sign-in, the local user may do everything and everybody else reads;
with sign-in, only a signed-in user has rights.
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
"""Headers of proxies; no browser sends X-… headers by itself. A visitor who forges one is only refused."""
_PROVIDER = re.compile(r"[a-z0-9.-]+(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
SECRET = 32
"""Minimum length of the cookie secret."""
TOKEN = 24
"""Minimum length of the metrics token."""
LAST = 2**35
"""Highest Unix time accepted (year 3058)."""
SKEW = timedelta(minutes=1)
"""Tolerated clock skew of the provider."""


class Role(IntEnum):
    """Roles in ascending order; each has the rights of those before it."""

    NOBODY = 0
    VIEWER = 1
    ANALYST = 2
    ADMIN = 3


@dataclass(frozen=True)
class SignedIn:
    """A signed-in user: id (issuer#subject), e-mail ("" if not verified), name, time of authentication (UTC, or None)."""

    id: str
    email: str
    name: str
    at: datetime | None
    claims: Mapping[str, object] = field(default_factory=dict, hash=False, repr=False)

    @property
    def known_as(self) -> str:
        """The name in the history and the audit: the e-mail, else the id."""
        return self.email or self.id


@dataclass(frozen=True)
class Visitor:
    """A request's origin: the address or name that the server listens on ("" for all addresses, or unknown), the address of
    the connection, the request headers as pairs, and the signed-in user.
    """

    listening: str
    peer: str
    headers: Iterable[tuple[str, str]] = ()
    signed: SignedIn | None = None


@dataclass(frozen=True)
class Rules:
    """Access configuration: sign-in, readers ("everyone" or "signed-in"), analysts, admins.

    An entry of `analysts` and `admins` with an @ is an e-mail address; any other is a value of the claim named `claim`. A
    sign-in is fresh for `hours`. `token` gives access to the metrics. `trust_email` accepts e-mail addresses that the provider
    does not declare verified. `provider_hosts` may be called besides those of the provider metadata.
    With `second_person` a draft is published after somebody else's approval only.
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
    second_person: bool = False


NO_SIGN_IN = Rules()
AT_THE_MACHINE = Visitor("localhost", "localhost", (("host", "localhost"), ("origin", "http://localhost")))
"""The user of `python -m publishing`, who has all rights: shell access includes the files themselves."""


def rules_from(secrets: Mapping[str, Any]) -> Rules:
    """The rules in secrets.toml: `[access]`, and Streamlit's `[auth]` for the sign-in.

    Raises ValueError for invalid settings, so that a mistake grants nothing.
    """
    access, auth = dict(secrets.get("access") or {}), secrets.get("auth") or {}
    sign_in = bool(auth)
    if len(str(auth.get("cookie_secret", "x" * SECRET))) < SECRET:
        raise ValueError(f"[auth] cookie_secret must have {SECRET} characters or more: whoever guesses it is anybody")
    token = str(access.pop("metrics_token", ""))
    if token and len(token) < TOKEN:
        raise ValueError(f"[access] metrics_token must have {TOKEN} characters or more, or be left out")
    unknown = set(access) - {"viewers", "analysts", "admins", "claim", "hours", "trust_email", "provider_hosts", "second_person"}
    if unknown:
        raise ValueError(f"[access] does not know {', '.join(sorted(unknown))}")
    if access and not sign_in:
        raise ValueError("[access] says who may what, but [auth] sets up no sign-in")
    if access.get("viewers", "everyone") not in ("everyone", "signed-in"):
        raise ValueError('[access] viewers must be "everyone" or "signed-in"')
    hours = access.get("hours", 12)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours < 24 * 30:
        raise ValueError("[access] hours must be more than 0 and less than a month")
    for name in ("trust_email", "second_person"):
        if not isinstance(access.get(name, False), bool):
            raise ValueError(f"[access] {name} must be true or false")
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
    """An address or claim value for comparison: ASCII in lower case, anything else unchanged.

    Unicode case folding would equate different addresses: the Kelvin sign with k, ß with ss.
    """
    text = text.strip(" \t\r\n")
    return text.lower() if text.isascii() else text


def signed_in(claims: Mapping[str, object], rules: Rules) -> SignedIn | None:
    """The user of a sign-in's claims; None if they identify nobody. The time is auth_time, else iat."""
    issuer, subject = claims.get("iss") or "", claims.get("sub")
    # An issuer has no fragment (OpenID Connect Core, section 2), so issuer#subject is unique.
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
    """The e-mail address if the provider declares it verified, for comparison; else ""."""
    return signed.email if "@" in signed.email and _is_verified(signed.claims) else ""


def _is_verified(claims: Mapping[str, object]) -> bool:
    return claims.get("email_verified") in (True, "true")


def role(visitor: Visitor, rules: Rules) -> Role:
    """The role of a visitor; the lower in doubt."""
    if not rules.sign_in:
        return Role.ADMIN if _at_the_machine(visitor) else Role.VIEWER
    if visitor.signed is None:
        return Role.NOBODY
    known = _known(visitor.signed, rules)
    return Role.ADMIN if known & rules.admins else Role.ANALYST if known & rules.analysts else Role.VIEWER


def _known(signed: SignedIn, rules: Rules) -> set[str]:
    """The identifiers to look up in the lists: e-mail address and claim values; a claim value with an @ does not count."""
    claim = signed.claims.get(rules.claim) if rules.claim else None
    values = claim if isinstance(claim, list | tuple) else [claim]
    texts = {_as_compared(value) for value in values if isinstance(value, str)}
    return {value for value in texts if value and "@" not in value} | ({signed.email} if "@" in signed.email else set())


def is_fresh(visitor: Visitor, rules: Rules, now: datetime) -> bool:
    """Whether the sign-in is recent enough to publish; not if its time is unknown, always if none is configured."""
    if not rules.sign_in:
        return True
    at = visitor.signed.at if visitor.signed else None
    return at is not None and -SKEW <= now - at <= timedelta(hours=rules.hours)


def may_read(visitor: Visitor, rules: Rules) -> bool:
    """Read pages, figures, exports, data for machines."""
    return rules.viewers == "everyone" or role(visitor, rules) >= Role.VIEWER


def may_prepare(visitor: Visitor, rules: Rules) -> bool:
    """Use the data desk: upload, save drafts, review changes."""
    return role(visitor, rules) >= Role.ANALYST


def may_publish(visitor: Visitor, rules: Rules, now: datetime) -> bool:
    """Publish a draft; save a shared briefing."""
    return may_prepare(visitor, rules) and is_fresh(visitor, rules, now)


def may_audit(visitor: Visitor, rules: Rules) -> bool:
    """Read the audit log."""
    return role(visitor, rules) >= Role.ADMIN


def may_measure(visitor: Visitor, rules: Rules) -> bool:
    """Read the metrics: an admin, the local user without sign-in, or a request with the token."""
    brought = [value for name, value in visitor.headers if name.lower() == "authorization"]
    if rules.token and len(brought) == 1 and hmac.compare_digest(brought[0].encode(), f"Bearer {rules.token}".encode()):
        return True
    # Browsers send no Origin with plain reads.
    return role(visitor, rules) >= Role.ADMIN or (not rules.sign_in and _at_the_machine(visitor, reads=True))


def require(visitor: Visitor, rules: Rules = NO_SIGN_IN, at_least: Role = Role.ANALYST, now: datetime | None = None) -> None:
    """Raises NotAllowed below a role, and if `now` is passed SignInTooOld for an old sign-in."""
    if role(visitor, rules) < at_least:
        raise NotAllowed("The data desk is closed to this visitor")
    if now is not None and not is_fresh(visitor, rules, now):
        raise SignInTooOld("Who publishes must have signed in shortly before")


def from_our_page(visitor: Visitor) -> bool:
    """Whether the request comes from a page of the same origin (browsers send Origin with everything but plain reads)."""
    hosts, origins = _header_values(visitor, "host"), _header_values(visitor, "origin")
    return len(hosts) == len(origins) == 1 and all(origins <= {f"http://{host}", f"https://{host}"} for host in hosts)


def from_elsewhere(visitor: Visitor) -> bool:
    """Whether the request comes from a page of another origin; programs other than browsers send no Origin."""
    return any(name.lower() == "origin" for name, _ in visitor.headers) and not from_our_page(visitor)


def is_same_person(visitor: Visitor, other: Visitor, rules: Rules) -> bool:
    """Whether two connections are of the same user: the same identity, or without sign-in both local."""
    if not rules.sign_in:
        return _at_the_machine(visitor) and _at_the_machine(other)
    return visitor.signed is not None and other.signed is not None and visitor.signed.id == other.signed.id


def is_known_host(visitor: Visitor, named: Iterable[str]) -> bool:
    """Whether Host is an IP address, a name without a dot, or one of these names (`*.` is a wildcard).

    Any other name may be an attack by DNS rebinding; names without a dot cannot be registered. Browsers always send Host.
    """
    hosts = [re.sub(r":[0-9]{1,5}$", "", value) for value in _header_values(visitor, "host")]
    return len(hosts) < 2 and all(_is_near(host) or any(_matches(host, name) for name in named) for host in hosts)


def _is_near(host: str) -> bool:
    """An IP address, or a name of the local network."""
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
    """Whether a visitor is the local user. In doubt not.

    The server must listen on loopback only and the connection come from there. That does not suffice: a local proxy connects
    from loopback for anybody, and a foreign site's name can resolve to 127.0.0.1 (DNS rebinding). So Host must also be a
    loopback name, Origin the same address, and no proxy header present. A local proxy that adds no header, rewrites Host and
    passes any Origin is indistinguishable from the local user and must not be used.
    """
    hosts = _header_values(visitor, "host")
    return (
        all(_ADDRESS.fullmatch(address) for address in (visitor.listening, visitor.peer))
        and not any(_PASSED_ON.fullmatch(name) for name, _ in visitor.headers)
        and len(hosts) == 1
        and all(_HOST.fullmatch(host) for host in hosts)
        and (from_our_page(visitor) or (reads and not _header_values(visitor, "origin")))
    )
