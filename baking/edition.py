"""The files of a static edition: pages in every language of the city, their tables and figures, and the data. Writes none of them."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd

from baking.document import Card, alone, document, title_of
from baking.html import MAPS, figure_of, file_of, html, table_of
from baking.pages import PACKAGE, PAGES, dossier
from baking.pieces import Beside, Folded, Piece, Register, WorldMap
from charts.annotated import bare
from charts.theme import Drawing
from exports.drawing.svg import chart_svg, map_svg
from exports.evidence.readings import answer
from exports.pdf.link_card import link_card
from metrics.indicators.registry import readings
from metrics.schema.names import offered_languages
from metrics.schema.release import Release
from metrics.themes.cities import in_name_order, neighbours
from pages.parts.briefing.slides import page_slides
from pages.parts.elements.content import Figure, Headline, Html
from pages.parts.elements.evidence import of_page
from pages.parts.elements.row_text import with_headings
from pages.parts.elements.search import index
from pages.parts.elements.slide_pieces import plain
from pages.parts.shell.navigation import FIRST, is_offered
from pages.parts.shell.selection import Selection, View, of_city
from pages.parts.shell.stylesheet import sheets
from publishing.files.downloads import as_csv, as_package, frame_as_csv
from publishing.files.table_text import canonical

Files = Iterator[tuple[str, bytes]]
"""Files by their path in the edition."""
ASSETS = Path(__file__).parents[1] / "assets"
SHOWN = ("fonts/dashboard-sans.woff2", "logo.png", "search.js", "component.js", "native.js")
CARDS = "cards"
"""The folder of the pictures of links, which all editions share: each is named by its content."""
CARD = 720
"""Pixels of a chart in the picture of a link, where it is half as large again."""
FIRST_YEAR = 2000
"""The first year at whose end readings are listed."""


def steps(release: Release, as_of: date, today: date, base: str = "") -> list[Callable[[], Files]]:
    """The whole edition in steps, each of which makes some files; `base` is where it will lie, for the pictures of links to it."""
    languages = offered_languages(release)
    views = [View(Selection(as_of, lang), (), release, "light", today) for lang in languages]
    made: list[Callable[[], Files]] = [assets, partial(data, release, as_of), *(partial(texts, view) for view in views)]
    made += [partial(page, view, name, base) for name in PAGES if is_offered(release, name) for view in views]
    # City by city, since the land of its map is the same in every language.
    return made + [partial(city, view, id, base) for id in in_name_order(release, languages[0]) for view in views]


def assets() -> Files:
    """Style sheet, font, icon, and the scripts of the search."""
    screen, paper = sheets()
    own = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    yield "assets/site.css", f"{screen}{own}@media print{{{paper}}}".encode()
    yield "assets/site.js", Path(__file__).with_name("site.js").read_bytes()
    yield from ((f"assets/{Path(name).name}", (ASSETS / name).read_bytes()) for name in SHOWN)


def data(release: Release, as_of: date) -> Files:
    """The tables as they are published, all of them in one package, and the readings at the end of each year."""
    yield from ((f"tables/{name}.csv", canonical(name, rows)) for name, rows in release.tables.items())
    yield PACKAGE, as_package(release)
    days = [date(year, 12, 31) for year in range(FIRST_YEAR, as_of.year)] + [as_of]
    rows = [
        {"indicator": reading.indicator, "as_of": day.isoformat()}
        | {name: getattr(reading, name) for name in ("value", "lower", "upper", "unit", "documented")}
        for day in days
        for reading in readings(release, day)
    ]
    yield "readings.csv", pd.DataFrame(rows).to_csv(index=False).encode()


def texts(view: View) -> Files:
    """What a language says beside its pages: the API's readings, the tables under its titles, the search index."""
    release, lang = view.release, view.selection.lang
    told = answer(release, readings(release, view.selection.as_of), view.words)
    yield f"{lang}/readings.json", json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    yield f"{lang}/search.json", _index(release, lang)
    yield from ((f"{lang}/tables/{name}.csv", as_csv(release, name, lang)) for name, rows in release.tables.items() if len(rows))


