"""The partner cities: the sentence, the readings, growth; then what is documented: by kind, place and time, on the map, as a list."""

import streamlit as st

from pages._cards import cards
from pages._figures import figure
from pages._notes import shown_kinds, switch
from pages._partners import documented, ends, headline, readings
from pages._themes import growth
from pages._view import view

shown = view()
st.html(headline(shown))
cards(shown, readings(shown))
left, right = st.columns([7, 3], gap="medium")
kinds = shown_kinds(shown)
with left:
    figure(shown, growth(shown, kinds), lambda: switch(shown, kinds))
with right:
    ends(shown)
documented()
