"""The briefing: presentation, notes or editor; while none is open, the start of a new one."""

import streamlit as st

from pages.parts.briefing.briefing import at_work
from pages.parts.briefing.opened_briefing import opened
from pages.parts.briefing.presenting import notes, present
from pages.parts.briefing.start import start
from pages.parts.shell import blocks
from pages.parts.shell.view import current_view

view = current_view()
briefing, sentences = opened(view)
for sentence in sentences:
    st.info(sentence, icon=":material/info:")
if briefing is None:
    blocks.confirmation("briefing-done")
    start(view)
elif st.query_params.get("view") == "notes":
    notes(view, briefing.outline)
elif st.query_params.get("present"):
    present(view, briefing.outline)
else:
    at_work(view, briefing)
