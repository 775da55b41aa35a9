"""Where the values of a figure stand in pixels. Draws nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.drawing.figure import Json, Panel, number
from exports.drawing.geometry import Box, Point


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`; with `categories` each of them has its middle in a part of its own, `turned` from the end on."""

    low: float
    high: float
    categories: tuple[float, ...] = ()
    turned: bool = False

    def share(self, at: float) -> float:
        """How far along the axis a number stands, from 0 to 1."""
        share = (at - self.low) / ((self.high - self.low) or 1)
        if self.categories:
            before = max((i for i, place in enumerate(self.categories) if place <= at), default=0)
            after = min(before + 1, len(self.categories) - 1)
            step = (self.categories[after] - self.categories[before]) or 1
            share = (before + 0.5 + (at - self.categories[before]) / step) / len(self.categories)
        return 1 - share if self.turned else share


@dataclass(frozen=True)
class Place:
    """A panel in its plot, by the scales of its axes."""

    panel: Panel
    plot: Box
    across: Scale
    up: Scale

    def x(self, at: float) -> float:
        """Pixels from the left edge."""
        return self.plot.left + self.across.share(at) * self.plot.width

    def y(self, at: float) -> float:
        """Pixels from the upper edge."""
        return self.plot.bottom - self.up.share(at) * self.plot.height

    def line(self, points: Sequence[Point]) -> tuple[Point, ...]:
        """Points of the panel in pixels."""
        return tuple((self.x(x), self.y(y)) for x, y in points)


@dataclass(frozen=True)
class Places:
    """The panels of a figure within all that they take together."""

    whole: Box
    panels: Sequence[Place]

    def of(self, mark: Json) -> Place:
        """The panel that a note or shape belongs to."""
        axis = mark.get("yref", "y").removesuffix(" domain")
        return next((place for place in self.panels if place.panel.axis == axis), self.panels[0])

    def at(self, mark: Json, x: str = "x", y: str = "y") -> Point:
        """A spot of a note or shape: in numbers of its axes, or in parts of the whole (paper) or of its panel (domain)."""
        place, (axis, _, domain) = self.of(mark), mark.get("yref", "y").partition(" ")
        left = self.whole.left + mark[x] * self.whole.width if mark.get("xref") == "paper" else place.x(number(mark[x]))
        if axis != "paper" and not domain:
            return left, place.y(number(mark[y]))
        box = place.plot if domain else self.whole
        return left, box.bottom - mark[y] * box.height
