"""One partner city: the sentence, its history and place, agreements, contacts, what lies ahead; without a city, all relations."""

import streamlit as st

from pages.parts.briefing.city_sheet import sheet
from pages.parts.city import city, lists, start
from pages.parts.city.history import drawing
from pages.parts.city.map import inset
from pages.parts.shell.view import view

shown = view()
if city.chosen(shown):
    st.html(city.headline(shown))
    city.going(shown)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        drawing(shown)
    with beside:
        inset(shown)
    left, right = st.columns(2, gap="medium")
    with left:
        lists.agreements(shown)
    with right:
        lists.met(shown)
    lists.rest(shown)
    sheet(shown)
else:
    st.html(start.headline(shown))
    start.unknown_city(shown)
    city.choice(shown)
    start.unrecorded(shown)
    wide, beside = st.columns([7, 3], gap="medium")
    with wide:
        start.listed(shown)
    with beside:
        start.anniversaries(shown)
    start.dormant(shown)
