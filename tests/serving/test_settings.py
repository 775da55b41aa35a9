"""Where the server listens, as whoever started it was told."""

from collections.abc import Iterator

import click
import pytest
from streamlit import config
from streamlit.web.cli import main_run
from uvicorn.main import main as uvicorn_run

from serving.settings import listening


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
