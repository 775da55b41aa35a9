"""A slide as HTML: every piece has its place, every text is escaped, and what has no room is counted."""

import json
import re
from datetime import date

import pydeck
import pytest

from charts.map import World
from charts.theme import LIGHT, Drawing
from exports.slides import LISTED, Card, Cards, Chart, Map, Slide, Source, Table, Text
from metrics.indicators.registry import read
from pages.parts.briefing.slide_html import FOOT, body, notes, slide_json
from tests.worlds import ONE_ROW, world
from wording import words

EN = words("en")
HOSTILE = "<img src=x onerror=alert(1)>&\"'</script>"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#x27;&lt;/script&gt;"
FIGURE = Drawing('{"template":"light","data":[],"layout":{"height":360}}', 360)
ARCS, VIEW = {"from": [0, 0], "to": [], "clear": False}, {"lon": 0, "lat": 0, "half": 180}
GLOBE = World(pydeck.Deck(layers=[], map_provider=None), ARCS, [], VIEW, "", ())


def card(value: str = "71", name: str = "Partner cities", **more: object) -> Card:
    return Card(name, value, ("63 counted", "8 since"), read("partner_cities", world(**ONE_ROW), date(2026, 1, 1)), **more)


def chart(title: str = "A finding") -> Chart:
    return Chart("growth", title, "cities", FIGURE, "A chart", "Source: a paper")


def shown(*pieces: object, **more: object) -> str:
    return body(Slide("kind", "A headline", pieces, **more), LIGHT, EN)


EVERYWHERE = (
    Cards((Card(HOSTILE, HOSTILE, (HOSTILE,), card().reading, "on_track", HOSTILE),)),
    Chart("x", HOSTILE, HOSTILE, FIGURE, HOSTILE, HOSTILE),
    Map(HOSTILE, HOSTILE, GLOBE, HOSTILE, ((HOSTILE, LIGHT.blue, "filled"),), HOSTILE),
    Table(HOSTILE, (HOSTILE,), ((HOSTILE,),)),
    Text((HOSTILE,), HOSTILE),
    Text((HOSTILE,), HOSTILE, listed=True),
)


@pytest.mark.parametrize("piece", EVERYWHERE, ids=lambda piece: type(piece).__name__)
def test_no_text_of_a_piece_becomes_html(piece):
    made = shown(piece, sources=(Source(HOSTILE, "https://example.org"),))
    assert "<img" not in made
    assert ESCAPED in made


def test_no_text_of_the_notes_becomes_html_and_no_address_but_a_page_a_link():
    slide = Slide(
        "kind", HOSTILE, (), HOSTILE, (HOSTILE,), (Source(HOSTILE, "javascript:alert(1)"), Source("A paper", "https://example.org/?a=1&b"))
    )
    made = notes(slide, EN)
    assert "<img" not in made
    assert made.count(ESCAPED) == 3
    assert re.findall('href="([^"]*)"', made) == ["https://example.org/?a=1&amp;b"]


def test_the_headline_and_the_drawings_are_sent_as_data():
    sent = json.loads(slide_json(Slide("map", HOSTILE, (chart(), Map("", "", GLOBE, HOSTILE, (), ""))), LIGHT, EN))
    assert (sent["head"], sent["kind"]) == (HOSTILE, "map")
    assert [sorted(drawing) for drawing in sent["drawings"]] == [["alt", "figure"], ["alt", "world"]]
    assert sent["drawings"][1]["alt"] == HOSTILE
    assert sent["html"].count('<div class="drawn"></div>') == len(sent["drawings"])


def test_a_finding_that_is_the_headline_is_not_said_twice():
    assert "<h2>" not in shown(chart("A headline"))
    assert "<h2>Another finding</h2>" in shown(chart("Another finding"))


def test_a_number_has_its_state_as_a_mark_and_a_word_and_then_what_it_rests_on():
    made = shown(Cards((card(state="on_track", state_word="On track"),)))
    assert re.search(r'<p class="value">71</p><div><p class="state" style="color:#[0-9A-F]{6}"><svg[^>]*>.*</svg>On track</p>', made)
    assert made.index("On track") < made.index("63 counted") < made.index("8 since")


@pytest.mark.parametrize(("value", "look"), [("71", "value"), ("₩2.7 billion", "value longer"), ("12,345,6", "value long")])
def test_a_long_number_is_written_smaller(value, look):
    assert f'<p class="{look}">{value}</p>' in shown(Cards((card(value),)))


def test_a_table_sends_no_more_rows_than_could_fit_and_says_how_many_there_are():
    made = shown(Table("", ("City",), tuple((f"city {n}",) for n in range(500))))
    assert made.count("<tr>") == 1 + LISTED
    assert '<p class="rest" data-many="500" hidden># more, in the notes</p>' in made


def test_the_first_piece_stands_beside_the_others_and_tables_under_one_another():
    line, table = Text(("A word",)), Table("", ("City",), (("Oslo",),))
    for shape, *pieces in (("alone", chart()), ("beside", chart(), line), ("under", table, line), ("spoken", line)):
        assert shown(*pieces).startswith(f'<div class="pieces {shape}">')


def test_the_foot_names_the_sources_that_have_room_and_counts_the_others():
    assert FOOT == 650  # at 7 pixels a small letter hardly two lines of 60 letters
    sources = tuple(Source(letter * 40, "") for letter in "abcd")
    assert f"Source: {'a' * 40}; {'b' * 40}; 2 more in the notes</p>" in shown(chart(), sources=sources)
    assert f"Source: {'x' * 200}; 1 more in the notes</p>" in shown(chart(), sources=(Source("x" * 200, ""), sources[0]))


def test_a_slide_full_of_sources_does_not_repeat_them_and_a_map_says_what_its_boundaries_mean():
    source = Source("A paper", "")
    assert '<p class="from">1 source, named in the notes.</p>' in shown(Table("", ("Source",), (("A paper",),)), sources=(source,))
    assert '<p class="from">1 source, named in the notes. No view.</p>' in shown(Map("", "", GLOBE, "", (), "No view."), sources=(source,))
