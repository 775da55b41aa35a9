"""What a page shows, as pieces of a slide: its charts, its headline numbers, its sources. Must not draw anything."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from exports.slides import Card, Cards, Chart, Slide, Source, Table, Text
from metrics.schema.release import cached_by_release
from pages.parts.elements.content import Doors, Figure, Headline, Item, Listing, Nothing, Numbers, Part
from pages.parts.elements.reading_text import lines, reading_of, telling
from pages.parts.elements.row_text import source_line, sources_line
from pages.parts.shell.selection import View

Columns = Sequence[str] | None


def chart(view: View, figure: Figure) -> Chart:
    """A figure as a piece."""
    alt = view.words.t("present.alt", title=figure.title, measure=figure.measure)
    return Chart(figure.key, figure.title, figure.measure, figure.drawing, alt, plain(sources_line(view, figure.sources)), figure.twin)


def cards(view: View, indicators: tuple[str, ...]) -> Cards:
    """The readings of some indicators as a piece."""
    return Cards(tuple(_card(view, indicator) for indicator in telling(view, indicators)))


@cached_by_release(512)
def _card(view: View, indicator: str) -> Card:
    words, reading = view.words, reading_of(view, indicator)
    state = reading.progress.state if reading.target and reading.progress else ""
    word = words.of("state", state) if state else ""
    return Card(words.of("indicator", indicator), words.value(reading), lines(view, reading), reading, state, word)


def sources(view: View, ids: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources of a slide, each once."""
    urls = view.release.tables["sources"].set_index("source_id")["url"]
    return tuple(Source(plain(source_line(view, source)), urls[source]) for source in dict.fromkeys(ids))


def explanations(view: View, indicators: tuple[str, ...]) -> tuple[str, ...]:
    """Name, definition and formula (with its numbers) of each indicator."""
    words = view.words
    return tuple(
        f"{words.of('indicator', indicator)}: {words.of('definition', indicator)} {words.formula(reading_of(view, indicator).formula)}"
        for indicator in indicators
    )


def plain(text: str) -> str:
    """HTML as plain text."""
    return unescape(re.sub("<[^>]*>", "", text))


def twin(view: View, figure: Figure, title: str, columns: Sequence[str] = ()) -> Table:
    """The table of a figure as a piece, or some columns of it; unknown values are empty."""
    frame = figure.twin()
    frame = frame[list(columns)] if columns else frame
    heads = tuple(view.words.of("column", column) for column in frame.columns)
    rows = frame.astype(object).where(frame.notna(), "").itertuples(index=False, name=None)
    return Table(title, heads, tuple(tuple(view.words.show(cell) for cell in row) for row in rows), figure.twin)


def slide(view: View, part: Part, headline: Headline | None = None, columns: Columns = None) -> Slide:
    """A part of a page as a slide: its finding is the headline, unless the page's is to be.

    With `columns` a figure is its table: those columns of it, all for none named.
    """
    match part:
        case Nothing():
            made = Slide("", part.title, (Text((part.sentence,)),), empty=True)
        case Numbers():
            numbers = cards(view, part.indicators)
            ids = tuple(source for card in numbers.cards for source in card.reading.sources)
            made = Slide("", "", (numbers,), explanations=explanations(view, telling(view, part.indicators)), sources=sources(view, ids))
        case Doors():
            made = Slide("", part.title, (Text(tuple(f"{door.when}: {door.text}" for door in part.doors), listed=True),))
        case Listing() if not part.items:
            made = Slide("", part.title, (Text((part.empty or view.words.t("newest.none"),)),), empty=True)
        case Listing():
            cells = ([getattr(item, name) for name in part.heads] for item in part.items)
            rows = tuple(tuple(cell if isinstance(cell, str) else ", ".join(cell) for cell in row) for row in cells)
            piece = Table(part.measure, tuple(part.heads.values()), rows)
            cited = (source for item in part.items for source in item.sources)
            made = Slide("", part.title, (piece,), sources=sources(view, tuple(cited)))
        case Figure():
            made = figure_slide(view, part)
            made = made if columns is None else replace(made, pieces=(twin(view, part, "", columns),))
    return replace(made, headline=plain(headline.html)) if headline else made


def points(listing: Listing) -> Text:
    """The items of a list as the points of a text."""
    return Text(tuple(_point(item) for item in listing.items), listing.title, listed=True)


def _point(item: Item) -> str:
    head = ", ".join(filter(None, (item.lead, item.text)))
    details = ", ".join(filter(None, (*item.marks, *item.facts)))
    head = f"{head} ({details})" if details else head
    return f"{head}: {', '.join(item.points)}" if item.points else head


def figure_slide(view: View, figure: Figure) -> Slide:
    """A slide of one figure of a page, its finding the headline."""
    indicators = (figure.indicator,) if figure.indicator else ()
    piece, read = chart(view, figure), explanations(view, indicators)
    return Slide("", figure.title, (piece,), explanations=read, sources=sources(view, figure.sources))
