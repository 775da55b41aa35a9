"""Files for download: presentations, PDFs, evidence packs. Must not import streamlit or choose a word."""
