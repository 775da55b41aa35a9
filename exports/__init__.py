"""What leaves the dashboard to be taken home: slides, handouts, pictures, evidence. Must not import streamlit or choose a word."""
