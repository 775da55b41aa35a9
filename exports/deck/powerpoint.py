"""A briefing as a PowerPoint file: native charts, tables and shapes, with definitions, formulas and sources in the notes.

Text and numbers come from the slides; what a slide has no room for is listed on the first one.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time

from pptx.util import Emu

from exports.deck.arrangement import arrange
from exports.deck.canvas import PIXEL, WIDTH, Canvas
from exports.deck.deck import HEADLINE, Deck, own_deck, save, template_deck
from exports.deck.lettering import LINE, POINTS, Lines, Run, line_count, paragraphs, truncated, unstyled
from exports.deck.look import TEXT, Look
from exports.deck.native_pieces import draw
from exports.drawing.box import Box
from exports.slides import Briefing, Chart, Slide
from metrics.indicators.method import METHOD
from wording import Words

MARGIN = 48
INNER = WIDTH - 2 * MARGIN
_FULL = INNER * 0.88  # of a footnote in two scripts, which some programs space apart
_HEADLINES = (44.0, 40.0, 112 / 3)  # pixels: 33, 30 and 28 points
_COVER = 58.0


def powerpoint(
    briefing: Briefing, words: Words, template: bytes | None = None, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """The bytes of a .pptx of 16:9, or in the format of the template. `words` are those of the briefing's language.

    `progress` is called after each slide with how many are done and how many there are. The same briefing gives the same bytes.
    Raises exports.deck.deck.UnreadableTemplate for a template that is no PowerPoint file.
    """
    deck = own_deck(briefing.colours, briefing.lang) if template is None else template_deck(template, briefing.lang)
    omissions, canvases = Counter[str](), []
    for at, slide in enumerate(briefing.slides):
        canvas = _canvas(deck)
        look = _look(deck, briefing, words, canvas, omissions)
        _draw(canvas, slide, briefing, look, deck, first=not at)
        canvases.append((canvas, look))
        if progress:
            progress(at + 1, len(briefing.slides))
    if canvases:
        _name_omissions(*canvases[0], briefing.slides[0])
    return save(deck, briefing.title, briefing.city, briefing.lang, datetime.combine(briefing.day, time()))


def _canvas(deck: Deck) -> Canvas:
    slide = deck.presentation.slides.add_slide(deck.layout)
    for placeholder in list(slide.placeholders):
        if placeholder is not slide.shapes.title and placeholder.placeholder_format.idx:
            placeholder.element.getparent().remove(placeholder.element)
    return Canvas(slide, deck.size, deck.letters)


def _look(deck: Deck, briefing: Briefing, words: Words, canvas: Canvas, omissions: Counter[str]) -> Look:
    colours = briefing.colours
    ink, muted = (colours.ink, colours.muted) if deck.own else ("tx1", "tx1")
    return Look(colours, deck.letters, canvas.scale, words, omissions, [], ink, muted)


def _draw(canvas: Canvas, slide: Slide, briefing: Briefing, look: Look, deck: Deck, first: bool) -> None:
    top = _headline(canvas, slide.headline, look, deck) if slide.pieces else _cover(canvas, slide, briefing, look, deck)
    bottom = _sources(canvas, slide, look)
    _foot(canvas, briefing, look)
    box = Box(MARGIN, top, INNER, bottom - top - (2 * TEXT * LINE if first else 0))
    for piece, room in arrange(slide.pieces, box):
        draw(canvas, piece, room, look, slide.headline, alone=len(slide.pieces) == 1, cited=bool(slide.sources))
    _notes(canvas, slide, briefing, look)


def _headline(canvas: Canvas, headline: str, look: Look, deck: Deck) -> float:
    """The finding, in the slide's title; returns the top of the space for pieces, in pixels."""
    title, width = canvas.slide.shapes.title, HEADLINE.width
    if title is not None and not deck.own:
        width = title.width / canvas.scale / PIXEL - 20
    size = next((size for size in _HEADLINES if line_count(headline, size, width, bold=True) < 2), _HEADLINES[-1])
    kept = look.cut(headline, size, width, 3, bold=True)
    _titled(canvas, kept, size, HEADLINE, look, deck)
    high = line_count(kept, size, width, bold=True) * size * 1.24
    if title is None or deck.own:
        return HEADLINE.top + high + 16
    place = title.top / canvas.scale / PIXEL, title.height / canvas.scale / PIXEL
    return max(110.0, min(place[0] + max(place[1], high), canvas.height * 0.36) + 10)


