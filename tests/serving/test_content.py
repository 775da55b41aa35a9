"""Content that is served again and again: compressed once, sent as the browser can take it, and not at all where it has it."""

import gzip

import pytest
from starlette.datastructures import Headers

from serving.assets import Content, accepts_gzip

OUTLINES = b'<svg><path d="M0 0l1 1"/></svg>' * 50
SVG = Content(OUTLINES, "image/svg+xml", "public, max-age=60")
FONT = Content(b"wOF2 letters", "font/woff2", "public, max-age=60")


def ask(content: Content, **headers: str):
    return content.response(Headers({key.replace("_", "-"): value for key, value in headers.items()}))


def test_text_is_sent_compressed_to_a_browser_that_accepts_gzip():
    response = ask(SVG, accept_encoding="gzip, deflate, br")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(response.body) == OUTLINES
    assert len(response.body) < len(OUTLINES) / 10


def test_text_is_sent_plain_to_a_browser_that_does_not():
    response = ask(SVG)
    assert "content-encoding" not in response.headers
    assert response.body == OUTLINES


def test_a_font_is_sent_as_it_is_because_its_format_is_compressed():
    response = ask(FONT, accept_encoding="gzip")
    assert "content-encoding" not in response.headers
    assert response.headers["content-type"] == "font/woff2"
    assert response.body == b"wOF2 letters"


def test_a_browser_that_has_the_content_gets_304_without_a_body():
    etag = ask(SVG).headers["etag"]
    again = ask(SVG, if_none_match=f'"other", {etag}', accept_encoding="gzip")
    assert (again.status_code, again.body) == (304, b"")
    assert (again.headers["cache-control"], again.headers["etag"]) == ("public, max-age=60", etag)


def test_other_content_has_another_etag_and_is_sent():
    newer = Content(OUTLINES + b"\n", "image/svg+xml", "public, max-age=60")
    assert ask(newer, if_none_match=ask(SVG).headers["etag"]).body == OUTLINES + b"\n"


@pytest.mark.parametrize(
    ("header", "accepted"),
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
def test_gzip_is_accepted_where_it_is_named_with_a_weight_above_zero(header, accepted):
    assert accepts_gzip(Headers({"accept-encoding": header})) is accepted
