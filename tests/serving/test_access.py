"""Every address of a running dashboard, requested by every kind of visitor: the table of answers in SECURITY.md is what was seen."""

import json
import os
import re
import time
from collections.abc import Iterable
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx2 as httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.servers import PROJECT
from publishing.access.rights import Visitor, may_audit, rules_from, signed_in
from publishing.desk.desk import DraftWorkspace
from publishing.store.errors import NotAllowed, NothingChanged, SignInTooOld
from publishing.store.store import open_store
from serving.access_policy import endpoint
from serving.sign_in import BACK
from streamlit_internals import FRONTEND
from tests.running import start
from tests.worlds import ONE_ROW, write

SECRET, TOKEN = "a-long-text-that-signs-the-cookies", "a-long-text-that-lets-measure"
ACCESS = {"analysts": ["analyst@city.example"], "admins": ["admin@city.example"], "metrics_token": TOKEN}
SECRETS = f"""
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "dashboard"
client_secret = "secret"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
[access]
analysts = {json.dumps(ACCESS["analysts"])}
admins = {json.dumps(ACCESS["admins"])}
metrics_token = "{TOKEN}"
"""
SECURITY = PROJECT / "SECURITY.md"
HOURS = {"viewer": 1, "analyst": 1, "admin": 1, "analyst, 13 h ago": 13}
PEOPLE = ("nobody", "forged cookie", *HOURS)
ELSEWHERE, NEAR = "https://evil.example", "http://localhost:9999"

SCRIPT = f"/{next(FRONTEND.glob('static/js/index.*.js')).relative_to(FRONTEND)}"

# What is tried, how, and the answers by which Streamlit or the dashboard itself takes the request.
ADDRESSES = {
    "a page, `/plan`": ("GET", "/plan?lang=en", {200}),
    "a page of admins, `/audit` (its frame)": ("GET", "/audit", {200}),
    "WebSocket `/_stcore/stream`": ("WEBSOCKET", "/_stcore/stream", {101}),
    "the same from another site's page": ("WEBSOCKET FROM ELSEWHERE", "/_stcore/stream", {101}),
    "the same from another port of this machine": ("WEBSOCKET FROM NEAR", "/_stcore/stream", {101}),
    "`PUT /_stcore/upload_file/…`": ("PUT", "/_stcore/upload_file/{session}/file", {204}),
    "`DELETE /_stcore/upload_file/…`": ("DELETE", "/_stcore/upload_file/{session}/file", {204}),
    "`PUT` into somebody else's page": ("PUT", "/_stcore/upload_file/{another}/file", {204}),
    "`PUT` from another site's page": ("PUT FROM ELSEWHERE", "/_stcore/upload_file/{session}/file", {204}),
    "`POST` of any kind": ("POST", "/", {200}),
    "`/media/…` (files that a page gives)": ("GET", "/media/none.csv", {404}),
    "`/component/…`": ("GET", "/component/none/index.html", {404}),
    "`/_stcore/bidi-components/…`": ("GET", "/_stcore/bidi-components/none/index.js", {404}),
    "`/_stcore/agent/…`": ("GET", "/_stcore/agent/openapi.json", {404}),
    "`/_stcore/metrics`": ("GET", "/_stcore/metrics", {200}),
    "`/metrics`": ("GET", "/metrics", {200, 307}),
    "`/_stcore/metrics` with the operators' token": ("GET WITH TOKEN", "/_stcore/metrics", {200}),
    "`/api/v1/readings.json`": ("GET", "/api/v1/readings.json", {200}),
    "`/api/v1/changes.json`": ("GET", "/api/v1/changes.json?since=2020-01-01", {200}),
    "`/api/v1/due.ics`": ("GET", "/api/v1/due.ics", {200}),
    "`/api/v1/tables/….csv`": ("GET", "/api/v1/tables/cities.csv", {200}),
    "`/api/v1/datapackage.zip`": ("GET", "/api/v1/datapackage.zip", {200}),
    "`/search.json`": ("GET", "/search.json", {200}),
    "`/releases/newest`": ("GET", "/releases/newest", {200}),
    "`/assets/…` (scripts, font, outlines)": ("GET", "/assets/ground.svg", {200}),
    "`/static/…` (Streamlit's scripts)": ("GET", SCRIPT, {200}),
    "`/favicon.png`": ("GET", "/favicon.png", {200}),
    "`/healthz`, `/livez`, `/readyz`, `/_stcore/health`": ("GET", "/_stcore/health", {200}),
    "`/_stcore/host-config`": ("GET", "/_stcore/host-config", {200}),
    "`/sign-in`": ("GET", "/sign-in", {303}),
    "`/auth/login` without a token of ours": ("GET", "/auth/login", {302}),
    "`/oauth2callback` without a sign-in under way": ("GET", "/oauth2callback", {302}),
    "`/auth/logout`": ("GET", "/auth/logout", {302}),
}


