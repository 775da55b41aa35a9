"""The project's own fonts, land and pictures at /assets. Must not serve anything that is not on the shelf."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from serving.shelf import Shelf, answer

# The names stay the same when the content changes, so a browser asks again after an hour and meanwhile draws with what it has;
# the ETag makes the second answer a 304 without a body.
CACHE = "public, max-age=3600, stale-while-revalidate=604800"


def assets_shelf(folder: Path) -> Shelf:
    """Every asset below the folder; a missing folder is an empty shelf."""
    return Shelf(folder, cache=CACHE, level=9)


def assets_route(shelf: Shelf) -> Route:
    """`GET /assets/<path>`; 404 for any name that is not exactly one of the shelf's, so there is no path to climb."""

    return Route("/assets/{name:path}", lambda request: _send(shelf, request.path_params["name"], request), name="assets")


def icon_route(shelf: Shelf) -> Route:
    """`GET /favicon.png`: our mark instead of Streamlit's, which a browser would show until the page has said its own."""
    return Route("/favicon.png", lambda request: _send(shelf, "logo.png", request), name="icon")


def _send(shelf: Shelf, name: str, request: Request) -> Response:
    if name not in shelf:
        raise HTTPException(404)
    return answer(shelf.take(name), request.headers, shelf.cache)
