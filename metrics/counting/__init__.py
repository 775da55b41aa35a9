"""Readings with bounds from benchmarks and registers; windows, shares, progress and coverage."""
