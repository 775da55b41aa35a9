"""The plan: the sentence, how its measures ended at a glance, its numbers; the board of directions, tasks and measures; the index."""

import streamlit as st

from pages.parts.elements.cards import cards
from pages.parts.elements.figures import figure
from pages.parts.plan.board import board, open_questions
from pages.parts.plan.plan import NUMBERS, companion, glance, has_index, headline, none, tiles
from pages.parts.shell.view import view

shown = view()
st.html(headline(shown))
if not none(shown):
    st.html(tiles(shown))
    left, right = st.columns([7, 5], gap="medium")
    with left:
        figure(shown, glance(shown))
    with right, st.container(key="plan-numbers"):
        cards(shown, NUMBERS)
    board(shown)
    open_questions(shown)
if has_index(shown):
    figure(shown, companion(shown))
