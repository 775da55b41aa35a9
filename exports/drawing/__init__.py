"""A figure or the map as shapes and SVG."""
