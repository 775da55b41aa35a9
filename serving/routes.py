"""Answers for machines: is the dashboard well, and what do the indicators say on a day. Must not count anything itself."""

import logging
from collections.abc import Callable
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from metrics.dates import FIRST_SHOWN
from metrics.indicators import readings
from metrics.reading import Benchmark, Previous, Progress, Reading, Target
from metrics.release import Release
from publishing.current import current_release, today_at_home
from publishing.releases import UnreadableRelease
from wording import LANGUAGES, Words, words

LOG = logging.getLogger(__name__)
OTHERWISE = "en"
"""The language where none, or none of ours, is asked for."""


class Refused(Exception):
    """A question that cannot be answered as asked; `key` names the sentence that says why, `fields` fill it."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields


def routes(
    release: Callable[[], Release] = current_release,
    read: Callable[[Release, date], tuple[Reading, ...]] = readings,
    today: Callable[[Release], date] = today_at_home,
    speak: Callable[[str], Words] = words,
) -> list[Route]:
    """`/healthz` and `/api/v1/readings.json`, over the release that the first argument gives.

    Where the release cannot be read both answer 503 with a sentence; the reason goes to the log.
    """

    def healthz(_request: Request) -> Response:
        if _readable(release) is None:
            return PlainTextResponse(speak(OTHERWISE).t("door.unreadable"), status_code=503, headers=_fresh())
        return PlainTextResponse("ok", headers=_fresh())

    def readings_json(request: Request) -> Response:
        told = speak(_language(request))
        try:
            _refuse_unknown_language(request)
            asked = _day(request)
            data = _readable(release)
            if data is None:
                return _fault(503, told, "door.unreadable")
            on = _between(FIRST_SHOWN, asked, today(data))
        except Refused as refused:
            return _fault(400, told, refused.key, **refused.fields)
        return JSONResponse({"readings": [describe(reading, told) for reading in read(data, on)]}, headers=_fresh())

    return [Route("/healthz", healthz), Route("/api/v1/readings.json", readings_json)]


def describe(reading: Reading, words: Words) -> dict:
    """A reading as JSON holds it: numbers and ISO dates, published dates as EDTF, ids of sources, sentences in the language of `words`."""
    return {
        "id": reading.indicator,
        "title": words.of("indicator", reading.indicator),
        "as_of": reading.as_of.isoformat(),
        "value": reading.value,
        "unit": reading.unit,
        "lower": reading.lower,
        "upper": reading.upper,
        "documented": reading.documented,
        "benchmark": _benchmark(reading.benchmark),
        "previous": _previous(reading.previous),
        "target": _target(reading.target),
        "progress": _progress(reading.progress),
        "formula": words.formula(reading.formula),
        "sources": list(reading.sources),
    }


def _benchmark(benchmark: Benchmark | None) -> dict | None:
    return benchmark and {"value": benchmark.value, "as_of": benchmark.as_of, "source": benchmark.source_id}


def _previous(previous: Previous | None) -> dict | None:
    return previous and {"as_of": previous.as_of.isoformat(), "value": previous.value, "change": previous.change}


def _target(target: Target | None) -> dict | None:
    return target and {
        "value": target.value,
        "unit": target.unit,
        "set_on": target.set_on,
        "due": target.due or None,
        "source": target.source_id,
    }


def _progress(progress: Progress | None) -> dict | None:
    return progress and {
        "state": progress.state,
        "base": progress.base,
        "base_day": progress.base_day and progress.base_day.isoformat(),
        "latest": progress.latest,
        "latest_day": progress.latest_day and progress.latest_day.isoformat(),
        "observed": progress.observed,
        "required": progress.required,
        "ratio": progress.ratio,
    }


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


def _readable(release: Callable[[], Release]) -> Release | None:
    try:
        return release()
    except (UnreadableRelease, OSError):
        LOG.exception("The data cannot be read")
        return None


def _fault(status: int, words: Words, key: str, **fields: object) -> JSONResponse:
    return JSONResponse({"error": words.t(key, **fields)}, status_code=status, headers=_fresh())


def _fresh() -> dict[str, str]:
    return {"cache-control": "no-store"}
