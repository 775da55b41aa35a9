"""The JSON and file API: health checks, the release in force, readings on a date, tables, and the search index. Computes nothing itself."""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.evidence.readings import describe, versions
from exports.version import project_version
from languages import FALLBACK, LANGUAGES
from metrics.counting.reading import Reading
from metrics.indicators.registry import readings
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv, as_package, file_name, package_name
from publishing.files.table_text import canonical
from publishing.store.errors import DashboardError, NoSuchRelease
from publishing.store.release_cache import AWAY, current_release, pinned_release, trouble
from publishing.store.releases import today_at_home
from serving.content import Content, is_current
from wording import Words, words

LOG = logging.getLogger(__name__)
CSV = "text/csv; charset=utf-8"

LONG = "public, max-age=604800"
"""Of a pinned release, which does not change."""
FRESH = "no-store"
"""Of everything that changes with the next release, or the next day."""
REVALIDATE = "no-cache"
"""Cached, and revalidated by its ETag each time."""
MOMENT = 0.5
"""Seconds for which the newest release is cached: hundreds of open pages poll it."""

Releases = Callable[[int | None], Release]
Index = Callable[[Release, str], bytes]
Speak = Callable[[str], Words]


class Refused(Exception):
    """A request that cannot be answered; `key` and `fields` are the message."""

    def __init__(self, key: str, status: int = 400, **fields: object) -> None:
        super().__init__(key)
        self.key, self.status, self.fields = key, status, fields


def routes(
    release: Releases = current_release,
    read: Callable[[Release, date], tuple[Reading, ...]] = readings,
    today: Callable[[Release], date] = today_at_home,
    speak: Speak = words,
    why: Callable[[], str | None] = trouble,
    index: Index | None = None,
) -> list[Route]:
    """`/livez`, `/readyz`, `/healthz`, `/releases/newest`, and `/api/v1/`: `readings.json`, `tables/<table>.csv`, `datapackage.zip`;
    with an `index` also `/search.json`.

    `release` gives the release of a number, or the one in force for None; the parameter `release=` pins it. Where it cannot be read the
    response is 503 with a message, and the error is logged. `why` gives the reason why the release in force may not be the newest.
    """

    def readings_json(request: Request) -> Response:
        day, data, texts = _day(request), _release(release, request), speak(_language(request))
        on = _between(FIRST_SHOWN, day, today(data))
        state = {"release": data.number, "trouble": None if "release" in request.query_params else why(), **versions(data)}
        content = state | {"readings": [describe(reading, texts) for reading in read(data, on)]}
        body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        # A digest of the content, because texts change with the code and not with the release.
        digest = hashlib.sha256(body).hexdigest()[:16]
        return _answer(request, data, digest, "application/json", lambda: body, pinned=day is not None)

    api = {
        "readings.json": readings_json,
        "tables/{table}.csv": _with_trouble(lambda request: _table(request, release), why),
        "datapackage.zip": _with_trouble(lambda request: _package(request, release), why),
    }
    data = [Route(f"/api/v1/{path}", _refusing(respond, speak)) for path, respond in api.items()]
    data += [Route("/search.json", _refusing(_search(release, index), speak))] if index else []
    health = {
        "/livez": lambda _request: _ok(),
        "/readyz": lambda _request: _ready(release, why),
        "/healthz": lambda _request: _health(release),
    }
    data += [Route(path, _refusing(respond, speak)) for path, respond in health.items()]
    return [Route("/releases/newest", newest(release, why)), *data]


def _ok() -> Response:
    return JSONResponse({"status": "ok", "version": project_version()}, headers={"cache-control": FRESH})


def _ready(release: Releases, why: Callable[[], str | None]) -> Response:
    """Whether releases can be read: not while the store is unreachable and an older release is served from memory."""
    response = _health(release)
    if (trouble := why()) in AWAY:
        raise Refused(trouble, 503)
    return response


def _health(release: Releases) -> Response:
    _release(release, None)
    return _ok()


def newest(release: Releases, why: Callable[[], str | None], clock: Callable[[], float] = time.monotonic) -> Callable:
    """`{"release": 12, "digest": "83d14697", "trouble": null}`, cached for a moment; 0 and "" where nothing can be read, 0 for the
    data folder.
    """
    cache: list[tuple[float, bytes]] = []

    def read() -> bytes:
        try:
            data = _release(release, None)
            state = {"release": data.number, "digest": data.digest[:8]}
        except Refused:
            state = {"release": 0, "digest": ""}
        return json.dumps(state | {"trouble": why()}, separators=(",", ":")).encode()

    async def respond(_request: Request) -> Response:
        if not cache or clock() >= cache[-1][0]:
            cache[:] = [(clock() + MOMENT, await run_in_threadpool(read))]
        return Response(cache[-1][1], media_type="application/json", headers={"cache-control": FRESH})

    return respond


