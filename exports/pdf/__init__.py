"""The PDF of a briefing, set from values by a fixed template."""
