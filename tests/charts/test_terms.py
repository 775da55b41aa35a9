"""Terms on a time line: pale where a date is vague, an arrow where no end is known, a dot for what was brief."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.networks import terms as figure
from charts.theme import fade

ON = date(2020, 6, 30)
COLUMNS = ["network", "lane", "kind", "first", "sure", "may_end", "over", "running", "label"]
ROWS = pd.DataFrame(
    [
        ("Net <b>", "chair", "lead", date(2013, 1, 1), date(2013, 12, 31), date(2017, 1, 1), date(2017, 12, 31), False, "chair <i>"),
        ("Net <b>", "host", "host", date(2012, 5, 1), date(2012, 5, 1), ON, ON, True, "host"),
        ("Old", "member", "none", date(1990, 1, 1), date(1990, 12, 31), ON, ON, True, "member"),
        ("Plan", "proposer", "proposed", date(2017, 1, 1), date(2017, 1, 1), date(2017, 1, 3), date(2017, 1, 3), False, "brief"),
    ],
    columns=COLUMNS,
)


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(ROWS, light, words, as_of=ON, since=ON)


def test_a_vague_beginning_and_end_are_pale_and_the_rest_is_full(drawn, light):
    bars = [t for t in drawn["data"] if t["mode"] == "lines"][:3]
    assert [bar["line"]["color"] for bar in bars] == [fade(light.ink, 0.35), light.ink, fade(light.ink, 0.35)]
    assert [bar["x"] for bar in bars] == [["2013-01-01", "2013-12-31"], ["2013-12-31", "2017-01-01"], ["2017-01-01", "2017-12-31"]]


def test_an_arrow_leads_on_and_a_brief_term_is_a_dot(drawn):
    marks = [(t["marker"]["symbol"], t["x"]) for t in drawn["data"] if t["mode"] == "markers"]
    assert marks == [("triangle-right", ["2020-06-30"]), ("circle", ["2017-01-01"])]


def test_every_network_is_named_once_and_mere_membership_is_not_drawn(drawn):
    texts = [note["text"] for note in drawn["layout"]["annotations"]]
    assert [text for text in texts if text.startswith("<b>")] == ["<b>Net &lt;b&gt;</b>", "<b>Old</b>", "<b>Plan</b>"]
    assert [text for text in texts if not text.startswith("<b>")] == ["chair", "host", "proposer"]
    assert drawn["layout"]["xaxis"]["range"][0] == "2012-01-01"


def test_hover_texts_are_escaped(drawn):
    assert drawn["data"][0]["hovertext"] == ["chair &lt;i&gt;"] * 2


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_rows_are_a_figure(rows, light, words):
    assert go.Figure(**figure(ROWS.head(rows), light, words, as_of=ON, since=ON)) is not None
