"""What Streamlit's theme cannot say: the colours by meaning as CSS variables, and the rules of cards, figures and lists."""

from functools import cache
from pathlib import Path

from charts.theme import Palette

_RULES = Path(__file__).with_name("_look.css")


@cache
def style(palette: Palette) -> str:
    """The style sheet of every page, in the colours of a palette."""
    names = ("ink", "muted", "faint", "paper", "card", "line", "home", "sister", "friendship", "memorandum", "good", "warn", "bad")
    colours = "".join(f"--{name}:{getattr(palette, name)};" for name in names)
    return f"<style>:root{{{colours}}}{_RULES.read_text(encoding='utf-8')}</style>"
