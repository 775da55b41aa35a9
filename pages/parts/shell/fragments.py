"""What a part of a page needs that runs alone, without the frame around it.

A fragment must not show the choices of the run that drew it: it takes its view anew.
"""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from pages.parts.shell.address import settle
from pages.parts.shell.error_boundary import calm
from pages.parts.shell.selection import View
from pages.parts.shell.view import follow_address, view
from streamlit_internals import runs_fragment


def part(body: Callable[..., None]) -> Callable[..., None]:
    """A part of a page that runs alone when one of its own controls is used; its faults are said calmly, as those of a page."""

    @st.fragment
    @wraps(body)
    def alone(*arguments: object, **named: object) -> None:
        if runs_fragment():
            settle()
        with calm():
            body(*arguments, **named)

    return alone


def now() -> View:
    """The view of the address as it is now; the shared choices are kept for the next page, as the frame keeps them."""
    follow_address()
    return view()
