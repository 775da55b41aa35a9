"""What operators read at /metrics, and what is counted of each answer."""

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from publishing.files.measures import timed
from serving.monitoring import CountingMiddleware, monitoring_route


def answering(request):
    return PlainTextResponse("", status_code=int(request.query_params["status"]))


async def talking(socket):
    if "in" in socket.query_params:
        await socket.accept()
    await socket.close(1008)


ROUTES = [
    monitoring_route(lambda: 12, lambda: "store.unreachable"),
    WebSocketRoute("/_stcore/stream", talking),
    Route("/{rest:path}", answering),
]
CLIENT = TestClient(Starlette(routes=ROUTES, middleware=[Middleware(CountingMiddleware)]))


def told() -> dict[tuple, float]:
    """Each sample by its name and the values of its labels."""
    families = text_string_to_metric_families(CLIENT.get("/metrics").text)
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def grown(name, *labels, asks):
    before = told().get((name, *labels), 0)
    for path, status in asks:
        CLIENT.get(path, params={"status": status})
    return told().get((name, *labels), 0) - before


def test_the_release_in_force_and_trouble_with_the_store_are_told_as_they_are_now():
    assert (told()[("dashboard_release",)], told()[("dashboard_trouble",)]) == (12, 1)


def test_files_taken_away_are_counted_by_kind_and_nothing_else_is():
    asks = [("/media/ab12.pptx", 200), ("/media/ab12.pptx", 404), ("/media/cd.png", 200), ("/overview", 200)]
    assert grown("dashboard_exports_total", "pptx", asks=asks) == 1
    assert grown("dashboard_exports_total", "csv", asks=[("/api/v1/tables/cities.csv", 200), ("/api/v1/tables/cities.csv", 304)]) == 1
    assert grown("dashboard_exports_total", "zip", asks=[("/api/v1/datapackage.zip", 200), ("/diplomacy/media/ef.zip", 200)]) == 2
    assert ("dashboard_exports_total", "png") not in told()


def test_refusals_and_faults_are_counted():
    assert grown("dashboard_refused_total", "403", asks=[("/media/a", 403), ("/media/a", 404), ("/media/a", 413)]) == 1
    assert grown("dashboard_errors_total", "request", asks=[("/media/a", 500), ("/healthz", 503), ("/api/v1/x", 503)]) == 2


def test_a_websocket_that_is_let_in_is_no_refusal_and_one_that_is_not_is_one():
    before = told().get(("dashboard_refused_total", "403"), 0)
    for address in ("/_stcore/stream?in=1", "/_stcore/stream"):
        with pytest.raises(WebSocketDisconnect), CLIENT.websocket_connect(address) as socket:
            socket.receive_bytes()
    assert told()[("dashboard_refused_total", "403")] == before + 1


def test_the_seconds_of_a_page_stand_under_its_name():
    before = told().get(("dashboard_rerun_seconds_count", "plan"), 0)
    timed("plan", begun=0)
    assert told()[("dashboard_rerun_seconds_count", "plan")] == before + 1
