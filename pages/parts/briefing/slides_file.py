"""A briefing as one HTML file that presents by itself, from a disk and without a network: slides, notes, font and script in it.

The slides are those of the presentation; charts and maps are drawn here as SVG. Must not choose what a slide shows.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

from charts.annotated import bare
from charts.theme import Palette
from exports.drawing.figure import UnsupportedChart, figure
from exports.drawing.svg import chart_svg, map_svg
from exports.slides import Chart, Map, Slide
from languages import language
from pages.parts.briefing.presenting import NOTES_LABELS, about, in_language, languages_of
from pages.parts.briefing.slide_html import body, notes
from pages.parts.briefing.slides import slides_of
from pages.parts.shell.background_jobs import Progress
from pages.parts.shell.selection import View
from pages.parts.shell.stylesheet import presented
from publishing.desk.briefings import Outline

ASSETS = Path(__file__).parents[3] / "assets"
SCRIPTS = ("component", "stage", "grid", "paired", "slides_file")
"""In the order in which they need one another."""
LARGER = 24 / 13
"""How much larger than on a page charts are, as in assets/stage.js."""
WHOLE, FIRST, HIGH, LOW = 1184, 735, 430, 380
"""Pixels at 1280 by 720: the width of a single piece and of the first of several, their height under a headline and over the sources, and
that of a map over its legend.
"""
ROW, THICK = 20, 56
"""Pixels of a bar across, least and most."""
_DRAWN = '<div class="drawn"></div>'
_MODULE = re.compile(r"^import .*$|^export (?:default )?", re.MULTILINE)


def slides_file(view: View, outline: Outline, title: str, progress: Progress | None = None) -> bytes:
    """The file, in the language of the view first; the same briefing gives the same bytes."""
    langs = sorted(languages_of(view), key=lambda lang: lang != view.selection.lang)
    parts = {}
    for done, lang in enumerate(langs, start=1):
        parts[lang] = _part(in_language(view, lang, "light"), outline, title)
        if progress:
            progress(done, len(langs))
    light = replace(view, scheme="light").palette
    content = json.dumps({"langs": parts, "colours": vars(light)}, ensure_ascii=False).replace("<", "\\u003c")
    lang = view.selection.lang
    head = f'<html lang="{lang}" dir="{language(lang).direction}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    room = '<div class="room"></div><p class="number-of"></p><div class="dark" hidden></div>'
    shown = f'<body><div class="present slides awake" tabindex="-1">{room}</div>'
    data = f'<script type="application/json" id="briefing">{content}</script><script type="module">{_script()}</script>'
    return f"<!doctype html>{head}<style>{_font()}{presented()}</style></head>{shown}{data}</body></html>\n".encode()


def _part(view: View, outline: Outline, title: str) -> dict[str, object]:
    words = view.words
    slides = [
        {
            "head": slide.headline,
            "kind": slide.kind,
            "html": _drawn(slide, view.palette, body(slide, view.palette, words)),
            "notes": notes(slide, words),
        }
        for slide in slides_of(view, outline)
    ]
    return {"title": title, "about": about(view), "slides": slides, "words": {name: words.of("present", name) for name in NOTES_LABELS}}


def _drawn(slide: Slide, colours: Palette, html: str) -> str:
    """A slide with its charts and maps as SVG."""
    width = WHOLE if len(slide.pieces) == 1 else FIRST
    for piece in slide.pieces:
        if isinstance(piece, Chart | Map):
            picture = _chart(piece, width) if isinstance(piece, Chart) else _map(piece, colours, width)
            label = escape(piece.alt)
            html = html.replace(_DRAWN, f'<div class="drawing" role="img" aria-label="{label}">{picture}</div>', 1)
    return html


def _map(piece: Map, colours: Palette, width: int) -> str:
    return map_svg(piece.world, colours, width / LARGER, LOW / LARGER)


def _chart(piece: Chart, width: int) -> str:
    """The chart in its room; the sentence that describes it where files cannot draw it."""
    drawing, _ = bare(piece.drawing)
    bars = max((len(bars.x) for panel in figure(drawing).panels if panel.kind == "lying" for bars in panel.bars), default=0)
    room = HIGH / LARGER
    height = max(min(room, bars * THICK), bars * ROW) if bars else room
    try:
        return chart_svg(replace(drawing, height=round(height)), width / LARGER)
    except UnsupportedChart:
        return f"<p>{escape(piece.alt)}</p>"


@cache
def _script() -> str:
    """The scripts as one, without what binds them in a page."""
    return "\n".join(_MODULE.sub("", text) for text in _texts(f"{name}.js" for name in SCRIPTS))


def _texts(names: Iterable[str]) -> Iterable[str]:
    return ((ASSETS / name).read_text(encoding="utf-8") for name in names)


@cache
def _font() -> str:
    font = b64encode((ASSETS / "fonts" / "dashboard-sans.woff2").read_bytes()).decode()
    return f"@font-face{{font-family:Pretendard;src:url(data:font/woff2;base64,{font});font-weight:45 930}}"
