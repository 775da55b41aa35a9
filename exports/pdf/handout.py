"""A briefing as a PDF for print, set by typst on A4: slides one below the other, or a few on exactly one page.

Text from data reaches the fixed template exports/pdf/handout.typ as JSON, so none of it is ever markup.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import typst

from exports.pdf import font
from exports.pdf.paper import LABEL, Paper
from exports.slides import Briefing, Chart, Slide, Source, Table
from languages import language
from metrics.indicators.method import METHOD
from wording import Words

TEMPLATE = Path(__file__).with_name("handout.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""For archives (PDF/A) and screen readers (PDF/UA)."""
ROWS = 200
POINTS = 0.66
"""Points a pixel of charts/theme.py: small text is 8.6 points, a headline 22."""
_TIGHT = (POINTS, 0.6, 0.54)
_LETTERS_NAMED = 20
_LONGEST = 100  # letters of a text where a page holds headlines only
_HEADLINES = 10
_LEFT_FIRST: tuple[tuple[dict[str, Any], str], ...] = (({"explanations": ()}, "handout.left_told"), ({"note": ""}, "handout.left_notes"))

Progress = Callable[[int, int], None]
"""Called with how many slides of how many are drawn."""
Attempt = Callable[[], dict[str, Any]]
"""Makes a document for the template."""


def handout(briefing: Briefing, words: Words, progress: Progress | None = None) -> bytes:
    """The briefing as a PDF (A4, PDF/A-2a and PDF/UA-1), as many slides on a page as fit whole; its first page says what is left out."""
    return _set(_document(briefing, words, POINTS, ROWS, progress=progress))


def for_audience(briefing: Briefing) -> Briefing:
    """A briefing without what is the presenter's: notes, definitions, lists for the notes; each source once, without its address.

    Where a slide lists the sources, no other has them.
    """
    listed = any(_lists_sources(slide) for slide in briefing.slides)
    return replace(briefing, slides=tuple(_for_audience(slide, listed) for slide in briefing.slides))


def _for_audience(slide: Slide, listed: bool) -> Slide:
    sources = () if listed else tuple(Source(source.line, "") for source in slide.sources)
    pieces = tuple(replace(piece, sourceline="") if listed and isinstance(piece, Chart) else piece for piece in slide.pieces)
    return replace(slide, pieces=pieces, note="", explanations=(), details=(), sources=sources)


def _lists_sources(slide: Slide) -> bool:
    cells = {cell for piece in slide.pieces if isinstance(piece, Table) for row in piece.rows for cell in row}
    return bool(slide.sources) and cells >= {source.line for source in slide.sources}


def one_page(briefing: Briefing, words: Words) -> bytes:
    """A briefing of few slides as a PDF of exactly one page: closer, then without what matters least; the page says what is left out."""
    attempts = list(_ever_less(briefing, words))

    def fits(attempt: Attempt) -> bool:
        pages = typst.query(TEMPLATE, "<pages>", field="value", one=True, **_inputs(attempt()))
        return json.loads(pages) == 1

    return _set(attempts[bisect_left(attempts, True, hi=len(attempts) - 1, key=fits)]())


def _ever_less(briefing: Briefing, words: Words) -> Iterator[Attempt]:
    """Documents in order, each shorter than the last."""

    def attempt(points: float, rows: int, less: Briefing, left_out: tuple[str, ...]) -> Attempt:
        return partial(_document, less, words, points, rows, left_out)

    points = _TIGHT[-1]
    without: tuple[str, ...] = ()
    yield from (attempt(closer, ROWS, briefing, without) for closer in _TIGHT)
    for less, key in _LEFT_FIRST:
        slides = tuple(replace(slide, **less) for slide in briefing.slides)
        if slides != briefing.slides:
            briefing, without = replace(briefing, slides=slides), (*without, words.t(key))
            yield attempt(points, ROWS, briefing, without)
    yield from (attempt(points, rows, briefing, without) for rows in (24, 12))
    for most in (8, 4):
        yield attempt(points, 12, *_fewer_sources(briefing, most, words, without))
    pieces = sum(len(slide.pieces) for slide in briefing.slides)
    for gone in range(1, pieces + 1):
        shorter, omissions = _fewer_sources(_shorter(briefing, pieces - gone), 4, words, without, whole=briefing)
        yield attempt(points, 6, shorter, (*omissions, *_gone(briefing, shorter, words)))
    yield attempt(points, 0, *_headlines(briefing, words, without, pieces))


def _gone(briefing: Briefing, shorter: Briefing, words: Words) -> Iterator[str]:
    """How many slides are gone, and how many pieces of those that stay."""
    room = sum(len(slide.pieces) for slide in shorter.slides)
    pieces = 0
    for slide in briefing.slides:
        pieces += max(0, len(slide.pieces) - room) if room > 0 else 0
        room -= len(slide.pieces)
    slides = len(briefing.slides) - len(shorter.slides)
    yield from (words.n(key, n) for key, n in (("handout.left_pieces", pieces), ("handout.left_slides", slides)) if n > 0)