@pytest.fixture(scope="module", params=["everyone", "signed-in"])
def site(request, tmp_path_factory):
    """The address of a running dashboard, and who reads there."""
    server = start(tmp_path_factory.mktemp("access"), secrets=f'{SECRETS}viewers = "{request.param}"\n')
    yield server.url, request.param
    server.stop()


def claims(who: str) -> dict:
    """What the provider said when somebody signed in; HOURS says how long ago."""
    at = datetime.now(UTC).timestamp() - HOURS[who] * 3600
    return {"sub": who, "iss": "https://id.example", "email": f"{who.partition(',')[0]}@city.example", "email_verified": True, "iat": at}


def cookies(who: str, url: str) -> str:
    """The header with somebody's cookies, as Streamlit signs them after a sign-in."""
    token = generate_xsrf_token_string()
    if who == "nobody":
        return f"{XSRF_COOKIE_NAME}={token}"
    said = claims("admin" if who == "forged cookie" else who) | {"origin": url, "is_logged_in": True, "provider": "default"}
    secret = "another-text-that-signs-nothing" if who == "forged cookie" else SECRET
    return f"{XSRF_COOKIE_NAME}={token}; {USER_COOKIE_NAME}={create_signed_value(secret, USER_COOKIE_NAME, json.dumps(said)).decode()}"


@contextmanager
def session(url: str, cookie: str):
    """The id of a session that a WebSocket opened, while it stays open; a made-up one where it was refused."""
    with ExitStack() as kept:
        try:
            stream = kept.enter_context(opened(url, cookie, url))
        except InvalidStatus:
            yield "none"
            return
        stream.send(BackMsg(rerun_script={"query_string": ""}).SerializeToString())
        yield next(message.new_session.initialize.session_id for message in received(stream) if message.HasField("new_session"))


def opened(url: str, cookie: str, origin: str):
    """The WebSocket of a page. Raises InvalidStatus where it is refused."""
    headers = {"cookie": cookie, "accept-language": "en"}
    return connect(f"{url.replace('http', 'ws')}/_stcore/stream", origin=origin, additional_headers=headers, max_size=None, max_queue=None)


def received(stream):
    while True:
        yield ForwardMsg.FromString(stream.recv(timeout=60))


def status(url: str, way: str, path: str, cookie: str) -> tuple[int, str]:
    """The status of an answer, and its text."""
    method, _, how = way.partition(" ")
    origin = {"FROM ELSEWHERE": ELSEWHERE, "FROM NEAR": NEAR}.get(how, url)
    headers = {"cookie": cookie.encode("latin-1"), "accept-language": "en"}
    if method == "WEBSOCKET":
        try:
            with opened(url, cookie, origin):
                return 101, ""
        except InvalidStatus as refused:
            return refused.response.status_code, ""
    if how == "WITH TOKEN":
        headers["authorization"] = f"Bearer {TOKEN}"
    if method != "GET":
        headers |= {"origin": origin, "x-xsrftoken": cookie.partition("=")[2].partition(";")[0]}
    answer = httpx.request(method, url + path, headers=headers, files={"file": ("a.csv", b"a")} if method == "PUT" else None)
    return answer.status_code, answer.text


def seen(url: str, who: str) -> list[str]:
    """How each address answers somebody: open, or the status, with a word where it is more than one sentence."""
    cookie, found = cookies(who, url), []
    with session(url, cookie) as id, session(url, cookies("analyst" if who == "admin" else "admin", url)) as another:
        for way, path, taken in ADDRESSES.values():
            code, text = status(url, way, path.format(session=id, another=another), cookie)
            found.append("open" if code in taken else f"{code}, sign-in page" if BACK in text else str(code))
    return found


