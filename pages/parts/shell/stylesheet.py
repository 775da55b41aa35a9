"""What Streamlit's theme has no option for: colours by meaning as CSS variables, and rules for cards, figures and lists."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

from charts.theme import DARK, FONT, LIGHT, SCHEMES, Palette, templates

_RULES, _PAPER = (Path(__file__).with_name(name) for name in ("stylesheet.css", "paper.css"))

PRESENTED, PRESENTED_TO = "/* briefing, presented", "/* end of briefing */"
"""Where the rules of slides begin and end."""
_MARGIN = f"font:9pt {FONT};color:{LIGHT.muted};white-space:nowrap"


@cache
def beginning() -> str:
    """HTML of every page before its first element: the style sheets of screen and paper, the chart templates and the palettes.

    The colours are those that the reader's system prefers, until the page knows her choice.
    """
    charts = f'<script type="application/json" id="chart-templates">{json.dumps(templates())}</script>'
    known = json.dumps({name: vars(palette) for name, palette in SCHEMES.items()})
    palettes = f'<script type="application/json" id="palettes">{known}</script>'
    screen, paper = sheets()
    return f'<style>{screen}</style><style id="paper" media="print">{paper}</style>{charts}{palettes}'


def sheets() -> tuple[str, str]:
    """The style sheets of screen and paper."""
    rules, paper = (file.read_text(encoding="utf-8") for file in (_RULES, _PAPER))
    light = _colours(replace(LIGHT, paper="#FFFFFF")).replace(";", " !important;").replace(":root", ":root, .present, .slide, .preview")
    return colours() + rules, light + paper


@cache
def presented() -> str:
    """The rules of presented slides and of the presenter's notes, for a file that has no page around them."""
    rules = _RULES.read_text(encoding="utf-8")
    legend = ".legend{display:flex;flex-wrap:wrap}.legend span{display:inline-flex;align-items:center}.legend i{border-radius:50%}"
    return f"body{{margin:0}}{legend}{rules[rules.index(PRESENTED) : rules.index(PRESENTED_TO)]}"


def colours() -> str:
    """The colours by meaning, in the scheme that the reader's system prefers, as CSS."""
    return f"{_colours(LIGHT)}@media (prefers-color-scheme: dark){{{_colours(DARK)}}}"


@cache
def style(palette: Palette, menu: str = "", head: str = "", page: str = "") -> str:
    """The colours of a palette, for a reader who chose another scheme than her system's, and the word on the button of the menu.

    `head` stands over each printed page; `page`, with {page} and {pages}, under it.
    """
    number = re.sub(r"{(pages?)}", r'" counter(\1) "', _quoted(page))
    boxes = f"@top-left{{{_MARGIN};content:{_quoted(head)}}}@bottom-right{{{_MARGIN};content:{number}}}"
    return f'<style>{_colours(palette)}:root{{--menu:"{menu}"}}@media print{{@page{{{boxes}}}}}</style>'


def _quoted(text: str) -> str:
    """A text as a string of CSS within HTML: a city's own words may hold any letter."""
    return '"' + "".join(f"\\{ord(letter):x} " if letter in '"\\<>&\n\r' else letter for letter in text) + '"'


def _colours(palette: Palette) -> str:
    return f":root{{{''.join(f'--{name}:{value};' for name, value in vars(palette).items())}}}"


def strong(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def picture(svg: str, name: str, alt: str = "") -> str:
    """An SVG as an image element, since Streamlit strips SVG from HTML. Its alt is empty where the text beside it says the same."""
    return f'<img class="{name}" alt="{escape(alt)}" src="{picture_address(svg)}">' if svg else ""


def picture_address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
