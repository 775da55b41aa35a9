"""Networks: the sentence, three readings; terms and members over time; organisations against their target; events and prizes."""

import streamlit as st

from pages._cards import cards
from pages._figures import figure
from pages._networks import headline, members, nothing, openings, organisations, terms
from pages._networks_lists import event_list, hosted, organisation_list, prizes
from pages._view import view

HEADLINES = ("network_memberships", "international_organisations", "events_hosted")

shown = view()
st.html(headline(shown))
cards(shown, HEADLINES)
for pair in ((terms, members), (organisations, openings)):
    left, right = st.columns([7, 5], gap="medium")
    with left:
        figure(shown, found) if (found := pair[0](shown)) else nothing(shown, pair[0].__name__)
    with right:
        figure(shown, found) if (found := pair[1](shown)) else nothing(shown, pair[1].__name__)
left, right = st.columns([5, 7], gap="medium")
with left:
    figure(shown, found) if (found := hosted(shown)) else nothing(shown, "hosted")
with right:
    event_list(shown)
left, right = st.columns([7, 5], gap="medium")
with left:
    organisation_list(shown)
with right:
    prizes(shown)
