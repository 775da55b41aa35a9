"""Drafts, briefings and the offer of new rows; authorisation is checked on every write."""
