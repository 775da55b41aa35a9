"""Who looks at a page, what she may, and her place at the data desk. Decides nothing; publishing/access/rights.py does."""

import getpass
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from pages.parts.shell.sign_in import rules as set_up
from pages.parts.shell.sign_in import signed_by
from publishing.access import rights
from publishing.access.audit_queue import refusals, tell
from publishing.access.rights import Role, Rules, Visitor
from publishing.desk.desk import Seat
from publishing.store.errors import NotAllowed
from publishing.store.release_cache import current_store


def visitor() -> Visitor:
    """What is known of the browser that asks. A session may hold a Visitor of its own, which no browser can put there."""
    override = st.session_state.get("visitor")
    if isinstance(override, Visitor):
        return override
    headers = st.context.headers
    pairs = tuple((name, value) for name in dict.fromkeys(headers) for value in headers.get_all(name))
    address = st.context.ip_address
    # Streamlit tells no address of a connection from the machine itself.
    browser = Visitor(st.get_option("server.address") or "", "127.0.0.1" if address is None else str(address), pairs)
    return replace(browser, signed=signed_by(st.context.cookies))


def rules() -> Rules:
    """The rules in force. A session may hold Rules of its own, which no browser can put there."""
    override = st.session_state.get("rules")
    return override if isinstance(override, Rules) else set_up()


def role() -> Role:
    """What the visitor is."""
    return rights.role(visitor(), rules())


def may_read() -> bool:
    """Whether the visitor may see anything."""
    return rights.may_read(visitor(), rules())


def may_publish() -> bool:
    """Whether the visitor may publish now, and save briefings for everybody."""
    return rights.may_publish(visitor(), rules(), datetime.now(UTC))


def may_audit() -> bool:
    """Whether the visitor may see who did what."""
    return rights.may_audit(visitor(), rules())


def is_fresh() -> bool:
    """Whether the visitor signed in shortly enough before now to publish."""
    return rights.is_fresh(visitor(), rules(), datetime.now(UTC))


def seat() -> Seat | None:
    """The visitor's place at the desk; None where she has none. Raises StoreUnreachable."""
    who, in_force = visitor(), rules()
    return Seat(current_store(), who, name(), in_force) if rights.may_prepare(who, in_force) else None


def name() -> str:
    """What the visitor is called in the history: as she signed in, else her login, as at a terminal; empty where there is none."""
    if rules().sign_in:
        signed = visitor().signed
        return signed.known_as if signed else ""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def who() -> str:
    """What the audit calls the visitor; empty for anybody who did not sign in and is not the person at the machine."""
    return name() if rules().sign_in or role() > Role.VIEWER else ""


def taken(file: str, content: Callable[[], bytes]) -> Callable[[], bytes]:
    """The content of a file that can be taken away, made as before; that somebody known took it is told to the audit."""
    taker = who()

    def made() -> bytes:
        if taker:
            tell("exported", taker, file=file)
        return content()

    return made


def noted_closed(page: str, refused: Exception | None = None) -> None:
    """Tell the audit that a page, or what was asked of it, was closed to this visitor; other errors than NotAllowed are none of it.

    The page says itself which it is: the address is the browser's word.
    """
    if refused is None or isinstance(refused, NotAllowed):
        refusals.of(who(), f"/{page}", visitor().peer)


def called(author: str) -> str:
    """An author as every reader may see her: an e-mail address without what stands behind the @."""
    return author.partition("@")[0]
