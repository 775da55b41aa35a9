"""How fast the dashboard is, beside two plain Streamlit pages and at a size that it may grow to. Nothing of the dashboard imports this."""
