"""A slide for the browser: HTML of its pieces, JSON of its drawings, its notes. Must not choose what a slide shows.

Every text is escaped here; assets/present.js inserts the HTML unchanged.
"""

import json
from base64 import b64encode
from html import escape
from itertools import accumulate

from charts.marks import colour, mark
from charts.theme import Palette, length
from exports.slides import LISTED, Card, Cards, Chart, Cover, Facts, Map, Piece, Slide, Table, Text, line_of
from pages.parts.elements.reading_text import OLD_DAYS
from pages.parts.elements.ties import dot
from wording import Words

SENT = 60
"""Most lines of a list that are sent, and rows of a table in the notes; the script hides those that do not fit."""
FOOT = 650
"""Pixels of text (charts.theme.length) for sources at the foot of the smallest slide; the notes have all."""
LONG, LONGER = 7, 11
"""Characters above which a number is set smaller."""
DOT = 20
"""Pixels of a dot in the legend of a map."""


def slide_json(slide: Slide, colours: Palette, words: Words) -> str:
    """A slide as JSON text: head, kind, html, drawings (each `alt` and `figure` or `world`)."""
    texts = {"head": slide.headline, "kind": slide.kind, "html": body(slide, colours, words)}
    drawings = ",".join(drawing(piece) for piece in slide.pieces if isinstance(piece, Chart | Map))
    return f'{json.dumps(texts, ensure_ascii=False)[:-1]}, "drawings": [{drawings}]}}'


def drawing(piece: Chart | Map) -> str:
    """What assets/chart.js or assets/map.js draws, with its text alternative, as JSON text."""
    name, text = ("figure", piece.drawing.text) if isinstance(piece, Chart) else ("world", piece.world.packed)
    return f'{{"alt":{json.dumps(piece.alt, ensure_ascii=False)},"{name}":{text}}}'


def body(slide: Slide, colours: Palette, words: Words) -> str:
    """A slide without its headline as HTML; drawings are empty boxes of class `drawn`, in order."""
    pieces = "".join(_piece(piece, slide.headline, colours, words) for piece in slide.pieces)
    return f'<div class="pieces {_shape(slide)}">{pieces}</div>{_foot(slide, words)}'


def _shape(slide: Slide) -> str:
    """The layout: a single piece, a single text, stacked, or the first beside the others."""
    if len(slide.pieces) < 2:
        return "spoken" if any(isinstance(piece, Text) and not piece.listed for piece in slide.pieces) else "alone"
    return "under" if isinstance(slide.pieces[0], Table | Text) else "beside"


def _piece(piece: Piece, headline: str, colours: Palette, words: Words) -> str:
    match piece:
        case Cards():
            numbers = "".join(_number(card, colours) for card in piece.cards)
            return f'<section class="piece numbers of-{len(piece.cards)}">{numbers}</section>'
        case Chart():
            head = _title(piece.title, headline, piece.measure)
            return f'<section class="piece chart">{head}<div class="drawn"></div>{_left_out(0, words)}</section>'
        case Map():
            styles = [(dot(hue, shape, round(wide)), word) for word, hue, shape, wide in piece.dots(DOT, 1.5 * DOT)]
            dots = "".join(f'<span><i style="{style}"></i>{escape(word)}</span>' for style, word in styles)
            head = _title(piece.title, headline, piece.measure)
            return f'<section class="piece map">{head}<div class="drawn"></div><p class="legend">{dots}</p></section>'
        case Facts():
            facts = "".join(_fact(*row) for row in piece.rows)
            return f'<section class="piece facts"><dl>{facts}</dl></section>'
        case Cover():
            return f'<section class="piece cover">{_cover(piece)}</section>'
        case Table():
            return f'<section class="piece table">{_title(piece.title, headline)}{_table(piece, words)}</section>'
        case Text():
            return f'<section class="piece text">{_title(piece.title, headline)}{_text(piece, words)}</section>'


def _cover(piece: Cover) -> str:
    """The title slide; the style sheet puts emblem and occasion over its headline."""
    picture = f'<img class="emblem" alt="" src="data:image/png;base64,{b64encode(piece.emblem).decode()}">' if piece.emblem else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in piece.lines)
    standing = f'<p class="standing">{escape(" · ".join(piece.standing))}</p>'
    return f'{picture}<p class="occasion">{escape(piece.occasion)}</p>{lines}{standing}'


