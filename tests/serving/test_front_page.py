"""The HTML of a page: in the reader's language, with what it needs first, and only for the addresses that are pages."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from serving.compression import FRONTEND
from serving.front_page import CHARTS, FrontPage, prepared

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><link\n rel="preload"\n href="./static/media/SourceSans.woff2"\n as="font"\n/>'
    '<script src="./static/js/index.1.js"></script></head><body></body></html>'
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "static" / "js" / "PlotlyChart.2.js").write_text("")
    streamlit = Route("/{path:path}", lambda _: PlainTextResponse("Streamlit's own answer"), methods=["GET", "POST"])
    door = Middleware(FrontPage, pages=["", "partner_cities"], folder=tmp_path)
    return TestClient(Starlette(routes=[streamlit], middleware=[door]))


@pytest.mark.parametrize(
    ("path", "browser", "lang"),
    [
        ("/", "ko-KR,ko;q=0.9", "ko"),
        ("/", "en-GB", "en"),
        ("/", "fr", "en"),
        ("/?lang=en", "ko-KR", "en"),
        ("/partner_cities?as_of=2016-12-31&lang=ko", "en", "ko"),
        ("/?lang=%3Cscript%3E", "en", "en"),
    ],
)
def test_a_page_is_in_the_language_of_its_address_else_of_the_browser(client, path, browser, lang):
    answer = client.get(path, headers={"accept-language": browser})
    assert f'<html lang="{lang}">' in answer.text
    assert (answer.headers["content-encoding"], answer.headers["cache-control"]) == ("gzip", "no-cache")


def test_the_scripts_of_charts_are_asked_for_early_and_a_font_that_nobody_uses_is_not(client):
    page = client.get("/").text
    assert '<link rel="modulepreload" crossorigin href="./static/js/PlotlyChart.2.js"></head>' in page
    assert "SourceSans" not in page
    assert '<script src="./static/js/index.1.js"></script>' in page


def test_a_browser_that_has_the_page_is_told_so_and_one_without_gzip_gets_it_plain(client):
    first = client.get("/")
    assert client.get("/", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == first.text


@pytest.mark.parametrize("path", ["/no_page", "/_stcore/health", "/index.html", "/partner_cities/more"])
def test_what_is_no_page_is_left_to_streamlit(client, path):
    assert client.get(path).text == "Streamlit's own answer"


def test_the_installed_streamlit_still_has_what_is_changed():
    page = (FRONTEND / "index.html").read_text(encoding="utf-8")
    assert "SourceSans" in page
    assert "SourceSans" not in prepared(page, "ko", [])
    assert '<html lang="ko">' in prepared(page, "ko", [])
    assert all(len(list(FRONTEND.glob(f"static/js/{name}.*.js"))) == 1 for name in CHARTS)
