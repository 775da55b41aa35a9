"""Partner cities: headline, readings, growth; then the documented ties as charts, map and list."""

import streamlit as st

from pages.parts.elements.content import Numbers
from pages.parts.elements.key_figures import growth
from pages.parts.elements.show import chosen_note_kinds, show, switch
from pages.parts.partner_cities.partners import ends, headline, readings
from pages.parts.partner_cities.show_partners import documented
from pages.parts.shell.view import current_view

view = current_view()
show(view, headline(view))
show(view, Numbers(readings(view)))
kinds = chosen_note_kinds(view)
listed = ends(view)
with st.container(key="folds"):
    left, right = st.columns([7, 3], gap="medium") if listed else (st.container(), st.container())
    with left:
        show(view, growth(view, kinds), lambda: switch(view, kinds))
    with right:
        show(view, listed)
    documented()
