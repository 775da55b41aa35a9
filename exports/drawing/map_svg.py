"""The map as SVG with real text, for paper: what exports/drawing/land.py placed, drawn as in the browser."""

from xml.etree.ElementTree import Element, SubElement, tostring

from charts.map import World
from charts.theme import Palette
from exports.drawing.land import Dot, Ground, Name, ground
from exports.drawing.markup import clean
from exports.drawing.svg import document, path
from exports.drawing.svg_text import ASCENT, DESCENT

NAME = 13
"""Pixels: the size of a city's name, as of the small text beside the map."""
_EDGE = 0.8  # land is edged in its own colour, so that small islands stay visible


def map_svg(world: World, colours: Palette, width: float, height: float) -> str:
    """An SVG document of `width` by `height` pixels: sea, land, borders, arcs, dots, names."""
    placed = ground(world, width, height, NAME)
    root, size = document(width, height), {"width": f"{width:g}", "height": f"{height:g}"}
    frame = SubElement(SubElement(root, "defs"), "clipPath", {"id": "frame"})
    SubElement(frame, "rect", size | {"rx": "10"})
    whole = SubElement(root, "g", {"clip-path": "url(#frame)"})
    SubElement(whole, "rect", size | {"fill": colours.sea})
    _land(whole, placed, colours)
    for dot in placed.dots:
        _dot(whole, dot)
    for name in placed.names:
        _name(whole, name, colours)
    return tostring(root, encoding="unicode")


def _land(parent: Element, placed: Ground, colours: Palette) -> None:
    outlines = (outline for territory in placed.land for outline in territory.outlines)
    edge = {"stroke": colours.land, "stroke-width": f"{_EDGE}"}
    SubElement(parent, "path", {"d": path(outlines, "Z"), "fill": colours.land, **edge})
    SubElement(parent, "path", {"d": path(placed.borders), "fill": "none", "stroke": colours.border, "stroke-width": "0.6"})
    look = {"stroke-width": "2" if placed.clear else "1.2", "stroke-opacity": "1" if placed.clear else f"{colours.arc}"}
    SubElement(parent, "path", {"d": path(placed.arcs), "fill": "none", "stroke": colours.home, **look})


def _dot(parent: Element, dot: Dot) -> None:
    look = {"fill": dot.fill, "fill-opacity": f"{dot.opacity:.2f}", "stroke": dot.edge, "stroke-width": f"{dot.width:.1f}"}
    SubElement(parent, "circle", {"cx": f"{dot.x:.1f}", "cy": f"{dot.y:.1f}", "r": f"{dot.radius:.1f}", **look})


def _name(parent: Element, name: Name, colours: Palette) -> None:
    """A name on the middle of its line; home's in home's colour, it and the chosen city bold."""
    bold = name.look in ("own", "chosen")
    look = {"fill": colours.home if name.look == "own" else colours.ink, "font-weight": "800" if bold else "500"}
    place = {"x": f"{name.x:.1f}", "y": f"{name.y + (ASCENT - DESCENT) / 2 * name.size:.1f}", "text-anchor": name.anchor}
    SubElement(parent, "text", place | look | {"font-size": f"{name.size:g}"}).text = clean(name.text)
