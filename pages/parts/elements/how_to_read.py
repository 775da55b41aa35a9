"""The one legend of all pages: what shapes, shades and "at least" mean, in a popover of the bar."""

from html import escape

import streamlit as st

from pages.parts.shell.selection import View

SIGNS = ("ring", "filled", "pale", "hatched", "old", "least")


def how_to_read(view: View) -> None:
    """The popover; each sign is drawn by the style sheet and told in a sentence."""
    words = view.words
    with st.popover(words.t("read.title"), icon=":material/help:", type="tertiary", key="how-to-read"):
        rows = "".join(
            f'<li><i class="{sign}" aria-hidden="true"></i><span>{escape(words.t(f"read.{sign}"))}</span></li>' for sign in SIGNS
        )
        st.html(f'<ul class="signs">{rows}</ul>')
