"""Small SVG documents beside words: marks of states and verdicts, told apart by shape as well as colour."""

from charts.theme import Palette

SHAPES = {
    "target_achieved": "M3 8.5 6.5 12 13 4.5",
    "reached_late": "M3 8.5 6.5 12 13 4.5",
    "on_track": "M8 3 13.5 13H2.5Z",
    "acceleration_needed": "M8 2 14 8 8 14 2 8Z",
    "limited_progress": "M3 3H13V13H3Z",
    "deterioration": "M2.5 3H13.5L8 13Z",
    "matches": "M3 8.5 6.5 12 13 4.5",
    "consistent": "M2 4.5H14M2 11.5H14M8 7.6V8.4",
    "differs": "M2.5 5.5H13.5M2.5 10.5H13.5M11.5 2.5 4.5 13.5",
    "definition": "M8 2 14 8 8 14 2 8Z",
}
"""Paths on a grid of 16; a state without one is drawn as a ring: nothing was published or can be checked."""

OPEN = ("target_achieved", "reached_late", "matches", "consistent", "differs")
"""The states whose path is a line."""

RING = '<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>'


def mark(state: str, palette: Palette) -> str:
    """The mark of a state as an SVG document; the word beside it has the same meaning."""
    path = SHAPES.get(state)
    open_line = state in OPEN
    paint = 'fill="none" stroke="currentColor" stroke-width="2.4"' if open_line else 'fill="currentColor"'
    body = f'<path d="{path}" {paint}/>' if path else RING
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" style="color:{colour(state, palette)}">{body}</svg>'


def colour(state: str, palette: Palette) -> str:
    """The colour of a state: good, warning or bad; muted where unknown."""
    if state in ("target_achieved", "on_track", "matches", "consistent"):
        return palette.good
    if state in ("reached_late", "acceleration_needed", "limited_progress", "definition"):
        return palette.warn
    return palette.bad if state in ("deterioration", "differs") else palette.muted
