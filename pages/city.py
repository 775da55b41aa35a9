"""One partner city: headline, history, map, agreements, contacts, anniversaries; without a city, all relations."""

import streamlit as st

from pages.parts.briefing.downloads import city_sheet
from pages.parts.city import city, lists, show_city
from pages.parts.elements.show import show, show_beside
from pages.parts.shell.view import current_view

view = current_view()
if city.chosen(view):
    show(view, city.headline(view))
    show_city.city_controls(view)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show(view, city.figure(view))
        show(view, lists.all_sources(view))
    with beside:
        show_city.inset(view)
    show_beside(view, 2, [lists.agreements(view)], [lists.met(view)])
    smaller = lists.smaller(view)
    with st.grid(len(smaller), min_column_width=270, gap="medium"):
        for part in smaller:
            show(view, part)
    city_sheet(view)
else:
    show(view, lists.headline(view))
    show_city.unknown_city(view)
    show_city.choice(view)
    show_city.unrecorded(view)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show_city.listed(view)
    with beside:
        show(view, lists.anniversaries(view))
    show(view, lists.dormant(view))
