"""What Streamlit's theme has no option for: colours by meaning as CSS variables, and rules for cards, figures and lists."""

import json
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

from charts.theme import DARK, LIGHT, Palette, templates

_RULES = Path(__file__).with_name("stylesheet.css")


@cache
def beginning() -> str:
    """HTML of every page before its first element: the style sheet and the chart templates.

    The colours are those that the reader's system prefers, until the page knows her choice.
    """
    charts = f'<script type="application/json" id="chart-templates">{json.dumps(templates())}</script>'
    return f"<style>{colours()}{_RULES.read_text(encoding='utf-8')}</style>{charts}"


def colours() -> str:
    """The colours by meaning, in the scheme that the reader's system prefers, as CSS."""
    return f"{_colours(LIGHT)}@media (prefers-color-scheme: dark){{{_colours(DARK)}}}"


@cache
def style(palette: Palette) -> str:
    """The colours of a palette, for a reader who chose another scheme than her system's."""
    return f"<style>{_colours(palette)}</style>"


def _colours(palette: Palette) -> str:
    return f":root{{{''.join(f'--{name}:{value};' for name, value in vars(palette).items())}}}"


def strong(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def picture(svg: str, name: str) -> str:
    """An SVG as an image element, since Streamlit strips SVG from HTML. Its alt is empty: the text beside it says the same."""
    return f'<img class="{name}" alt="" src="{picture_address(svg)}">' if svg else ""


def picture_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
