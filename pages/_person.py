"""Who looks at a page, and her place at the data desk where she may sit there. Decides nothing; publishing/rights.py does."""

import getpass

import streamlit as st

from publishing.current import current_store
from publishing.desk import Seat
from publishing.rights import Visitor, may_publish


def visitor() -> Visitor:
    """What is known of the browser that asks. A session may hold a Visitor of its own, which no browser can put there."""
    held = st.session_state.get("visitor")
    if isinstance(held, Visitor):
        return held
    given = st.context.headers
    pairs = tuple((name, value) for name in dict.fromkeys(given) for value in given.get_all(name))
    address = st.context.ip_address
    # Streamlit tells no address of a connection from the machine itself.
    return Visitor(st.get_option("server.address") or "", "127.0.0.1" if address is None else str(address), pairs)


def seat() -> Seat | None:
    """The visitor's place at the desk; None where she has none. Raises StoreUnreachable."""
    who = visitor()
    return Seat(current_store(), who, name()) if may_publish(who) else None


def name() -> str:
    """What the person at the machine is called in the history: her login, as at a terminal; empty where nobody is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
