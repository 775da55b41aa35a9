"""What the guard lets in, and the headers of every response."""

import re
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.web.server.starlette.starlette_websocket import StarletteClientContext

from publishing.access.rights import Rules, SignedIn
from publishing.files import limits
from serving.access_policy import RateLimiter
from serving.guard import AROUND_A_FILE, OTHERWISE, SIGN_INS, UPLOADS, Guard, security_headers
from streamlit_internals import FRONTEND, INDEX

SITE = "127.0.0.1:8501"
HERE = {"origin": f"http://{SITE}"}
STREAM = f"ws://{SITE}/_stcore/stream"
FILE = f"{UPLOADS}session/file"
LARGEST = 1000


class Echo:
    """Words that say which key they were asked for."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def t(self, key: str) -> str:
        return f"{self.lang} {key}"


async def take(request: Request) -> Response:
    """Streamlit's endpoint, as far as it matters here: reads all of the body and says how much it was."""
    return JSONResponse(sum([len(chunk) async for chunk in request.stream()]))


def page(_request: Request) -> Response:
    return PlainTextResponse("a page", headers={"x-content-type-options": "nosniff"})


def fail(_request: Request) -> Response:
    raise RuntimeError("a secret of /srv/dashboard")


async def fail_midway(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise RuntimeError("broken off")


async def talk(socket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def client(peer: str = "127.0.0.1", listening: str = "127.0.0.1", site: str = SITE, **more) -> TestClient:
    routes = [
        Route(f"{UPLOADS}{{session}}/{{file}}", take, methods=["PUT", "DELETE", "POST", "OPTIONS", "GET"]),
        Route("/fail", fail),
        Mount("/midway", fail_midway),
        WebSocketRoute("/_stcore/stream", talk),
        Route("/{path:path}", page, methods=["GET", "POST"]),
    ]
    guard = Middleware(Guard, listening=listening, largest=LARGEST, speak=Echo, **more)
    return TestClient(Starlette(routes=routes, middleware=[guard]), client=(peer, 5000), base_url=f"http://{site}")


def test_the_person_at_the_machine_may_upload_and_take_back():
    assert client().put(FILE, content=b"x" * 10, headers=HERE).json() == 10
    assert client().delete(FILE, headers=HERE).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    ("visitor", "headers"),
    [
        ({"peer": "203.0.113.9"}, HERE),
        ({"listening": ""}, HERE),
        ({"listening": "0.0.0.0"}, HERE),
        ({"site": "dashboard.city.example"}, {"origin": "http://dashboard.city.example"}),
        ({}, {}),
        ({}, {"origin": "https://evil.example"}),
        ({}, HERE | {"x-forwarded-for": "203.0.113.9"}),
    ],
)
def test_nobody_else_may_and_is_told_why(method, visitor, headers):
    answer = client(**visitor).request(method, FILE, content=b"x", headers=headers | {"accept-language": "ko"})
    assert (answer.status_code, answer.text) == (403, "ko rights.closed")


def test_a_prefix_in_the_address_does_not_hide_the_endpoint():
    assert client(peer="203.0.113.9").put(f"/city{FILE}", content=b"x", headers=HERE).status_code == 403


@pytest.mark.parametrize("path", ["/", FILE, "/api/v1/readings.json", "/_stcore/health"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_everywhere(method, path):
    answer = client().request(method, path, headers=HERE)
    assert (answer.status_code, answer.text, answer.headers["allow"]) == (405, "en request.only_read", "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/media/file.csv"])
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nothing_is_put_or_deleted_but_uploads(method, path):
    assert client().request(method, path, headers=HERE).status_code == 405


ALLOWED = LARGEST + AROUND_A_FILE


@pytest.mark.parametrize(("size", "status"), [(ALLOWED, 200), (ALLOWED + 1, 413)])
def test_a_file_may_be_as_large_as_the_limit_whether_its_size_is_told_or_not(size, status):
    told = client().put(FILE, content=b"x" * size, headers=HERE)
    untold = client().put(FILE, content=(b"x" * part for part in (ALLOWED, size - ALLOWED)), headers=HERE)
    assert "content-length" not in untold.request.headers
    assert [told.status_code, untold.status_code] == [status, status]


@pytest.mark.parametrize("length", ["1" + "0" * 12, "9" * 5000, str(ALLOWED + 1)])
def test_a_size_that_is_told_too_large_is_refused_before_anything_is_read(length):
    answer = client().put(FILE, content=b"x", headers=HERE | {"content-length": length, "accept-language": "ko-KR"})
    assert (answer.status_code, answer.text) == (413, "ko request.too_large")


@pytest.mark.parametrize(("method", "path"), [("GET", FILE), ("DELETE", FILE), ("GET", "/")])
def test_whatever_is_no_upload_has_hardly_a_body(method, path):
    answers = [client().request(method, path, content=b"x" * size, headers=HERE) for size in (OTHERWISE, OTHERWISE + 1)]
    assert [answer.status_code for answer in answers] == [200, 413]


def test_a_stream_that_nobody_measured_ends_at_the_limit():
    assert client().request("GET", FILE, content=iter([b"x" * OTHERWISE, b"x"])).status_code == 413


EVERY = {
    "content-security-policy": r"default-src 'self'; .*frame-ancestors 'self'",
    "permissions-policy": r"camera=\(\).*",
    "referrer-policy": r"same-origin",
    "x-content-type-options": r"nosniff",
}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/fail", 500), ("POST", "/", 405), ("PUT", FILE, 403), ("PUT", "/", 405)],
)
def test_every_answer_bears_each_header_once(method, path, status):
    answer = client().request(method, path)
    assert answer.status_code == status
    assert all(re.fullmatch(value, ", ".join(answer.headers.get_list(name))) for name, value in EVERY.items())


def test_a_failure_is_said_calmly_and_its_reason_stays_in_the_log(caplog):
    answer = client().get("/fail")
    assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (500, "en frame.failed", "no-store")
    assert "a secret of" in caplog.text


def test_an_answer_that_breaks_off_midway_is_not_followed_by_another():
    with pytest.raises(RuntimeError, match="broken off"):
        client().get("/midway/")


def test_the_stream_of_a_page_passes():
    with client(peer="203.0.113.9").websocket_connect("/_stcore/stream") as socket:
        assert socket.receive_text() == "hello"


@pytest.mark.parametrize(
    "origin",
    [
        *("https://evil.example", f"http://{SITE}.evil.example", "http://localhost:9999", "http://127.0.0.1:9999", "http://0.0.0.0:1"),
        *("http://0.0.0.0:8501", "http://localhost:8501", f"http://user@{SITE}", f"http://{SITE}/", f"ws://{SITE}", SITE, "null", ""),
    ],
)
def test_a_page_of_another_address_opens_no_stream(origin):
    with pytest.raises(WebSocketDisconnect), client().websocket_connect(STREAM, headers={"origin": origin}):
        pass
    with client().websocket_connect(STREAM, headers=HERE) as socket:
        assert socket.receive_text() == "hello"


def test_a_stream_that_no_page_of_ours_opens_is_nobodys_whatever_cookie_it_brings():
    person = SignedIn("https://issuer.example#1", "kim@city.example", "Kim", None)
    rules = Rules(sign_in=True, viewers="signed-in")
    visitor = client(rules=rules, signed=lambda cookies: person if cookies else None)
    visitor.cookies.set("session", "hers")
    with pytest.raises(WebSocketDisconnect), visitor.websocket_connect(STREAM):
        pass
    with visitor.websocket_connect(STREAM, headers=HERE) as socket:
        assert socket.receive_text() == "hello"
    assert visitor.get("/").status_code == 200  # merely reading, where a browser names no origin


@pytest.mark.parametrize(
    "site", ["evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example:8501", "localhost.", "1.2.3.4.5"]
)
def test_a_foreign_name_that_leads_here_is_turned_away_where_no_sign_in_is_set_up(site):
    answer = client(site=site).get("/")
    assert (answer.status_code, answer.text) == (403, "en rights.host")
    assert client(site=site).get("/healthz").status_code == 200
    with (
        pytest.raises(WebSocketDisconnect),
        client().websocket_connect(f"ws://{site}/_stcore/stream", headers={"origin": f"http://{site}"}),
    ):
        pass


@pytest.mark.parametrize(
    "site", ["localhost:8501", "LOCALHOST", "127.0.0.1", "[::1]:8501", "192.168.0.7:8501", "desk-3", "city.example", "a.city.example:8443"]
)
def test_addresses_names_of_the_own_network_and_the_names_of_the_setting_are_answered(site):
    assert client(site=site, hosts=["City.example", "*.city.example"]).get("/").status_code == 200


@pytest.mark.parametrize("path", ["/auth/login", "/oauth2callback", "/auth/logout"])
def test_who_knocks_at_the_sign_in_too_often_waits(path, monkeypatch):
    monkeypatch.setattr("serving.guard.RateLimiter", partial(RateLimiter, clock=lambda: 0.0))  # a slow run would earn new requests
    knocking = client()
    assert [knocking.get(path).status_code for _ in range(SIGN_INS + 1)] == [200] * SIGN_INS + [429]
    assert knocking.get("/").status_code == 200


def test_a_file_goes_only_to_a_page_of_ones_own():
    peers = {"own": "127.0.0.1", "foreign": "203.0.113.9"}
    pages = {name: StarletteClientContext(HTTPConnection(scope(peer))) for name, peer in peers.items()}
    given = {
        (method, name): client(opener=pages.get).request(method, f"{UPLOADS}{name}/file", headers=HERE).status_code
        for method in ("PUT", "DELETE")
        for name in ("own", "foreign", "none")
    }
    assert given == {(method, name): 403 if name == "foreign" else 200 for method, name in given}


def scope(peer: str) -> dict:
    """A connection from that address, of a page of here."""
    headers = [(b"host", SITE.encode()), (b"origin", HERE["origin"].encode())]
    return {"type": "websocket", "headers": headers, "client": (peer, 5000)}


def policy(ancestors: str = "'self'") -> dict[str, str]:
    headers = security_headers((FRONTEND / INDEX).read_text(encoding="utf-8"), ancestors)
    return {name: rest for name, _, rest in (part.partition(" ") for part in headers["content-security-policy"].split("; "))}


def test_the_policy_names_no_host_and_lets_no_foreign_script_run():
    named = policy()
    assert not re.search(r"https?:|wss?:|\*|\w\.\w", " ".join(named.values()))
    assert not {"'unsafe-inline'", "'unsafe-eval'", "data:"} & set(named["script-src"].split())
    assert named["object-src"] == "'none'"


def test_the_one_inline_script_of_streamlits_page_may_run():
    page = (FRONTEND / INDEX).read_text(encoding="utf-8")
    assert len(re.findall(r"<script(?![^>]*\bsrc=)", page)) == policy()["script-src"].count("'sha256-") == 1


@pytest.mark.parametrize(
    "sites",
    ["'none'", "'self'", "'self' https://portal.city.example", "https://*.city.example:8443 http://intranet", "https://city.example:*"],
)
def test_the_sites_that_may_frame_the_dashboard_are_a_setting(sites):
    assert policy(sites)["frame-ancestors"] == sites


@pytest.mark.parametrize(
    "sites",
    ["", " ", "*", "self", "'self'; script-src *", "city.example", "'none' 'self'", "https://a,b", "https://a\r\nx: y", "javascript:"],
)
def test_a_setting_that_names_no_sites_stops_the_start(sites):
    with pytest.raises(ValueError, match="DASHBOARD_FRAME_ANCESTORS"):
        security_headers("", sites)


def test_a_file_just_above_the_limit_of_the_desk_still_reaches_the_desk_which_says_so():
    settings = (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"maxUploadSize = {limits.FILE // limits.MEGABYTE + 2} " in settings
