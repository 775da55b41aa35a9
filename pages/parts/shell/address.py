"""The address of the browser, where all that is chosen lives, also while one choice overtakes the answer to another.

A browser sends its address with every click. A reader who is quicker than the answer sends the one from before her last choice: taken
at its word it would undo that choice. Knows no part of an address; draws nothing.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import streamlit as st

REMEMBERED = 20
"""Choices that are made one upon the other without a run between them: a reader who only chooses all day is held no more."""


@dataclass
class UnderWay:
    """The choices of a session that its browser may not know of yet: the addresses that they took it away from, and the one they led to."""

    left: list[dict[str, str]] = field(default_factory=list)
    led_to: dict[str, str] = field(default_factory=dict)
    chosen: bool = False

    def catch_up(self, query: MutableMapping[str, str]) -> None:
        """Bring an address that was overtaken up to date."""
        if dict(query) in self.left:
            for name in set(query) - set(self.led_to):
                del query[name]
            query.update(self.led_to)

    def choose(self, query: MutableMapping[str, str], **parts: object) -> None:
        """Write choices into an address and remember what it was."""
        self.catch_up(query)
        self.left = [*self.left, dict(query)][-REMEMBERED:]
        put(query, **parts)
        self.led_to, self.chosen = dict(query), True

    def settle(self) -> None:
        """A run begins to draw: where nothing was chosen for it, its address is the browser's own wish, as after the way back."""
        if not self.chosen:
            self.left = []
        self.chosen = False


def put(query: MutableMapping[str, str], **parts: object) -> None:
    """Write parts into an address; an empty one leaves it."""
    for name, value in parts.items():
        text = ",".join(value) if isinstance(value, (list, tuple)) else str(value or "")
        if text:
            query[name] = text
        else:
            query.pop(name, None)


def own_path() -> str:
    """The path of the address, as the browser tells it; "" where it tells none, or what is no address."""
    try:
        return urlsplit(st.context.url or "").path
    except ValueError:
        return ""


def choose(**parts: object) -> None:
    """For callbacks: write what the reader chose into the address of the browser; an empty part leaves it."""
    _under_way().choose(st.query_params, **parts)


def catch_up() -> None:
    """For callbacks that read the address before they write to it."""
    _under_way().catch_up(st.query_params)


def settle() -> None:
    """To be called once a run, by the frame, and by a part that runs without it."""
    _under_way().settle()


def _under_way() -> UnderWay:
    return st.session_state.setdefault("under-way", UnderWay())
