"""Content that is served again and again: compressed once, with an ETag, and 304 for a browser that has it. Knows no address."""

import gzip
import hashlib
import re
from collections.abc import Mapping

from starlette.responses import Response

SMALL_ALREADY = ("image/png", "font/woff2")
"""Media types whose format is compressed."""


class Content:
    """Bytes with their media type, and the Cache-Control that they are sent with."""

    def __init__(self, body: bytes, media_type: str, cache_control: str) -> None:
        self._compressed, self._media_type = media_type not in SMALL_ALREADY, media_type
        self._body = gzip.compress(body, 6, mtime=0) if self._compressed else body
        # Weak, because the same tag stands for the plain and the compressed form.
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
        self._headers = {"cache-control": cache_control, "etag": etag, "vary": "Accept-Encoding"}

    def response(self, request: Mapping[str, str]) -> Response:
        """The answer to a request's headers."""
        if is_current(request, self._headers["etag"]):
            return Response(status_code=304, headers=self._headers)
        if self._compressed and accepts_gzip(request):
            return Response(self._body, headers=self._headers | {"content-encoding": "gzip"}, media_type=self._media_type)
        return Response(gzip.decompress(self._body) if self._compressed else self._body, headers=self._headers, media_type=self._media_type)


def is_current(request: Mapping[str, str], etag: str) -> bool:
    """Whether If-None-Match names the tag of what would be sent."""
    return any(tag.strip() in ("*", etag) for tag in request.get("if-none-match", "").split(","))


def accepts_gzip(request: Mapping[str, str]) -> bool:
    """Whether Accept-Encoding names gzip with a weight above zero."""
    offers = request.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return any(re.fullmatch(r"gzip(;q=(1(\.0*)?|0?\.\d*[1-9]\d*))?", offer) for offer in offers)
