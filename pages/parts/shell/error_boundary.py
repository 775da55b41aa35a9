"""An error becomes one sentence on the screen and a traceback in the log, in the frame and in fragments."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st

from languages import LANGUAGES
from publishing.access.refusals import KEYS, refusal
from publishing.files.measures import count
from publishing.store.errors import DashboardError
from publishing.store.releases import UnreadableRelease
from wording import Words, words

LOG = logging.getLogger(__name__)


@contextmanager
def error_boundary() -> Iterator[None]:
    """Show a sentence for an error raised inside. Streamlit's own exceptions that stop a run pass through."""
    try:
        yield
    except DashboardError as fault:
        LOG.exception("The data cannot be shown")
        _say(partial(sentence, fault))
    except Exception:
        LOG.exception("A page failed")
        _say(lambda words: words.t("frame.failed"))


def sentence(fault: DashboardError, words: Words) -> str:
    """The sentence for one of our own errors: the store's, unless the data cannot be read."""
    has_own_sentence = type(fault) in KEYS and not isinstance(fault, UnreadableRelease)
    return refusal(fault, words) if has_own_sentence else words.t("request.unreadable")


def _say(text: Callable[[Words], str]) -> None:
    """In every language: the error may occur before the reader's is known."""
    count("errors", where="page")
    st.error("\n\n".join(dict.fromkeys(text(words(lang)) for lang in LANGUAGES)))
