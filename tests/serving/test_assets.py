"""The project's own assets: all there, none too large, each with its licence."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from serving.assets import assets_route, assets_shelf, icon_route

ASSETS = Path(__file__).parents[2] / "assets"


@pytest.fixture(scope="module")
def client() -> TestClient:
    shelf = assets_shelf(ASSETS)
    return TestClient(Starlette(routes=[assets_route(shelf), icon_route(shelf)]))


@pytest.mark.parametrize(
    ("name", "media_type", "limit_kib"),
    [
        ("fonts/dashboard-sans.woff2", "font/woff2", 700),
        ("ground.svg", "image/svg+xml", 90),
        ("map.js", "text/javascript; charset=utf-8", 5),
        ("chart.js", "text/javascript; charset=utf-8", 2),
        ("picture.js", "text/javascript; charset=utf-8", 3),
        ("opening.js", "text/javascript; charset=utf-8", 1),
        ("vendor/deck.min.js", "text/javascript; charset=utf-8", 240),
        ("vendor/plotly-basic.min.js", "text/javascript; charset=utf-8", 400),
        ("logo.png", "image/png", 5),
    ],
)
def test_an_asset_is_served_small_enough_for_a_first_visit(client, name, media_type, limit_kib):
    response = client.get(f"/assets/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert int(response.headers["content-length"]) < limit_kib * 1024


def test_a_second_visit_sends_no_body(client):
    mark = client.get("/assets/ground.svg").headers["etag"]
    assert client.get("/assets/ground.svg", headers={"if-none-match": mark}).status_code == 304


@pytest.mark.parametrize("path", ["/assets/", "/assets/fonts", "/assets/no.png", "/assets/..%2Fdashboard.py", "/assets/%2e%2e/Makefile"])
def test_anything_that_is_not_an_asset_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_browser_tab_shows_the_projects_mark(client):
    assert client.get("/favicon.png").content == (ASSETS / "logo.png").read_bytes()


def test_every_asset_is_named_in_the_licences():
    listed = (ASSETS / "LICENCES.md").read_text(encoding="utf-8")
    names = [file.relative_to(ASSETS).as_posix() for file in ASSETS.rglob("*") if file.is_file() and file.name != "LICENCES.md"]
    assert [name for name in names if name not in listed] == []


def test_no_outline_reaches_across_the_cut_at_180_degrees():
    for name, outlines in _land().items():
        for outline in outlines:
            steps = [abs(a - b) for (a, _), (b, _) in zip(outline, outline[1:], strict=False)]
            assert max(steps) < WORLD / 2, name


@pytest.mark.parametrize(("name", "west", "east"), [("Russia", -180, 180), ("Fiji", -180, 180), ("New Zealand", -177, 179)])
def test_a_territory_on_both_sides_of_the_cut_is_whole(name, west, east):
    longitudes = [x / WORLD * 360 - 180 for outline in _land()[name] for x, _ in outline]
    assert (round(min(longitudes)), round(max(longitudes))) == (west, east)


@pytest.mark.parametrize("name", ["Singapore", "Malta", "Maldives", "Nauru", "Vatican", "Monaco"])
def test_a_small_territory_keeps_an_outline_with_an_area(name):
    assert _land()[name]
    assert all(len(set(outline)) >= 3 for outline in _land()[name])


WORLD = 32768
SVG = "{http://www.w3.org/2000/svg}"


def _land() -> dict[str, list[list[tuple[float, float]]]]:
    """The outlines of each territory by its name, in units of which the world is WORLD wide."""
    paths = ElementTree.parse(ASSETS / "ground.svg").findall(f"{SVG}g[@id='land']/{SVG}path")
    return {path.get("data-name"): [_points(outline) for outline in path.get("d").split("M")[1:]] for path in paths}


def _points(outline: str) -> list[tuple[float, float]]:
    """The corners of an outline that is written as its first corner and the step to each further one."""
    start, steps = ([float(number) for number in re.findall(r"-?[0-9.]+", part)] for part in outline.split("l"))
    points = [(start[0], start[1])]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points
