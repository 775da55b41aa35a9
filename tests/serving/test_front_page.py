"""The HTML of a page: in the reader's language, with what it needs first, and only for the addresses that are pages."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from serving.front_page import ELEMENTS, FrontPage, needed_by, other_pages_route, prepared
from streamlit_internals import FRONTEND

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><link\n rel="preload"\n href="./static/media/SourceSans.woff2"\n as="font"\n/>'
    '<script src="./static/js/index.1.js"></script></head><body></body></html>'
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "static" / "js" / "Html.2.js").write_text('import{a as b}from"./purify.3.js";import"./index.1.js";')
    (tmp_path / "static" / "js" / "purify.3.js").write_text("")
    (tmp_path / "static" / "js" / "index.1.js").write_text("")
    streamlit = Route("/{path:path}", lambda _: PlainTextResponse("Streamlit's own answer"), methods=["GET", "POST"])
    pages = {"": ["/assets/map.js", "/assets/ground.svg"], "partner_cities": []}
    offered = {"offered": lambda: ("ja", "en", "ko", "de")}
    middleware = Middleware(FrontPage, pages=pages, beginning="<style>.card{}</style>", folder=tmp_path, **offered)
    return TestClient(Starlette(routes=[streamlit], middleware=[middleware]))


@pytest.mark.parametrize(
    ("path", "browser", "lang"),
    [
        ("/", "ko-KR,ko;q=0.9", "ko"),
        ("/", "en-GB", "en"),
        ("/", "fr", "ja"),  # that of the city
        ("/", "fr,en;q=0.5,ko;q=0.8", "ko"),
        ("/", "de-AT", "de"),
        ("/?lang=de", "en", "de"),
        ("/?lang=fr", "fr", "ja"),  # not offered
        ("/?lang=en", "ko-KR", "en"),
        ("/partner_cities?as_of=2016-12-31&lang=ko", "en", "ko"),
        ("/?lang=%3Cscript%3E", "en", "en"),
    ],
)
def test_a_page_is_in_the_language_of_its_address_else_of_the_browser(client, path, browser, lang):
    answer = client.get(path, headers={"accept-language": browser})
    assert f'<html lang="{lang}" dir="ltr" class="opening">' in answer.text
    assert (answer.headers["content-encoding"], answer.headers["cache-control"]) == ("gzip", "no-cache")


def test_what_a_page_draws_with_is_asked_for_early_and_a_font_that_nobody_uses_is_not(client):
    page = client.get("/").text
    for file in ("./static/js/Html.2.js", "./static/js/purify.3.js", "./assets/map.js"):
        assert page.count(f'<link rel="modulepreload" crossorigin href="{file}">') == 1, file
    assert '<link rel="preload" as="fetch" crossorigin href="./assets/ground.svg">' in page
    assert '<link rel="preload" as="font" type="font/woff2" crossorigin href="./assets/fonts/dashboard-sans.woff2">' in page
    assert "SourceSans" not in page
    assert '<script src="./static/js/index.1.js"></script>' in page
    assert "/assets/map.js" not in client.get("/partner_cities").text


def test_the_style_is_there_before_the_first_element_and_behind_streamlits_own(client):
    page = client.get("/").text
    assert page.index("</head>") < page.index("<style>.card{}</style>") < page.index("</body>")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/overview", "./"),
        ("/overview?lang=ko", "./?lang=ko"),
        ("/no_page?as_of=2016-12-31", "./?as_of=2016-12-31&not_found=no_page"),
        ("/%3Cscript%3E", "./?not_found=%3Cscript%3E"),
    ],
)
def test_a_name_of_no_page_leads_to_the_first_page_which_is_told_the_name(path, leads_to):
    client = TestClient(Starlette(routes=[other_pages_route("overview")]), follow_redirects=False)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (307, leads_to)


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
    assert '<html lang="ko" dir="ltr" class="opening">' in prepared(page, "ko", [])
    assert all(len(list(FRONTEND.glob(f"static/js/{name}.*.js"))) == 1 for name in ELEMENTS)
    assert len(needed_by(ELEMENTS, FRONTEND / "static" / "js")) > len(ELEMENTS)
