"""What Streamlit's theme cannot say: the colours by meaning as CSS variables, and the rules of cards, figures and lists."""

import json
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

from charts.theme import DARK, LIGHT, Palette, templates

_RULES = Path(__file__).with_name("stylesheet.css")


@cache
def beginning() -> str:
    """HTML that stands in every page before its first element: the style sheet, and what all charts start from.

    The colours are those that the reader's system prefers, until the page knows better.
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
    """A part of a sentence that matters, as HTML."""
    return f"<b>{escape(text)}</b>"


def picture(svg: str, name: str) -> str:
    """A drawing of ours as an image element: Streamlit takes SVG out of HTML. The words beside it say what it shows."""
    return f'<img class="{name}" alt="" src="{picture_address(svg)}">' if svg else ""


def picture_address(svg: str) -> str:
    """A drawing of ours as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
