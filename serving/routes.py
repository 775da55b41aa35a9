"""The JSON and file API: health checks, the release in force, readings on a date, tables, and the search index. Computes nothing itself."""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
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
from serving.assets import Content, is_current
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
Respond = Callable[[Request], Response]


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
    api = _Api(release, read, today, speak, why)
    responses: dict[str, Respond] = {
        "/api/v1/readings.json": api.readings_json,
        "/api/v1/tables/{table}.csv": api.table,
        "/api/v1/datapackage.zip": api.package,
        "/livez": lambda _request: _ok(),
        "/readyz": api.ready,
        "/healthz": api.health,
    }
    responses |= {"/search.json": _search(release, index)} if index else {}
    checked = [Route(path, _refusing(respond, speak)) for path, respond in responses.items()]
    return [Route("/releases/newest", newest(release, why)), *checked]


@dataclass(frozen=True)
class _Api:
    """The responses; fields as the parameters of `routes`."""

    release: Releases
    read: Callable[[Release, date], tuple[Reading, ...]]
    today: Callable[[Release], date]
    speak: Speak
    why: Callable[[], str | None]

    def readings_json(self, request: Request) -> Response:
        day, data, texts = _day(request), _release(self.release, request), self.speak(_language(request))
        on = _between(FIRST_SHOWN, day, self.today(data))
        state = {"release": data.number, "trouble": None if "release" in request.query_params else self.why(), **versions(data)}
        content = state | {"readings": [describe(reading, texts) for reading in self.read(data, on)]}
        body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        # A digest of the content, because texts change with the code and not with the release.
        digest = hashlib.sha256(body).hexdigest()[:16]
        return _answer(request, data, digest, "application/json", lambda: body, pinned=day is not None)

    def table(self, request: Request) -> Response:
        table, lang = request.path_params["table"], request.query_params.get("lang")
        if table not in TABLES:
            raise Refused("request.no_table", 404, tables=", ".join(TABLES))
        data = _release(self.release, request)
        if lang is None:
            name = f"{table}_release-{data.number}.csv"
            return self._download(request, data, name, CSV, lambda: canonical(table, data.tables[table]))
        return self._download(request, data, file_name(table, data, lang, "csv"), CSV, lambda: as_csv(data, table, lang))

    def package(self, request: Request) -> Response:
        data = _release(self.release, request)
        return self._download(request, data, package_name(data), "application/zip", lambda: as_package(data))

    def _download(self, request: Request, release: Release, name: str, media_type: str, body: Callable[[], bytes]) -> Response:
        """A file, with the header `dashboard-trouble` where the release may not be the newest."""
        response = _answer(request, release, name, media_type, body)
        if response.status_code == 200:
            response.headers["content-disposition"] = f'attachment; filename="{name}"'
        if "release" not in request.query_params and (trouble := self.why()):
            response.headers["dashboard-trouble"] = trouble
        return response

    def ready(self, request: Request) -> Response:
        """Whether releases can be read: not while the store is unreachable and an older release is served from memory."""
        response = self.health(request)
        if (trouble := self.why()) in AWAY:
            raise Refused(trouble, 503)
        return response

    def health(self, _request: Request) -> Response:
        _release(self.release, None)
        return _ok()


def _ok() -> Response:
    return JSONResponse({"status": "ok", "version": project_version()}, headers={"cache-control": FRESH})


def newest(release: Releases, why: Callable[[], str | None], clock: Callable[[], float] = time.monotonic) -> Callable:
    """`{"release": 12, "digest": "83d14697", "trouble": null}`, cached for a moment; 0 for the data folder or nothing to read."""
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


def _search(release: Releases, index: Index) -> Respond:
    """The search index of a release, built once a release and language."""

    @cached_by_release()
    def names(data: Release, lang: str) -> Content:
        return Content(index(data, lang), "application/json", REVALIDATE)

    return lambda request: names(_release(release, request), _language(request)).response(request.headers)


def _refusing(respond: Respond, speak: Speak) -> Respond:
    """The same, with a message in the requested language where the request is refused."""

    def respond_or_refuse(request: Request) -> Response:
        try:
            if request.query_params.get("lang", FALLBACK) not in LANGUAGES:
                raise Refused("request.bad_language", languages=", ".join(LANGUAGES))
            return respond(request)
        except Refused as refused:
            error = {"error": speak(_language(request)).t(refused.key, **refused.fields)}
            return JSONResponse(error, status_code=refused.status, headers={"cache-control": FRESH})

    return respond_or_refuse


def _answer(request: Request, release: Release, part: str, media_type: str, body: Callable[[], bytes], pinned: bool = True) -> Response:
    """An answer whose ETag is the release (on which alone it depends if `pinned`) and the part; `body` is made only if it is needed."""
    # Weak, because the same tag stands for the plain and the compressed form.
    etag = f'W/"{release.digest[:16]}-{part}"'
    number = request.query_params.get("release", "")
    headers = {"etag": etag, "cache-control": (LONG if "-" in number else REVALIDATE) if pinned and number else FRESH}
    if is_current(request.headers, etag):
        return Response(status_code=304, headers=headers)
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
    try:
        day = date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise Refused("request.bad_date") from None
    # Python also parses 20240131 and 2024-W05-3; addresses use one form.
    if day and day.isoformat() != text:
        raise Refused("request.bad_date")
    return day


def _between(earliest: date, day: date | None, today: date) -> date:
    if day and not earliest <= day <= today:
        raise Refused("request.date_range", earliest=earliest, today=today)
    return day or today


def _language(request: Request) -> str:
    lang = request.query_params.get("lang", FALLBACK)
    return lang if lang in LANGUAGES else FALLBACK
