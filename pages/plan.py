"""The plan: the sentence, how its measures ended at a glance, its numbers; the board of directions, tasks and measures; the index."""

import streamlit as st

from pages.parts.elements.content import Nothing, Numbers
from pages.parts.elements.show import show
from pages.parts.plan.board import board, open_questions
from pages.parts.plan.plan import NUMBERS, companion, glance, headline, tiles
from pages.parts.shell.view import view

shown = view()
show(shown, headline(shown))
measures = glance(shown)
if isinstance(measures, Nothing):
    show(shown, measures)
else:
    show(shown, tiles(shown))
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show(shown, measures)
    with right, st.container(key="plan-numbers"):
        show(shown, Numbers(NUMBERS))
    show(shown, board(shown))
    show(shown, open_questions(shown))
show(shown, companion(shown))
