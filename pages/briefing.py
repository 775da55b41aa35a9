"""The briefing: presented, its notes, or its editor with what it is kept in and can be had as; while none is open, what to begin with."""

import streamlit as st

from pages.parts.briefing.briefing import at_work
from pages.parts.briefing.opened_briefing import opened
from pages.parts.briefing.presenting import notes, present
from pages.parts.briefing.saving import done
from pages.parts.briefing.start import start
from pages.parts.shell.view import view

shown = view()
briefing, said = opened(shown)
for sentence in said:
    st.info(sentence, icon=":material/info:")
if briefing is None:
    done()
    start(shown)
elif st.query_params.get("view") == "notes":
    notes(shown, briefing.outline)
elif st.query_params.get("present"):
    present(shown, briefing.outline)
else:
    at_work(shown, briefing)
