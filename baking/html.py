"""Pieces of a page as HTML with SVG, to be read without a server or a script. Must not choose their content.

The boxes bear the names that they have on the live page, so that its style sheet serves both.
"""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import parse_qs

from baking.pieces import Beside, Folded, Piece, Register, WorldMap
from charts.annotated import bare
from charts.theme import LIGHT, rgb
from exports.drawing.svg import chart_svg, map_svg
from metrics.schema.names import Rows
from pages.parts.elements.content import Doors, Figure, Headline, Html, Listing, Nothing, Numbers
from pages.parts.elements.reading_text import PAGE_OF, card, drawer_html, reading_of, telling
from pages.parts.elements.row_text import empty_html, listing_html, readable, sources_line, title_html, with_headings
from pages.parts.elements.slide_pieces import plain
from pages.parts.shell.navigation import FIRST
from pages.parts.shell.selection import View

WIDTHS = {"wide": 1080, "middle": 560, "narrow": 340}
"""Pixels of a chart by the room that it has: the style sheet shows one, so that its letters are as large as those around it."""
MAPS, SMALL = {"wide": (900, 480), "narrow": (360, 300)}, {"every": (480, 320)}
_COLOURS = {value: name for name, value in vars(LIGHT).items() if isinstance(value, str)}
_HEX = re.compile("|".join(_COLOURS))
_FADED = re.compile("|".join(rf"(?P<{name}>rgba\({','.join(map(str, rgb(value)))},([\d.]+)\))" for value, name in _COLOURS.items()))
_LINK = re.compile(r' href="(/data_desk)?\?([^"]*)"')
_ROW = re.compile(r'<button type="button" data-row="([^"]*)">(.*?)</button>', re.DOTALL)
_DATA_ROW = re.compile(r' data-row="[^"]*"')
_OWN = re.compile(r'(id="|url\(#)(within|frame|hatch)')


def table_of(view: View, key: str) -> str:
    """The file of the table of a figure or a list."""
    return "-".join(filter(None, (key, view.selection.city))) + ".csv"


def figure_of(key: str) -> str:
    """The file of a figure alone."""
    return f"figure-{key}.html"


def file_of(page: str, city: str = "") -> str:
    """The file of a page, or of the dossier of a city."""
    return f"city-{city}.html" if city else "index.html" if page == FIRST else f"{page}.html"


def html(view: View, piece: Piece) -> str:
    """A piece of a page, "" for None."""
    match piece:
        case Headline():
            return f'<h1 class="headline">{piece.html}</h1>'
        case Numbers():
            return _cards(view, piece.indicators)
        case Figure():
            return figure(view, piece)
        case Nothing():
            return _box(piece.key, title_html(piece.title) + (empty_html(piece.sentence) if piece.sentence else ""))
        case Doors():
            return _doors(piece)
        case Html(""):
            return linked(piece.html)
        case Html() | Listing():
            return _box(piece.key, linked(piece.html if isinstance(piece, Html) else listing_html(view, piece, {})))
        case WorldMap():
            return _map(view, piece)
        case Register():
            return _box(piece.key, piece.title + _table(piece.rows, plain(piece.title) or piece.key, piece.cities) + _csv(view, piece.key))
        case Folded():
            return _box("", f'<details class="unfolds"><summary>{title_html(piece.title)}</summary>{_all(view, piece.parts)}</details>')
        case Beside():
            return f'<div class="side">{_all(view, piece.parts)}</div>' if any(piece.parts) else ""
    return ""


def _all(view: View, pieces: Iterable[Piece]) -> str:
    return "".join(html(view, piece) for piece in pieces)


def _box(key: str, body: str) -> str:
    named = f' id="{escape(key)}"' if key else ""
    return f'<section class="st-key-figure-{escape(key)}"{named}>{body}</section>'


def figure(view: View, part: Figure) -> str:
    """A chart with its title, its sources, its table and the drawer of its figures."""
    words, behind = view.words, part.behind
    head = title_html(part.title, part.measure)
    if not part.drawing:
        return _box(part.key, head)
    published = sources_line(view, part.sources) if part.sources or not behind else ""
    line = f'<div class="sourceline">{". ".join(filter(None, (published, behind and escape(behind.sources))))}</div>'
    unit = reading_of(view, part.indicator).unit if part.indicator else ""
    table = _table(with_headings(view, readable(view, part.twin(), unit)), part.title)
    doors = _fold(words.t("figure.table"), part.title, table + _csv(view, part.key))
    if behind:
        doors += _fold(behind.rows, part.title, f'<div class="drawer">{behind.html()}</div>')
    elif part.indicator:
        doors += drawer(view, part.indicator)
    single = "" if view.selection.city else f'<a class="alone" href="{figure_of(part.key)}">{escape(words.t("bake.alone"))}</a>'
    return _box(part.key, head + _drawing(view, part) + line + doors + single)


def _drawing(view: View, part: Figure) -> str:
    """The chart in each width; a drawing that is HTML as it is."""
    if isinstance(part.drawing, str):
        return linked(part.drawing)
    alt, (drawing, _) = view.words.t("figure.alt", title=part.title, measure=part.measure), bare(part.drawing)
    drawn = (_svg(chart_svg(drawing, width), f"{part.key}-{look}", look, alt) for look, width in WIDTHS.items())
    return f'<div class="drawings">{"".join(drawn)}</div>'


