"""The cooperation fund: headline, cards, path to the target with an assumption, yearly flows, state, records, payments."""

import streamlit as st

from pages.parts.cooperation_fund.fund import headline, others, payments, records, state
from pages.parts.cooperation_fund.path import flows_figure
from pages.parts.cooperation_fund.show_fund import facts, path
from pages.parts.elements.content import Figure
from pages.parts.elements.show import show, show_beside
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
facts(view)
path(view)
if isinstance(flows := flows_figure(view), Figure):
    show(view, flows)
with st.container(key="folds"):
    show_beside(view, [5, 7], [state(view)], [records(view)])
    show_beside(view, [7, 5], [payments(view)], [others(view)])
