"""The signed-in user from Streamlit's signed cookie, for pages and routes; the configured rules and providers; and what the sign-in
routes and the middleware record in the audit. Rights are decided in publishing/access/rights.py.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from publishing.access.audit_log import enqueue_audit, refusals
from publishing.access.rights import Rules, SignedIn, Visitor, rules_from, signed_in
from streamlit_internals import get_origin_from_redirect_uri, signed_claims

SHARED = ("redirect_uri", "cookie_secret", "expose_tokens")
"""The keys of [auth] that belong to no provider."""


@cache
def rules() -> Rules:
    """The rules of secrets.toml, read once. Raises where the file exists and cannot be read: a mistake in it must not grant access."""
    return rules_from(_secrets())


@cache
def providers() -> tuple[str, ...]:
    """The providers for sign-in, by their names in Streamlit."""
    auth = _secrets().get("auth") or {}
    named = tuple(name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section)
    return (*(["default"] if "client_id" in auth else []), *named)


def provider_addresses() -> tuple[str, ...]:
    """The addresses whose hosts may be called for a sign-in: each provider's metadata, and the hosts that the rules add."""
    auth = _secrets().get("auth") or {}
    sections = (auth, *(section for section in auth.values() if isinstance(section, Mapping)))
    addresses = (section["server_metadata_url"] for section in sections if "server_metadata_url" in section)
    return (*addresses, *(f"https://{host}" for host in rules().provider_hosts))


def _secrets() -> Mapping[str, object]:
    there = any(Path(file).exists() for file in st.get_option("secrets.files"))
    return st.secrets.to_dict() if there else {}


def signed_by(cookies: Mapping[str, str]) -> SignedIn | None:
    """The signed-in user of a request; None where the cookies are missing, forged, damaged, expired, or made for another address."""
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
    """Record a sign-in in the audit."""
    enqueue_audit("signed_in", signed.known_as)


def noted_export(signed: SignedIn, file: str) -> None:
    """Record the download of whole tables through a route; the file name says which tables and which release."""
    enqueue_audit("exported", signed.known_as, file=file)


def noted_refusal(visitor: Visitor, path: str) -> None:
    """Record a refused request."""
    refusals.of(visitor.signed.known_as if visitor.signed else "", path, visitor.peer)
