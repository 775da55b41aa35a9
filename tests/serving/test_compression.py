"""Streamlit's scripts go out compressed; whatever else Streamlit answers stays as it is."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from serving.compression import FRONTEND, Compressed, frontend_shelf, needed_first

PAGE = '<link rel="stylesheet" href="./static/css/look.1.css"><script type="module" src="./static/js/index.2.js"></script>'


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    for name, text in {"index.html": PAGE, "static/js/index.2.js": "let a = 1;" * 100, "static/css/look.1.css": "a{}"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def client(frontend: Path) -> TestClient:
    streamlit = Route("/{path:path}", lambda _: PlainTextResponse("Streamlit's own answer"), methods=["GET", "POST"])
    return TestClient(Starlette(routes=[streamlit], middleware=[Middleware(Compressed, shelf=frontend_shelf(frontend))]))


def test_a_script_is_compressed_and_kept_by_the_browser_for_ever(client):
    response = client.get("/static/js/index.2.js")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert response.text == "let a = 1;" * 100


def test_a_browser_without_gzip_is_left_to_streamlit(client):
    assert client.get("/static/js/index.2.js", headers={"accept-encoding": "identity"}).text == "Streamlit's own answer"


@pytest.mark.parametrize("path", ["/", "/overview", "/_stcore/health", "/static/js/no-such.js", "/static/js/..%2Findex.2.js"])
def test_everything_else_is_left_to_streamlit(client, path):
    assert client.get(path).text == "Streamlit's own answer"


def test_an_upload_is_left_to_streamlit(client):
    assert client.post("/static/js/index.2.js").text == "Streamlit's own answer"


def test_what_the_page_names_is_packed_first(frontend):
    assert needed_first(frontend) == ["static/css/look.1.css", "static/js/index.2.js"]


def test_the_installed_streamlit_is_built_as_expected():
    shelf = frontend_shelf()
    assert all(name in shelf for name in needed_first())
    assert len(needed_first()) > 20
    assert any("PlotlyChart" in name for name in shelf.names()[:10])
    assert (FRONTEND / "index.html").is_file()