def _fewer_sources(
    briefing: Briefing, most: int, words: Words, without: tuple[str, ...], whole: Briefing | None = None
) -> tuple[Briefing, tuple[str, ...]]:
    """The first sources of each slide, and how many of the `whole` that leaves out."""
    fewer = replace(briefing, slides=tuple(replace(slide, sources=slide.sources[:most]) for slide in briefing.slides))
    gone = len(_sources(whole or briefing) - _sources(fewer))
    return fewer, (*without, *([words.n("handout.left_sources", gone)] if gone else []))


def _sources(briefing: Briefing) -> set[Source]:
    return {source for slide in briefing.slides for source in slide.sources}


def _shorter(briefing: Briefing, most: int) -> Briefing:
    """The first pieces of a briefing; a slide without them goes, so that no headline stands over nothing."""
    kept: list[Slide] = []
    for slide in briefing.slides:
        pieces = slide.pieces[: max(0, most)]
        kept += [replace(slide, pieces=pieces)] if pieces or not slide.pieces else []
        most -= len(slide.pieces)
    return replace(briefing, slides=tuple(kept))


def _headlines(briefing: Briefing, words: Words, without: tuple[str, ...], pieces: int) -> tuple[Briefing, tuple[str, ...]]:
    """Only the beginnings of the first headlines, which always fit a page."""
    slides = tuple(Slide(slide.kind, _beginning(slide.headline), ()) for slide in briefing.slides[:_HEADLINES])
    few = replace(briefing, title=_beginning(briefing.title), city=_beginning(briefing.city), slides=slides)
    counts = {
        "handout.left_sources": len(_sources(briefing)),
        "handout.left_pieces": pieces,
        "handout.left_slides": len(briefing.slides) - len(slides),
    }
    return few, (*without, *(words.n(key, count) for key, count in counts.items() if count > 0))


def _beginning(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _left_out(paper: Paper, words: Words) -> list[str]:
    """What the PDF leaves out, as sentences of its first page."""
    sentences = [words.n("handout.left_rows", count, title=title) for title, count in paper.cut.items()]
    sentences += [words.t("handout.left_chart", title=title) for title in paper.undrawn]
    sentences += [words.n("handout.left_ends", paper.shortened)] if paper.shortened else []
    sentences += [words.n("handout.left_marks", paper.marks)] if paper.marks else []
    named = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(paper.lost)[:_LETTERS_NAMED])
    return sentences + ([words.n("handout.left_letters", len(paper.lost), letters=named)] if paper.lost else [])


def _document(
    briefing: Briefing, words: Words, points: float, rows: int, left_out: tuple[str, ...] = (), progress: Progress | None = None
) -> dict[str, Any]:
    """The whole input of the template, with its labels: so many points a pixel, rows a table; `left_out` went before."""
    paper = Paper(briefing.colours, words, points, rows)
    slides = []
    for done, slide in enumerate(briefing.slides, start=1):
        slides.append(paper.slide(slide))
        if progress:
            progress(done, len(briefing.slides))
    labels = {key: words.t(f"handout.{key}") for key in ("note", "sources", "told")}
    labels["left_out"] = words.t("handout.left_out")
    labels["as_of"] = words.t("handout.as_of", day=briefing.day)
    labels["release"] = words.t("handout.release", number=str(briefing.release), method=str(METHOD))
    labels["page"] = words.t("handout.page", page="{page}", pages="{pages}")
    labels = {key: paper.text(label) for key, label in labels.items()}
    document = {
        "title": paper.text(briefing.title),
        "city": paper.text(briefing.city, LABEL),
        "day": [briefing.day.year, briefing.day.month, briefing.day.day],
        "lang": briefing.lang.partition("_")[0],
        "rtl": language(briefing.lang).direction == "rtl",
        "colours": asdict(briefing.colours),
        "points": paper.points,
        "slides": slides,
        "left_out": [font.shaped(sentence)[0] for sentence in (*left_out, *_left_out(paper, words))],
        "labels": labels,
    }
    beyond = font.beyond(json.dumps(document, ensure_ascii=False))
    return document | {"fonts": [font.family(font.FILES[0]), *beyond], "beyond": "".join(beyond.values())}


def _set(document: dict[str, Any]) -> bytes:
    year, month, day = document["day"]
    moment = datetime(year, month, day, tzinfo=UTC)
    return typst.compile(TEMPLATE, **_inputs(document), format="pdf", pdf_standards=STANDARDS, timestamp=moment)


def _inputs(document: dict[str, Any]) -> dict[str, Any]:
    return {"font_paths": fonts(), "sys_inputs": {"document": json.dumps(document, ensure_ascii=False)}}


@cache
def fonts() -> typst.Fonts:
    """Our fonts and no other, so that a PDF is the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.FOLDER])