def _title(title: str, headline: str, measure: str = "") -> str:
    """A piece's title, unless it repeats the slide's headline, and its measure."""
    named = f"<h2>{escape(title)}</h2>" if title and title != headline else ""
    return named + (f'<p class="measure">{escape(measure)}</p>' if measure else "")


def _number(card: Card, colours: Palette) -> str:
    value = escape(card.value)
    long = " none" if card.reading.value is None else " longer" if len(card.value) > LONGER else " long" if len(card.value) > LONG else ""
    old = " old" if card.reading.age_days is not None and card.reading.age_days > OLD_DAYS else ""
    lines = "".join(f'<p class="line">{escape(line)}</p>' for line in card.lines)
    state = ""
    if card.state:
        state = f'<p class="state" style="color:{colour(card.state, colours)}">{mark(card.state, colours)}{escape(card.state_word)}</p>'
    return f'<div class="number{old}"><h2>{escape(card.name)}</h2><p class="value{long}">{value}</p><div>{state}{lines}</div></div>'


def _fact(question: str, answer: str, detail: str) -> str:
    more = f'<dd class="detail">{escape(detail)}</dd>' if detail else ""
    return f"<div><dt>{escape(question)}</dt><dd>{escape(answer)}</dd>{more}</div>"


def _table(piece: Table, words: Words) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in piece.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in piece.rows[:LISTED])
    rest = _left_out(len(piece.rows), words, "present.more_rows")
    return f'<table class="fits"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{rest}'


def _text(piece: Text, words: Words) -> str:
    item, whole = ("li", "ul") if piece.listed else ("p", "div")
    lines = "".join(f"<{item}>{escape(line)}</{item}>" for line in piece.lines[:SENT])
    return f'<{whole} class="fits">{lines}</{whole}>{_left_out(len(piece.lines), words)}'


def _left_out(many: int, words: Words, key: str = "present.left_out") -> str:
    """The line on rows left out, hidden until the script fills in their number."""
    return f'<p class="rest" data-many="{many}" hidden>{escape(words.t(key, n="#"))}</p>'


def _foot(slide: Slide, words: Words) -> str:
    """The foot of a slide: the first sources, unless its tables list them, and the disclaimers of maps."""
    beneath = [piece.beneath for piece in slide.pieces if isinstance(piece, Map)]
    cells = {cell for piece in slide.pieces if isinstance(piece, Table) for row in piece.rows for cell in row}
    lines = [source.line for source in slide.sources]
    fitting = sum(total <= FOOT for total in accumulate(map(length, lines)))
    first = [] if beneath or cells & set(lines) else lines[: max(1, fitting)]
    more = len(lines) - len(first)
    rest = [words.n("present.more_sources" if first else "present.all_sources", more)] if more else []
    parts = [words.t("figure.sources", sources="; ".join([*first, *rest]))] if first else rest
    return f'<p class="from">{escape(" ".join([*parts, *beneath]))}</p>'


def notes(slide: Slide, words: Words) -> str:
    """The presenter's notes of a slide as HTML: note, lists without room on it, definitions and formulas, sources."""
    note = "".join(f"<p>{escape(line)}</p>" for line in slide.note.splitlines() if line.strip())
    note = f'<div class="note">{note}</div>' if note else f'<p class="quiet">{escape(words.t("present.no_note"))}</p>'
    lines = [escape(line) for line in slide.explanations]
    sources = [_source(source.line, source.url) for source in slide.sources]
    cited = {source.line for source in slide.sources}
    tables = [piece for piece in slide.pieces if isinstance(piece, Table) and len(piece.rows) > LISTED]
    rows = [escape(line) for piece in tables for row in piece.rows[:SENT] if (line := line_of(row)) not in cited]
    details = _listed(escape(words.t("present.all_rows")), rows)
    details += "".join(_listed(escape(part.title), [escape(line) for line in part.lines]) for part in slide.details)
    return note + details + _listed(escape(words.t("present.told")), lines) + _listed(escape(words.t("present.sources")), sources)


def _source(line: str, url: str) -> str:
    text = escape(line)
    linked = url.startswith(("https://", "http://"))
    return f'{text} <a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(url)}</a>' if linked else text


def _listed(title: str, items: list[str]) -> str:
    """A list of HTML under a title of HTML, "" without items."""
    return f"<h2>{title}</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""
