"""The first page: the sentence, six readings, the map; then growth, exports, the fund, what is newest, and every reading."""

import streamlit as st

from pages.parts.elements.cards import cards
from pages.parts.elements.figures import figure
from pages.parts.elements.key_figures import exports, fund, growth
from pages.parts.elements.map import partner_map
from pages.parts.elements.notes import shown_kinds, switch
from pages.parts.overview.overview_text import HEADLINES, every_reading, headline, newest
from pages.parts.shell.fragments import now, part
from pages.parts.shell.view import view


@part
def world() -> None:
    """The map runs alone: a filter or a click changes nothing else on the page."""
    partner_map(now())


shown = view()
st.html(headline(shown))
cards(shown, HEADLINES)
world()
kinds = shown_kinds(shown)
figure(shown, growth(shown, kinds), lambda: switch(shown, kinds))
left, right = st.columns(2, gap="medium")
with left:
    figure(shown, exports(shown, kinds))
with right:
    figure(shown, fund(shown, kinds))
newest(shown)
every_reading()
