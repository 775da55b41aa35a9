"""The cooperation fund: the sentence, what is known, the path that the target required, an assumption, payments and other funds."""

import streamlit as st

from pages.parts.cooperation_fund.fund import facts, headline, state
from pages.parts.cooperation_fund.path import flows, path
from pages.parts.cooperation_fund.records import payments, records
from pages.parts.shell.view import view

shown = view()
st.html(headline(shown))
facts(shown)
path(shown)
flows(shown)
left, right = st.columns([5, 7], gap="medium")
with left:
    state(shown)
with right:
    records(shown)
payments(shown)
