"""The provider of the sign-in is called at the hosts that the settings name, and is not asked about itself by every reader."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App

from serving.provider import MAX_AGE, ProviderRefused, call_named_hosts

METADATA = "/.well-known/openid-configuration"


class Host:
    """A server on this machine: its answers by path (an address leads there), and the paths that it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked.append(self.path)
                answer = host.answers.get(self.path)
                self.send_response(404 if answer is None else 302 if isinstance(answer, str) else 200)
                if isinstance(answer, str):
                    self.send_header("location", answer)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hosts() -> Iterator[tuple[Host, Host]]:
    """The provider, which tells of itself as it should, and another host that would answer too."""
    pair = Host(), Host()
    for host in pair:
        host.answers = {METADATA: metadata(host.url), "/token": {"access_token": "a"}, "/keys": {"keys": []}}
    yield pair
    for host in pair:
        host.close()


def metadata(url: str, **others: str) -> dict[str, str]:
    named = {"token_endpoint": "token", "jwks_uri": "keys", "authorization_endpoint": "authorize"}
    return {"issuer": url, **{name: f"{url}/{path}" for name, path in named.items()}, **others}


def client(url: str, *named: str, clock: Callable[[], float] = lambda: 0.0, **settings: object) -> Callable[[], Any]:
    """What makes a client of the provider anew, as Streamlit does for each request."""

    class App(StarletteOAuth2App):
        pass

    class Clients(OAuth):
        oauth2_client_cls = App

    call_named_hosts([f"{url}{METADATA}", *named], App, clock)

    def new() -> Any:
        return Clients().register("city", client_id="a", client_secret="b", server_metadata_url=f"{url}{METADATA}", **settings)

    return new


def result(call: Callable[[], Any]) -> Any:
    """What comes of a coroutine, in a thread of its own: after a browser test this one may hold a running loop."""

    async def awaited() -> Any:
        return await call()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, awaited()).result()


def test_a_sign_in_asks_the_provider_for_itself_its_token_and_its_keys(hosts):
    provider, _ = hosts
    new = client(provider.url)
    result(lambda: new().fetch_access_token(code="c"))
    result(lambda: new().fetch_jwk_set())
    assert provider.asked == [METADATA, "/token", "/keys"]


def test_the_provider_is_asked_about_itself_once_an_hour_however_many_open_the_way_in(hosts):
    provider, _ = hosts
    now = [0.0]
    new = client(provider.url, clock=lambda: now[0])
    for now[0] in (0.0, 1.0, MAX_AGE - 1.0, MAX_AGE + 2.0):
        assert result(lambda: new().load_server_metadata())["issuer"] == provider.url
    assert provider.asked == [METADATA] * 2


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_an_endpoint_on_another_host_is_refused_before_anybody_is_sent_to_the_provider(hosts, name, caplog):
    provider, other = hosts
    provider.answers[METADATA] = metadata(provider.url, **{name: f"{other.url}/token"})
    with caplog.at_level(logging.ERROR), pytest.raises(ProviderRefused, match=r"add 127.0.0.1:[0-9]+ to provider_hosts of \[access\] in"):
        result(lambda: client(provider.url)().create_authorization_url("https://city.example/oauth2callback"))
    assert f"names as its {name} {other.url}/token" in caplog.text
    assert other.asked == []


def test_an_endpoint_on_a_host_that_the_operator_names_is_called(hosts):
    provider, other = hosts
    provider.answers[METADATA] = metadata(provider.url, token_endpoint=f"{other.url}/token")
    result(lambda: client(provider.url, f"https://{other.url.removeprefix('http://')}")().fetch_access_token(code="c"))
    assert other.asked == ["/token"]


def test_no_redirect_leads_to_another_host(hosts):
    provider, other = hosts
    provider.answers |= {METADATA: f"{other.url}{METADATA}"}
    with pytest.raises(ProviderRefused):
        result(client(provider.url, client_kwargs={"follow_redirects": True})().load_server_metadata)
    assert other.asked == []


def test_an_address_that_is_not_https_is_refused_but_on_this_machine(hosts):
    provider, _ = hosts
    provider.answers[METADATA] = metadata(provider.url, token_endpoint="http://city.example/token")
    with pytest.raises(ProviderRefused, match="which is not https"):
        result(client(provider.url, "https://city.example:80")().load_server_metadata)
    with pytest.raises(ProviderRefused, match="which is not https"):
        client("http://city.example")


@pytest.mark.parametrize("answer", [None, {}, {"issuer": "x"}, {"error": "busy"}])
def test_an_answer_without_what_a_sign_in_needs_is_not_kept(hosts, answer):
    provider, _ = hosts
    whole, provider.answers[METADATA] = provider.answers[METADATA], answer
    new = client(provider.url)
    with pytest.raises(Exception, match=r"404|without"):
        result(lambda: new().load_server_metadata())
    provider.answers[METADATA] = whole
    assert result(lambda: new().load_server_metadata())["issuer"] == provider.url
