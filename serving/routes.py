"""Answers for machines: is the dashboard well, which release is in force, what do the indicators say on a day, the tables, the names
that can be found. Must not count anything itself.
"""

import gzip
import hashlib
import json
import logging
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from exports.evidence.readings import describe, versions
from exports.version import project_version
from metrics.counting.reading import Reading
from metrics.indicators.registry import readings
from metrics.schema.dates import FIRST_SHOWN
from metrics.schema.release import Release
from metrics.schema.tables import TABLES
from publishing.files.downloads import as_csv, as_package, file_name, package_name
from publishing.files.table_text import canonical
from publishing.store.errors import DashboardError, NoSuchRelease
from publishing.store.home_day import today_at_home
from publishing.store.release_cache import AWAY, current_release, pinned_release, trouble
from serving.shelf import Packed, has
from serving.shelf import answer as send
from wording import LANGUAGES, Words, words

LOG = logging.getLogger(__name__)
OTHERWISE = "en"
"""The language where none, or none of ours, is asked for."""
CSV = "text/csv; charset=utf-8"


LONG = "public, max-age=604800"
"""How long an answer over a pinned release may be kept: it stays what it is."""
FRESH = "no-store"
"""Everything else may be another one at the next release, or the next day."""

ASK_AGAIN = "no-cache"
"""May be kept, but is asked for each time: the mark tells whether it is still the same."""
MOMENT = 0.5
"""Seconds for which everyone who asks for the newest release gets the same answer: hundreds of open pages ask."""

Releases = Callable[[int | None], Release]
Index = Callable[[Release, str], bytes]
Speak = Callable[[str], Words]


