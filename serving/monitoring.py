"""`GET /metrics` for Prometheus, with no personal data: our metrics and Streamlit's; and the middleware that counts responses."""

import re
from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from publishing.files.measures import REGISTRY, count
from publishing.store.errors import DashboardError
from publishing.store.release_cache import current_release, trouble
from streamlit_internals import session_stats

REFUSALS = (401, 403, 405, 413, 429)
_FILE = re.compile(r"/media/[^/]+\.(pptx|pdf|zip|csv|xlsx)|/api/v1/(?:tables/[^/]+\.(csv)|datapackage\.(zip)|readings\.(json))")
"""Downloads; images that a page shows from /media are not counted."""


class CountingMiddleware:
    """Middleware, outside the guard: counts refusals, errors and downloads."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepted = scope["type"] != "websocket"

        async def count_and_send(message: Message) -> None:
            nonlocal accepted
            if message["type"] == "http.response.start":
                _count(scope, message["status"])
            elif message["type"] == "websocket.close" and not accepted:
                count("refused", status="403")  # the server's status for a handshake that was not accepted
            accepted = accepted or message["type"] == "websocket.accept"
            await send(message)

        await self._app(scope, receive, count_and_send)


def _count(scope: Scope, status: int) -> None:
    if status in REFUSALS:
        count("refused", status=str(status))
    elif status >= 500 and scope["path"] not in ("/healthz", "/readyz"):  # a failed health check is not an error of its own
        count("errors", where="request")
    elif status == 200 and scope["method"] == "GET" and (match := _FILE.search(scope["path"])):
        count("exports", kind=match[match.lastindex or 0])


class StateCollector(Collector):
    """The release in force, whether it is the newest, and Streamlit's sessions, at the time of the request."""

    def __init__(self, newest: Callable[[], int], trouble: Callable[[], str | None]) -> None:
        self._newest, self._trouble = newest, trouble

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """The metric families."""
        yield GaugeMetricFamily("dashboard_release", "The number of the release in force; 0 where nothing can be read", self._newest())
        yield GaugeMetricFamily("dashboard_trouble", "1 while the release shown may not be the newest, else 0", bool(self._trouble()))
        for name, stats in session_stats().items():
            family = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily}[stats[0].type]
            metrics = family(f"streamlit_{name}", stats[0].help, labels=list(stats[0].labels or ()))
            for stat in stats:
                metrics.add_metric(list((stat.labels or {}).values()), stat.value)
            yield metrics


def _newest() -> int:
    try:
        return current_release().number
    except (DashboardError, OSError):
        return 0


def monitoring_route(newest: Callable[[], int] = _newest, trouble: Callable[[], str | None] = trouble) -> Route:
    """`GET /metrics`. `newest` gives the number of the release in force, `trouble` the reason why it may not be the newest."""
    state = StateCollector(newest, trouble)

    def metrics(_request: Request) -> Response:
        registry = CollectorRegistry()
        for collector in (REGISTRY, state):
            registry.register(collector)
        return Response(generate_latest(registry), headers={"cache-control": "no-store", "content-type": CONTENT_TYPE_PLAIN_0_0_4})

    return Route("/metrics", metrics)
