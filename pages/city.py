"""One partner city: the sentence, its history and place, agreements, contacts, what lies ahead; without a city, all relations."""

import streamlit as st

from pages import _city as city
from pages import _city_lists as lists
from pages import _city_start as start
from pages._city_history import drawing
from pages._city_map import inset
from pages._city_sheet import sheet
from pages._view import view

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
