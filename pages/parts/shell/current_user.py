"""The visitor of a page, her rights and her access to the data desk. Rights are decided in publishing/access/rights.py."""

import getpass
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from pages.parts.shell.sign_in import rules as set_up
from pages.parts.shell.sign_in import signed_by
from publishing.access import rights
from publishing.access.audit_log import enqueue_audit, refusals
from publishing.access.rights import Role, Rules, Visitor
from publishing.desk.desk import DraftWorkspace
from publishing.store.errors import NotAllowed
from publishing.store.release_cache import current_store


def visitor() -> Visitor:
    """The visitor of this request. A session may hold a Visitor of its own, which no browser can set."""
    override = st.session_state.get("visitor")
    if isinstance(override, Visitor):
        return override
    headers = st.context.headers
    pairs = tuple((name, value) for name in dict.fromkeys(headers) for value in headers.get_all(name))
    address = st.context.ip_address
    # Streamlit gives no address for a connection from the same machine.
    browser = Visitor(st.get_option("server.address") or "", "127.0.0.1" if address is None else str(address), pairs)
    return replace(browser, signed=signed_by(st.context.cookies))


def rules() -> Rules:
    """The rules in force. A session may hold Rules of its own, which no browser can set."""
    override = st.session_state.get("rules")
    return override if isinstance(override, Rules) else set_up()


def role() -> Role:
    return rights.role(visitor(), rules())


def may_read() -> bool:
    return rights.may_read(visitor(), rules())


def may_publish() -> bool:
    """Whether the visitor may publish now, and save briefings for everybody."""
    return rights.may_publish(visitor(), rules(), datetime.now(UTC))


def may_prepare() -> bool:
    """Whether the visitor may use the data desk."""
    return rights.may_prepare(visitor(), rules())


def may_audit() -> bool:
    return rights.may_audit(visitor(), rules())


def is_fresh() -> bool:
    return rights.is_fresh(visitor(), rules(), datetime.now(UTC))


def draft_workspace() -> DraftWorkspace | None:
    """The visitor's access to the desk; None without the right to it. Raises StoreUnreachable."""
    who, in_force = visitor(), rules()
    return DraftWorkspace(current_store(), who, name(), in_force) if rights.may_prepare(who, in_force) else None


def name() -> str:
    """The visitor's name in the history: that of her sign-in, else the login of the process; empty where there is none."""
    if rules().sign_in:
        signed = visitor().signed
        return signed.known_as if signed else ""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def who() -> str:
    """The visitor's name in the audit; empty without a sign-in, except for the person at the machine."""
    return name() if rules().sign_in or role() > Role.VIEWER else ""


def audited(file: str, content: Callable[[], bytes]) -> Callable[[], bytes]:
    """The content of a download; the audit records it when a known user takes it."""
    taker = who()

    def made() -> bytes:
        if taker:
            enqueue_audit("exported", taker, file=file)
        return content()

    return made


def record_refusal(page: str, refused: Exception | None = None) -> None:
    """Record in the audit that this visitor was refused a page or an action of it; errors other than NotAllowed are ignored.

    The page names itself, since the address comes from the browser.
    """
    if refused is None or isinstance(refused, NotAllowed):
        refusals.of(who(), f"/{page}", visitor().peer)


def author_name(author: str) -> str:
    """An author as shown to readers: an e-mail address without its domain."""
    return author.partition("@")[0]