def _index(release: Release, lang: str) -> bytes:
    """The search index of a language, each thing with its file in the place of its page; without what has none."""
    names = json.loads(index(release, lang))
    led = [[*thing[:3], _led(thing[3] or FIRST, thing[4]), *thing[4:]] for thing in names["things"] if (thing[3] or FIRST) in PAGES]
    return json.dumps(names | {"things": led}, ensure_ascii=False, separators=(",", ":")).encode()


def _led(name: str, asked: Mapping[str, str]) -> str:
    if name == "city":
        return file_of(name, asked.get("city", ""))
    return file_of(name) + (f"#claim-{asked['claim']}" if name == "claims" and "claim" in asked else "")


def page(view: View, name: str, base: str) -> Files:
    """A page of the menu, each of its figures alone, and its evidence."""
    pieces, evidence = list(PAGES[name](view)), f"evidence-{name}.zip"
    yield from _written(view, name, pieces, base, {evidence: view.words.t("evidence.button")})
    yield f"{view.selection.lang}/{evidence}", of_page(view, name, {}, page_slides)
    for part in flat(pieces):
        if isinstance(part, Figure) and part.drawing:
            single = alone(view, Card(part.title, part.measure), html(view, part), file_of(name))
            yield f"{view.selection.lang}/{figure_of(part.key)}", single.encode()


def city(view: View, id: str, base: str) -> Files:
    """The dossier of a city."""
    view = of_city(view, id)
    yield from _written(view, "city", [*dossier(view), _going(view)], base, {})


def _written(view: View, name: str, pieces: list[Piece], base: str, files: Mapping[str, str]) -> Files:
    """A page with the tables that it leads to, and with a base the picture of links to it; its foot names the `files`."""
    sentence = next((plain(piece.html) for piece in pieces if isinstance(piece, Headline)), "")
    card = Card(view.words.of("page", name), sentence)
    if base:
        picture = _picture(view, sentence, list(flat(pieces)))
        named = f"{CARDS}/{hashlib.sha256(picture).hexdigest()[:16]}.png"
        yield named, picture
        card = replace(card, picture=f"{base.rstrip('/')}/{named}")
    body = "".join(html(view, piece) for piece in pieces)
    yield f"{view.selection.lang}/{file_of(name, view.selection.city)}", document(view, name, card, body, files).encode()
    for piece in flat(pieces):
        if isinstance(piece, Register | Figure):
            rows = piece.rows if isinstance(piece, Register) else with_headings(view, piece.twin())
            yield f"{view.selection.lang}/{table_of(view, piece.key)}", frame_as_csv(rows)


def _picture(view: View, sentence: str, pieces: list[Piece]) -> bytes:
    """The picture of a link to a page: its headline over its map, or else over its first chart."""
    maps = [map_svg(piece.world, view.palette, *MAPS["wide"]) for piece in pieces if isinstance(piece, WorldMap) and piece.world]
    drawings = (piece.drawing for piece in pieces if isinstance(piece, Figure) and isinstance(piece.drawing, Drawing))
    svg = maps[0] if maps else next((chart_svg(bare(drawing)[0], CARD) for drawing in drawings), "")
    day = view.words.t("handout.as_of", day=view.selection.as_of)
    return link_card(title_of(view), sentence, day, view.selection.lang, svg, "cover" if maps else "contain")


def _going(view: View) -> Html:
    """The ways to the previous and the next dossier."""
    ways = zip(("city.before", "city.after"), neighbours(view.release, view.selection.lang, view.selection.city), strict=True)
    links = "".join(f'<a href="{escape(file_of("city", id))}">{escape(view.words.t(key))}</a>' for key, id in ways if id)
    return Html("", f'<div class="going">{links}</div>')


def flat(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces with those within them."""
    for piece in pieces:
        yield piece
        if isinstance(piece, Folded | Beside):
            yield from flat(piece.parts)
