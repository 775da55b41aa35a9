"""A sparkline: steps with gaps, the last point dotted, silent for screen readers."""

import math
from xml.etree import ElementTree

from charts.marks import HEIGHT, WIDTH, sparkline

LINE, DOT = "{http://www.w3.org/2000/svg}polyline", "{http://www.w3.org/2000/svg}circle"


def test_values_are_steps_from_the_left_to_the_dot(light):
    drawn = ElementTree.fromstring(sparkline([1, 2, 3], light))
    assert drawn.find(LINE).get("points") == "4,28 60,28 60,16 116,16 116,4"
    assert (drawn.find(DOT).get("cx"), drawn.find(DOT).get("cy")) == ("116", "4")


def test_an_unknown_value_leaves_a_gap(light):
    drawn = ElementTree.fromstring(sparkline([1, 2, None, math.nan, 5, 6], light))
    assert len(drawn.findall(LINE)) == 2


def test_the_dot_stands_on_the_last_known_value(light):
    drawn = ElementTree.fromstring(sparkline([1, 2, None], light))
    assert drawn.find(DOT).get("cx") == "60"


def test_equal_values_run_through_the_middle(light):
    assert ElementTree.fromstring(sparkline([7, 7], light)).find(LINE).get("points") == f"4,{HEIGHT // 2} {WIDTH - 4},{HEIGHT // 2} 116,16"


def test_one_value_is_a_dot_alone(light):
    drawn = ElementTree.fromstring(sparkline([3], light))
    assert drawn.find(LINE) is None
    assert drawn.find(DOT) is not None


def test_nothing_known_draws_nothing(light):
    assert sparkline([], light) == sparkline([None, math.nan], light) == ""


def test_screen_readers_pass_it_by(light):
    assert ElementTree.fromstring(sparkline([1, 2], light)).get("aria-hidden") == "true"
