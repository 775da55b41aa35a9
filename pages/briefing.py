"""The briefing: presented, its notes, or its editor with what it is kept in and can be had as; while none is open, what to begin with."""

import streamlit as st

from pages._briefing import at_work
from pages._briefing_saving import done
from pages._briefing_start import start
from pages._opened_briefing import opened
from pages._presenting import notes, present
from pages._view import view

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
