"""City networks: members, terms and hosted offices."""
