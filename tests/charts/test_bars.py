"""Bars: certain filled, possible hatched after it, published as a ring, and each number written at its bar."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.bars import ROW, across, by_year

SECTORS = pd.DataFrame(
    [("Water", 5, 0, 22.0), ("Transport <b>", 12, 2, None), ("Other", 7, 0, None)], columns=["label", "value", "possible", "published"]
)
YEARS = pd.DataFrame([(2014, 4, 2), (2016, 3, 0), (2019, 6, 0)], columns=["year", "certain", "possible"])


def texts(drawn: dict) -> list[str]:
    return [note["text"] for note in drawn["layout"]["annotations"]]


def ends(drawn: dict) -> list[str]:
    """What is said at the end of each bar across."""
    return [text.strip("\N{NO-BREAK SPACE}") for text in drawn["data"][-1]["text"]]


def draw_each(light, words) -> list[dict]:
    return [across(SECTORS, light, words), by_year(YEARS, light, words)]


def test_plotly_accepts_the_figures_and_they_are_plain_text_and_numbers(light, words):
    for drawn in draw_each(light, words):
        go.Figure(**drawn)
        assert json.loads(json.dumps(drawn)) == drawn


def test_the_largest_stands_first_unless_the_order_is_given(light, words):
    assert across(SECTORS, light, words)["data"][0]["x"] == [12.0, 7.0, 5.0]
    assert across(SECTORS, light, words, ordered=True)["data"][0]["x"] == [5.0, 12.0, 7.0]


def test_each_bar_across_carries_its_number_its_bounds_or_its_published_count(light, words):
    bounds = "chart.bounds {'lower': '12', 'upper': '14'}"
    assert ends(across(SECTORS, light, words)) == [bounds, "7", "5 · chart.published {'value': '22'}"]


def test_a_published_count_is_a_ring_at_its_value_and_the_label_stands_behind_it(light, words):
    drawn = across(SECTORS, light, words)
    assert (drawn["data"][3]["x"], drawn["data"][3]["y"]) == ([22.0], [2.0])
    assert drawn["data"][-1]["x"] == [14.0, 7.0, 22.0]


def test_possible_is_hatched_and_stands_after_the_certain(light, words):
    for drawn, possible in ((across(SECTORS, light, words), [2.0, 0.0, 0.0]), (by_year(YEARS, light, words), [2.0])):
        values = drawn["data"][1]["x" if drawn["data"][1].get("orientation") else "y"]
        assert values == possible
        assert drawn["data"][1]["marker"]["pattern"]["shape"] == "/"
        assert drawn["layout"]["barmode"] == "stack"


def test_rows_without_the_optional_columns_are_bars_in_one_colour(light, words):
    drawn = across(SECTORS[["label", "value"]], light, words, "#123456")
    assert drawn["data"][0]["marker"]["color"] == ["#123456"] * 3
    assert drawn["data"][3]["x"] == []


def test_a_bar_can_have_a_colour_of_its_own(light, words):
    rows = SECTORS.assign(colour=["#010101", "#020202", "#030303"])
    assert across(rows, light, words, ordered=True)["data"][0]["marker"]["color"] == ["#010101", "#020202", "#030303"]


def test_a_text_of_its_own_stands_in_place_of_the_numbers(light, words):
    assert ends(across(SECTORS.assign(text=["", "2 <more>", ""]), light, words, ordered=True))[1] == "2 &lt;more&gt;"


def test_the_height_grows_with_the_rows(light, words):
    two, three = (across(SECTORS.head(n), light, words)["layout"]["height"] for n in (2, 3))
    assert three - two == ROW


def test_a_year_without_a_row_has_no_column_and_the_tallest_carries_its_number(light, words):
    drawn = by_year(YEARS, light, words)
    assert drawn["data"][0]["x"] == ["2014-07-01", "2016-07-01", "2019-07-01"]
    # 4 + 2 in 2014 and 6 in 2019 are equal; the newest of equals is labelled.
    assert [(note["x"], note["text"]) for note in drawn["layout"]["annotations"]] == [("2019-07-01", "6")]


@pytest.mark.parametrize("rows", [1, 2])
def test_few_columns_are_no_wider_than_those_of_eight_years(rows, light, words):
    first, last = by_year(YEARS.head(rows), light, words)["layout"]["xaxis"]["range"]
    assert int(last[:4]) - int(first[:4]) == 7
    assert by_year(YEARS.assign(year=YEARS["year"] * 2), light, words)["layout"]["xaxis"]["range"] == ["4028-01-01", "4038-12-31"]


def test_names_from_tables_are_escaped(light, words):
    drawn = across(SECTORS, light, words)
    assert drawn["layout"]["yaxis"]["ticktext"][0] == "Transport &lt;b&gt;"


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_rows_are_a_figure(rows, light, words):
    for drawn in (across(SECTORS.head(rows), light, words), by_year(YEARS.head(rows), light, words)):
        go.Figure(**drawn)
        assert drawn["layout"]["height"] > 0


def test_the_frames_passed_in_are_not_changed(light, words):
    before = [frame.copy(deep=True) for frame in (SECTORS, YEARS)]
    draw_each(light, words)
    for frame, kept in zip((SECTORS, YEARS), before, strict=True):
        pd.testing.assert_frame_equal(frame, kept)