def _search(release: Releases, index: Index) -> Callable[[Request], Response]:
    """The search index of a release, built once a release and language."""

    @cached_by_release()
    def names(data: Release, lang: str) -> Content:
        return Content(index(data, lang), "application/json", REVALIDATE)

    return lambda request: names(_release(release, request), _language(request)).response(request.headers)


def _table(request: Request, release: Releases) -> Response:
    table, lang = request.path_params["table"], request.query_params.get("lang")
    if table not in TABLES:
        raise Refused("request.no_table", 404, tables=", ".join(TABLES))
    data = _release(release, request)
    if lang is None:
        name = f"{table}_release-{data.number}.csv"
        return _answer(request, data, name, CSV, lambda: canonical(table, data.tables[table]), name=name)
    name = file_name(table, data, lang, "csv")
    return _answer(request, data, name, CSV, lambda: as_csv(data, table, lang), name=name)


def _package(request: Request, release: Releases) -> Response:
    data = _release(release, request)
    name = package_name(data)
    return _answer(request, data, name, "application/zip", lambda: as_package(data), name=name)


def _with_trouble(respond: Callable[[Request], Response], why: Callable[[], str | None]) -> Callable[[Request], Response]:
    """The same, with the header `dashboard-trouble` where the release may not be the newest."""

    def respond_with_trouble(request: Request) -> Response:
        response = respond(request)
        if "release" not in request.query_params and (trouble := why()):
            response.headers["dashboard-trouble"] = trouble
        return response

    return respond_with_trouble


def _refusing(respond: Callable[[Request], Response], speak: Speak) -> Callable[[Request], Response]:
    """The same, with a message in the requested language where the request is refused."""

    def respond_or_refuse(request: Request) -> Response:
        try:
            _refuse_unknown_language(request)
            return respond(request)
        except Refused as refused:
            error = {"error": speak(_language(request)).t(refused.key, **refused.fields)}
            return JSONResponse(error, status_code=refused.status, headers={"cache-control": FRESH})

    return respond_or_refuse


def _answer(
    request: Request, release: Release, part: str, media_type: str, body: Callable[[], bytes], *, name: str = "", pinned: bool = True
) -> Response:
    """A response whose ETag is the release and the part of it; the body is made only where the client does not have it.

    `name` makes it a download. `pinned` means that it depends on the release alone.
    """
    # Weak, because the same tag stands for the plain and the compressed form.
    etag = f'W/"{release.digest[:16]}-{part}"'
    asked = request.query_params.get("release", "")
    headers = {"etag": etag, "cache-control": (LONG if "-" in asked else REVALIDATE) if pinned and asked else FRESH}
    if is_current(request.headers, etag):
        return Response(status_code=304, headers=headers)
    headers |= {"content-disposition": f'attachment; filename="{name}"'} if name else {}
    return Response(body(), headers=headers, media_type=media_type)


def _release(release: Releases, request: Request | None) -> Release:
    """The release that the request pins, else the one in force."""
    pinned = request.query_params.get("release") if request else None
    try:
        return release(None) if pinned is None else pinned_release(pinned, release)
    except NoSuchRelease as missing:
        if not missing.number:
            raise Refused("request.bad_release") from None
        raise Refused("request.no_release", 404, number=missing.number) from None
    except (DashboardError, OSError):
        LOG.exception("The data cannot be read")
        raise Refused("request.unreadable", 503) from None


def _day(request: Request) -> date | None:
    text = request.query_params.get("as_of")
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("request.bad_date") from None
    # Python also parses 20240131 and 2024-W05-3; addresses use one form.
    if day.isoformat() != text:
        raise Refused("request.bad_date")
    return day


def _between(earliest: date, asked: date | None, today: date) -> date:
    if asked is None:
        return today
    if not earliest <= asked <= today:
        raise Refused("request.date_range", earliest=earliest, today=today)
    return asked


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", FALLBACK)
    return asked if asked in LANGUAGES else FALLBACK


def _refuse_unknown_language(request: Request) -> None:
    if request.query_params.get("lang", FALLBACK) not in LANGUAGES:
        raise Refused("request.bad_language", languages=", ".join(LANGUAGES))
