"""A fault becomes one calm sentence on the screen and a traceback in the log, in the frame and in parts that run alone."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from publishing.access.refusals import KEYS, refusal
from publishing.files.measures import count
from publishing.store.errors import DashboardError
from publishing.store.releases import UnreadableRelease
from wording import Words, words

LOG = logging.getLogger(__name__)
BOTH = ("ko", "en")
"""The fault may lie before the reader's language is known."""


@contextmanager
def calm() -> Iterator[None]:
    """Say a fault of what runs inside instead of showing it. Streamlit's own ways to stop a run are none and go through."""
    try:
        yield
    except DashboardError as fault:
        LOG.exception("The data cannot be shown")
        _say(*(sentence(fault, words(lang)) for lang in BOTH))
    except Exception:
        LOG.exception("A page failed")
        _say(*(words(lang).t("frame.failed") for lang in BOTH))


def sentence(fault: DashboardError, words: Words) -> str:
    """What a fault of the house is called on the screen: by the store's own sentence, unless it is about what cannot be read."""
    said_by_the_store = type(fault) in KEYS and not isinstance(fault, UnreadableRelease)
    return refusal(fault, words) if said_by_the_store else words.t("request.unreadable")


def _say(*sentences: str) -> None:
    count("errors", where="page")
    st.error("\n\n".join(sentences))
