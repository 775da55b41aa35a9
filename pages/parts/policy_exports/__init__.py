"""Exported projects: figures, map and list."""
