"""Marks of outcomes: a row a group, each mark told by shape as well as colour."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.outcomes import OUTCOMES, ROW, figure
from charts.theme import drawn as ready

ROWS = pd.DataFrame(
    [
        ("North <b>", "silent", "A <i>"),
        ("North <b>", "reached", "B"),
        ("South", "partly", "C"),
        ("South", "not_reached", "D"),
        ("South", "open", "E"),
    ],
    columns=["group", "outcome", "label"],
)


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(ROWS, light, words)


def test_plotly_accepts_the_figure_and_it_is_plain_text_and_numbers(drawn):
    assert len(go.Figure(**drawn).data) == len(OUTCOMES)
    assert json.loads(json.dumps(drawn)) == drawn
    assert ready(drawn).height == 2 * ROW


def test_marks_stand_in_the_order_of_the_outcomes_within_their_group(drawn):
    places = {outcome: trace["x"] for outcome, trace in zip(OUTCOMES, drawn["data"], strict=True)}
    assert places == {"reached": [0.0], "partly": [0.0], "not_reached": [1.0], "open": [2.0], "silent": [1.0]}


def test_every_outcome_has_a_look_of_its_own_without_colour(drawn, light):
    looks = [(t["marker"]["symbol"], t["marker"]["color"] == light.card, t["marker"]["line"].get("color")) for t in drawn["data"]]
    assert len(set(looks)) == len(OUTCOMES)
    assert len(drawn["layout"]["shapes"]) == 1  # the check on what was reached


def test_groups_say_how_many_they_hold_and_texts_are_escaped(drawn):
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["North &lt;b&gt; · 2", "South · 3"]
    assert drawn["data"][-1]["hovertext"] == ["A &lt;i&gt;"]


def test_no_rows_are_a_figure_too(light, words):
    assert len(go.Figure(**figure(ROWS.head(0), light, words)).data) == len(OUTCOMES)
