"""Where the server listens, as whoever started it was told."""

from collections.abc import Iterator

import click
import pytest
from streamlit import config, net_util
from streamlit.web.cli import main_run
from streamlit.web.server.server_util import is_url_from_allowed_origins
from uvicorn.main import main as uvicorn_run

from serving.startup import listening
from streamlit_internals import disable_address_lookup


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """What a test sets is forgotten after it."""
    before = config.get_option("server.address")
    yield
    config.set_option("server.address", before, "tests")


def started(command: click.Command, **given: object) -> str:
    with click.Context(command) as start:
        start.params = {"host": "127.0.0.1", "uds": None, "fd": None} | given
        return listening()


@pytest.mark.parametrize(("setting", "address"), [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "0.0.0.0"), (None, "")])
def test_streamlit_listens_where_its_setting_says(setting, address):
    config.set_option("server.address", setting, "tests")
    assert started(main_run) == address


@pytest.mark.parametrize(
    ("given", "address"), [({}, "127.0.0.1"), ({"host": "0.0.0.0"}, "0.0.0.0"), ({"uds": "/run/dashboard.sock"}, ""), ({"fd": 3}, "")]
)
def test_uvicorn_listens_where_it_was_told_and_the_setting_follows(given, address):
    config.set_option("server.address", "127.0.0.1", "tests")
    assert started(uvicorn_run, **given) == address
    assert config.get_option("server.address") == address


@pytest.mark.parametrize("command", [None, click.Command("another")])
def test_where_another_server_listens_is_not_guessed(command):
    config.set_option("server.address", "127.0.0.1", "tests")
    assert (started(command) if command else listening()) == ""
    assert config.get_option("server.address") == ""


def test_streamlit_asks_no_address_for_this_machines_own_whatever_origin_is_written(monkeypatch):
    asked = []
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(net_util, name, getattr(net_util, name))  # put back after the test
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout=5: asked.append(url))
    disable_address_lookup()
    assert not is_url_from_allowed_origins("https://evil.example")
    assert asked == []
