"""The map as plain shapes: land on both sides of the cut, home in the middle, names that cover nothing, all of it in the frame."""

from itertools import combinations

import pandas as pd
import pytest

from charts.map import BORDERS, world
from charts.theme import palette
from exports.drawing.geometry import area, pieces, simplified, within
from exports.drawing.land import ground
from tests.drawn import TIES

SEOUL = {"name": "Seoul", "lat": 37.57, "lon": 126.98}
COLUMNS = ["city_id", "name", "country", "type", "lat", "lon", "population", "since", "line"]
PLACES = [("Tokyo", 35.69, 139.69, "sister"), ("London", 51.51, -0.13, "friendship"), ("Prague", 50.09, 14.42, "memorandum"),
          ("Buenos Aires", -34.61, -58.38, "friendship"), ("Wellington", -41.29, 174.78, "sister")]  # fmt: skip
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def drawn(places=PLACES, width=1200.0, height=500.0, selected=None, borders="", **more):
    rows = [(name.lower(), name, "Country", tie, lat, lon, 1e6, "since 1990", "Sister city") for name, lat, lon, tie in places]
    home = SEOUL | {"borders": borders}
    return ground(world(pd.DataFrame(rows, columns=COLUMNS), home, palette("light"), selected, TIES), width, height, **more)


def boxes(names):
    """The room of each name, where a letter takes little more than half its height."""
    for name in names:
        wide, left = len(name.text) * name.size * 0.55, {"start": 0.0, "middle": 0.5, "end": 1.0}[name.anchor]
        yield name.x - left * wide, name.y - name.size / 2, name.x + (1 - left) * wide, name.y + name.size / 2


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_part_of_an_outline_lies_in_the_frame():
    assert within(SQUARE, 20, 20) == SQUARE
    assert area(within(SQUARE, 4, 5)) == 4 * 5
    assert within(SQUARE, 10, 10) == SQUARE
    assert within(tuple((x + 30, y) for x, y in SQUARE), 20, 20) == ()


def test_a_line_that_leaves_the_frame_and_comes_back_has_two_pieces():
    assert pieces(((1, 1), (1, 9)), 10, 10) == [((1, 1), (1, 9))]
    assert pieces(((2, 5), (2, 15), (8, 15), (8, 5)), 10, 10) == [((2, 5), (2, 10)), ((8, 10), (8, 5))]
    assert pieces(((20, 0), (20, 5)), 10, 10) == []


def test_a_straight_line_keeps_its_ends_and_a_bend_beyond_the_tolerance():
    assert simplified(((0, 0), (5, 0.4), (10, 0), (15, 3), (20, 0)), 0.5) == ((0, 0), (10, 0), (15, 3), (20, 0))
    assert simplified((*SQUARE[:1], (5.0, 0.1), *SQUARE[1:]), 0.5, closed=True) == SQUARE
    assert len(simplified(((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1)), 5, closed=True)) == 3


@pytest.mark.parametrize("width, height", [(1200, 500), (560, 420), (1200, 300)])
def test_all_of_the_map_lies_in_its_frame_and_home_in_its_middle(width, height):
    found = drawn(width=width, height=height)
    lines = [*found.borders, *found.arcs, *(outline for territory in found.land for outline in territory.outlines)]
    points = [*(point for line in lines for point in line), *((dot.x, dot.y) for dot in found.dots)]
    assert all(-1e-6 <= x <= width + 1e-6 and -1e-6 <= y <= height + 1e-6 for x, y in points)
    assert [dot.x for dot in found.dots if dot.kind == "home"] == pytest.approx([width / 2])
    assert len(found.dots) == len(PLACES) + 2


def test_land_that_the_file_cuts_at_180_degrees_is_seen_on_both_sides_of_the_cut():
    found = drawn(height=800)
    russia = next(territory for territory in found.land if territory.name == "Russia")
    tokyo = next(dot for dot in found.dots if dot.name == "Tokyo")
    cut = 600 + (tokyo.x - 600) * (180 - 126.98) / (139.69 - 126.98)
    right = [max(x for x, _ in outline) for outline in russia.outlines]
    assert any(x > cut + 5 for x in right)
    assert any(x < cut for x in right)


