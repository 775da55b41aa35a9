"""Partner cities: figures, map and list."""
