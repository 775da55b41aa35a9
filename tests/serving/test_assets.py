"""Static files: the project's own, all there, none too large, each with its licence; and Streamlit's scripts, compressed."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from serving.assets import FileCache
from streamlit_internals import FRONTEND

ASSETS = Path(__file__).parents[2] / "assets"


STREAMLIT = Route("/{path:path}", lambda _: PlainTextResponse("Streamlit's own answer"), methods=["GET", "POST"])


def served(assets: Path, frontend: Path = FRONTEND) -> TestClient:
    return TestClient(Starlette(routes=[STREAMLIT], middleware=[Middleware(FileCache, assets=assets, frontend=frontend)]))


@pytest.fixture(scope="module")
def client() -> TestClient:
    return served(ASSETS)


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    """Streamlit's folder of static files, small, with one file of ours beside it that is not to be served."""
    files = {"static/js/index.2.js": "let a = 1;" * 100, "static/css/look.1.css": "a{}", "secrets.toml": "", "index.html": ""}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


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


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/assets/fonts",
        "/assets/no.png",
        "/assets/..%2Fdashboard.py",
        "/assets/%2e%2e/Makefile",
        "/assets/vendor/%2e%2e/logo.png",
        "/assets/fonts/dashboard-sans.ttf",
        "/assets/fonts/paper/dashboard-sans-arabic.ttf",
        "/assets/fonts/paper/dashboard-sans-han.otf",
    ],
)
def test_anything_that_is_not_an_asset_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_browser_tab_shows_the_projects_mark(client):
    assert client.get("/favicon.png").content == (ASSETS / "logo.png").read_bytes()


def test_the_names_of_assets_stay_so_a_browser_asks_again_after_an_hour(client):
    assert client.get("/assets/map.js").headers["cache-control"] == "public, max-age=3600, stale-while-revalidate=604800"


def test_a_script_of_streamlits_is_compressed_and_kept_by_the_browser_for_ever(tmp_path, frontend):
    response = served(tmp_path, frontend).get("/static/js/index.2.js")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.text == "let a = 1;" * 100


def test_a_file_is_read_and_compressed_once(tmp_path, frontend):
    client = served(tmp_path, frontend)
    first = client.get("/static/css/look.1.css").text
    (frontend / "static/css/look.1.css").unlink()
    assert client.get("/static/css/look.1.css").text == first == "a{}"


@pytest.mark.parametrize("path", ["/", "/overview", "/_stcore/health", "/static/js/no.js", "/static/js/..%2Findex.2.js", "/index.html"])
def test_everything_else_is_left_to_streamlit(tmp_path, frontend, path):
    assert served(tmp_path, frontend).get(path).text == "Streamlit's own answer"


def test_other_methods_are_left_to_streamlit(tmp_path, frontend):
    client = served(tmp_path, frontend)
    assert client.post("/static/js/index.2.js").text == "Streamlit's own answer"
    head = client.head("/static/js/index.2.js")
    assert (head.status_code, head.content) == (200, b"")


def test_the_scripts_of_the_installed_streamlit_are_compressed(client):
    named = re.findall(r'"\./(static/[^"]+\.(?:js|css))"', (FRONTEND / "index.html").read_text(encoding="utf-8"))
    assert len(named) > 20
    assert {client.get(f"/{name}").headers.get("content-encoding") for name in named} == {"gzip"}


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
