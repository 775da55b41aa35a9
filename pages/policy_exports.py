"""Policy exports: the sentence, four readings, published totals beside documented ones; what is documented in groups; map; list."""

import streamlit as st

from pages.parts.elements.cards import cards
from pages.parts.policy_exports.exports import READINGS, documented, headline, published, region_filter
from pages.parts.policy_exports.list import project_list
from pages.parts.policy_exports.map import project_map
from pages.parts.shell.view import view

shown = view()
st.html(headline(shown))
cards(shown, READINGS)
published(shown)
rows = region_filter(shown)
documented(shown)
project_map(shown, rows)
project_list(shown, rows)