def hold(heading: str, rows: dict[str, list[str]], columns: Iterable[str] = PEOPLE) -> None:
    """Fail where SECURITY.md has another table under this heading than what was seen; with WRITE_SECURITY set, write it there."""
    lines = [f"| {heading} | {' | '.join(columns)} |", f"|{'---|' * (len(tuple(columns)) + 1)}"]
    made = "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())]) + "\n"
    text = SECURITY.read_text(encoding="utf-8")
    (before,) = re.findall(rf"^\| {re.escape(heading)} \|.*\n(?:\|.*\n)*", text, re.MULTILINE)
    if os.environ.get("WRITE_SECURITY"):
        SECURITY.write_text(text.replace(before, made), encoding="utf-8")
    else:
        assert before == made, "make access writes it anew; read what became of it"


def test_each_address_answers_everybody_as_security_md_says(site):
    url, viewers = site
    columns = [seen(url, who) for who in PEOPLE]
    rows = {name: list(cells) for name, cells in zip(ADDRESSES, zip(*columns, strict=True), strict=True)}
    hold(f'`viewers = "{viewers}"`', rows)


ALONE = {
    "the person at the machine": {},
    "through a proxy": {"x-forwarded-for": "203.0.113.9"},
    "from another site's page": {"origin": ELSEWHERE},
    "from another port of this machine": {"origin": NEAR},
    "by a foreign name that leads here": {"host": "evil.example", "origin": "http://evil.example"},
}
"""Who comes where no sign-in is set up, by what her requests say."""


@pytest.fixture(scope="module")
def open_site(tmp_path_factory):
    """The address of a running dashboard without a sign-in."""
    server = start(tmp_path_factory.mktemp("open"))
    yield server.url
    server.stop()


def seen_alone(url: str, told: dict[str, str]) -> list[str]:
    """How each address answers somebody where no sign-in is set up."""
    token, found = generate_xsrf_token_string(), []
    headers = {"origin": url, "cookie": f"{XSRF_COOKIE_NAME}={token}", "x-xsrftoken": token, "accept-language": "en"} | told
    with session(url, "") as id:
        for way, path, taken in ADDRESSES_ALONE.values():
            code = _asked(url, way, path.format(session=id), headers)
            found.append("open" if code in taken else str(code))
    return found