def test_outlines_are_few_and_true_to_the_tolerance():
    fine, coarse = drawn(tolerance=0.1), drawn(tolerance=1)
    points = [sum(len(outline) for territory in found.land for outline in territory.outlines) for found in (fine, coarse)]
    sizes = [sum(area(outline) for territory in found.land for outline in territory.outlines) for found in (fine, coarse)]
    assert points[1] < 7000 < points[0]
    assert sizes[1] == pytest.approx(sizes[0], rel=0.02)


def test_a_small_territory_is_not_lost():
    assert {"Singapore", "Malta", "Maldives"} <= {territory.name for territory in drawn().land}


def test_an_arc_leads_from_home_to_each_city_and_bows_to_the_north():
    found = drawn()
    home = next(dot for dot in found.dots if dot.kind == "home")
    ends = {(round(dot.x), round(dot.y)) for dot in found.dots if dot.name}
    assert {(round(arc[-1][0]), round(arc[-1][1])) for arc in found.arcs} == ends
    assert all(min(y for _, y in arc) <= min(home.y, arc[-1][1]) + 1 for arc in found.arcs)
    assert all(len(arc) > 20 for arc in found.arcs)
    chosen = drawn(selected="tokyo")
    assert chosen.arcs == found.arcs
    assert [[arc[-1] for arc in drawing.clear] for drawing in (found, chosen)] == [
        [],
        [arc[-1] for arc in found.arcs if round(arc[-1][0]) == 642],
    ]


def test_dots_say_their_colours_and_a_memorandum_is_hollow():
    colours, looks = palette("light"), {dot.name: dot for dot in drawn().dots}
    assert (looks["Tokyo"].fill, looks["London"].fill) == (colours.blue, colours.gold)
    assert (looks["Prague"].fill, looks["Prague"].edge) == (colours.land, colours.grey)


def test_names_cover_no_other_name_and_leave_no_frame():
    crowd = [(f"Place number {at}", 30 + at * 3.1 % 25, at * 13.7 % 90, "sister") for at in range(60)]
    for found in (drawn(crowd), drawn(crowd, 500, 400), drawn(size=20)):
        taken = list(boxes(found.names))
        assert len(taken) > 2
        assert [box for box in taken if min(box) < 0 or box[2] > found.width or box[3] > found.height] == []
        assert [pair for pair in combinations(taken, 2) if meet(*pair)] == []


def test_home_and_the_chosen_city_are_always_named():
    crowd = [(f"Place number {at}", 35 + at % 5, 120 + at % 7, "sister") for at in range(30)]
    looks = {name.text: name.look for name in drawn(crowd, selected="place number 3").names}
    assert (looks["Seoul"], looks["Place number 3"]) == ("own", "chosen")


def passing(found):
    """The borders with a point in an area between dots named NW and SE."""
    left, right = (dot.x for dot in found.dots if dot.name in ("NW", "SE"))
    top, bottom = (dot.y for dot in found.dots if dot.name in ("NW", "SE"))
    return [line for line in found.borders if any(left < x < right and top < y < bottom for x, y in line)]


@pytest.mark.parametrize("area", [(43.2, 42.4, 20.4, 21.7), (35.1, 32.9, 73.9, 77.0), (38.6, 37.8, 126.7, 128.3)])
def test_a_city_leaves_disputed_borders_out_or_all_of_them(area):
    north, south, west, east = area
    corners = [("NW", north, west, "sister"), ("SE", south, east, "sister")]
    found = {borders: drawn(corners, borders=borders, tolerance=0.1) for borders in BORDERS}
    assert passing(found[""])
    assert len(passing(found["without_disputed"])) < len(passing(found[""]))
    assert found["none"].borders == ()
    assert found["none"].land == found["without_disputed"].land == found[""].land


def test_borders_that_nobody_disputes_stay():
    every, clear = (set(drawn(borders=borders, tolerance=0.1).borders) for borders in ("", "without_disputed"))
    assert clear < every
    pyrenees = [("NW", 43.5, -1.8, "sister"), ("SE", 42.2, 3.2, "sister")]
    drawings = [drawn(pyrenees, borders=borders, tolerance=0.1) for borders in ("", "without_disputed")]
    assert passing(drawings[0]) == passing(drawings[1]) != []


def test_a_map_without_cities_shows_land_and_home():
    found = drawn([])
    assert [dot.kind for dot in found.dots] == ["home_ring", "home"]
    assert len(found.land) > 200
    assert [name.text for name in found.names] == ["Seoul"]


def test_the_same_map_is_the_same_shapes():
    assert drawn() == drawn()
