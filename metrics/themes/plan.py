"""Measures of the city's diplomacy plan that exist as published values only: policy manuals, advisers."""

from metrics.counting.measuring import observed

TABLES = ("published_counts",)

INDICATORS = (
    observed("policy_manuals", "manuals", "more", TABLES),
    observed("advisory_group", "people", "more", TABLES),
)
