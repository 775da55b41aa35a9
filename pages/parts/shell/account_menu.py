"""The account menu in the bar: name and sign-out, or the sign-in link. Rights are decided in publishing/access/rights.py."""

from html import escape

import streamlit as st

from languages import LANGUAGES
from pages.parts.shell import blocks
from pages.parts.shell.blocks import plain_label
from pages.parts.shell.current_user import is_fresh, role, rules, visitor
from pages.parts.shell.selection import View
from publishing.access.rights import SignedIn
from wording import Words, words

OUT, IN, AGAIN = "auth/logout", "sign-in", "sign-in?again=1"
"""Addresses of the sign-in routes; relative, so that they also work behind a proxy that adds a path prefix."""
SHORT = 14
"""Characters of a name in the bar."""


def me(view: View) -> None:
    """The signed-in user with the sign-out link, or the sign-in link. Nothing where no sign-in is configured."""
    if not rules().sign_in:
        return
    signed = visitor().signed
    if signed is None:
        with st.container(width="content", key="me"):
            st.html(sign_in_link(view), width="content")
        return
    with st.popover(plain_label(_short(signed.name)), icon=":material/person:", key="me", type="tertiary"):
        st.html(_who(view, signed))


def _short(name: str) -> str:
    """The first word of a name, so that the bar stays one line; the menu shows the whole name."""
    first = name.split("@")[0].split()[0] if name.split() else name
    return first if len(first) <= SHORT else f"{first[: SHORT - 1]}…"


def _who(view: View, signed: SignedIn) -> str:
    words = view.words
    lines = [f"<b>{escape(signed.name)}</b>", *([escape(signed.email)] if signed.email and signed.email != signed.name else [])]
    lines.append(escape(words.of("visitor", role().name.lower())))
    rows = "".join(f"<div>{line}</div>" for line in lines)
    return f'<div class="me">{rows}{_link(words, "sign_in.out", OUT, "way leave")}</div>'


def sign_in_link(view: View) -> str:
    """The sign-in link that returns to this page, as HTML; empty for a signed-in user and where no sign-in is configured."""
    if not rules().sign_in or visitor().signed:
        return ""
    return _link(view.words, "sign_in.now", IN, "way in")


def asks_for_sign_in(view: View) -> bool:
    """Ask for a new sign-in, which returns to this page, where the visitor's is too old to publish; whether it is."""
    if is_fresh():
        return False
    words = view.words
    blocks.sentence(words.t("rights.too_old", hours=rules().hours), html=f" {_link(words, 'sign_in.again', AGAIN, 'way again')}")
    return True


def ask_to_sign_in() -> None:
    """What a visitor without the right to read sees if the middleware did not stop her: in every language, since hers is not known yet."""
    asked = [(lang, escape(words(lang).t("rights.sign_in")), _link(words(lang), "sign_in.now", IN)) for lang in LANGUAGES]
    text = "".join(f'<p lang="{lang}">{sentence} {link}</p>' for lang, sentence, link in asked)
    st.html(f'<div class="said closed">{text}</div>')


def _link(words: Words, key: str, address: str, look: str = "") -> str:
    return f'<a class="{look}" href="{address}" target="_self">{escape(words.t(key))}</a>'
