"""Files on the shelf: found by exact name, compressed once, sent as the browser can take them."""

import gzip
from pathlib import Path

import pytest
from starlette.datastructures import Headers

from serving.shelf import Shelf, answer, takes_gzip

LAND = b'{"type":"FeatureCollection","features":[]}' * 50


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.woff2").write_bytes(b"wOF2 letters")
    (tmp_path / "land.geojson").write_bytes(LAND)
    (tmp_path / "secrets.toml").write_text("password = 1")
    return Shelf(tmp_path, cache="public, max-age=60", level=9)


def _ask(shelf: Shelf, name: str, **headers: str):
    return answer(shelf.take(name), Headers({key.replace("_", "-"): value for key, value in headers.items()}), shelf.cache)


def test_only_known_kinds_of_files_are_on_the_shelf(shelf):
    assert set(shelf.names()) == {"land.geojson", "fonts/a.woff2"}


def test_a_name_that_climbs_out_of_the_folder_is_not_on_the_shelf(shelf):
    assert "../shelf.py" not in shelf
    assert "fonts/../land.geojson" not in shelf
    with pytest.raises(KeyError):
        shelf.take("../../etc/passwd")


def test_text_is_sent_compressed_to_a_browser_that_takes_gzip(shelf):
    response = _ask(shelf, "land.geojson", accept_encoding="gzip, deflate, br")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["content-type"] == "application/geo+json"
    assert response.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(response.body) == LAND
    assert len(response.body) < len(LAND) / 10


def test_text_is_sent_plain_to_a_browser_that_does_not(shelf):
    response = _ask(shelf, "land.geojson")
    assert "content-encoding" not in response.headers
    assert response.body == LAND


def test_a_font_is_sent_as_it_lies_because_its_format_is_compressed(shelf):
    response = _ask(shelf, "fonts/a.woff2", accept_encoding="gzip")
    assert "content-encoding" not in response.headers
    assert response.headers["content-type"] == "font/woff2"
    assert response.body == b"wOF2 letters"


def test_a_browser_that_has_the_content_gets_304_without_a_body(shelf):
    mark = _ask(shelf, "land.geojson").headers["etag"]
    again = _ask(shelf, "land.geojson", if_none_match=f'"other", {mark}', accept_encoding="gzip")
    assert (again.status_code, again.body) == (304, b"")
    assert again.headers["cache-control"] == "public, max-age=60"


def test_another_content_has_another_mark(tmp_path, shelf):
    before = shelf.take("land.geojson").etag
    (tmp_path / "land.geojson").write_bytes(LAND + b"\n")
    assert Shelf(tmp_path, cache="", level=1).take("land.geojson").etag != before


def test_a_file_is_packed_once(tmp_path, shelf):
    first = shelf.take("land.geojson")
    (tmp_path / "land.geojson").unlink()
    assert shelf.take("land.geojson") is first


def test_filling_packs_everything_and_passes_over_names_that_are_not_there(shelf):
    shelf.fill(["no-such-file.js", "land.geojson"])
    assert all(shelf.ready(name) for name in shelf.names())


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("br", False),
        ("x-gzip-like", False),
        ("", False),
    ],
)
def test_gzip_is_taken_where_it_is_named_with_a_weight_above_zero(header, taken):
    assert takes_gzip(Headers({"accept-encoding": header})) is taken
