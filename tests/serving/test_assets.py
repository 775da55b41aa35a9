"""The project's own assets: all there, none too large, each with its licence."""

import json
from pathlib import Path

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
        ("land.geojson", "application/geo+json", 140),
        ("borders.geojson", "application/geo+json", 30),
        ("sea.geojson", "application/geo+json", 1),
        ("logo.png", "image/png", 5),
    ],
)
def test_an_asset_is_served_small_enough_for_a_first_visit(client, name, media_type, limit_kib):
    response = client.get(f"/assets/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert int(response.headers["content-length"]) < limit_kib * 1024


def test_a_second_visit_sends_no_body(client):
    mark = client.get("/assets/land.geojson").headers["etag"]
    assert client.get("/assets/land.geojson", headers={"if-none-match": mark}).status_code == 304


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
    for territory in _land():
        for outline in _outlines(territory):
            steps = [abs(a[0] - b[0]) for a, b in zip(outline, outline[1:], strict=False)]
            assert max(steps) < 180, territory["properties"]["name"]


@pytest.mark.parametrize(("name", "west", "east"), [("Russia", -180, 180), ("Fiji", -180, 180), ("New Zealand", -177, 179)])
def test_a_territory_on_both_sides_of_the_cut_is_whole(name, west, east):
    longitudes = [point[0] for territory in _land() if territory["properties"]["name"] == name for o in _outlines(territory) for point in o]
    assert (round(min(longitudes)), round(max(longitudes))) == (west, east)


@pytest.mark.parametrize("name", ["Singapore", "Malta", "Maldives", "Nauru", "Vatican", "Monaco"])
def test_a_small_territory_keeps_an_outline_with_an_area(name):
    outlines = [outline for territory in _land() if territory["properties"]["name"] == name for outline in _outlines(territory)]
    assert outlines
    assert all(len({tuple(point) for point in outline}) >= 3 for outline in outlines)


def _land() -> list[dict]:
    return json.loads((ASSETS / "land.geojson").read_text(encoding="utf-8"))["features"]


def _outlines(territory: dict) -> list[list[list[float]]]:
    geometry = territory["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [polygon[0] for polygon in polygons]
