"""What is due: every indicator by how long it has waited for its next observation, with the door to the table that would bring it."""

import streamlit as st

from pages.parts.data_desk.stale import headline, states, worklist
from pages.parts.shell.view import view

shown = view()
st.html(headline(shown) + states(shown))
worklist(shown)
