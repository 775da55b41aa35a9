"""A release whose every text tries to be more than text: pages, drawers, charts and downloads show it as text and nothing else."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from pages.parts.briefing.slides import KINDS
from pages.parts.shell.current_user import name as person
from pages.parts.shell.navigation import PLACES
from publishing.access.rights import AT_THE_MACHINE
from publishing.desk.briefings import Outline, SlideRequest, encode
from publishing.desk.desk import DraftWorkspace
from publishing.files.downloads import as_csv, as_workbook, frame_as_csv
from publishing.store.releases import read_folder
from publishing.store.store import open_store
from tests.hostile import ADDRESS, MARK, TEXTS, write_hostile

FRAME = Path(__file__).parents[2] / "pages" / "_frame.py"
TAGS = "h1 h2 h3 h4 div p span ol ul li dl dt dd b i em small a img code bdi style section table thead tbody tr th td del ins details"
TAGS += " summary button"
OURS = set(TAGS.split(" "))
SAID = {
    *("class", "style", "href", "target", "rel", "lang", "tabindex", "aria-hidden", "alt", "src", "role", "scope", "title", "datetime"),
    *("hidden", "data-many", "data-row", "type"),
}
SHOW_AS_TEXT = {"html", "bidi_component", "arrow_data_frame", "dataframe"}
"""Elements that never read Markdown: HTML is looked at tag by tag, charts and maps string by string, a table's cells are painted."""
PLAIN_BUT_FOR_THEIR_LABEL = {"selectbox", "multiselect", "text_input", "text_area", "page_link"}
ICON, MARKDOWN = re.compile(r"^:material/\w+: "), re.compile(r"(?<!\\)(?:\\\\)*[`*_{}\[\]()#+.!|<>$:~^&=-]|\n")
"""What stands before a choice of ours, and any sign that Markdown would take for more than itself."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """The folder of the hostile release; its state lies in it: two releases by a hostile author, and a draft of the reader's own."""
    folder = write_hostile(tmp_path_factory.mktemp("hostile"))
    store = open_store(folder / "var", folder)
    first = store.release(1)
    store.publish(changed(first), parent=1, author=TEXTS[0], note=TEXTS[5], removals=1)
    rows = {name: first.tables[name].astype(str).replace("nan", "") for name in ("sources", "agreements")}
    workspace = DraftWorkspace(store, AT_THE_MACHINE, person())
    workspace.keep({"sources": rows["sources"].assign(publisher=TEXTS[4])}, base=store.release(2))
    file = {"name": TEXTS[4], "table": "agreements", "encoding": "utf-8", "separator": ",", "rows": 1, "sheet": TEXTS[3]}
    read_as = [["agreements", 2, "signed", {"ko": TEXTS[0], "en": TEXTS[4]}]]
    said = {"files": [file], "read_as": read_as, "count": 1}
    broken = rows["agreements"].assign(signed=TEXTS[1])
    workspace.keep({"agreements": broken}, files=[said], base=store.release(2))
    store.engine.dispose()
    return folder


def changed(release: Release) -> Release:
    """The release with other names of cities, and one agreement less."""
    cities = release.tables["cities"]
    cities = cities.assign(name_en=cities["name_ko"], name_ko=cities["name_en"])
    return Release(0, "", {**release.tables, "cities": cities, "agreements": release.tables["agreements"].iloc[:-1]})


@pytest.fixture
def page(monkeypatch, hostile):
    """`page(name, lang)` -> the page of that release after its first run, as the person at the machine sees it."""

    def run(name: str, lang: str, **query: str) -> AppTest:
        monkeypatch.delenv("DASHBOARD_STATE", raising=False)
        monkeypatch.setenv("DASHBOARD_DATA", str(hostile))
        app = AppTest.from_file(str(FRAME), default_timeout=120)
        app.session_state["visitor"] = AT_THE_MACHINE
        app.query_params["lang"] = lang
        app.query_params["all"] = "true"  # the table of every reading is open
        for part, value in query.items():
            app.query_params[part] = value
        return app.switch_page(f"{name}.py").run()

    return run


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML that are not ours, and where its links and pictures lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.strange: list[tuple] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag not in OURS or not set(given) <= SAID:
            self.strange.append((tag, given))
        if not given.get("src", "data:image/svg+xml;base64,").startswith("data:image/svg+xml;base64,"):
            self.strange.append((tag, given))
        if not given.get("href", "https://").startswith(("https://", "http://", "/", "?", "#")) or MARK in given.get("style", ""):
            self.strange.append((tag, given))