class Refused(Exception):
    """A question that cannot be answered as asked; `key` names the sentence that says why, `fields` fill it."""

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
    with an `index` of names also `/search.json`.

    The first argument gives the release of a number, or the one in force for None; `release=` in an address pins it. Where it
    cannot be read the answer is 503 with a sentence, and the reason goes to the log. `why` tells why the release in force may not
    be the newest.
    """

    def readings_json(request: Request) -> Response:
        asked, data, told = _day(request), _release(release, request), speak(_language(request))
        on = _between(FIRST_SHOWN, asked, today(data))
        stands = {"release": data.number, "trouble": None if "release" in request.query_params else why(), **versions(data)}
        said = stands | {"readings": [describe(reading, told) for reading in read(data, on)]}
        body = json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        # The sentences are ours and may be put better one day, so the mark is also of what is said.
        mark = hashlib.sha256(body).hexdigest()[:16]
        return _answer(request, data, mark, "application/json", lambda: body, pinned=asked is not None)

    api = {
        "readings.json": readings_json,
        "tables/{table}.csv": _marked(lambda request: _table(request, release), why),
        "datapackage.zip": _marked(lambda request: _package(request, release), why),
    }
    asked = [Route(f"/api/v1/{path}", _refusing(answer, speak)) for path, answer in api.items()]
    asked += [Route("/search.json", _refusing(_search(release, index), speak))] if index else []
    health = {
        "/livez": lambda _request: _well(),
        "/readyz": lambda _request: _ready(release, why),
        "/healthz": lambda _request: _health(release),
    }
    asked += [Route(path, _refusing(answer, speak)) for path, answer in health.items()]
    return [Route("/releases/newest", newest(release, why)), *asked]


def _well() -> Response:
    return JSONResponse({"status": "ok", "version": project_version()}, headers={"cache-control": FRESH})


def _ready(release: Releases, why: Callable[[], str | None]) -> Response:
    """Whether readers see releases: not while the store is away and something older serves in its place."""
    response = _health(release)
    if (trouble := why()) in AWAY:
        raise Refused(trouble, 503)
    return response


def _health(release: Releases) -> Response:
    _release(release, None)
    return _well()


def newest(release: Releases, why: Callable[[], str | None], clock: Callable[[], float] = time.monotonic) -> Callable:
    """`{"release": 12, "digest": "83d14697", "trouble": null}`, asked of the store once a moment; 0 and "" where nothing can be read, 0 for
    the data folder.
    """
    told: list[tuple[float, bytes]] = []

    def look() -> bytes:
        try:
            data = _release(release, None)
            stands = {"release": data.number, "digest": data.digest[:8]}
        except Refused:
            stands = {"release": 0, "digest": ""}
        return json.dumps(stands | {"trouble": why()}, separators=(",", ":")).encode()

    async def told_now(_request: Request) -> Response:
        if not told or clock() >= told[-1][0]:
            told[:] = [(clock() + MOMENT, await run_in_threadpool(look))]
        return Response(told[-1][1], media_type="application/json", headers={"cache-control": FRESH})

    return told_now


def _search(release: Releases, index: Index) -> Callable[[Request], Response]:
    """What can be found in a release, for the search of the bar; packed once a release and language."""

    @lru_cache(maxsize=8)
    def packed(data: Release, lang: str) -> Packed:
        body = index(data, lang)
        return Packed(gzip.compress(body, 6, mtime=0), True, f'W/"{hashlib.sha256(body).hexdigest()[:20]}"', "application/json")

    return lambda request: send(packed(_release(release, request), _language(request)), request.headers, ASK_AGAIN)


def _table(request: Request, release: Releases) -> Response:
    table, lang = request.path_params["table"], request.query_params.get("lang")
    if table not in TABLES:
        raise Refused("door.no_table", 404, tables=", ".join(TABLES))
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


def _marked(answer: Callable[[Request], Response], why: Callable[[], str | None]) -> Callable[[Request], Response]:
    """The same file; of a release that may not be the newest with the header `dashboard-trouble`, which says why."""

    def marked(request: Request) -> Response:
        response = answer(request)
        if "release" not in request.query_params and (trouble := why()):
            response.headers["dashboard-trouble"] = trouble
        return response

    return marked


def _refusing(answer: Callable[[Request], Response], speak: Speak) -> Callable[[Request], Response]:
    """The same answer, but for questions that are refused: those get a sentence in the language asked for."""

    def answered(request: Request) -> Response:
        try:
            _refuse_unknown_language(request)
            return answer(request)
        except Refused as refused:
            said = {"error": speak(_language(request)).t(refused.key, **refused.fields)}
            return JSONResponse(said, status_code=refused.status, headers={"cache-control": FRESH})

    return answered


def _answer(
    request: Request, release: Release, what: str, media_type: str, body: Callable[[], bytes], *, name: str = "", pinned: bool = True
) -> Response:
    """An answer marked by its release and by what of it; made only where the asker does not have it. `name` makes it a file.

    `pinned` says whether it stays the same when the release in the address does.
    """
    # Weak, because the same mark stands for the plain and the compressed form.
    etag = f'W/"{release.digest[:16]}-{what}"'
    named = request.query_params.get("release", "")
    headers = {"etag": etag, "cache-control": (LONG if "-" in named else ASK_AGAIN) if pinned and named else FRESH}
    if has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    headers |= {"content-disposition": f'attachment; filename="{name}"'} if name else {}
    return Response(body(), headers=headers, media_type=media_type)


def _release(release: Releases, request: Request | None) -> Release:
    """The release that the address pins, else the one in force."""
    pinned = request.query_params.get("release") if request else None
    try:
        return release(None) if pinned is None else pinned_release(pinned, release)
    except NoSuchRelease as missing:
        if not missing.number:
            raise Refused("door.bad_release") from None
        raise Refused("door.no_release", 404, number=missing.number) from None
    except (DashboardError, OSError):
        LOG.exception("The data cannot be read")
        raise Refused("door.unreadable", 503) from None


def _day(request: Request) -> date | None:
    text = request.query_params.get("as_of")
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("door.bad_date") from None
    # Python also reads 20240131 and 2024-W05-3; an address that is shared should be written in one way.
    if day.isoformat() != text:
        raise Refused("door.bad_date")
    return day


def _between(earliest: date, asked: date | None, today: date) -> date:
    if asked is None:
        return today
    if not earliest <= asked <= today:
        raise Refused("door.date_range", earliest=earliest, today=today)
    return asked


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", OTHERWISE)
    return asked if asked in LANGUAGES else OTHERWISE


def _refuse_unknown_language(request: Request) -> None:
    if request.query_params.get("lang", OTHERWISE) not in LANGUAGES:
        raise Refused("door.bad_language")
