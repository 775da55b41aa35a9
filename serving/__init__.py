"""The HTTP layer around Streamlit: access control, static files, sign-in, health, the API, metrics, logs, start and shutdown."""
