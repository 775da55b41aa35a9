"""Bytes to tables of text and back: formats, headings, limits, normalisation of cells, downloads."""
