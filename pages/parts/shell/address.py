"""The browser's address, which holds every choice, also when a choice arrives before the answer to the one before.

A browser sends its address with every click. A click before the answer sends the address from before the last choice, which would
undo that choice. Knows no single parameter; draws nothing.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import streamlit as st

REMEMBERED = 20
"""Outdated addresses that a session remembers at most."""


@dataclass
class UnderWay:
    """Choices of a session that its browser may not know yet: the outdated addresses (`left`) and the current one (`led_to`)."""

    left: list[dict[str, str]] = field(default_factory=list)
    led_to: dict[str, str] = field(default_factory=dict)
    chosen: bool = False

    def catch_up(self, query: MutableMapping[str, str]) -> None:
        """Replace an outdated address by the current one."""
        if dict(query) in self.left:
            for name in set(query) - set(self.led_to):
                del query[name]
            query.update(self.led_to)

    def choose(self, query: MutableMapping[str, str], **parts: object) -> None:
        """Write choices into an address and remember the outdated one."""
        self.catch_up(query)
        self.left = [*self.left, dict(query)][-REMEMBERED:]
        put(query, **parts)
        self.led_to, self.chosen = dict(query), True

    def begin_run(self) -> None:
        """Called when a run starts: without a choice before it, its address is the browser's own, as after the back button."""
        if not self.chosen:
            self.left = []
        self.chosen = False


def put(query: MutableMapping[str, str], **parts: object) -> None:
    """Write parameters into an address; an empty value removes its parameter."""
    for name, value in parts.items():
        text = ",".join(value) if isinstance(value, (list, tuple)) else str(value or "")
        if text:
            query[name] = text
        else:
            query.pop(name, None)


def own_path() -> str:
    """The path of the browser's address; "" where it sends none or an invalid one."""
    try:
        return urlsplit(st.context.url or "").path
    except ValueError:
        return ""


def choose(**parts: object) -> None:
    """For callbacks: write the reader's choice into the browser's address; an empty value removes its parameter."""
    _under_way().choose(st.query_params, **parts)


def catch_up() -> None:
    """For callbacks that read the address before they write to it."""
    _under_way().catch_up(st.query_params)


def begin_run() -> None:
    """Call once a run, from the frame or from a fragment."""
    _under_way().begin_run()


def _under_way() -> UnderWay:
    return st.session_state.setdefault("under-way", UnderWay())
