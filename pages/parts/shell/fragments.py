"""Fragments: parts of a page that rerun without the frame.

A fragment must not show the choices of the run that drew it: it reads the view again.
"""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from pages.parts.shell.address import begin_run
from pages.parts.shell.error_boundary import error_boundary
from pages.parts.shell.selection import View
from pages.parts.shell.view import current_view, follow_address
from streamlit_internals import runs_fragment


def part(body: Callable[..., None]) -> Callable[..., None]:
    """A fragment that reruns when one of its own controls is used; its errors are shown as those of a page."""

    @st.fragment
    @wraps(body)
    def alone(*arguments: object, **named: object) -> None:
        if runs_fragment():
            begin_run()
        with error_boundary():
            body(*arguments, **named)

    return alone


def now() -> View:
    """The view of the current address; the shared parameters are remembered for the next page, as the frame does."""
    follow_address()
    return current_view()
