"""Draws a part (elements/content.py) on a page of Streamlit. Must not choose its content."""

from collections.abc import Callable
from html import escape

import streamlit as st

from pages.parts.elements.cards import cards
from pages.parts.elements.content import Figure, Headline, Html, Listing, Nothing, Numbers, Part
from pages.parts.elements.figures import figure
from pages.parts.elements.listing import listing_html
from pages.parts.shell.links import link, shared_parameters
from pages.parts.shell.selection import View


def show(view: View, part: Part | None, beside: Callable[[], None] | None = None) -> None:
    """Draw a part, nothing for None; `beside` draws a control into the line beneath a figure."""
    match part:
        case Headline():
            st.html(f'<h1 class="headline">{part.html}</h1>')
        case Numbers():
            cards(view, part.indicators)
        case Figure():
            figure(view, part, beside)
        case Listing():
            with st.container(key=f"figure-{part.key}", height="stretch"):
                st.html(listing_html(view, part, None if view.standing == "preview" else shared_parameters()))
        case Nothing():
            _nothing(view, part)
        case Html():
            if part.key:
                with st.container(key=f"figure-{part.key}", height="stretch"):
                    st.html(part.html)
            else:
                st.html(part.html)


def _nothing(view: View, part: Nothing) -> None:
    with st.container(key=f"figure-{part.key}"):
        sentence = f'<div class="empty">{escape(part.said)}</div>' if part.said else ""
        st.html(f'<h2 class="title">{escape(part.title)}</h2>{sentence}')
        if part.page:
            link(view, part.page, part.link)
