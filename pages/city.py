"""One partner city: headline, history, map, agreements, contacts, anniversaries; without a city, all relations."""

import streamlit as st

from pages.parts.briefing.downloads import city_sheet
from pages.parts.city import city, lists, show_city, show_start, start
from pages.parts.city.history import figure
from pages.parts.city.show_map import inset
from pages.parts.elements.show import show
from pages.parts.shell.view import current_view

view = current_view()
if city.chosen(view):
    show(view, city.headline(view))
    show_city.city_controls(view)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show(view, figure(view))
        show(view, lists.all_sources(view))
    with beside:
        inset(view)
    left, right = st.columns(2, gap="medium")
    with left:
        show(view, lists.agreements(view))
    with right:
        show(view, lists.met(view))
    smaller = lists.smaller(view)
    with st.grid(len(smaller), min_column_width=270, gap="medium"):
        for part in smaller:
            show(view, part)
    city_sheet(view)
else:
    show(view, start.headline(view))
    show_start.unknown_city(view)
    show_city.choice(view)
    show_start.unrecorded(view)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show_start.listed(view)
    with beside:
        show(view, start.anniversaries(view))
    show(view, start.dormant(view))
