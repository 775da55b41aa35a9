"""Peer cities: what is in common with them and what they have besides."""
