"""Charts on paper: every figure of charts/ is drawn with its numbers and labels, where the figure says, and nothing unknown is guessed."""

import inspect
import json
from datetime import date
from pkgutil import iter_modules
from xml.etree import ElementTree

import pandas as pd
import pytest

import charts
from charts import bars, exports, fund, growth, history, networks, outcomes
from charts.theme import Drawing, drawn, layout, palette
from exports.drawing.figure import UnsupportedChart, figure
from exports.drawing.svg import chart_svg
from tests.charts import (
    test_bars,
    test_documented,
    test_exports,
    test_fund,
    test_growth,
    test_hosted,
    test_members,
    test_openings,
    test_outcomes,
    test_terms,
)
from wording import words

LIGHT, WORDS = palette("light"), words("en")
WIDTH = 600
TAG = "{http://www.w3.org/2000/svg}"
FUND = (test_fund.KNOWN, test_fund.TARGET, test_fund.PATH, LIGHT, WORDS)
ASSUMED = fund.Assumption(test_fund.amounts(("2016-12-31", 2.7e9), ("2026-12-31", 10e9)), "0.7 a year")
MET = pd.DataFrame(
    [
        ("agreements", "2015-12-04", "2015-12-04", LIGHT.gold, True, "Agreement"),
        ("agreements", "2017-04-03", "2017-04-03", LIGHT.blue, True, "Upgrade"),
        ("contacts", "2020-01-01", "2020-12-31", LIGHT.ink, True, "Visit"),
        ("contacts", "2021-05-01", "2021-05-31", LIGHT.ink, False, "Announced"),
    ],
    columns=["lane", "since", "until", "colour", "filled", "label"],
)
MET = MET.assign(since=pd.to_datetime(MET["since"]).astype("datetime64[s]"), until=pd.to_datetime(MET["until"]).astype("datetime64[s]"))
FIGURES = {
    "bars.across": lambda: bars.across(test_bars.SECTORS, LIGHT, WORDS),
    "bars.by_year": lambda: bars.by_year(test_bars.YEARS, LIGHT, WORDS),
    "exports.documented": lambda: exports.documented(
        test_documented.STEPS, test_documented.COUNTS, test_documented.BREAKS, test_documented.QUIET, LIGHT, WORDS
    ),
    "exports.figure": lambda: exports.figure(test_exports.YEARS, test_exports.COUNTS, LIGHT, WORDS),
    "fund.figure": lambda: fund.figure(*FUND, as_of=test_fund.TODAY, currency="KRW", assumption=ASSUMED, term=date(2023, 12, 31)),
    "fund.flows": lambda: fund.flows(test_fund.YEARS, LIGHT, WORDS, currency="KRW"),
    "growth.figure": lambda: growth.figure(test_growth.STEPS, test_growth.RINGS, test_growth.BREAK, LIGHT, WORDS),
    "history.figure": lambda: history.figure(MET, (("agreements", "Agreements"), ("contacts", "Contacts")), date(2025, 1, 1), LIGHT),
    "networks.hosted": lambda: networks.hosted(test_hosted.ROWS, LIGHT, WORDS),
    "networks.members": lambda: networks.members(test_members.ROWS, LIGHT, WORDS, as_of=test_members.ON),
    "networks.against": lambda: networks.against(
        test_openings.STEPS, test_openings.RINGS, test_openings.BREAKS, (50, date(2020, 12, 31)), LIGHT, WORDS
    ),
    "networks.openings": lambda: networks.openings(test_openings.ROWS, LIGHT, WORDS, as_of=test_openings.ON),
    "outcomes.figure": lambda: outcomes.figure(test_outcomes.ROWS, LIGHT, WORDS),
    "networks.terms": lambda: networks.terms(test_terms.ROWS, LIGHT, WORDS, as_of=test_terms.ON, since=test_terms.ON),
}


def picture(figure):
    """The figure as SVG, parsed."""
    return ElementTree.fromstring(chart_svg(drawn(figure), WIDTH))


def texts(root):
    return ["".join(text.itertext()).strip("\N{NO-BREAK SPACE}") for text in root.iter(f"{TAG}text")]


def one_chart(trace, **more):
    """A figure of one trace between 0 and 10 on both axes, 100 pixels on paper without margins."""
    own = {"xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 10]}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    return chart_svg(drawn({"data": [trace], "layout": layout(LIGHT, 100, **own | more)}), 100)


def test_every_figure_of_charts_is_tried_here():
    found = {
        f"{module.name}.{name}"
        for module in iter_modules(charts.__path__)
        if module.name not in ("axes", "theme", "annotated")  # paper draws a chart without the notes around it, and says so
        for name, made in inspect.getmembers(__import__(f"charts.{module.name}", fromlist=["charts"]), inspect.isfunction)
        if not name.startswith("_")
        and str(inspect.signature(made).return_annotation) == "dict[str, typing.Any]"
        and made.__module__ == f"charts.{module.name}"
    }
    assert found == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_with_every_label_and_note_that_it_has(name):
    figure = FIGURES[name]()
    said = "".join(texts(picture(figure)))
    ticks = [text for axis, look in figure["layout"].items() if axis[1:5] == "axis" for text in look.get("ticktext", ())]
    assert [tick for tick in ticks if ElementTree.fromstring(f"<t>{tick}</t>").text not in said] == []
    notes = [ElementTree.fromstring(f"<t>{note['text'].replace('<br>', '')}</t>") for note in figure["layout"].get("annotations", ())]
    assert ["".join(note.itertext()) for note in notes if "".join(note.itertext()) not in said] == []


@pytest.mark.parametrize("name", FIGURES)
def test_text_from_data_stays_text(name):
    assert {element.tag.removeprefix(TAG) for element in picture(FIGURES[name]()).iter()} <= {
        *("svg", "defs", "clipPath", "pattern", "rect", "path", "circle", "text", "tspan", "g")
    }


def test_a_step_goes_across_and_then_up():
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 5, None, 7, 10],
        "y": [1, 2, None, 3, 3],
        "line": {"shape": "hv", "color": "#000000"},
    }
    # Ten pixels a unit, counted from the top: 1 lies at 90, 2 at 80, 3 at 70; None leaves a gap.
    assert 'd="M0.0,90.0L50.0,90.0L50.0,80.0M70.0,70.0L100.0,70.0"' in one_chart(trace)


