"""`GET /metrics`: our numbers and Streamlit's, as Prometheus reads them; and what of each answer is counted.

Does not decide who may see them (the guard does), and tells nothing of a person.
"""

import re
from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime, exists
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, SESSION_DURATION_FAMILY, SESSION_EVENTS_FAMILY

from publishing.files.measures import REGISTRY, count
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_release, trouble

REFUSALS = (401, 403, 405, 413, 429)
_FILE = re.compile(r"/media/[^/]+\.(pptx|pdf|zip|csv|xlsx)|/api/v1/(?:tables/[^/]+\.(csv)|datapackage\.(zip)|readings\.(json))")
"""The addresses of files that readers take away. What a page itself shows under /media, such as pictures, is none."""
STREAMLITS = (SESSION_EVENTS_FAMILY, SESSION_DURATION_FAMILY, ACTIVE_SESSIONS_FAMILY)
"""Streamlit's own numbers that are passed on: cheap, and none of a person. Those of memory stay with /_stcore/metrics."""


class Counted:
    """Middleware, outside the guard: counts what was refused, what failed, and which files were taken away."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepted = scope["type"] != "websocket"

        async def counted(message: Message) -> None:
            nonlocal accepted
            if message["type"] == "http.response.start":
                _count(scope, message["status"])
            elif message["type"] == "websocket.close" and not accepted:
                count("refused", status="403")  # what a server answers where nothing was accepted
            accepted = accepted or message["type"] == "websocket.accept"
            await send(message)

        await self._app(scope, receive, counted)


def _count(scope: Scope, status: int) -> None:
    if status in REFUSALS:
        count("refused", status=str(status))
    elif status >= 500 and scope["path"] not in ("/healthz", "/readyz"):  # a look at the health tells of a fault, and is none itself
        count("errors", where="request")
    elif status == 200 and scope["method"] == "GET" and (found := _FILE.search(scope["path"])):
        count("exports", kind=found[found.lastindex])


class Standing(Collector):
    """The release in force, whether it is the newest, and Streamlit's sessions, as they are when somebody asks."""

    def __init__(self, newest: Callable[[], int], why: Callable[[], str | None]) -> None:
        self._newest, self._why = newest, why

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """The families of Prometheus."""
        yield GaugeMetricFamily("dashboard_release", "The number of the release in force; 0 where nothing can be read", self._newest())
        yield GaugeMetricFamily("dashboard_trouble", "1 while the release shown may not be the newest, else 0", bool(self._why()))
        yield from _streamlits()


def _streamlits() -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
    found = Runtime.instance().stats_mgr.get_stats(STREAMLITS) if exists() else {}
    for name, stats in found.items():
        family = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily}[stats[0].type]
        told = family(f"streamlit_{name}", stats[0].help, labels=list(stats[0].labels or ()))
        for stat in stats:
            told.add_metric(list((stat.labels or {}).values()), stat.value)
        yield told


def _newest() -> int:
    try:
        return current_release().number
    except (DashboardError, OSError):
        return 0


def measures_route(newest: Callable[[], int] = _newest, why: Callable[[], str | None] = trouble) -> Route:
    """`GET /metrics`. `newest` gives the number of the release in force, `why` the reason why it may not be the newest."""
    standing = Standing(newest, why)

    def measures(_request: Request) -> Response:
        whole = CollectorRegistry()
        for one in (REGISTRY, standing):
            whole.register(one)
        return Response(generate_latest(whole), headers={"cache-control": "no-store", "content-type": CONTENT_TYPE_PLAIN_0_0_4})

    return Route("/metrics", measures)
