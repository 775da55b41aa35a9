"""Who signed in, read from Streamlit's signed cookie by Streamlit's own functions, for pages and routes alike; the rules in force; and
what the front door tells the audit.

Decides nothing; publishing/access/rights.py does.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from publishing.access.audit_queue import refusals, tell
from publishing.access.rights import Rules, SignedIn, Visitor, rules_from, signed_in
from streamlit_internals import get_origin_from_redirect_uri, signed_claims

SHARED = ("redirect_uri", "cookie_secret", "expose_tokens")
"""What stands in [auth] and is no provider's."""


@cache
def rules() -> Rules:
    """The rules of secrets.toml, read once. Raises where there is such a file and it cannot be read: a slip must not open the door."""
    return rules_from(_secrets())


@cache
def providers() -> tuple[str, ...]:
    """The providers that one can sign in with, by the names that Streamlit knows them by."""
    auth = _secrets().get("auth") or {}
    named = tuple(name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section)
    return (*(["default"] if "client_id" in auth else []), *named)


def provider_addresses() -> tuple[str, ...]:
    """The addresses whose hosts may be called for a sign-in: where each provider tells of itself, and the hosts that the rules add."""
    auth = _secrets().get("auth") or {}
    sections = (auth, *(section for section in auth.values() if isinstance(section, Mapping)))
    addresses = (section["server_metadata_url"] for section in sections if "server_metadata_url" in section)
    return (*addresses, *(f"https://{host}" for host in rules().provider_hosts))


def _secrets() -> Mapping[str, object]:
    there = any(Path(file).exists() for file in st.get_option("secrets.files"))
    return st.secrets.to_dict() if there else {}


def signed_by(cookies: Mapping[str, str]) -> SignedIn | None:
    """Who signed in, by the cookies of a request; None where they are missing, forged, damaged, too old, or made for another address."""
    in_force = rules()
    if not in_force.sign_in:
        return None
    claims = _claims(signed_claims(cookies))
    if claims.get("is_logged_in") is not True or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    return signed_in(claims, in_force)


def _claims(content: bytes | None) -> Mapping[str, object]:
    try:
        claims = json.loads(content or b"{}")
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def noted_arrival(signed: SignedIn) -> None:
    """Somebody has signed in."""
    tell("signed_in", signed.known_as)


def noted_export(signed: SignedIn, file: str) -> None:
    """Somebody took whole tables by their address; the file's name says which, and of which release."""
    tell("exported", signed.known_as, file=file)


def noted_refusal(visitor: Visitor, path: str) -> None:
    """Somebody was refused a door."""
    refusals.of(visitor.signed.known_as if visitor.signed else "", path, visitor.peer)
