"""The title of a slide in the deck's own place and look, and the title slide. Chooses no word."""

from dataclasses import replace
from io import BytesIO

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Emu

from exports.deck.canvas import Canvas, fill
from exports.deck.deck import Deck
from exports.deck.lettering import LINE, POINTS, line_count, paragraphs, unstyled
from exports.deck.look import TEXT, Look
from exports.drawing.geometry import Box
from exports.drawing.markup import Lines, Run
from exports.slides import Cover, Slide

_SIZES = (64.0, 56.0, 48.0, 40.0, 32.0, 26.0)
_LINE = 28.0
_INNER = 1104
_EMBLEM = Box(88, 64, 0, 104)


def titled(canvas: Canvas, text: str, size: float, box: Box, look: Look, deck: Deck) -> None:
    """Text in the slide's title, or in a box where the layout has none; a template keeps its own place, typeface and colour."""
    lines: Lines = [[Run(text, size, look.ink, True)]]
    if canvas.slide.shapes.title is None:
        canvas.text(box, lines, name="headline")
    elif deck.own:
        fill(canvas.slide.shapes.title, paragraphs(lines, deck.titles, scale=canvas.scale))
    else:
        fill(canvas.slide.shapes.title, unstyled([text], deck.titles, size * POINTS * canvas.scale))


def cover(canvas: Canvas, slide: Slide, deck: Deck, look: Look) -> None:
    """The title slide: emblem and occasion, the headline, day with place, speaker, and as of when; ours is light on ink."""
    piece = next(piece for piece in slide.pieces if isinstance(piece, Cover))
    if deck.own:
        look = replace(look, ink=deck.own.paper, muted=deck.own.line)
        _ground(canvas, deck.own.home)
    if piece.emblem:
        left, top, _, height = canvas.emu(_EMBLEM)
        canvas.slide.shapes.add_picture(BytesIO(piece.emblem), Emu(left), Emu(top), height=Emu(height)).name = "emblem"
    size = next((size for size in _SIZES if line_count(slide.headline, size, _INNER, bold=True) <= 3), _SIZES[-1])
    high = line_count(slide.headline, size, _INNER, bold=True) * size * 1.24
    room = Box(_EMBLEM.left, canvas.height * 0.56 - high, _INNER, high)
    if title := canvas.slide.shapes.title:
        title.left, title.top, title.width, title.height = map(Emu, canvas.emu(room))
    titled(canvas, slide.headline, size, room, look, deck)
    occasion = Box(room.left, room.top - _LINE * LINE - 12, _INNER, _LINE * LINE)
    canvas.text(occasion, [[Run(look.cut(piece.occasion, _LINE, _INNER, 1), _LINE, look.muted)]], name="occasion")
    lines = [[Run(look.cut(line, _LINE, _INNER, 1), _LINE, look.ink)] for line in piece.lines]
    canvas.text(Box(room.left, room.bottom + 20, _INNER, 2 * _LINE * LINE), lines, name="day, place, speaker")
    foot = Box(room.left, canvas.height - 64, _INNER, TEXT * LINE)
    canvas.text(foot, [[Run(" · ".join(piece.standing), TEXT, look.muted)]], name="as of")


def _ground(canvas: Canvas, home: str) -> None:
    """Ink all over, with a band in the home city's colour instead of the rule of other slides."""
    ground = canvas.slide.background.fill
    ground.solid()
    ground.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1
    canvas.slide.element.set("showMasterSp", "0")
    canvas.form(Box(0, 0, 16, canvas.height), "rect", name="band", fill=home)
