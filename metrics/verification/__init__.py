"""Recomputed claims of publications, and the evidence of each source."""