def _titled(canvas: Canvas, text: str, size: float, box: Box, look: Look, deck: Deck) -> None:
    """Text in the slide's title, or in a box where the layout has none; a template keeps its own place, typeface and colour."""
    lines: Lines = [[Run(text, size, look.ink, True)]]
    if canvas.slide.shapes.title is None:
        canvas.text(box, lines, name="headline")
    elif deck.own:
        canvas.title(paragraphs(lines, deck.titles, scale=canvas.scale))
    else:
        canvas.title(unstyled([text], deck.titles, size * POINTS * canvas.scale))


def _cover(canvas: Canvas, slide: Slide, briefing: Briefing, look: Look, deck: Deck) -> float:
    """A slide with only a headline: large, with city, date and release under it."""
    room = Box(MARGIN, canvas.height * 0.28, 1000, 230)
    if title := canvas.slide.shapes.title:
        title.left, title.top, title.width, title.height = map(Emu, canvas.emu(room))
    _titled(canvas, look.cut(slide.headline, _COVER, room.width, 3, bold=True), _COVER, room, look, deck)
    about = look.words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release)
    canvas.text(Box(MARGIN, room.bottom + 16, 1000, 40), [[Run(about, 27, look.muted)]], name="about")
    return room.bottom + 80


def _foot_of(canvas: Canvas) -> Box:
    """The box of the footer: city, date, release and slide number."""
    return Box(MARGIN, canvas.height - 38, INNER, TEXT * LINE)


def _sources(canvas: Canvas, slide: Slide, look: Look) -> float:
    """The sources as a footnote of at most two lines; returns its top."""
    foot = _foot_of(canvas)
    if not slide.sources:
        return foot.top - 12
    kept: list[str] = []
    for source in slide.sources:
        line = truncated(source.line, TEXT, _FULL, 1)
        if kept and line_count(_cited([*kept, line], len(slide.sources), look), TEXT, _FULL) > 2:
            break
        kept.append(line)
    text = truncated(_cited(kept, len(slide.sources), look), TEXT, _FULL, 2)
    high = line_count(text, TEXT, _FULL) * TEXT * LINE
    box = Box(MARGIN, foot.top - 8 - high, INNER, high)
    canvas.text(box, [[Run(text, TEXT, look.muted)]], name="sources", anchor="b")
    return box.top - 12


def _cited(lines: list[str], many: int, look: Look) -> str:
    """The cited sources, and how many more are in the notes."""
    text = look.words.t("export.sources", sources="; ".join(lines))
    more = many - len(lines)
    return look.words.n("export.more_sources", more, sources=text) if more else text


def _foot(canvas: Canvas, briefing: Briefing, look: Look) -> None:
    about = look.words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release)
    foot = _foot_of(canvas)
    kept = truncated(about, TEXT, INNER - 100, 1)
    canvas.text(Box(MARGIN, foot.top, INNER - 100, foot.height), [[Run(kept, TEXT, look.muted)]], name="about")
    number = str(len(canvas.slide.part.package.presentation_part.presentation.slides))
    box = Box(foot.right - 90, foot.top, 90, foot.height)
    canvas.text(box, [[Run(number, TEXT, look.muted, field="slidenum")]], name="number", align="r")


def _name_omissions(canvas: Canvas, look: Look, slide: Slide) -> None:
    """Lists on the first slide what the file leaves out."""
    sentences = [look.words.n(f"export.left_{what}", many) for what, many in sorted(look.omissions.items()) if many]
    if not sentences:
        return
    lines, foot = 2 if slide.pieces else 4, _foot_of(canvas)
    sources = 2 * TEXT * LINE + 8 if slide.sources else 0
    box = Box(MARGIN, foot.top - sources - 8 - lines * TEXT * LINE, INNER, lines * TEXT * LINE)
    canvas.text(box, [[Run(truncated(" ".join(sentences), TEXT, _FULL, lines), TEXT, look.muted)]], name="left out", anchor="b")


def _notes(canvas: Canvas, slide: Slide, briefing: Briefing, look: Look) -> None:
    """The presenter's own note, then definitions and formulas, sources, release and date."""
    words = look.words
    notes = [slide.note, ""] if slide.note else []
    notes += [words.t("export.told"), *slide.explanations, ""] if slide.explanations else []
    notes += [*dict.fromkeys(look.overflow), ""] if look.overflow else []
    notes += [words.t("export.editable"), ""] if any(isinstance(piece, Chart) for piece in slide.pieces) else []
    if slide.sources:
        notes += [words.t("export.notes_sources"), *(" ".join(filter(None, (source.line, source.url))) for source in slide.sources), ""]
    notes.append(words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release))
    notes.append(words.t("export.method", method=str(METHOD)))
    canvas.notes(unstyled(notes, look.letters))
