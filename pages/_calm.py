"""A fault becomes one calm sentence on the screen and a traceback in the log, in the frame and in parts that run alone."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from publishing.errors import DashboardError
from wording import words

LOG = logging.getLogger(__name__)


@contextmanager
def calm() -> Iterator[None]:
    """Say a fault of what runs inside instead of showing it. Streamlit's own ways to stop a run are none and go through."""
    try:
        yield
    except DashboardError:
        LOG.exception("The data cannot be shown")
        _say("door.unreadable")
    except Exception:
        LOG.exception("A page failed")
        _say("frame.failed")


def _say(key: str) -> None:
    """One sentence in both languages, since the fault may lie before the reader's language is known."""
    st.error(f"{words('ko').t(key)}\n\n{words('en').t(key)}")
