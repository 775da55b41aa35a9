"""Figures for plotly and maps for deck.gl, from frames and colours."""
