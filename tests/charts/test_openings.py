"""Organisations: the target as a mark on its day, and a stair of openings, pale while a date is vague."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.networks import against
from charts.networks import openings as figure

ON = date(2020, 6, 30)
STEPS = pd.DataFrame([("2014-03-05", 20, 20, 21, 0), ("2020-06-30", 31, 31, 33, 0)], columns=["day", "value", "lower", "upper", "segment"])
STEPS = STEPS.assign(day=pd.to_datetime(STEPS["day"]))
RINGS = pd.DataFrame({"day": pd.to_datetime(["2014-03-05"]), "value": [20.0], "label": ["20"]})
BREAKS = pd.DataFrame({"day": pd.to_datetime([]), "before": [], "after": []})
ROWS = pd.DataFrame(
    [("A <i>", "2012-01-01", "2012-12-31", "2018-01-01", "2020-06-30"), ("B", "2014-06-26", "2014-06-26", "2020-06-30", "2020-06-30")],
    columns=["label", "earliest", "latest", "may_leave", "left"],
)
ROWS = ROWS.assign(**{column: pd.to_datetime(ROWS[column]) for column in ROWS.columns[1:]}, sure=True)


def test_the_target_stands_on_its_day_and_the_axes_reach_it(light, words):
    drawn = against(STEPS, RINGS, BREAKS, (50, date(2020, 12, 31)), light, words)
    mark = drawn["data"][-1]
    assert (mark["x"], mark["y"], mark["marker"]["symbol"]) == (["2020-12-31"], [50], "line-ew")
    assert drawn["layout"]["yaxis"]["range"][1] >= 50
    assert drawn["layout"]["xaxis"]["range"] == ["2014-03-05", "2020-12-31"]
    assert go.Figure(**drawn) is not None


def test_without_a_target_the_figure_is_that_of_growth(light, words):
    assert len(against(STEPS, RINGS, BREAKS, None, light, words)["data"]) == 4


def test_an_opening_is_pale_while_its_date_allows_it_and_again_where_it_may_have_left(light, words):
    pale, sure, dots = figure(ROWS, light, words, as_of=ON)["data"]
    assert pale["x"] == ["2012-01-01", "2012-12-31", None, "2018-01-01", "2020-06-30", None]
    assert sure["x"] == ["2012-12-31", "2018-01-01", None, "2014-06-26", "2020-06-30", None]
    assert dots["x"] == ["2012-12-31", "2014-06-26"]
    assert dots["hovertext"] == ["A &lt;i&gt;", "B"]


def test_an_opening_that_may_still_lie_ahead_has_no_dot(light, words):
    *_, dots = figure(ROWS.assign(sure=[False, True]), light, words, as_of=ON)["data"]
    assert (dots["x"], dots["y"]) == (["2014-06-26"], [1])


@pytest.mark.parametrize("rows", [0, 1])
def test_few_or_no_rows_are_a_figure(rows, light, words):
    assert go.Figure(**figure(ROWS.head(rows), light, words, as_of=ON)) is not None
