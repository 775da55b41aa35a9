"""One partner city: its relation, history and records."""
