"""The floor: what any Streamlit page costs. One control, one line of text."""

import streamlit as st

st.set_page_config(layout="wide")
chosen = st.selectbox("Type", ["all", "sister", "friendship"])
st.write(f"You chose {chosen}.")
