"""One partner city: the sentence, its history and place, agreements, contacts, what lies ahead; without a city, all relations."""

import streamlit as st

from pages.parts.briefing.city_sheet import sheet
from pages.parts.city import city, lists, show_city, show_start, start
from pages.parts.city.history import figure
from pages.parts.city.show_map import inset
from pages.parts.elements.show import show
from pages.parts.shell.view import view

shown = view()
if city.chosen(shown):
    show(shown, city.headline(shown))
    show_city.going(shown)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show(shown, figure(shown))
        show(shown, lists.all_sources(shown))
    with beside:
        inset(shown)
    left, right = st.columns(2, gap="medium")
    with left:
        show(shown, lists.agreements(shown))
    with right:
        show(shown, lists.met(shown))
    smaller = lists.smaller(shown)
    with st.grid(len(smaller), min_column_width=270, gap="medium"):
        for part in smaller:
            show(shown, part)
    sheet(shown)
else:
    show(shown, start.headline(shown))
    show_start.unknown_city(shown)
    show_city.choice(shown)
    show_start.unrecorded(shown)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        show_start.listed(shown)
    with beside:
        show(shown, start.anniversaries(shown))
    show(shown, start.dormant(shown))
