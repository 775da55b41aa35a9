"""Published totals beside the register: rings joined where they compare, a line of its own, the silence between named."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.exports import documented as figure

STEPS = pd.DataFrame([("2006-01-01", 0), ("2014-05-01", 10), ("2026-11-22", 59)], columns=["day", "value"]).assign(
    day=lambda rows: pd.to_datetime(rows["day"]).astype("datetime64[s]")
)
COUNTS = pd.DataFrame(
    [("2014-07-15", 25, "25 <i>", 0), ("2017-11-30", 53, "53", 0), ("2025-12-18", 122, "122", 1)],
    columns=["day", "value", "label", "segment"],
).assign(day=lambda rows: pd.to_datetime(rows["day"]))
BREAKS = pd.DataFrame({"day": pd.to_datetime(["2025-12-18"]), "before": [66.0], "after": [122.0]})
QUIET = pd.DataFrame({"since": pd.to_datetime(["2017-11-30"]), "until": pd.to_datetime(["2025-12-18"]), "label": ["8 quiet years"]})


@pytest.fixture
def drawn(light, words) -> dict:
    return figure(STEPS, COUNTS, BREAKS, QUIET, light, words)


def texts(drawn):
    return [note["text"] for note in drawn["layout"]["annotations"]]


def test_plotly_accepts_the_figure_and_it_is_plain_text_and_numbers(drawn):
    assert len(go.Figure(**drawn).data) == 4
    assert json.loads(json.dumps(drawn)) == drawn


def test_totals_are_joined_only_where_they_compare(drawn):
    assert drawn["data"][0]["y"] == [25, 53, None, 122, None]


def test_a_break_is_a_dotted_riser_from_what_had_been_counted(drawn):
    assert drawn["data"][1]["y"] == [66, 94, 122, None]


def test_the_register_is_a_step_line_that_ends_on_the_as_of_date(drawn):
    assert drawn["data"][2]["line"]["shape"] == "hv"
    assert (drawn["data"][2]["x"][-1], drawn["data"][2]["y"][-1]) == ("2026-11-22", 59)


def test_both_lines_say_what_they_are_where_they_end(drawn):
    assert any("chart.total_published" in text and "122" in text for text in texts(drawn))
    assert any("chart.total_documented" in text and "59" in text for text in texts(drawn))


def test_the_longest_silence_is_shaded_and_named(drawn):
    assert "8 quiet years" in texts(drawn)
    assert {"x0": "2017-11-30", "x1": "2025-12-18"}.items() <= drawn["layout"]["shapes"][0].items()


def test_ends_that_are_near_each_other_are_moved_apart(light, words):
    near = figure(STEPS, COUNTS.assign(value=[25, 53, 60]), BREAKS.head(0), QUIET.head(0), light, words)
    shifts = {note["yshift"] for note in near["layout"]["annotations"] if "chart.total" in note["text"]}
    assert shifts == {12, -12}


def test_labels_are_escaped(drawn):
    assert drawn["data"][3]["hovertext"][0] == "25 &lt;i&gt;"


def test_long_registers_are_thinned_and_keep_their_end(light, words):
    days = pd.date_range("2000-01-01", periods=9000, freq="D").astype("datetime64[s]")
    long = figure(pd.DataFrame({"day": days, "value": range(9000)}), COUNTS.head(0), BREAKS.head(0), QUIET.head(0), light, words)
    assert len(long["data"][2]["x"]) < 2000
    assert long["data"][2]["y"][-1] == 8999


def test_frames_without_rows_give_an_empty_pair_of_axes(light, words):
    empty = figure(STEPS.head(0), COUNTS.head(0), BREAKS.head(0), QUIET.head(0), light, words)
    assert go.Figure(**empty).layout.xaxis.range == ("2000-01-01", "2001-01-01")