def _asked(url: str, way: str, path: str, headers: dict[str, str]) -> int:
    if way != "WEBSOCKET":
        given = {name: value for name, value in headers.items() if way != "GET" or name != "origin" or value != url}
        return httpx.request(way, url + path, headers=given, files={"file": ("a.csv", b"a")} if way == "PUT" else None).status_code
    host, port = urlsplit(url).hostname, urlsplit(url).port
    more = {name: value for name, value in headers.items() if name not in ("host", "origin")}
    asked = f"ws://{headers.get('host', host)}:{port}{path}"
    origin = headers["origin"] if "host" not in headers else f"{headers['origin']}:{port}"
    try:
        with connect(asked, address=(host, port), origin=origin, additional_headers=more, proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


ADDRESSES_ALONE = {name: ADDRESSES[name] for name in ADDRESSES if "another" not in name and "else" not in name and "token" not in name}


def test_without_a_sign_in_each_address_answers_as_security_md_says(open_site):
    columns = [seen_alone(open_site, told) for told in ALONE.values()]
    rows = {name: list(cells) for name, cells in zip(ADDRESSES_ALONE, zip(*columns, strict=True), strict=True)}
    hold("Without a sign-in", rows, ALONE)


ACTS = {
    "keep a draft": lambda seat: seat.keep({}, base=seat.store.release(1)),
    "publish": lambda seat: seat.publish(seat.store.release(1), parent=seat.store.release(1), note="why", removals=0),
    "restore": lambda seat: seat.restore(1, parent=seat.store.release(1), note="why"),
}


def answer(act, workspace: DraftWorkspace) -> str:
    """What comes of an act: yes, no, or that the sign-in is too old. The release is the same as before, so nothing is published."""
    try:
        act(workspace)
    except NothingChanged:
        return "yes"
    except SignInTooOld:
        return "sign in again"
    except NotAllowed:
        return "no"
    return "yes"


def test_each_act_is_open_to_whom_security_md_says(tmp_path):
    store = open_store(tmp_path / "state", write(tmp_path / "data", ONE_ROW))
    rules = rules_from({"auth": {"client_id": "x"}, "access": ACCESS})
    people = [Visitor("", "203.0.113.9", signed=signed_in(claims(who), rules) if who in HOURS else None) for who in PEOPLE]
    rows = {name: [answer(act, DraftWorkspace(store, one, "x", rules)) for one in people] for name, act in ACTS.items()}
    rows["see the audit"] = ["yes" if may_audit(one, rules) else "no" for one in people]
    hold("With a sign-in", rows)


def test_what_is_closed_is_kept_by_no_cache_on_the_way(site):
    url, viewers = site
    known, asked = {"headers": {"cookie": cookies("viewer", url)}}, f"{url}/api/v1/tables/cities.csv?release=1"
    digest = httpx.get(asked, **known).headers["etag"].removeprefix('W/"')[:8]
    kept = httpx.get(f"{asked}-{digest}", **known).headers["cache-control"]
    assert kept == ("private, no-cache" if viewers == "signed-in" else "public, max-age=604800")


def test_nobody_puts_files_into_the_page_of_another(site):
    url, _ = site
    analyst, admin = (cookies(who, url) for who in ("analyst", "admin"))
    with session(url, analyst) as id:
        address = f"/_stcore/upload_file/{id}/file"
        codes = [status(url, way, address, who)[0] for who in (admin, analyst) for way in ("PUT", "DELETE")]
    assert codes == [403, 403, 204, 204]


def test_who_gives_too_many_files_waits_and_the_next_person_does_not(site):
    url, _ = site
    analyst, admin = (cookies(who, url) for who in ("analyst", "admin"))
    codes = [status(url, "PUT", "/_stcore/upload_file/none/file", analyst)[0] for _ in range(40)]
    assert codes[-1] == 429
    assert status(url, "PUT", "/_stcore/upload_file/none/file", admin)[0] == 400  # Streamlit: no such session


def test_the_audit_names_the_address_in_our_words_and_a_strange_address_is_no_fault(site):
    for path in ("/media/%0A2026%20admin%20published", "/minji_is_a_thief", "/_stcore/upload_file/a/b", "/search.json", "//[", "/%ff%00"):
        assert endpoint(unquote(path)) in {"/media/…", "/…", "/_stcore/upload_file/…", "/search.json"}
        for method in ("GET", "PUT"):
            assert status(site[0], method, path, cookies("viewer", site[0]))[0] < 500


def test_a_foreign_page_makes_the_server_ask_nobody(site):
    url, _ = site
    began = time.monotonic()
    for path in ("/_stcore/health", "/_stcore/host-config", "/media/none.csv"):
        httpx.get(url + path, headers={"origin": ELSEWHERE})
    assert [status(url, "WEBSOCKET FROM ELSEWHERE", "/_stcore/stream", cookies("viewer", url))[0] for _ in range(10)] == [403] * 10
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("damaged", ["", "x", "a.b.c", "é", "chunks-2"])
def test_a_damaged_cookie_is_nobodys(site, damaged):
    url, viewers = site
    code, _ = status(url, "GET", "/search.json", f"{USER_COOKIE_NAME}={damaged}")
    assert code == (401 if viewers == "signed-in" else 200)


def test_a_cookie_made_for_another_address_is_nobodys(site):
    url, _ = site
    code, _ = status(url, "GET", "/_stcore/metrics", cookies("admin", "https://other.city.example"))
    assert code == 401


def test_headers_of_a_proxy_give_no_right(site):
    url, _ = site
    given = {"x-forwarded-for": "127.0.0.1", "x-forwarded-user": "admin@city.example", "x-forwarded-email": "admin@city.example"}
    assert httpx.get(f"{url}/_stcore/metrics", headers=given).status_code == 401


def test_a_settings_file_that_cannot_be_read_stops_the_start(tmp_path):
    with pytest.raises(pytest.fail.Exception, match="did not answer"):
        start(Path(tmp_path), secrets="[auth\n")
