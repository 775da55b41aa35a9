"""Notes on a chart: what of them is sent to the browser, how much room they are given, and that they stay small."""

import json
from datetime import date

import pytest

from charts.annotated import ROW, ROWS, STRIP, Note, annotated, bare
from charts.theme import drawn, layout

TERM = Note(date(2011, 10, 1), date(2020, 7, 31), "Park Won-soon", strip=True)
PLAN = Note(date(2017, 4, 1), date(2017, 4, 1), "Diplomacy plan")
OLD = Note(date(1970, 1, 1), date(1971, 1, 1), "Long ago")


@pytest.fixture
def chart(light) -> dict:
    axis = {"type": "date", "range": ["2010-01-01", "2018-12-31"]}
    trace = {"type": "scatter", "mode": "lines", "x": ["2010-01-01", "2018-12-31"], "y": [1, 2]}
    return {"data": [trace], "layout": layout(light, 300, xaxis=axis)}


def test_notes_go_with_the_chart_and_make_it_as_much_taller_as_they_need(chart, light):
    noted = annotated(chart, [TERM, PLAN], light, lift=18)["layout"]
    assert noted["meta"]["notes"] == [["2011-10-01", "2018-12-31", "Park Won-soon", 1], ["2017-04-01", "2017-04-01", "Diplomacy plan"]]
    assert noted["meta"]["lift"] == 18
    assert noted["height"] - 300 == noted["margin"]["t"] - chart["layout"]["margin"]["t"] == 4 + STRIP + ROWS * ROW


@pytest.mark.parametrize("notes, taller", [([TERM], 4 + STRIP), ([PLAN], 4 + ROWS * ROW)])
def test_room_is_made_only_for_what_there_is(chart, light, notes, taller):
    assert annotated(chart, notes, light)["layout"]["height"] == 300 + taller


@pytest.mark.parametrize("notes", [[], [OLD]])
def test_without_a_note_within_its_years_a_chart_stays_as_it_is(chart, light, notes):
    assert annotated(chart, notes, light) is chart


def test_the_chart_passed_in_is_not_changed(chart, light):
    before = json.dumps(chart)
    annotated(chart, [TERM, PLAN], light)
    assert json.dumps(chart) == before


def test_plotly_takes_a_chart_with_notes_and_sixteen_of_them_stay_below_a_kilobyte(chart, light):
    plain, noted = (drawn(one).text for one in (chart, annotated(chart, [TERM, PLAN] * 8, light)))
    assert len(noted.encode()) - len(plain.encode()) < 1024


def test_a_drawing_without_its_notes_is_the_drawing_of_the_chart_itself(chart, light):
    assert bare(drawn(annotated(chart, [TERM, PLAN], light))) == (drawn(chart), 2)
    assert bare(drawn(chart)) == (drawn(chart), 0)


def test_what_may_have_gone_on_is_sent_beside_what_is_known(chart, light):
    open_end = Note(date(2012, 1, 1), date(2014, 1, 1), "Mayor", strip=True, perhaps=date(2016, 1, 1))
    meta = annotated(chart, [open_end], light)["layout"]["meta"]
    assert meta["notes"] == [["2012-01-01", "2014-01-01", "Mayor", 1, "2016-01-01"]]
    assert len(meta["tints"]) == 3
