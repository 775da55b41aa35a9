"""The city's plan: measures and their outcomes."""
