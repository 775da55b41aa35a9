"""Growth: steps, a band, rings, and breaks that nothing joins."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.growth import figure


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=columns.split())
    return made.assign(day=pd.to_datetime(made["day"]).astype("datetime64[s]"))


def steps(*rows: tuple) -> pd.DataFrame:
    return frame("day value lower upper segment", *rows)


def published(*rows: tuple) -> pd.DataFrame:
    return frame("day value label", *rows)


def breaks(*rows: tuple) -> pd.DataFrame:
    return frame("day before after documented", *rows)


# Two segments: the register to 31 cities, then a count of 39 in June 2011, then 40 from 2016, held to the as-of date.
STEPS = steps(
    ("1990-01-01", 30, 30, 32, 0),
    ("2008-01-01", 31, 31, 34, 0),
    ("2011-06-15", 39, 39, 39, 1),
    ("2016-08-01", 40, 40, 41, 1),
    ("2020-12-31", 40, 40, 41, 1),
)
RINGS = published(("2011-06-15", 39, "39 <counted> & published"))
BREAK = breaks(("2011-06-15", 31, 39, float("nan")))


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(STEPS, RINGS, BREAK, light, words)


def line(drawn: dict) -> dict:
    return next(trace for trace in drawn["data"] if trace.get("line", {}).get("shape") == "hv")


def texts(drawn: dict) -> list[str]:
    return [note["text"] for note in drawn["layout"]["annotations"]]


def test_plotly_accepts_the_figure_and_it_is_plain_text_and_numbers(drawn):
    assert len(go.Figure(**drawn).data) == 4
    assert json.loads(json.dumps(drawn)) == drawn


def test_a_break_leaves_a_gap_in_the_line(drawn):
    assert line(drawn)["y"] == [30, 31, 31, None, 39, 40, 40, None]


def test_the_last_value_before_a_break_is_drawn_to_its_eve(drawn):
    assert line(drawn)["x"][2:5] == ["2011-06-14", None, "2011-06-15"]


def test_the_band_is_one_closed_outline_a_segment(drawn):
    band = drawn["data"][0]
    before = band["y"].index(None)
    assert band["fill"] == "toself"
    assert band["y"][:before] == [32, 32, 34, 34, 34, 31, 31, 31, 30, 30]
    assert band["x"][:before] == band["x"][:before][: before // 2] + band["x"][:before][: before // 2][::-1]


def test_the_newest_value_is_written_at_its_end_with_its_bounds(drawn):
    assert "<b>40</b>" in texts(drawn)
    assert "chart.bounds {'lower': '40', 'upper': '41'}" in texts(drawn)


def test_a_certain_value_is_written_without_bounds(light, words):
    sure = steps(("2019-01-01", 5, 5, 5, 0), ("2020-01-01", 5, 5, 5, 0))
    assert texts(figure(sure, published(), breaks(), light, words)) == ["<b>5</b>"]


def test_the_largest_break_says_by_how_much_the_count_rose(drawn):
    assert "chart.break {'step': '8'}" in texts(drawn)


def test_the_largest_break_may_be_a_fall(light, words):
    both = breaks(("2011-06-15", 31, 33, float("nan")), ("2016-08-01", 40, 35, float("nan")))
    assert "chart.break {'step': '-5'}" in texts(figure(STEPS, published(), both, light, words))


def test_a_break_with_documented_rows_says_how_many(light, words):
    """From 57 counted, 2 documented since make 59; counted are 63: a rise of 6 of which 2 are documented."""
    known = breaks(("2011-06-15", 59, 63, 2))
    drawn = figure(STEPS, published(), known, light, words)
    assert "chart.break_documented {'step': '6',<br>'documented': '2'}" in texts(drawn)


def test_the_reason_of_a_break_is_said_on_hover(drawn):
    assert drawn["data"][2]["hovertext"][0].startswith("chart.break_reason")
    assert "'before': '31', 'after': '39'" in drawn["data"][2]["hovertext"][0]


def test_texts_from_tables_are_escaped(light, words):
    drawn = figure(STEPS, RINGS, BREAK, light, words)
    assert drawn["data"][3]["hovertext"] == ["39 &lt;counted&gt; &amp; published"]
    assert "&lt;1990-01-01&gt;" in line(drawn)["hovertext"][0]


def test_a_newest_value_of_many_digits_has_room_beside_the_line(light, words):
    long = figure(steps(("2020-01-01", 50_743, 50_743, 50_743, 0)), published(), breaks(), light, words)
    assert long["layout"]["margin"]["r"] == 26 + 14 * len("50743")


def test_without_data_there_is_an_empty_pair_of_axes(light, words):
    drawn = figure(steps(), published(), breaks(), light, words)
    assert len(go.Figure(**drawn).data) == 4
    assert texts(drawn) == []


def test_one_row_is_a_figure(light, words):
    drawn = figure(steps(("2020-01-01", 1, 1, 1, 0)), published(), breaks(), light, words)
    go.Figure(**drawn)
    assert texts(drawn) == ["<b>1</b>"]


def test_unknown_bounds_are_drawn_as_the_value(light, words):
    nan = float("nan")
    drawn = figure(steps(("2019-01-01", 3, nan, nan, 0), ("2020-01-01", 3, nan, nan, 0)), published(), breaks(), light, words)
    assert set(drawn["data"][0]["y"]) == {3, None}
    assert texts(drawn) == ["<b>3</b>"]


def test_where_nothing_closes_it_the_line_is_the_minimum_and_no_band_is_drawn(light, words):
    nan = float("nan")
    drawn = figure(steps(("2019-01-01", 3, 3, nan, 0), ("2020-01-01", 4, 4, nan, 0)), published(), breaks(), light, words)
    assert set(drawn["data"][0]["y"]) == {3, None} | {4}
    assert texts(drawn) == ["<b>4</b>", "chart.minimum {}"]
    assert "bounds.open {'lower': '3'}" in drawn["data"][1]["hovertext"][0]


def test_a_count_without_a_day_is_a_bar_over_the_days_that_it_allows(light, words):
    days = {"since": ["0001-01-01"], "until": ["2018-06-30"]}
    undated = pd.DataFrame({name: pd.to_datetime(pd.Series(days[name]).astype("datetime64[s]")) for name in days})
    drawn = figure(STEPS, RINGS, BREAK, light, words, undated=undated.assign(value=71.0, label="71 <undated>"))
    line, dots = drawn["data"][1:3]
    assert (line["x"], line["y"]) == (["1990-01-01", "2018-06-30", None], [71, 71, None])
    assert (dots["mode"], dots["hovertext"]) == ("markers", ["71 &lt;undated&gt;"] * 2)
    assert drawn["layout"]["yaxis"]["range"][1] > 71


def test_a_long_history_is_thinned_and_keeps_its_ends(light, words):
    days = pd.date_range("1970-01-01", periods=20_000, freq="D", unit="s")
    numbers = range(1, 20_001)
    long = pd.DataFrame({"day": days, "value": numbers, "lower": numbers, "upper": numbers, "segment": 0})
    drawn = line(figure(long, published(), breaks(), light, words))
    assert len(drawn["y"]) < 2_000
    assert (drawn["y"][-2], drawn["x"][0]) == (20_000, "1970-01-01")


def test_the_frames_passed_in_are_not_changed(light, words):
    before = [part.copy(deep=True) for part in (STEPS, RINGS, BREAK)]
    figure(STEPS, RINGS, BREAK, light, words)
    for part, was in zip((STEPS, RINGS, BREAK), before, strict=True):
        pd.testing.assert_frame_equal(part, was)


@pytest.mark.parametrize("day, side", [("1991-06-15", "left"), ("2011-06-15", "right")])
def test_the_word_on_the_first_published_count_is_not_cut_off_at_the_edge(light, words, day, side):
    drawn = figure(STEPS, published((day, 39, "39")), breaks(), light, words)
    assert [note["xanchor"] for note in drawn["layout"]["annotations"] if "39" in note["text"]] == [side]
