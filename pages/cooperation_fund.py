"""The cooperation fund: headline, cards, path to the target with an assumption, yearly flows, state, records, payments."""

import streamlit as st

from pages.parts.cooperation_fund.fund import headline, others, payments, records
from pages.parts.cooperation_fund.show_fund import facts, flows, path, state
from pages.parts.elements.show import show
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
facts(view)
path(view)
flows(view)
left, right = st.columns([5, 7], gap="medium")
with left:
    state(view)
with right:
    show(view, records(view))
left, right = st.columns([7, 5], gap="medium")
with left:
    show(view, payments(view))
with right:
    show(view, others(view))
