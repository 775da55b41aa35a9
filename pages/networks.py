"""Networks: the sentence, three readings; terms and members over time; organisations against their target; events and prizes."""

import streamlit as st

from pages.parts.elements.cards import cards
from pages.parts.networks.lists import event_list, hosted, organisation_list, prizes
from pages.parts.networks.networks import headline, members, none, openings, organisations, show, terms
from pages.parts.shell.view import view

HEADLINES = ("network_memberships", "international_organisations", "events_hosted")

shown = view()
st.html(headline(shown))
cards(shown, HEADLINES)
if not none(shown):
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show(shown, "terms", terms(shown))
        show(shown, "organisations", organisations(shown))
    with right:
        show(shown, "members", members(shown))
        show(shown, "openings", openings(shown))
    left, right = st.columns([5, 7], gap="medium")
    with left:
        show(shown, "hosted", hosted(shown))
    with right:
        event_list(shown)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        organisation_list(shown)
    with right:
        prizes(shown)
