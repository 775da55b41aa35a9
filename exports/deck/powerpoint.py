"""A briefing as a PowerPoint file: native charts, tables and shapes, with everything that the screen says of its numbers in the notes.

Says what the slides say and chooses no number; what a slide has no room for is told on the first one.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time

from exports.deck.arrangement import arranged
from exports.deck.canvas import PIXEL, WIDTH, Box, Sheet
from exports.deck.deck import HEADLINE, Deck, ours, saved, templated
from exports.deck.lettering import LINE, POINTS, Lines, Run, fitted, lines_of, paragraphs, unstyled
from exports.deck.look import TEXT, Left, Look
from exports.deck.native_charts import Style
from exports.deck.native_pieces import draw
from exports.slides import Briefing, Chart, Slide
from metrics.indicators.method import METHOD
from wording import Words

MARGIN = 48
INNER = WIDTH - 2 * MARGIN
_FULL = INNER * 0.88  # of a footnote in two scripts, which some programs set apart
_HEADLINES = (44.0, 40.0, 112 / 3)  # pixels: 33, 30 and 28 points
_COVER = 58.0


def powerpoint(
    briefing: Briefing, words: Words, template: bytes | None = None, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """The bytes of a .pptx of 16:9, or of the shape that the template has. `words` are those of the briefing's language.

    `progress` is called after each slide with how many are done and how many there are. The same briefing gives the same bytes.
    Raises exports.deck.deck.UnreadableTemplate for a template that is no PowerPoint file.
    """
    deck = ours(briefing.colours, briefing.lang) if template is None else templated(template, briefing.lang)
    moment = datetime.combine(briefing.day, time(), UTC).replace(tzinfo=None)
    left, sheets = Left(), []
    for at, slide in enumerate(briefing.slides):
        sheet = _sheet(deck)
        look = _look(deck, briefing, words, sheet, moment, left)
        _draw(sheet, slide, briefing, look, deck, first=not at)
        sheets.append((sheet, look))
        if progress:
            progress(at + 1, len(briefing.slides))
    if sheets:
        _tell(*sheets[0], briefing.slides[0])
    return saved(deck, briefing.title, briefing.city, briefing.lang, moment)


def _sheet(deck: Deck) -> Sheet:
    slide = deck.presentation.slides.add_slide(deck.layout)
    for placeholder in list(slide.placeholders):
        if placeholder is not slide.shapes.title and placeholder.placeholder_format.idx:
            placeholder.element.getparent().remove(placeholder.element)
    return Sheet(slide, deck.size, deck.letters)


def _look(deck: Deck, briefing: Briefing, words: Words, sheet: Sheet, moment: datetime, left: Left) -> Look:
    colours = briefing.colours
    ink, muted = (colours.ink, colours.muted) if deck.own else ("tx1", "tx1")
    return Look(colours, deck.letters, Style(colours, deck.letters, sheet.scale, moment), words, left, [], ink, muted)


def _draw(sheet: Sheet, slide: Slide, briefing: Briefing, look: Look, deck: Deck, first: bool) -> None:
    top = _headline(sheet, slide.headline, look, deck) if slide.pieces else _cover(sheet, slide, briefing, look, deck)
    bottom = _sources(sheet, slide, look)
    _foot(sheet, briefing, look)
    box = Box(MARGIN, top, INNER, bottom - top - (2 * TEXT * LINE if first else 0))
    for piece, room in arranged(slide.pieces, box):
        draw(sheet, piece, room, look, slide.headline, alone=len(slide.pieces) == 1, cited=bool(slide.sources))
    _notes(sheet, slide, briefing, look)


def _headline(sheet: Sheet, headline: str, look: Look, deck: Deck) -> float:
    """The finding, in the slide's title; returns where the room for pieces begins, in pixels."""
    title, width = sheet.slide.shapes.title, HEADLINE.width
    if title is not None and not deck.own:
        width = title.width / sheet.scale / PIXEL - 20
    size = next((size for size in _HEADLINES if lines_of(headline, size, width, bold=True) < 2), _HEADLINES[-1])
    kept = look.cut(headline, size, width, 3, bold=True)
    _titled(sheet, kept, size, HEADLINE, look, deck)
    high = lines_of(kept, size, width, bold=True) * size * 1.24
    if title is None or deck.own:
        return HEADLINE.top + high + 16
    place = title.top / sheet.scale / PIXEL, title.height / sheet.scale / PIXEL
    return max(110.0, min(place[0] + max(place[1], high), sheet.height * 0.36) + 10)


