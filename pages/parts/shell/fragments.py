"""Fragments: parts of a page that rerun without the frame; and the sentence for an error, in the frame and in fragments.

A fragment must not show the choices of the run that drew it: it reads the view again. The traceback of an error goes to the log.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, wraps

import streamlit as st

from languages import FALLBACK, LANGUAGES
from metrics.schema.problems import Problem
from pages.parts.shell.address import begin_run
from pages.parts.shell.selection import View
from pages.parts.shell.view import current_view, follow_address
from publishing.files.measures import count
from publishing.files.sentences import line
from publishing.store.errors import DashboardError
from publishing.store.releases import UnreadableRelease
from streamlit_internals import runs_fragment
from wording import Words, words

LOG = logging.getLogger(__name__)


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


@contextmanager
def error_boundary() -> Iterator[None]:
    """Show a sentence for an error raised inside. Streamlit's own exceptions that stop a run pass through."""
    try:
        yield
    except UnreadableRelease as fault:
        log_problems(fault.problems)
        _say(partial(sentence, fault))
    except DashboardError as fault:
        LOG.exception("The data cannot be shown")
        _say(partial(sentence, fault))
    except Exception:
        LOG.exception("A page failed")
        _say(lambda words: words.t("frame.failed"))


def log_problems(problems: Sequence[Problem]) -> None:
    """Log every problem of data that cannot be read as a sentence with its file, row and column."""
    LOG.error("The data cannot be read:\n%s", "\n".join(line(problem, words(FALLBACK)) for problem in problems))


def sentence(fault: DashboardError, words: Words) -> str:
    """The sentence for one of our own errors: the store's, unless the data cannot be read."""
    has_own_sentence = isinstance(fault, DashboardError) and not isinstance(fault, UnreadableRelease)
    return fault.sentence(words) if has_own_sentence else words.t("request.unreadable")


def _say(text: Callable[[Words], str]) -> None:
    """In every language: the error may occur before the reader's is known."""
    count("errors", where="page")
    st.error("\n\n".join(dict.fromkeys(text(words(lang)) for lang in LANGUAGES)))
