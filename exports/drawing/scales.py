"""Where a value of a figure lies on paper: its margins, its axes, their ranges. Must not draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from charts.theme import templates


class NotDrawn(ValueError):
    """A figure asks for something that this house does not draw on paper; the message names it."""


@dataclass(frozen=True)
class Scale:
    """One axis: its look as plotly names it, its range as numbers, and the pixels at which that begins and ends."""

    look: Mapping[str, Any]
    low: float
    high: float
    start: float
    end: float

    def at(self, value: Any) -> float:
        """The pixel of a value: a number, or a day where the axis is one of dates."""
        return self.start + (number(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def length(self, amount: float) -> float:
        """How many pixels an amount takes (milliseconds on an axis of dates)."""
        return abs(amount / (self.high - self.low) * (self.end - self.start))

    def holds(self, pixel: float) -> bool:
        """Whether a pixel lies within the axis, ends included."""
        return min(self.start, self.end) - 0.5 <= pixel <= max(self.start, self.end) + 0.5


@dataclass(frozen=True)
class Plane:
    """The paper of a figure: the box in which it plots (left, top, right, bottom in pixels) and its axes by plotly's short names."""

    box: tuple[float, float, float, float]
    axes: Mapping[str, Scale]

    def across(self, ref: str, value: Any) -> float:
        """The pixel from the left of a value on the axis `ref`, or of a share of the box where `ref` is `paper`."""
        left, _, right, _ = self.box
        return left + float(value) * (right - left) if ref == "paper" else self._on(ref, value)

    def down(self, ref: str, value: Any) -> float:
        """The pixel from the top, as `across`; shares count from the bottom."""
        _, top, _, bottom = self.box
        return bottom - float(value) * (bottom - top) if ref == "paper" else self._on(ref, value)

    def _on(self, ref: str, value: Any) -> float:
        """The pixel of a value on an axis, or of a share of the axis where `ref` ends with `domain`."""
        name, _, domain = ref.partition(" ")
        axis = self.axes[name]
        return axis.start + float(value) * (axis.end - axis.start) if domain else axis.at(value)

    def seen(self, ref: str, pixel: float) -> bool:
        """Whether plotly shows a note there: it hides those beyond the range of their axis."""
        return ref == "paper" or ref.endswith(" domain") or self.axes[ref].holds(pixel)


def number(value: Any) -> float:
    """A number as it is, a day as milliseconds since 1970. Raises NotDrawn for any other text."""
    if not isinstance(value, str):
        return float(value)
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp() * 1000
    except ValueError:
        raise NotDrawn(f"an axis of categories ({value!r})") from None


def plane(figure: Mapping[str, Any], width: float, height: float) -> Plane:
    """The plane of a figure (template, data, layout as charts.theme.drawn writes them) on a paper of `width` by `height` pixels."""
    layout, margin = figure["layout"], figure["layout"]["margin"]
    box = (margin["l"], margin["t"], width - margin["r"], height - margin["b"])
    names = {f"{axis[0]}{axis[5:]}": axis for axis in layout if axis[1:5] == "axis"} | {"x": "xaxis", "y": "yaxis"}
    return Plane(box, {name: _scale(name, axis, figure, box) for name, axis in names.items()})


def _scale(name: str, axis: str, figure: Mapping[str, Any], box: tuple[float, float, float, float]) -> Scale:
    own = figure["layout"].get(axis, {})
    look = templates()[figure["template"]]["layout"][axis[:5]] | own
    low, high = map(number, own["range"]) if "range" in own else _found(name, figure["data"])
    from_, to = own.get("domain", (0, 1))
    left, top, right, bottom = box
    if name[0] == "x":
        return Scale(look, low, high, left + from_ * (right - left), left + to * (right - left))
    return Scale(look, low, high, bottom - from_ * (bottom - top), bottom - to * (bottom - top))


def _found(name: str, traces: list[Mapping[str, Any]]) -> tuple[float, float]:
    """The range that plotly finds for numbered columns side by side: half a column more on either side."""
    own = [trace for trace in traces if trace.get(f"{name[0]}axis", name[0]) == name]
    if any(trace["type"] != "bar" for trace in own):
        raise NotDrawn(f"an axis {name} without a range")
    places = [number(value) for trace in own for value in trace[name[0]]] or [0.0]
    half = step(places) / 2
    return min(places) - half, max(places) + half


def step(places: list[float]) -> float:
    """The room of one column: the least distance between two."""
    kept = sorted(set(places))
    return min((after - before for before, after in zip(kept, kept[1:], strict=False)), default=1.0)
