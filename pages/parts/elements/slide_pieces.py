"""What a page shows, as pieces of a slide: its charts, its headline numbers, its sources. Must not draw anything."""

import re
from functools import lru_cache
from html import unescape

from exports.slides import Card, Cards, Chart, Slide, Source, Table, Text
from metrics.indicators.registry import read
from pages.parts.elements.cards import lines, telling
from pages.parts.elements.drawer import source_line
from pages.parts.elements.figures import Figure, Nothing, sources_line
from pages.parts.shell.selection import View


def chart(view: View, shown: Figure) -> Chart:
    """A figure of a page as a piece."""
    alt = view.words.t("present.alt", title=shown.title, measure=shown.measure)
    return Chart(shown.key, shown.title, shown.measure, shown.drawing, alt, plain(sources_line(view, shown.sources)))


def cards(view: View, indicators: tuple[str, ...]) -> Cards:
    """The readings of some indicators as a piece."""
    return Cards(tuple(_card(view, indicator) for indicator in telling(view, indicators)))


@lru_cache(maxsize=512)
def _card(view: View, indicator: str) -> Card:
    words, reading = view.words, read(indicator, view.release, view.selection.as_of)
    state = reading.progress.state if reading.target and reading.progress else ""
    word = words.of("state", state) if state else ""
    return Card(words.of("indicator", indicator), words.value(reading), lines(view, reading), reading, state, word)


def sources(view: View, ids: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources of a slide, each once."""
    urls = view.release.tables["sources"].set_index("source_id")["url"]
    return tuple(Source(plain(source_line(view, source)), urls[source]) for source in dict.fromkeys(ids))


def told(view: View, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """For each indicator its name, its definition and its formula with the numbers filled in."""
    return tuple(_told(view, indicator) for indicator in indicators)


def _told(view: View, indicator: str) -> str:
    words, reading = view.words, read(indicator, view.release, view.selection.as_of)
    return f"{words.of('indicator', indicator)}: {words.of('definition', indicator)} {words.formula(reading.formula)}"


def plain(text: str) -> str:
    """A sentence that a page says in HTML, as text."""
    return unescape(re.sub("<[^>]*>", "", text))


def twin(view: View, shown: Figure, title: str) -> Table:
    """The table of a figure as a piece; what is not known is left empty."""
    frame = shown.twin()
    heads = tuple(view.words.of("column", column) for column in frame.columns)
    rows = frame.astype(object).where(frame.notna(), "").itertuples(index=False, name=None)
    return Table(title, heads, tuple(tuple(view.words.show(cell) for cell in row) for row in rows))


def figure_slide(view: View, shown: Figure | Nothing) -> Slide:
    """A slide of one figure of a page, its finding the headline; where there is none, the sentence that says so."""
    if isinstance(shown, Nothing):
        return Slide("", shown.title, (Text((shown.said,)),))
    indicators = (shown.indicator,) if shown.indicator else ()
    return Slide("", shown.title, (chart(view, shown),), told=told(view, indicators), sources=sources(view, shown.sources))
