"""What the static edition says is what the live pages say, and each of its links leads somewhere within it."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from baking.edition import flat, steps
from baking.html import file_of
from baking.pages import PAGES, dossier
from baking.pieces import Register
from pages.parts.elements.content import Doors, Figure, Headline, Listing, Numbers
from pages.parts.elements.reading_text import reading_of, telling
from pages.parts.elements.slide_pieces import plain
from pages.parts.shell.selection import Selection, View
from tests.worlds import ONE_ROW, own_data, world

DAY = date(2026, 11, 22)
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}


def squeezed(text):
    """A text as letters alone, for the comparison of texts that are set in other elements."""
    return re.sub(r"[\s\u2060]+", "", unescape(text))


def said(view, piece):
    """The texts of a part of a page, as its values have them."""
    match piece:
        case Headline():
            yield plain(piece.html)
        case Numbers():
            for indicator in telling(view, piece.indicators):
                yield view.words.of("indicator", indicator)
                yield view.words.value(reading_of(view, indicator))
                yield view.words.formula(reading_of(view, indicator).formula)
        case Figure():
            yield from (piece.title, piece.measure)
        case Listing():
            yield piece.title
            yield from (text for _, items in piece.groups for item in items[: piece.most] for text in (item.lead, item.text, item.note))
        case Doors():
            yield from (text for door in piece.doors for text in (door.when, door.text))
        case Register():
            yield from (str(cell) for cell in piece.rows.iloc[:, 0])


def baked(view, release):
    """Every file of a release in one language, but the dossiers of all cities other than the view's."""
    made = {}
    for step in steps(release, view.selection.as_of, view.today):
        arguments = getattr(step, "args", ())
        views = [part for part in arguments if isinstance(part, View)]
        others = [part for part in arguments[1:] if part not in (*PAGES, view.selection.city, "")]
        if all(part.selection.lang == view.selection.lang for part in views) and (not views or not others):
            made |= dict(step())
    return made


@pytest.fixture(scope="module")
def ours():
    """The project's own data in English: the view of London, and its files."""
    view = View(Selection(DAY, "en", city="london"), (), own_data(), "light", DAY)
    return view, baked(view, own_data())


@pytest.mark.parametrize("name", [*PAGES, "dossier"])
def test_a_baked_page_says_what_the_parts_of_the_live_page_say(ours, name):
    chosen, files = ours
    view = chosen if name == "dossier" else View(Selection(DAY, "en"), (), own_data(), "light", DAY)
    file = file_of("city", "london") if name == "dossier" else file_of(name)
    text = squeezed(re.sub("<[^>]*>", "", files[f"en/{file}"].decode()))
    told = [said(view, piece) for piece in flat((dossier if name == "dossier" else PAGES[name])(view))]
    texts = [text for piece in told for text in piece]
    assert len(texts) > 1 or name in ("claims", "sources", "stale", "city")
    assert [missing for missing in texts if squeezed(missing) not in text] == []


class Links(HTMLParser):
    """The links, fetched files and names of places of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.fetched, self.names = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.names += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.fetched += [given[FETCHED[tag]]] if FETCHED.get(tag) in given else []


def lost(name, page, files, pages):
    """The links of a page that lead to no file of the edition, or to no place in it."""
    for link in (*page.links, *page.fetched):
        path, _, place = link.partition("#")
        folder = name.rpartition("/")[0]
        file = re.sub(r"[^/]+/\.\./", "", f"{folder}/{unquote(path)}") if path else name
        if not re.match("https?:|data:", link) and (file not in files or (place and place not in pages[file].names)):
            yield link


def test_each_link_of_a_baked_page_leads_to_a_file_and_nothing_is_fetched_from_elsewhere(ours):
    _, files = ours
    pages = {name: Links(content.decode()) for name, content in files.items() if name.endswith(".html")}
    # Other languages and dossiers are files of the same names.
    others = {f"{lang}/{name.partition('/')[2]}" for name in pages for lang in ("ko", "ja")}
    dossiers = {f"en/{file_of('city', city)}" for city in own_data().tables["cities"]["city_id"]}
    known = {*files, *others, *dossiers}
    assert {name: links for name, page in pages.items() if (links := list(lost(name, page, known, pages)))} == {}
    assert [link for page in pages.values() for link in page.fetched if link.startswith(("http", "//"))] == []
    assert [name for name, page in pages.items() if len(set(page.names)) < len(page.names)] == []
    assert not any(word in files["assets/site.css"].decode() for word in ("http:", "https:", "@import"))


@pytest.mark.parametrize("lang", ["ko", "en", "ja"])
def test_a_city_with_little_on_record_has_every_page_of_its_menu_in_each_language(lang):
    release = world(**ONE_ROW)
    view = View(Selection(date(2018, 6, 1), lang, city="london"), (), release, "light", date(2018, 6, 1))
    files = baked(view, release)
    pages = {name: Links(content.decode()) for name, content in files.items() if name.endswith(".html")}
    assert f"{lang}/index.html" in pages
    ours = {name: [link for link in lost(name, page, files, pages) if not link.startswith("../")] for name, page in pages.items()}
    assert {name: links for name, links in ours.items() if links} == {}
