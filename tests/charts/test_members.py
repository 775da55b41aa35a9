"""Small multiples of members: a strip a network from zero, what is not used joined to nothing."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.networks import STRIP
from charts.networks import members as figure

ROWS = pd.DataFrame(
    [("A <b>", "2012-06-30", 50, True, "50"), ("A <b>", "2015-12-31", 60, True, "60"), ("A <b>", "2018-12-31", 55, False, "other <i>"),
     ("B", "2016-12-31", 1220, True, "1220")],
    columns=["name", "day", "value", "used", "label"],
).assign(day=lambda rows: pd.to_datetime(rows["day"]))  # fmt: skip
ON = date(2020, 6, 30)


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(ROWS, light, words, as_of=ON)


def test_every_network_has_a_strip_with_a_scale_of_its_own(drawn):
    assert go.Figure(**drawn).layout.height == 2 * STRIP + 44
    assert drawn["layout"]["yaxis"]["range"] == [0, 60 * 1.7]
    assert drawn["layout"]["yaxis2"]["range"] == [0, 1220 * 1.7]
    assert drawn["layout"]["yaxis"]["domain"][0] > drawn["layout"]["yaxis2"]["domain"][1]


def test_a_figure_that_says_otherwise_is_a_cross_and_not_on_the_line(drawn):
    line, rings, others = drawn["data"][:3]
    assert line["y"] == rings["y"] == [50, 60]
    assert (others["y"], others["marker"]["symbol"], others["hovertext"]) == ([55], "x-thin-open", ["other &lt;i&gt;"])


def test_names_are_escaped_and_values_are_written_over_their_rings(drawn):
    texts = [note["text"] for note in drawn["layout"]["annotations"]]
    assert texts == ["<b>A &lt;b&gt;</b>", "50", "60", "55", "<b>B</b>", "1220"]


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_rows_are_a_figure(rows, light, words):
    assert go.Figure(**figure(ROWS.head(rows), light, words, as_of=ON)) is not None
