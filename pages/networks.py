"""Networks: headline, readings, terms and members over time, organisations against their target, events, prizes."""

import streamlit as st

from pages.parts.elements.content import Numbers
from pages.parts.elements.show import show, show_beside
from pages.parts.networks.lists import event_list, hosted, organisation_list, prizes
from pages.parts.networks.networks import NUMBERS, headline, members, nothing_at_all, openings, organisations, terms
from pages.parts.shell.view import current_view

LAYOUT = (
    ([7, 5], (terms, organisations), (members, openings)),
    ([5, 7], (hosted,), (event_list,)),
    ([7, 5], (organisation_list,), (prizes,)),
)

view = current_view()
show(view, headline(view))
show(view, Numbers(NUMBERS))
if none := nothing_at_all(view):
    show(view, none)
else:
    with st.container(key="folds"):
        for widths, *parts in LAYOUT:
            show_beside(view, widths, *([part(view) for part in column] for column in parts))
