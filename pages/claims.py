"""The claims of the articles against the recomputed figures, with a verdict for each."""

import streamlit as st

from pages.parts.elements.show import show
from pages.parts.shell.view import current_view
from pages.parts.sources.claims import headline, verdicts
from pages.parts.sources.show_claims import filters, listed, opened

view = current_view()
show(view, headline(view))
show(view, verdicts(view))
here = st.container()
findings = listed(view)
with here:
    filters(view, findings)
opened(view)
