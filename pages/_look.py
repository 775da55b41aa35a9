"""What Streamlit's theme cannot say: the colours by meaning as CSS variables, and the rules of cards, figures and lists."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from charts.theme import Palette

_RULES = Path(__file__).with_name("_look.css")


@cache
def style(palette: Palette) -> str:
    """The style sheet of every page, in the colours of a palette."""
    names = ("ink", "muted", "faint", "paper", "card", "line", "home", "sister", "friendship", "memorandum", "good", "warn", "bad", "sea")
    colours = "".join(f"--{name}:{getattr(palette, name)};" for name in names)
    return f"<style>:root{{{colours}}}{_RULES.read_text(encoding='utf-8')}</style>"


def picture(svg: str, name: str) -> str:
    """A drawing of ours as an image element: Streamlit takes SVG out of HTML. The words beside it say what it shows."""
    return f'<img class="{name}" alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">' if svg else ""