def nodes(node) -> Iterator:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def texts(value) -> Iterator[str]:
    """Every string in a chart's or map's figure."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value


def is_markup(text: str) -> bool:
    """Whether Markdown would take a text of the release, unless it is escaped, for more than itself."""
    return MARK in text and MARKDOWN.search(ICON.sub("", text).replace(": ", " ")) is not None


def faults(app: AppTest) -> list:
    """What the texts of the release became beyond text."""
    assert not app.exception
    assert not app.error
    found: list = []
    for node in nodes(app._tree):
        proto = getattr(node, "proto", None)
        if node.type == "html":
            found += Tags(proto.body).strange
        elif node.type == "bidi_component":
            told = json.loads(proto.bytes) if proto.bytes else {}
            found += drawn(told)
            found += Tags(told["rows"]).strange if isinstance(told.get("rows"), str) else []
        elif node.type in PLAIN_BUT_FOR_THEIR_LABEL | {"button"}:
            found += [(node.type, text) for text in (proto.label, proto.help) if is_markup(text)]
        elif node.type == "dialog":
            found += [(node.type, proto.dialog.title)] if is_markup(proto.dialog.title) else []
        elif node.type == "button_group":
            found += [(node.type, option.content) for option in proto.options if is_markup(option.content)]
        elif node.type == "radio":
            found += [text for text in (*proto.options, *proto.captions) if MARKDOWN.search(ICON.sub("", text))]
        elif proto is not None and node.type not in SHOW_AS_TEXT and MARK in str(proto).replace("\\", ""):
            found.append((node.type, str(proto)[:200]))
    return found


def drawn(told: dict) -> list:
    """What a script is given to draw: texts in figures, and slides that are HTML."""
    slide = told.get("slide", {})
    figures = [told.get("figure", {}), *(drawing.get("figure", {}) for drawing in slide.get("drawings", []))]
    return Tags(slide.get("html", "")).strange + [text for text in texts(figures) if MARK in text and Tags(text).strange]


PAGES = [name for group in PLACES.values() for name in group]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_takes_a_cell_for_markup(page, name, lang):
    app = page(name, lang)
    assert faults(app) == []
    assert any("<h1" in block.proto.body for block in app.get("html"))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_dossier_takes_a_cell_for_markup(page, lang):
    app = page("city", lang)
    app.query_params["city"] = "beijing"
    app.run()
    assert faults(app) == []
    assert any('class="timeline"' in block.proto.body for block in app.get("html"))


SEARCHED = {"city": "wellington", "q": TEXTS[1]}
EVERY = Outline(TEXTS[0], tuple(SlideRequest(kind, SEARCHED, TEXTS[at % len(TEXTS)], TEXTS[10]) for at, kind in enumerate(KINDS)))


@pytest.mark.parametrize("own", [True, False], ids=["own words", "words of the data"])
@pytest.mark.parametrize("at", [1, 7, len(KINDS)])
def test_no_briefing_takes_a_cell_or_a_title_or_a_note_for_markup(page, at, own):
    outline = EVERY if own else Outline("", tuple(replace(one, title="") for one in EVERY.slides))
    app = page("briefing", "en", slides=encode(outline), at=str(at))
    assert faults(app) == []


@pytest.mark.parametrize("draft", [0, 1])
def test_the_desk_takes_no_cell_of_a_draft_for_markup(page, hostile, draft):
    app = page("data_desk", "en")
    app.button(key=[button.key for button in app.button if (button.key or "").startswith("continue-")][draft]).click().run()
    assert "draft" in app.query_params
    assert faults(app) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_drawer_takes_a_cell_for_markup(page, name):
    app = page(name, "en")
    for key in [button.key for button in app.button if (button.key or "").startswith(("source-", "data-", "open-"))]:
        app.button(key=key).click().run()
        assert faults(app) == [], key


@pytest.mark.parametrize("claim", ["C001", "C004", "C048", "C056", "C063"])
def test_no_claim_takes_a_cell_for_markup(page, claim):
    app = page("claims", "en")
    app.query_params["claim"] = claim
    app.run()
    assert any('class="drawer claim"' in block.proto.body for block in app.get("html"))
    assert faults(app) == []


def test_the_texts_are_there_to_be_seen(page):
    html = "".join(block.proto.body for block in page("sources", "en").get("html"))
    assert "&lt;script&gt;alert(" in html
    assert MARK in html


@pytest.mark.parametrize("table", TABLES)
def test_no_download_holds_a_formula_and_each_holds_every_text(hostile, table):
    release = read_folder(hostile)
    rows = list(csv.reader(io.StringIO(as_csv(release, table, "en").decode("utf-8-sig"), newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))] == []
    book = load_workbook(io.BytesIO(as_workbook(release, table, "en")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    told = {cell.value for cell in cells}
    texts = {text for column in release.tables[table] for text in release.tables[table][column] if isinstance(text, str) and MARK in text}
    assert {text for text in texts if text not in told} == set()


def test_a_figures_own_table_as_csv_holds_no_formula(hostile):
    cities = read_folder(hostile).tables["cities"]
    assert "=HYPERLINK" in "".join(cities["name_en"])
    rows = csv.reader(io.StringIO(frame_as_csv(cities).decode("utf-8-sig"), newline=""))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []


def test_the_address_of_a_source_stays_one_attribute():
    html = f'<a href="{ADDRESS}">'
    assert Tags(html).strange != []  # what would be found, were it not escaped
