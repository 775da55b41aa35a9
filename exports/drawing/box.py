"""A rectangle in pixels, from its left and upper edge."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def inset(self, across: float, down: float) -> "Box":
        """The box that much smaller on every side."""
        return Box(self.left + across, self.top + down, self.width - 2 * across, self.height - 2 * down)

    def below(self, height: float) -> "Box":
        """What is left of it under its first `height` pixels."""
        return Box(self.left, self.top + height, self.width, max(self.height - height, 0))

    def part(self, low: float, high: float) -> "Box":
        """The box between two parts of its height, counted from below."""
        return Box(self.left, self.top + (1 - high) * self.height, self.width, (high - low) * self.height)
