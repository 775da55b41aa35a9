"""Small blocks that many pages draw: titles, sentences, confirmations, downloads. Chooses no word."""

import re
from collections.abc import Callable
from html import escape

import streamlit as st

from pages.parts.shell.current_user import audited
from wording import Words


def headline(text: str, reason: str = "", link: str = "") -> None:
    """The headline of a page; for a closed page also the reason, and HTML of a link."""
    st.html(f'<h1 class="headline">{escape(text)}</h1>')
    if reason:
        st.html(f'<div class="said closed">{escape(reason)} {link}</div>')


def title(text: str, measure: str = "", html: str = "") -> None:
    """The title of a figure, its measure, and HTML that follows."""
    under = f'<div class="subtitle">{escape(measure)}</div>' if measure else ""
    st.html(f'<h2 class="title">{escape(text)}</h2>{under}{html}')


def sentence(text: str, look: str = "said", html: str = "") -> None:
    """A sentence in a class of the style sheet, and HTML that follows in its line."""
    st.html(f'<div class="{look}">{escape(text)}{html}</div>')


def alert(text: str, html: str = "") -> None:
    """Why something failed or was refused, and HTML that follows; nothing for an empty text."""
    if text:
        st.html(f'<div class="faults" role="alert"><p>{escape(text)}</p>{html}</div>')


def confirmation(key: str) -> str:
    """The confirmation of the last action, in the session under `key`, drawn once; returns its text."""
    text = st.session_state.pop(key, "")
    if text:
        st.html(f'<div class="done" role="status">{escape(text)}</div>')
    return text


def records(html: str) -> None:
    """A long list in a box that scrolls."""
    st.html(f'<div class="scroll records" tabindex="0">{html}</div>')


def rest(words: Words, key: str, count: int) -> str:
    """The last entry of a list cut short, as HTML: how many entries are left out; empty for none."""
    return f'<li class="rest">{escape(words.n(key, count))}</li>' if count > 0 else ""


def download(label: str, file: str, mime: str, content: Callable[[], bytes], **options: object) -> None:
    """A download button whose file is made on click and noted in the audit; `options` are Streamlit's."""
    settings = {"icon": ":material/download:", "on_click": "ignore", **options}
    st.download_button(label, data=audited(file, content), file_name=file, mime=mime, **settings)


def plain_label(text: str) -> str:
    """The text with every special character of Markdown escaped."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$:~^&=])", r"\\\1", text).replace("\n", " ")
