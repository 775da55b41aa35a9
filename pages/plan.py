"""The plan: headline, outcomes of its measures, readings, the board, open questions, the index of companionship."""

import streamlit as st

from pages.parts.elements.content import Nothing, Numbers
from pages.parts.elements.show import show
from pages.parts.plan.plan import NUMBERS, board, companion, glance, headline, open_questions, tiles
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
measures = glance(view)
if isinstance(measures, Nothing):
    show(view, measures)
else:
    show(view, tiles(view))
    with st.container(key="folds"):
        left, right = st.columns([7, 5], gap="medium")
        with left:
            show(view, measures)
        with right, st.container(key="plan-numbers"):
            show(view, Numbers(NUMBERS))
            show(view, open_questions(view))
        show(view, board(view))
show(view, companion(view))