def _svg(drawn: str, key: str, look: str, alt: str) -> str:
    """A drawing within the page: in the reader's colours, with names of its own, as wide as its place."""
    drawn = _OWN.sub(rf"\g<1>{re.escape(key)}-\2", drawn)
    drawn = coloured(drawn).replace("<svg ", '<svg aria-hidden="true" ', 1)
    return f'<div class="drawing {look}" role="img" aria-label="{escape(alt)}">{drawn}</div>'


def coloured(text: str) -> str:
    """A drawing or a style in the colours of the reader's scheme, by their meaning."""
    return _HEX.sub(lambda found: f"var(--{_COLOURS[found[0]]})", _FADED.sub(_faded, text))


def _faded(found: re.Match[str]) -> str:
    share = float(found[0].rpartition(",")[2].rstrip(")"))
    return f"color-mix(in srgb,var(--{found.lastgroup}) {share:.0%},transparent)"


def _map(view: View, part: WorldMap) -> str:
    """A map under its title, with its list beside it."""
    drawn = empty_html(view.words.t("map.no_home"))
    if part.world is not None:
        sizes = (SMALL if part.small else MAPS).items()
        maps = (_svg(map_svg(part.world, view.palette, *size), f"{part.key}-{look}", look, part.alt) for look, size in sizes)
        drawn = f'<div class="drawings maps">{"".join(maps)}</div>'
    listed = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(part.alt)}">{linked(part.beside)}</div>'
    return _box(part.key, f'{part.title}<div class="map-and-list">{drawn}{listed if part.beside else ""}</div>{part.beneath}')


def _cards(view: View, indicators: tuple[str, ...]) -> str:
    cards = []
    for indicator in telling(view, indicators):
        title, page = escape(view.words.of("indicator", indicator)), PAGE_OF.get(indicator)
        name = f'<a href="{file_of(page)}">{title}</a>' if page else title
        inside = f'<h2 class="name">{name}</h2>{"".join(card(view, indicator))}{drawer(view, indicator)}'
        cards.append(f'<section class="st-key-card-of-{indicator}">{inside}</section>')
    return f'<div class="cards">{"".join(cards)}</div>' if cards else ""


def drawer(view: View, indicator: str) -> str:
    """Where the figures of an indicator come from, behind a word that opens it."""
    body = f'<div class="drawer">{drawer_html(view, reading_of(view, indicator))}</div>'
    return _fold(view.words.t("drawer.open"), view.words.of("indicator", indicator), body)


def _fold(word: str, about: str, body: str) -> str:
    return f'<details class="opens"><summary>{escape(word)}<span class="unseen">: {escape(about)}</span></summary>{body}</details>'


def _doors(part: Doors) -> str:
    doors = "".join(
        f'<div><div class="when">{escape(door.when)}</div><a href="{_file(door.page, door.parameters)}">{escape(door.text)}</a></div>'
        for door in part.doors
    )
    key, title = escape(part.key), title_html(part.title)
    return f'<section class="st-key-doors-{key}">{title}<div class="st-key-doors-of-{key}">{doors}</div></section>'


def _file(page: str, parameters: dict) -> str:
    """The file for a link to a live page; what is done at the data desk is listed on the page of what is due."""
    return file_of("stale" if page == "data_desk" else page, parameters.get("city", "") if page == "city" else "")


def _table(rows: Rows, label: str, cities: tuple[str, ...] = ()) -> str:
    """A frame as a table of texts; the first cell of a row leads to its dossier."""
    heads = "".join(f'<th scope="col">{escape(str(head))}</th>' for head in rows.columns)
    body = []
    for at, row in enumerate(rows.astype(object).where(rows.notna(), "").itertuples(index=False, name=None)):
        first, *others = map(_cell, row)
        first = f'<a href="{file_of("city", cities[at])}">{first}</a>' if cities else first
        body.append(f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>')
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return f'<div class="rows" tabindex="0" role="region" aria-label="{escape(label)}">{table}</div>'


def _cell(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if text.startswith(("https://", "http://")):
        return f'<a href="{escape(text)}" rel="noopener noreferrer">{escape(text.split("/")[2])}</a>'
    return escape(text)


def _csv(view: View, key: str) -> str:
    return f'<a class="alone" href="{escape(table_of(view, key))}" download>{escape(view.words.t("figure.csv"))}</a>'


def linked(body: str) -> str:
    """HTML of a live page with its links to places of the dashboard led to files; a link that needs a server becomes its text."""
    body = _ROW.sub(r'<a href="?city=\1">\2</a>', body)
    return _LINK.sub(_relinked, _DATA_ROW.sub("", body))


def _relinked(found: re.Match[str]) -> str:
    asked = {name: values[0] for name, values in parse_qs(found[2].replace("&amp;", "&")).items()}
    if found[1] or not asked.keys() & {"city", "claim"}:
        return ""
    return f' href="{escape(file_of("city", asked["city"]))}"' if "city" in asked else f' href="#claim-{escape(asked["claim"])}"'