def test_stacked_bars_stand_on_one_another():
    one = {"type": "bar", "x": [5], "y": [3], "width": 2, "marker": {"color": "#111111"}}
    figure = {"data": [one, one | {"y": [4], "marker": {"color": "#222222"}}]}
    own = {"xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 10]}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    root = ElementTree.fromstring(chart_svg(drawn(figure | {"layout": layout(LIGHT, 100, barmode="stack", **own)}), 100))
    found = {bar.get("fill"): (bar.get("x"), bar.get("y"), bar.get("height")) for bar in root.iter(f"{TAG}rect")}
    assert found["#111111"] == ("40.0", "70.0", "30.0")  # from 0 to 3
    assert found["#222222"] == ("40.0", "30.0", "40.0")  # from 3 to 7


def test_columns_side_by_side_share_their_place():
    one = {"type": "bar", "x": [1, 2], "y": [5, 5], "marker": {"color": "#111111"}}
    more = {"barmode": "group", "bargap": 0.2, "bargroupgap": 0.5, "yaxis": {"range": [0, 10]}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    figure = {"data": [one, one | {"marker": {"color": "#222222"}}], "layout": layout(LIGHT, 100, **more)}
    root = ElementTree.fromstring(chart_svg(drawn(figure), 100))
    # 50 pixels a place, 40 of them without the gap, 20 a column, of which half is drawn: middles at 25 - 10 and 25 + 10.
    lefts = {bar.get("fill"): (bar.get("x"), bar.get("width")) for bar in reversed(list(root.iter(f"{TAG}rect")))}
    assert (lefts["#111111"], lefts["#222222"]) == (("10.0", "10.0"), ("30.0", "10.0"))


def test_what_is_bold_large_or_coloured_stays_so():
    note = {"x": 5, "y": 5, "text": "<b style='font-size:18px'>12 &amp; more</b><br><span style='color:#123456'>of 20</span>"}
    root = ElementTree.fromstring(
        one_chart({"type": "scatter", "mode": "markers", "x": [5], "y": [5], "marker": {"size": 4}}, annotations=[note])
    )
    large, quiet = root.iter(f"{TAG}tspan")
    assert (large.text, large.get("font-weight"), large.get("font-size")) == ("12 & more", "700", "18")
    assert (quiet.text, quiet.get("fill")) == ("of 20", "#123456")


def test_a_letter_that_xml_does_not_allow_is_left_out():
    root = ElementTree.fromstring(
        one_chart(
            {"type": "bar", "x": [5], "y": [5], "width": 1, "marker": {"color": "#111111"}},
            barmode="stack",
            annotations=[{"x": 5, "y": 5, "text": "a\x00b\x1bc"}],
        )
    )
    assert texts(root) == ["abc"]


@pytest.mark.parametrize(
    ("trace", "named"),
    [
        ({"type": "pie", "values": [1]}, "pie"),
        ({"type": "scatter", "mode": "lines", "x": [1], "y": [1], "line": {"shape": "spline"}}, "spline"),
        ({"type": "scatter", "mode": "markers", "x": [1], "y": [1], "marker": {"symbol": "star", "size": 5}}, "star"),
        ({"type": "scatter", "mode": "lines", "x": ["Asia"], "y": [1], "line": {}}, "Asia"),
        ({"type": "bar", "x": [1], "y": [1], "width": 1, "marker": {"pattern": {"shape": "x"}}}, "'x'"),
    ],
)
def test_what_is_not_known_is_refused_by_name(trace, named):
    look = {"xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 10]}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "barmode": "stack"}
    text = json.dumps({"template": "light", "data": [trace], "layout": look})
    with pytest.raises(UnsupportedChart, match=named):
        chart_svg(Drawing(text, 100), 100)


def test_a_figure_keeps_what_is_known_and_names_what_is_not_once():
    known = {"type": "scatter", "mode": "markers", "x": [1], "y": [1], "marker": {"symbol": "circle", "size": 5}}
    star = known | {"marker": {"symbol": "star", "size": 5}}
    look = {"xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 10]}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    read = figure(Drawing(json.dumps({"template": "light", "data": [known, star, star, {"type": "pie"}], "layout": look}), 100))
    assert len(read.panels[0].series) == 1
    assert read.unsupported == ("a marker of the form 'star'", "a trace of the kind 'pie'")
