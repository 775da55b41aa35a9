"""A fault becomes one calm sentence on the screen and a traceback in the log, in the frame and in parts that run alone."""

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
def calm() -> Iterator[None]:
    """Say a fault of what runs inside instead of showing it. Streamlit's own ways to stop a run are none and go through."""
    try:
        yield
    except DashboardError as fault:
        LOG.exception("The data cannot be shown")
        _say(partial(sentence, fault))
    except Exception:
        LOG.exception("A page failed")
        _say(lambda words: words.t("frame.failed"))


def sentence(fault: DashboardError, words: Words) -> str:
    """What a fault of the house is called on the screen: by the store's own sentence, unless it is about what cannot be read."""
    has_own_sentence = type(fault) in KEYS and not isinstance(fault, UnreadableRelease)
    return refusal(fault, words) if has_own_sentence else words.t("request.unreadable")


def _say(text: Callable[[Words], str]) -> None:
    """In every language: the fault may lie before the reader's is known."""
    count("errors", where="page")
    st.error("\n\n".join(dict.fromkeys(text(words(lang)) for lang in LANGUAGES)))
