"""One visual language: the palette in light and dark, the type scale, the layout every figure starts from.

It must not read data, choose words or know which scheme a reader has: the page asks for a scheme by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

FONT = "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
SMALL, BODY, LARGE, TITLE, HEADLINE, READING = 13, 15, 18, 24, 34, 48

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """Colours by meaning, as `#RRGGBB`. Ink and greys carry almost everything; a hue always says the same thing.

    Words are written in `ink`, `muted` or a progress colour; `faint` is for marks and rules that carry no word.
    A memorandum is drawn hollow, never filled; what is uncertain is the same hue at `band` opacity.
    """

    ink: str
    muted: str
    faint: str
    paper: str
    card: str
    line: str
    home: str
    sister: str
    friendship: str
    memorandum: str
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
    home="#C0233A", sister="#1A3A86", friendship="#B57809", memorandum="#6B7484",
    good="#1B7A5A", warn="#945700", bad="#A8322A",
    sea="#E3EBF0", land="#FAF8F3", border="#D3CEC2", band=0.14, arc=0.30,
)  # fmt: skip
DARK = Palette(
    ink="#EEF0F3", muted="#A6AFBD", faint="#788292", paper="#10141B", card="#181E27", line="#2B3340",
    home="#FF6B7A", sister="#477AE0", friendship="#F5C75C", memorandum="#98A2B0",
    good="#4FC596", warn="#E9A94A", bad="#FF8478",
    sea="#0C1117", land="#262E3A", border="#3D4756", band=0.20, arc=0.45,
)  # fmt: skip
_SCHEMES: Mapping[str, Palette] = {"light": LIGHT, "dark": DARK}


def palette(scheme: Scheme) -> Palette:
    """The palette of a colour scheme. Raises KeyError for any name but `light` and `dark`."""
    return _SCHEMES[scheme]


def rgb(colour: str) -> list[int]:
    """`#RRGGBB` as the three numbers (0 to 255) that a map layer takes."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def fade(colour: str, opacity: float) -> str:
    """`#RRGGBB` at an opacity from 0 to 1, as the CSS colour that a figure takes."""
    return "rgba({},{},{},{})".format(*rgb(colour), opacity)


def layout(colours: Palette, height: int, **more: Any) -> dict[str, Any]:
    """The layout of every figure: no title (the page writes it), no legend, transparent, nothing to drag.

    The base goes into `template`, so that a figure says only what is its own and plotly adds no theme of its own.
    `height` is in pixels; `more` are plotly layout keys of the figure itself.
    """
    return {"template": {"layout": _base(colours)}, "height": height, **more}


def _base(colours: Palette) -> dict[str, Any]:
    font = {"family": FONT, "size": SMALL, "color": colours.ink}
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True, "ticklabelstandoff": 4}
    axis |= {"title": {"text": ""}, "tickfont": {"size": SMALL, "color": colours.muted}}
    base = {"showline": True, "linecolor": colours.faint, "ticks": "outside", "ticklen": 4, "tickcolor": colours.faint, "tickangle": 0}
    return {
        "font": font,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 76, "t": 16, "b": 8},
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
    """A figure ready for the browser: plotly's JSON text, and its height in pixels."""

    text: str
    height: int


def drawn(figure: Mapping[str, Any]) -> Drawing:
    """A figure's plain dictionary as text. plotly checks it here, once, and not on every showing. Raises ValueError for what it rejects."""
    return Drawing(go.Figure(figure).to_json(), figure["layout"]["height"])
