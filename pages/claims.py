"""Published against recomputed: every claim of the articles beside what the data give, and how the two stand to each other."""

import streamlit as st

from pages.parts.shell.view import view
from pages.parts.sources.claims import filters, headline, listed, opened, verdicts

shown = view()
st.html(headline(shown) + verdicts(shown))
here = st.container()
found = listed(shown)
with here:
    filters(shown, found)
opened(shown)
