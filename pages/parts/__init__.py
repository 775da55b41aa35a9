"""What the pages are made of, by theme."""
