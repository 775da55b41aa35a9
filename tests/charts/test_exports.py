"""Exports: published totals above, documented starts below, and nothing between counts that do not compare."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.exports import figure

YEARS = pd.DataFrame([(2014, 4, 2), (2016, 3, 0)], columns=["year", "certain", "possible"])
COUNTS = pd.DataFrame(
    [("2014-07-15", 25, "25 <i>", 0), ("2017-11-20", 53, "53", 0), ("2025-12-10", 122, "122", 1)],
    columns=["day", "value", "label", "segment"],
).assign(day=lambda rows: pd.to_datetime(rows["day"]))


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(YEARS, COUNTS, light, words)


def test_plotly_accepts_the_figure_and_it_is_plain_text_and_numbers(drawn):
    assert len(go.Figure(**drawn).data) == 4
    assert json.loads(json.dumps(drawn)) == drawn


def test_counts_that_do_not_compare_are_not_joined(drawn):
    assert drawn["data"][0]["y"] == [25, 53, None, 122, None]


def test_counts_without_a_segment_are_never_joined(light, words):
    assert figure(YEARS, COUNTS.drop(columns="segment"), light, words)["data"][0]["y"] == []


def test_a_year_without_a_project_has_no_bar(drawn):
    assert drawn["data"][2]["x"] == ["2014-07-01", "2016-07-01"]


def test_possible_starts_are_hatched_and_stand_on_the_certain_ones(drawn):
    certain, possible = drawn["data"][2:]
    assert (certain["y"], possible["y"]) == ([4, 3], [2, 0])
    assert possible["marker"]["pattern"]["shape"] == "/"
    assert drawn["layout"]["barmode"] == "stack"


def test_the_newest_count_is_written_large_and_earlier_ones_small(drawn):
    texts = [note["text"] for note in drawn["layout"]["annotations"]]
    assert "<b>122</b>" in texts
    assert "122" not in texts
    assert "53" in texts


def test_labels_from_tables_are_escaped(drawn):
    assert drawn["data"][1]["hovertext"][0] == "25 &lt;i&gt;"


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_rows_are_a_figure(rows, light, words):
    drawn = figure(YEARS.head(rows), COUNTS.head(rows), light, words)
    assert len(go.Figure(**drawn).data) == 4


def test_the_frames_passed_in_are_not_changed(light, words):
    years, counts = YEARS.copy(deep=True), COUNTS.copy(deep=True)
    figure(YEARS, COUNTS, light, words)
    pd.testing.assert_frame_equal(YEARS, years)
    pd.testing.assert_frame_equal(COUNTS, counts)
