"""The JSON and file API: health checks, the release in force, readings on a date, tables, and the search index. Computes nothing itself."""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.calendar import calendar
from exports.evidence.readings import answer
from exports.version import project_version
from languages import FALLBACK, LANGUAGES
from metrics.counting.reading import Reading
from metrics.indicators.registry import readings
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.names import declared_languages
from metrics.schema.release import Release, cached_by_release
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv, as_package, file_name, package_name
from publishing.files.table_text import canonical
from publishing.store import since as changes
from publishing.store.errors import DashboardError, NoSuchRelease
from publishing.store.release_cache import AWAY, current_release, current_store, pinned_release, trouble
from publishing.store.releases import Entry, time_zone, today_at_home
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
History = Callable[[], Sequence[Entry]]
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
    history: History = lambda: current_store().history(),
) -> list[Route]:
    """`/livez`, `/readyz`, `/healthz`, `/releases/newest`, and `/api/v1/`: `readings.json`, `changes.json`, `due.ics`,
    `tables/<table>.csv`, `datapackage.zip`; with an `index` also `/search.json`. `history` gives the releases, the newest first.

    `release` gives the release of a number, or the one in force for None; the parameter `release=` pins it. Where it cannot be read the
    response is 503 with a message, and the error is logged. `why` gives the reason why the release in force may not be the newest.
    """
    api = _Api(release, read, today, speak, why, history)
    responses: dict[str, Respond] = {
        "/api/v1/readings.json": api.readings_json,
        "/api/v1/changes.json": api.changes_json,
        "/api/v1/due.ics": api.due_dates,
        "/api/v1/tables/{table}.csv": api.table,
        "/api/v1/datapackage.zip": api.package,
        "/livez": lambda _request: _ok(),
        "/readyz": api.ready,
        "/healthz": api.health,
    }
    responses |= {"/search.json": _search(release, index)} if index else {}
    checked = [Route(path, _refusing(respond, release, speak)) for path, respond in responses.items()]
    return [Route("/releases/newest", newest(release, why)), *checked]


@dataclass(frozen=True)
class _Api:
    """The responses; fields as the parameters of `routes`."""

    release: Releases
    read: Callable[[Release, date], tuple[Reading, ...]]
    today: Callable[[Release], date]
    speak: Speak
    why: Callable[[], str | None]
    history: History

    def changes_json(self, request: Request) -> Response:
        """The releases since the day `since` with their reasons and rows, and the readings on `as_of` before and after them."""
        since, data = _day(request, "since"), _release(self.release, None)
        if since is None:
            raise Refused("request.bad_date")
        on = _between(FIRST_SHOWN, _day(request), self.today(data))
        try:
            history = self.history()
            then = changes.before(history, since, time_zone(data))
            made = [changes.described(entry, self.release) for entry in changes.later(history, then)]
            moved = changes.readings_then_and_now(self.release(then.number), self.release(history[0].number), on)
        except DashboardError:
            LOG.exception("The releases cannot be compared")
            raise Refused("request.unreadable", 503) from None
        content = {"since": since.isoformat(), "from": then.number, "to": history[0].number, "as_of": on.isoformat(), "trouble": self.why()}
        return JSONResponse(content | {"readings": moved, "releases": made}, headers={"cache-control": FRESH})

    def readings_json(self, request: Request) -> Response:
        day, data, texts = _day(request), _release(self.release, request), self.speak(_language(request))
        on = _between(FIRST_SHOWN, day, self.today(data))
        content = answer(data, self.read(data, on), texts, None if "release" in request.query_params else self.why())
        body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        # A digest of the content, because texts change with the code and not with the release.
        digest = hashlib.sha256(body).hexdigest()[:16]
        return _answer(request, data, digest, "application/json", lambda: body, pinned=day is not None)

    def due_dates(self, request: Request) -> Response:
        """The due dates from today, as a calendar to subscribe to."""
        data, texts = _release(self.release, request), self.speak(_language(request))
        on = self.today(data)
        part = f"due-{on}-{texts.lang}"
        return _answer(request, data, part, "text/calendar; charset=utf-8", lambda: calendar(data, on, texts), pinned=False)

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


def _refusing(respond: Respond, release: Releases, speak: Speak) -> Respond:
    """The same, with a message in the requested language where the request is refused."""

    def respond_or_refuse(request: Request) -> Response:
        lang, asked = FALLBACK, _language(request)
        try:
            if asked not in LANGUAGES and asked not in declared_languages(_release(release, request)):
                raise Refused("request.bad_language", languages=", ".join(LANGUAGES))
            lang = asked
            return respond(request)
        except Refused as refused:
            error = {"error": speak(lang).t(refused.key, **refused.fields)}
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


def _day(request: Request, name: str = "as_of") -> date | None:
    text = request.query_params.get(name)
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
    return request.query_params.get("lang", FALLBACK)
