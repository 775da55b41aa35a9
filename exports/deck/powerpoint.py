"""A briefing as a PowerPoint file: native charts, tables and shapes, with definitions, formulas and sources in the notes."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, time

from exports.deck.canvas import PIXEL, WIDTH, Canvas, fill
from exports.deck.deck import HEADLINE, Deck, own_deck, remove, save, template_deck
from exports.deck.lettering import LINE, line_count, truncated, unstyled
from exports.deck.look import TEXT, Look
from exports.deck.native_pieces import draw
from exports.deck.titles import cover, titled
from exports.drawing.geometry import Box
from exports.drawing.markup import Run
from exports.slides import Briefing, Cards, Chart, Cover, Facts, Piece, Slide, Text
from metrics.indicators.method import METHOD
from wording import Words

MARGIN = 48
INNER = WIDTH - 2 * MARGIN
_FULL = INNER * 0.88  # of a footnote in two scripts, which some programs space apart
_HEADLINES = (44.0, 40.0, 112 / 3)  # pixels: 33, 30 and 28 points, for a headline of one line
_LONG = (112 / 3, 32.0, 28.0, 24.0)  # for one of up to three
GAP = 16
ROW = 178
"""The height of a row of headline numbers."""
_FIRST, _HALF = 0.62, 0.52  # of the width, of the first piece of several; of one beside facts


def powerpoint(
    briefing: Briefing, words: Words, template: bytes | None = None, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """The bytes of a .pptx of 16:9, or in the format of the template. `words` are those of the briefing's language.

    `progress` is called after each slide with how many are done and how many there are. The same briefing gives the same bytes.
    Raises exports.deck.deck.UnreadableTemplate for a template that is no PowerPoint file.
    """
    deck = own_deck(briefing.colours, briefing.lang) if template is None else template_deck(template, briefing.lang)
    omissions = Counter[str]()
    about = words.t("export.about", city=briefing.city, day=briefing.day, release=briefing.release)
    ink, muted = (briefing.colours.ink, briefing.colours.muted) if deck.own else ("tx1", "tx1")
    for done, slide in enumerate(briefing.slides, start=1):
        canvas = _canvas(deck)
        look = Look(briefing.colours, deck.letters, canvas.scale, words, omissions, [], ink, muted)
        _draw(canvas, slide, about, look, deck)
        if progress:
            progress(done, len(briefing.slides))
    left_out = [words.n(f"export.left_{what}", many) for what, many in sorted(omissions.items()) if many]
    if left_out:
        canvas = _canvas(deck)
        look = Look(briefing.colours, deck.letters, canvas.scale, words, Counter(), [], ink, muted)
        _draw(canvas, Slide("left-out", words.t("export.left_out"), (Text(tuple(left_out), listed=True),)), about, look, deck)
    return save(deck, briefing.title, briefing.city, briefing.lang, datetime.combine(briefing.day, time()))


def _canvas(deck: Deck) -> Canvas:
    slide = deck.presentation.slides.add_slide(deck.layout)
    remove(shape for shape in slide.placeholders if shape is not slide.shapes.title and shape.placeholder_format.idx)
    return Canvas(slide, deck.size, deck.letters)


def _draw(canvas: Canvas, slide: Slide, about: str, look: Look, deck: Deck) -> None:
    if any(isinstance(piece, Cover) for piece in slide.pieces):
        cover(canvas, slide, deck, look)
    else:
        _pieces(canvas, slide, about, look, deck)
    _notes(canvas, slide, about, look)


def _pieces(canvas: Canvas, slide: Slide, about: str, look: Look, deck: Deck) -> None:
    """All of a slide but its notes."""
    top = _headline(canvas, slide.headline, look, deck)
    bottom = _sources(canvas, slide, look)
    _foot(canvas, about, look)
    box = Box(MARGIN, top, INNER, bottom - top)
    for piece, room in arrange(slide.pieces, box):
        draw(canvas, piece, room, look, slide.headline, alone=len(slide.pieces) == 1, cited=bool(slide.sources))


def arrange(pieces: Sequence[Piece], box: Box) -> list[tuple[Piece, Box]]:
    """The pieces with their boxes, in reading order: of several the first is the largest, headline numbers beside others go on top."""
    rows = [piece for piece in pieces if isinstance(piece, Cards)]
    others = [piece for piece in pieces if not isinstance(piece, Cards)]
    if not others or not rows:
        return list(
            zip(pieces, _shared(len(pieces), box, _HALF if any(isinstance(piece, Facts) for piece in pieces) else _FIRST), strict=True)
        )
    height = min(ROW, (box.height - GAP) * 0.4 / len(rows))
    tops = [Box(box.left, box.top + at * (height + GAP), box.width, height) for at in range(len(rows))]
    rest = box.below(len(rows) * (height + GAP))
    return [*zip(rows, tops, strict=True), *zip(others, _shared(len(others), rest), strict=True)]


def _shared(many: int, box: Box, part: float = _FIRST) -> list[Box]:
    """One box, or a large one that takes a `part` of the width and the others beside it, one under another."""
    if many < 2:
        return [box][:many]
    wide = (box.width - GAP) * (part if many == 2 else part - 0.04)
    first = Box(box.left, box.top, wide, box.height)
    high = (box.height - GAP * (many - 2)) / (many - 1)
    beside = [Box(first.right + GAP, box.top + at * (high + GAP), box.width - GAP - wide, high) for at in range(many - 1)]
    return [first, *beside]


def _headline(canvas: Canvas, headline: str, look: Look, deck: Deck) -> float:
    """The finding, in the slide's title; returns the top of the space for pieces, in pixels."""
    title, width = canvas.slide.shapes.title, HEADLINE.width
    if title is not None and not deck.own:
        width = title.width / canvas.scale / PIXEL - 20
    size = _size(headline, width)
    titled(canvas, headline, size, HEADLINE, look, deck)
    high = line_count(headline, size, width, bold=True) * size * 1.24
    if title is None or deck.own:
        return HEADLINE.top + high + 16
    place = title.top / canvas.scale / PIXEL, title.height / canvas.scale / PIXEL
    return max(110.0, min(place[0] + max(place[1], high), canvas.height * 0.36) + 10)


