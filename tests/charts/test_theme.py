"""The palette keeps its promises by computation: contrast, and three hues that anybody can tell apart."""

import json
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from charts.theme import DARK, LIGHT, SCHEMES, drawn, fade, layout, length, palette, rgb, templates
from metrics.schema.tables import TIE_COLOURS

CONFIG = Path(__file__).parents[2] / ".streamlit/config.toml"
WORDS, DOTS = {"light": 4.5, "dark": 4.5, "contrast": 7}, {"light": 3, "dark": 3, "contrast": 7}
"""The least contrast of words and of dots: WCAG's AA for text and graphics, and its AAA for both in high contrast."""

# Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency", severity 1.0.
SEEN = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def linear(colour: str) -> np.ndarray:
    part = np.array(rgb(colour)) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""
    darker, lighter = sorted(float(linear(colour) @ LUMINANCE) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    ratio = XYZ @ np.clip(light, 0, 1) / WHITE
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_word_can_be_read_on_paper_and_on_a_card(scheme):
    colours = SCHEMES[scheme]
    for text in (colours.ink, colours.muted, colours.good, colours.warn, colours.bad):
        assert min(contrast(text, colours.paper), contrast(text, colours.card)) >= WORDS[scheme]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_dot_stands_out_from_what_it_lies_on(scheme):
    colours = SCHEMES[scheme]
    grounds = (colours.paper, colours.card, colours.sea, colours.land)
    for dot in (colours.home, *(vars(colours)[name] for name in TIE_COLOURS)):
        assert min(contrast(dot, ground) for ground in grounds) >= DOTS[scheme]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_names_on_the_map_can_be_read_over_sea_and_land(scheme):
    colours = SCHEMES[scheme]
    for text in (colours.ink, colours.muted, colours.home):
        assert min(contrast(text, colours.sea), contrast(text, colours.land)) >= WORDS[scheme]


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_home_sister_and_friendship_differ_for_every_kind_of_eyes(scheme, eyes):
    """CIE 1976 difference of at least 24; 2.3 is the least that anybody notices."""
    colours = SCHEMES[scheme]
    seen = [lab(SEEN[eyes] @ linear(colour)) for colour in (colours.home, colours.blue, colours.gold)]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) >= 24


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_that_a_kind_of_tie_may_have_differ_for_every_kind_of_eyes(scheme, eyes):
    """CIE 1976 difference of at least 12 from one another and from the home city's."""
    colours = vars(SCHEMES[scheme])
    seen = [lab(SEEN[eyes] @ linear(colours[name])) for name in ("home", *TIE_COLOURS)]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) >= 12


@pytest.mark.parametrize("scheme", SCHEMES)
def test_home_sister_and_friendship_differ_in_a_grey_print(scheme):
    """At least 11 steps of lightness (of 100) apart."""
    colours = SCHEMES[scheme]
    grey = [lab(np.full(3, linear(colour) @ LUMINANCE))[0] for colour in (colours.home, colours.blue, colours.gold)]
    assert min(abs(one - other) for one, other in combinations(grey, 2)) >= 11


def test_at_night_the_sea_is_darker_than_the_land():
    assert linear(DARK.sea) @ LUMINANCE < linear(DARK.land) @ LUMINANCE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_themed_in_the_colours_of_the_charts(scheme):
    theme, colours = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][scheme], SCHEMES[scheme]
    assert (theme["backgroundColor"], theme["textColor"], theme["borderColor"]) == (colours.paper, colours.ink, colours.line)
    assert theme["primaryColor"] == colours.ink


def test_a_scheme_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        palette("sepia")


def test_a_colour_is_given_as_numbers_for_maps_and_faded_for_figures():
    assert rgb("#0A10FF") == [10, 16, 255]
    assert fade("#0A10FF", 0.5) == "rgba(10,16,255,0.5)"


def test_a_figure_brings_its_own_template_so_that_no_other_is_added():
    figure = go.Figure(data=[], layout=layout(LIGHT, 300)).to_dict()
    assert figure["layout"]["template"]["layout"]["font"]["family"].startswith("Pretendard")
    assert "data" not in figure["layout"]["template"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_browser_gets_the_template_of_a_scheme_once_and_each_figure_names_it(scheme):
    sent = json.loads(drawn({"data": [], "layout": layout(SCHEMES[scheme], 300)}).text)
    assert (sent["template"], sent["layout"]["height"], "template" in sent["layout"]) == (scheme, 300, False)
    assert templates()[scheme] == layout(SCHEMES[scheme], 300)["template"]


def test_plotly_refuses_a_figure_before_it_is_sent():
    with pytest.raises(ValueError):
        drawn({"data": [{"type": "scatter", "x": [1], "y": [1], "no_such_key": 1}], "layout": layout(LIGHT, 300)})


def test_a_trace_with_nothing_to_show_is_not_sent_and_a_single_bar_is():
    one = {"type": "bar", "orientation": "h", "y": [0], "x": [3.0]}
    nothing = [{"type": "bar", "x": ["2014-07-01"], "y": [0.0]}, {"type": "scatter", "x": [], "y": []}]
    figure = {"data": [one, *nothing], "layout": layout(LIGHT, 100)}
    assert [trace["x"] for trace in json.loads(drawn(figure).text)["data"]] == [[3.0]]


def test_the_margins_hold_what_is_written_at_the_axes():
    plain, written = layout(LIGHT, 100), layout(LIGHT, 100, yaxis={"ticktext": ["5", "100"]}, xaxis={"ticktext": ["2014"]}, margin={"l": 4})
    assert (plain["margin"]["l"], plain["margin"]["b"]) == (8, 8)
    assert written["margin"]["l"] == 4 + round(length("100")) + 8
    assert written["margin"]["b"] == 8 + 24
