"""Events: what was reported is filled, what was expected is hollow, and neither stands for the other."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.networks import ROW
from charts.networks import hosted as figure

NONE = float("nan")
ROWS = pd.DataFrame(
    [
        ("Congress <b>", 67, 67, 70, "x <i>"),
        ("Week", 109, 115, NONE, "y"),
        ("Forum", NONE, NONE, 40, "z"),
        ("Silent", NONE, NONE, NONE, ""),
    ],
    columns=["name", "low", "high", "expected", "label"],
)


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(ROWS, light, words)


def test_reported_dots_are_filled_and_expected_ones_hollow(drawn, light):
    _, expected, low, high = drawn["data"]
    assert (expected["x"], low["x"], high["x"]) == ([70, 40], [67, 109], [67, 115])
    assert (expected["marker"]["color"], high["marker"]["color"]) == (light.card, light.ink)


def test_what_is_written_tells_the_two_apart(drawn):
    texts = [note["text"] for note in drawn["layout"]["annotations"]]
    assert texts[:4] == ["Congress &lt;b&gt;", "Week", "Forum", "Silent"]
    assert texts[4] == "<b>67</b> · networks.chart_expected {'value': '70'}"
    assert texts[5] == "<b>chart.bounds {'lower': '109', 'upper': '115'}</b>"
    assert texts[6] == "networks.chart_expected {'value': '40'}"
    assert len(texts) == 7


def test_an_event_without_a_figure_has_a_row_and_no_dot(drawn):
    assert drawn["layout"]["height"] == 4 * ROW + 4
    assert drawn["data"][0]["y"][-3] == pytest.approx(2.22)


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_rows_are_a_figure(rows, light, words):
    assert go.Figure(**figure(ROWS.head(rows), light, words)) is not None
