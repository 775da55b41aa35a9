"""Names on paper: the first in order choose first, and none covers a dot, another name or an edge."""

from charts.map import around
from charts.names import labels_that_fit
from tests.charts.test_map import BUENOS_AIRES, SAO_PAULO, SEOUL, cities, city
from tests.drawn import TIES


def test_the_largest_chooses_first_and_a_name_that_would_cover_a_dot_is_left_out():
    """In 800 pixels a degree is 2.2 pixels: Middle has a dot on either side, above and below, eleven pixels away."""
    around_it = [
        city("Left", 10.0, 95.0, 5.0),
        city("Right", 10.0, 105.0, 4.0),
        city("Up", 15.0, 100.0, 3.0),
        city("Down", 5.0, 100.0, 2.0),
    ]
    placed = around(cities(city("Middle", 10.0, 100.0, 9.0), *around_it), SEOUL["lon"], TIES)
    assert set(placed.loc[list(labels_that_fit(placed, SEOUL, 800, 180)), "name"]) == {"Left", "Right", "Up", "Down"}


def test_a_name_near_the_edge_stands_on_the_inner_side():
    placed = around(cities(BUENOS_AIRES, SAO_PAULO), SEOUL["lon"], TIES)
    assert labels_that_fit(placed, SEOUL, 800, 180) == {0: (-1, 0), 1: (1, 0)}


def test_more_names_fit_a_wider_frame():
    placed = around(cities(*(city(f"City {at}", 45.0, at * 4.0) for at in range(10))), SEOUL["lon"], TIES)
    assert len(labels_that_fit(placed, SEOUL, 340, 180)) < len(labels_that_fit(placed, SEOUL, 1600, 180))
