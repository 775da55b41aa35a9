"""Bars of a chart in SVG: upright or across, stacked or side by side, filled or hatched. Other kinds raise NotDrawn."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from exports.drawing.scales import NotDrawn, Plane, Scale, number, step

Traces = list[Mapping[str, Any]]


def draw_bars(root: Element, room: Plane, traces: Traces, layout: Mapping[str, Any]) -> None:
    """Draw the traces of kind bar of a figure, in their order, each on the ones before where the layout stacks them."""
    mode = layout.get("barmode", "group")
    if traces and mode not in ("stack", "group"):
        raise NotDrawn(f"bars in the mode {mode!r}")
    reached: dict[tuple[str, float], float] = defaultdict(float)
    for at, trace in enumerate(traces):
        lies = trace.get("orientation") == "h"
        along = room.axes[trace.get("xaxis", "x") if lies else trace.get("yaxis", "y")]
        aside = room.axes[trace.get("yaxis", "y") if lies else trace.get("xaxis", "x")]
        places = [number(place) for place in trace["y" if lies else "x"]]
        shift, thick = (0.0, aside.length(trace["width"])) if mode == "stack" else _slot(traces, at, aside, layout)
        for row, (place, value) in enumerate(zip(places, trace["x" if lies else "y"], strict=True)):
            name = (trace.get("yaxis", "y"), place)
            first = reached[name] if mode == "stack" else 0.0
            reached[name] = last = first + (value or 0)
            if value:
                ends = sorted((along.at(first), along.at(last)))
                edge = aside.at(place) + shift - thick / 2
                _bar(root, (ends[0], edge, ends[1], edge + thick) if lies else (edge, ends[0], edge + thick, ends[1]), trace["marker"], row)


def _slot(traces: Traces, at: int, aside: Scale, layout: Mapping[str, Any]) -> tuple[float, float]:
    """Of columns side by side, how far this one stands from the middle of its place, and how thick it is, in pixels."""
    room = step([number(place) for trace in traces for place in trace["x"]]) * (1 - layout["bargap"])
    each = aside.length(room) / len(traces)
    return (at - (len(traces) - 1) / 2) * each, each * (1 - layout["bargroupgap"])


def _bar(root: Element, box: tuple[float, float, float, float], marker: Mapping[str, Any], row: int) -> None:
    left, top, right, bottom = box
    place = {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": f"{right - left:.1f}", "height": f"{bottom - top:.1f}"}
    fill = _hatch(root, marker["pattern"], row) if "pattern" in marker else _of(marker["color"], row)
    SubElement(root, "rect", place | {"fill": fill})


def _of(given: str | list[str], row: int) -> str:
    """One colour for all, or one for each bar."""
    return given if isinstance(given, str) else given[row]


def _hatch(root: Element, pattern: Mapping[str, Any], row: int) -> str:
    """The fill of a hatched bar: stripes as plotly spaces them, defined once for each pair of colours."""
    if pattern["shape"] != "/":
        raise NotDrawn(f"a pattern of {pattern['shape']!r}")
    ink, ground = _of(pattern["fgcolor"], row), _of(pattern["bgcolor"], row)
    name = "hatch" + "".join(letter for letter in ink + ground if letter.isalnum())
    if root.find(f".//pattern[@id='{name}']") is None:
        side = round(pattern["size"] * 2**0.5, 2)
        size = {"width": f"{side}", "height": f"{side}"}
        cell = SubElement(root.find("defs"), "pattern", {"id": name, "patternUnits": "userSpaceOnUse", **size})
        SubElement(cell, "rect", size | {"fill": ground})
        quarter = side / 4
        stripes = f"M{-quarter},{quarter}L{quarter},{-quarter}M0,{side}L{side},0M{3 * quarter},{5 * quarter}L{5 * quarter},{3 * quarter}"
        SubElement(cell, "path", {"d": stripes, "stroke": ink, "stroke-width": f"{pattern['solidity'] * pattern['size']:g}"})
    return f"url(#{name})"
