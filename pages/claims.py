"""Published against recomputed: every claim of the articles beside what the data give, and how the two stand to each other."""

import streamlit as st

from pages.parts.elements.show import show
from pages.parts.shell.view import view
from pages.parts.sources.claims import headline, verdicts
from pages.parts.sources.show_claims import filters, listed, opened

shown = view()
show(shown, headline(shown))
show(shown, verdicts(shown))
here = st.container()
found = listed(shown)
with here:
    filters(shown, found)
opened(shown)
