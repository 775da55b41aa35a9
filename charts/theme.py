"""The palettes (light, dark, high contrast), the type scale, and the base layout of every figure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import plotly.graph_objects as go

FONT = "Pretendard, sans-serif"
SMALL, BODY, LARGE, TITLE, HEADLINE = 13, 15, 18, 24, 34

Scheme = Literal["light", "dark", "contrast"]


@dataclass(frozen=True)
class Palette:
    """Colours by meaning, as `#RRGGBB`. Mostly ink and greys; a hue always has the same meaning. From `blue` to `brown` they are
    those of kinds of tie, which the city gives them (`metrics.schema.tables.TIE_COLOURS`).


    Text is in `ink`, `muted` or a progress colour; `faint` is for marks and rules without text.
    A tie that makes no partner is drawn hollow, never filled; what is uncertain is the same hue at `band` opacity.
    """

    ink: str
    muted: str
    faint: str
    paper: str
    card: str
    line: str
    home: str
    blue: str
    gold: str
    grey: str
    teal: str
    violet: str
    brown: str
    good: str
    warn: str
    bad: str
    sea: str
    land: str
    border: str
    band: float
    arc: float


LIGHT = Palette(
    ink="#1A202B", muted="#566072", faint="#7F8896", paper="#F8F6F1", card="#FFFFFF", line="#E6E2DA",
    home="#C0233A", blue="#1A3A86", gold="#B57809", grey="#6B7484", teal="#04905F", violet="#9A2FD8", brown="#46200C",
    good="#1B7A5A", warn="#945700", bad="#A8322A",
    sea="#E3EBF0", land="#FAF8F3", border="#D3CEC2", band=0.14, arc=0.30,
)  # fmt: skip
DARK = Palette(
    ink="#EEF0F3", muted="#A6AFBD", faint="#788292", paper="#10141B", card="#181E27", line="#2B3340",
    home="#FF6B7A", blue="#477AE0", gold="#F5C75C", grey="#98A2B0", teal="#6FEBD0", violet="#D2A6F5", brown="#B07318",
    good="#4FC596", warn="#E9A94A", bad="#FF8478",
    sea="#0C1117", land="#262E3A", border="#3D4756", band=0.20, arc=0.45,
)  # fmt: skip
CONTRAST = Palette(
    ink="#FFFFFF", muted="#D5DBE4", faint="#B9C2CF", paper="#000000", card="#000000", line="#8A94A3",
    home="#FF9494", blue="#BFD5FF", gold="#FFF8A0", grey="#D5DBE4", teal="#27FDC1", violet="#D699FE", brown="#FAC15C",
    good="#6FE0AE", warn="#FFC861", bad="#FF9D94",
    sea="#000000", land="#20252D", border="#8A94A3", band=0.35, arc=0.90,
)  # fmt: skip
SCHEMES: Mapping[str, Palette] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
"""Every palette by its name. `contrast` is for slides."""


def palette(scheme: Scheme) -> Palette:
    """The palette of a colour scheme. Raises KeyError for any name but those of SCHEMES."""
    return SCHEMES[scheme]


def rgb(colour: str) -> list[int]:
    """`#RRGGBB` as three numbers (0 to 255) for a map layer."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def fade(colour: str, opacity: float) -> str:
    """`#RRGGBB` at an opacity from 0 to 1, as a CSS colour."""
    return "rgba({},{},{},{})".format(*rgb(colour), opacity)


def layout(colours: Palette, height: int, **more: Any) -> dict[str, Any]:
    """The layout of every figure: no title (the page has it), no legend, transparent, no dragging.

    The base is the `template`, so that a figure has only its own settings and plotly adds no default theme.
    `height` is in pixels; `more` are plotly layout keys of the figure itself.
    """
    return {"template": {"layout": _base(colours)}, "height": height, **more, "margin": _margin(more)}


def _margin(more: Mapping[str, Any]) -> dict[str, float]:
    """The margins, with space for the axis labels. plotly's automargin would draw everything twice."""
    margin = {"l": 8, "r": 76, "t": 16, "b": 8, **more.get("margin", {})}
    written = {name: axis.get("ticktext", ()) for name, axis in more.items() if name.startswith(("xaxis", "yaxis"))}
    beside = max((length(text) for name, texts in written.items() if name.startswith("y") for text in texts), default=0)
    below = any(texts for name, texts in written.items() if name.startswith("x"))
    return margin | {"l": margin["l"] + round(beside) + (8 if beside else 0), "b": margin["b"] + (24 if below else 0)}


def length(text: str) -> float:
    """The approximate width of a text of the small size in pixels, rather too large."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if letter >= "\u1100":
        return 11.6  # Hangul, Han
    if letter in " .,·'il":
        return 3.9
    return 8.2 if letter.isupper() or letter.isdigit() else 7


def _base(colours: Palette) -> dict[str, Any]:
    font = {"family": FONT, "size": SMALL, "color": colours.ink}
    axis: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": False, "ticklabelstandoff": 4}
    axis |= {"title": {"text": ""}, "tickfont": {"size": SMALL, "color": colours.muted}}
    base = {"showline": True, "linecolor": colours.faint, "ticks": "outside", "ticklen": 4, "tickcolor": colours.faint, "tickangle": 0}
    return {
        "font": font,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 24,
        "dragmode": False,
        "hoverlabel": {"bgcolor": colours.card, "bordercolor": colours.line, "align": "left", "font": font},
        "xaxis": axis | base,
        "yaxis": axis | {"showgrid": True, "gridcolor": colours.line, "gridwidth": 1},
        "annotationdefaults": {"showarrow": False, "font": {"size": SMALL, "color": colours.muted}},
    }


@dataclass(frozen=True)
class Drawing:
    """A figure as JSON text for the browser (plotly's data and layout, and the name of the template), and its height in pixels."""

    text: str
    height: int


def drawn(figure: Mapping[str, Any]) -> Drawing:
    """A figure's plain dictionary as text, without empty traces.

    plotly validates it here once, not on every run. Raises ValueError for what it rejects.
    """
    go.Figure(figure)
    layout = {name: value for name, value in figure["layout"].items() if name != "template"}
    scheme = next(scheme for scheme, template in templates().items() if template == figure["layout"]["template"])
    own = {"template": scheme, "data": [trace for trace in figure["data"] if _shows(trace)], "layout": layout}
    return Drawing(json.dumps(own, ensure_ascii=False, separators=(",", ":")), layout["height"])


@cache
def templates() -> dict[str, dict[str, Any]]:
    """The plotly template of each scheme; the browser gets it once and not with every chart."""
    return {scheme: {"layout": _base(colours)} for scheme, colours in SCHEMES.items()}


def _shows(trace: Mapping[str, Any]) -> bool:
    """Whether a trace has a point, or a bar that is not zero."""
    return any(trace["x" if trace.get("orientation") == "h" else "y"]) if trace["type"] == "bar" else len(trace["x"]) > 0