def _titled(sheet: Sheet, text: str, size: float, box: Box, look: Look, deck: Deck) -> None:
    """Text in the slide's title, or in a box where the layout has none; a template keeps its own place, typeface and colour."""
    lines: Lines = [[Run(text, size, look.ink, True)]]
    if sheet.slide.shapes.title is None:
        sheet.text(box, lines, name="headline")
    elif deck.own:
        sheet.title(paragraphs(lines, deck.titles, scale=sheet.scale))
    else:
        sheet.title(unstyled([text], deck.titles, size * POINTS * sheet.scale))


def _cover(sheet: Sheet, slide: Slide, briefing: Briefing, look: Look, deck: Deck) -> float:
    """A slide of nothing but its headline: large, with city, date and release under it."""
    room = Box(MARGIN, sheet.height * 0.28, 1000, 230)
    if title := sheet.slide.shapes.title:
        title.left, title.top, title.width, title.height = sheet.emu(room)
    _titled(sheet, look.cut(slide.headline, _COVER, room.width, 3, bold=True), _COVER, room, look, deck)
    about = look.words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release)
    sheet.text(Box(MARGIN, room.bottom + 16, 1000, 40), [[Run(about, 27, look.muted)]], name="about")
    return room.bottom + 80


def _foot_of(sheet: Sheet) -> Box:
    """Where city, date, release and the number of the slide stand."""
    return Box(MARGIN, sheet.height - 38, INNER, TEXT * LINE)


def _sources(sheet: Sheet, slide: Slide, look: Look) -> float:
    """The sources as a footnote of at most two lines; returns where it begins."""
    foot = _foot_of(sheet)
    if not slide.sources:
        return foot.top - 12
    kept: list[str] = []
    for source in slide.sources:
        line = fitted(source.line, TEXT, _FULL, 1)
        if kept and lines_of(_cited([*kept, line], len(slide.sources), look), TEXT, _FULL) > 2:
            break
        kept.append(line)
    said = fitted(_cited(kept, len(slide.sources), look), TEXT, _FULL, 2)
    high = lines_of(said, TEXT, _FULL) * TEXT * LINE
    box = Box(MARGIN, foot.top - 8 - high, INNER, high)
    sheet.text(box, [[Run(said, TEXT, look.muted)]], name="sources", anchor="b")
    return box.top - 12


def _cited(lines: list[str], many: int, look: Look) -> str:
    """So many lines of sources, and how many more the notes name."""
    said = look.words.t("export.sources", sources="; ".join(lines))
    more = many - len(lines)
    return look.words.n("export.more_sources", more, sources=said) if more else said


def _foot(sheet: Sheet, briefing: Briefing, look: Look) -> None:
    about = look.words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release)
    foot = _foot_of(sheet)
    kept = fitted(about, TEXT, INNER - 100, 1)
    sheet.text(Box(MARGIN, foot.top, INNER - 100, foot.height), [[Run(kept, TEXT, look.muted)]], name="about")
    number = str(len(sheet.slide.part.package.presentation_part.presentation.slides))
    box = Box(foot.right - 90, foot.top, 90, foot.height)
    sheet.text(box, [[Run(number, TEXT, look.muted, field="slidenum")]], name="number", align="r")


def _tell(sheet: Sheet, look: Look, slide: Slide) -> None:
    """What the file had to leave out, on its first slide."""
    counted = look.left.counted
    said = [look.words.n(f"export.left_{what}", counted[what]) for what in sorted(counted)]
    if not said:
        return
    lines, foot = 2 if slide.pieces else 4, _foot_of(sheet)
    sources = 2 * TEXT * LINE + 8 if slide.sources else 0
    box = Box(MARGIN, foot.top - sources - 8 - lines * TEXT * LINE, INNER, lines * TEXT * LINE)
    sheet.text(box, [[Run(fitted(" ".join(said), TEXT, _FULL, lines), TEXT, look.muted)]], name="left out", anchor="b")


def _notes(sheet: Sheet, slide: Slide, briefing: Briefing, look: Look) -> None:
    """The presenter's own note, then how the numbers are made, their sources, and from which release on which day."""
    words = look.words
    said = [slide.note, ""] if slide.note else []
    said += [words.t("export.told"), *slide.told, ""] if slide.told else []
    said += [*dict.fromkeys(look.aside), ""] if look.aside else []
    said += [words.t("export.editable"), ""] if any(isinstance(piece, Chart) for piece in slide.pieces) else []
    if slide.sources:
        said += [words.t("export.notes_sources"), *(" ".join(filter(None, (one.line, one.url))) for one in slide.sources), ""]
    said.append(words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release))
    said.append(words.t("export.method", method=str(METHOD)))
    sheet.notes(unstyled(said, look.letters))
