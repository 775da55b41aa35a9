"""What is due."""

import streamlit as st

from pages._view import view

st.html(f"<h1>{view().words.t('page.stale')}</h1>")
