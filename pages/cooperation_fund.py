"""The cooperation fund: the sentence, what is known, the path that the target required, an assumption, payments and other funds."""

import streamlit as st

from pages.parts.cooperation_fund.fund import headline
from pages.parts.cooperation_fund.records import others, payments, records
from pages.parts.cooperation_fund.show_fund import facts, state
from pages.parts.cooperation_fund.show_path import flows, path
from pages.parts.elements.show import show
from pages.parts.shell.view import view

shown = view()
show(shown, headline(shown))
facts(shown)
path(shown)
flows(shown)
left, right = st.columns([5, 7], gap="medium")
with left:
    state(shown)
with right:
    show(shown, records(shown))
left, right = st.columns([7, 5], gap="medium")
with left:
    show(shown, payments(shown))
with right:
    show(shown, others(shown))