def _size(headline: str, width: float) -> float:
    """The largest size at which a headline is whole: a caveat that is cut off is lost."""
    sizes = [*((size, 1) for size in _HEADLINES), *((size, 3) for size in _LONG)]
    return next((size for size, most in sizes if line_count(headline, size, width, bold=True) <= most), _LONG[-1])


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


def _foot(canvas: Canvas, about: str, look: Look) -> None:
    foot = _foot_of(canvas)
    kept = truncated(about, TEXT, INNER - 100, 1)
    canvas.text(Box(MARGIN, foot.top, INNER - 100, foot.height), [[Run(kept, TEXT, look.muted)]], name="about")
    number = str(len(canvas.slide.part.package.presentation_part.presentation.slides))
    box = Box(foot.right - 90, foot.top, 90, foot.height)
    canvas.text(box, [[Run(number, TEXT, look.muted, field="slidenum")]], name="number", align="r")


def _notes(canvas: Canvas, slide: Slide, about: str, look: Look) -> None:
    """The presenter's own note, then lists without room on the slide, definitions and formulas, sources, release and date."""
    words = look.words
    notes = [slide.note, ""] if slide.note else []
    for part in slide.details:
        notes += [part.title, *part.lines, ""]
    notes += [words.t("export.told"), *slide.explanations, ""] if slide.explanations else []
    cited = {source.line for source in slide.sources}
    rest = [line for line in dict.fromkeys(look.overflow) if line not in cited]
    notes += [*rest, ""] if rest else []
    notes += [words.t("export.editable"), ""] if any(isinstance(piece, Chart) for piece in slide.pieces) else []
    if slide.sources:
        notes += [words.t("export.notes_sources"), *(" ".join(filter(None, (source.line, source.url))) for source in slide.sources), ""]
    notes += [about, words.t("export.method", method=str(METHOD))]
    fill(canvas.slide.notes_slide.notes_placeholder, unstyled(notes, look.letters))
