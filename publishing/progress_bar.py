"""The progress bar of commands at a terminal."""

from collections.abc import Callable
from typing import TextIO

WIDTH = 40
"""Characters of the bar."""


def bar(err: TextIO) -> Callable[[float], None]:
    """Draws a progress bar on a terminal and clears it at the end; does nothing elsewhere."""
    drawn = [""]

    def draw(share: float) -> None:
        done = int(WIDTH * share)
        bar = f"\r[{'#' * done}{'.' * (WIDTH - done)}] {share:4.0%}" if share < 1 else "\r\033[K" if drawn[0] else ""
        if bar != drawn[0]:
            err.write(bar)
            err.flush()
        drawn[0] = bar if share < 1 else ""

    return draw if err.isatty() else lambda share: None
